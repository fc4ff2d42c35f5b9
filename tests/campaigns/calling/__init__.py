"""Ringing, told as stories."""
