"""What callers tell the organiser, and what is done about it."""
