"""What we do with the members, and how far we got: campaigns, calls, goals, the district's page."""
