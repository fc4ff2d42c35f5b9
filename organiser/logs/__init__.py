"""The pages where an administrator reads who saw whom, and who changed what."""
