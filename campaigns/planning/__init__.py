"""The organiser's campaigns: made, changed, followed list by list."""
