"""Kept totals: what each member has come to, and how many of each association's members that makes."""
