"""Who saw whom and who changed what, when and why: appended to, never edited."""
