"""A ringing evening under stress: a server of its own, callers who tap twice and vanish, a count."""
