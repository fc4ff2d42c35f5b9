"""Somebody who is invited to an evening."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """``name``: empty where nobody knows it yet. ``email``: where their link is sent, if it is."""

    name: str = ""
    email: str = ""
