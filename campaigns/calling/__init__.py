"""Ringing: campaigns, a call assignment per association, callers, calls and their outcomes."""
