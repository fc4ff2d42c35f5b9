"""Evenings of ringing: when, who is let in, by which link and code."""
