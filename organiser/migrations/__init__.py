"""The schema, revision by revision; the only way a table is made."""
