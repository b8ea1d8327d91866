"""Gold questions and what the assistant makes of them: quality, gates and speed."""
