"""The caller's phone: one member at a time, what to say, how it went."""
