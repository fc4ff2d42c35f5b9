"""The handbook's lists, where it lies beside this checkout; what needs them is skipped where it does not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

DATA = Path(__file__).parents[4] / "shared" / "data"
SAMPLES = DATA / "samples"
needs_the_handbook = pytest.mark.skipif(not DATA.is_dir(), reason="the handbook is not beside this checkout")
Ringlista = Callable[..., Result]


def hostile() -> list[dict[str, Any]]:
    """Every hostile file: its name, and what is expected of it."""
    manifest = DATA / "hostile" / "manifest.json"
    entries: list[dict[str, Any]] = (
        json.loads(manifest.read_text("utf-8"))["files"] if manifest.is_file() else []
    )
    return entries


def told(result: Result) -> dict[str, Any]:
    """The JSON that a command ended with."""
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return answer
