"""Whom to ring and when: campaigns, lists, the queue, every call and what came of it; no pages."""
