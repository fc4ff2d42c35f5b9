"""Activation goals: how many of an association's members we mean to have reached, and by when."""
