"""Member lists: from a file somebody has to people who can be rung."""
