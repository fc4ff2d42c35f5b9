"""The demo: two districts of invented people, and an evening or two of calls to them."""
