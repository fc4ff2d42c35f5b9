"""Work that makes very many objects and drops none goes a fifth faster when nobody sweeps meanwhile."""

import functools
import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def unswept(work: Callable[P, R]) -> Callable[P, R]:
    """Run ``work`` without the search for objects that only hold each other; it is on again afterwards."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            if was_on:
                gc.enable()

    return run
