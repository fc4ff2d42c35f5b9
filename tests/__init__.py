"""Tests: sentences about people, lists and calls."""
