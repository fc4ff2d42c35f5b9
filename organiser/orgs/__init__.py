"""The tree of organisations: root, districts, local associations, to any depth."""
