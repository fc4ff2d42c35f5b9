"""Who: organisations, members, the people who sign in, the lists imported, and the log of who saw whom."""

__version__ = "0.1.0"
