"""What the district sees: how far it is, association by association, without a single name."""
