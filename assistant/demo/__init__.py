"""A demo state: made accounts, conversations, tickets, a call, a curated answer and a quiz room, all fictitious."""
