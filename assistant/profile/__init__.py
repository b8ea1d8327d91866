"""What a thread knows of its company: seen as a whole, corrected by hand, and set against the standard under way."""
