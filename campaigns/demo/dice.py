"""The dice of the demo: loaded with a seed, so that everything invented comes out the same every time."""

from random import Random


def dice(*seed: object) -> Random:
    """Dice of their own for each seed, given as words or numbers: `dice(2024, "dalarna")`."""
    return Random("/".join(map(str, seed)))  # noqa: S311 - nothing secret hangs on invented people
