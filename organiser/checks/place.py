"""The settings that can be read but should be thought over, and the folder everything is kept in."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from organiser.checks.finding import Finding, Verdict
from organiser.config import SECRET_FILE, Settings

MEGABYTE = 1024 * 1024
SCARCE, SHORT = 1000, 200  # megabytes free
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def of_settings(settings: Settings) -> Iterable[Finding]:
    """How people reach the server, and what protects it."""
    if settings.encrypted:
        yield Finding(Verdict.OK, f"People reach it at {settings.public_url}, encrypted.")
    else:
        yield Finding(
            Verdict.LOOK,
            f"It is only for this computer, at {settings.public_url}. For others to reach it, put it behind "
            "HTTPS and set RINGLISTA_PUBLIC_URL to its https:// address.",
        )
    if settings.demo:
        yield Finding(Verdict.LOOK, "It is a demonstration: anybody who reaches it can walk in.")
    elif not settings.second_step:
        yield Finding(
            Verdict.LOOK, "RINGLISTA_SECOND_STEP is off: a stolen password alone opens the whole register."
        )


def of_folder(folder: Path) -> Iterable[Finding]:
    """Whether we can write there, nobody else can read there, and there is room."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            yield Finding(Verdict.OK, f"The data directory {folder} can be written.")
    except OSError as error:
        yield Finding(Verdict.WRONG, f"The data directory {folder} cannot be written: {error.strerror}.")
        return
    if os.name == "posix":
        yield from _of_modes(folder)
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free >= SCARCE:
        yield Finding(Verdict.OK, f"There is room on the disk: {free} MB.")
    else:
        verdict = Verdict.LOOK if free >= SHORT else Verdict.WRONG
        yield Finding(verdict, f"The disk is nearly full: {free} MB left.")


def _of_modes(folder: Path) -> Iterable[Finding]:
    secret = folder / SECRET_FILE
    if secret.exists() and secret.stat().st_mode & OTHERS:
        yield Finding(Verdict.WRONG, f"Others on this computer can read {secret}. Run: chmod 600 {secret}")
    elif secret.exists():
        yield Finding(Verdict.OK, "The secret is readable by its owner only.")
    if folder.stat().st_mode & OTHERS:
        yield Finding(Verdict.LOOK, f"Others on this computer can open {folder}. Run: chmod 700 {folder}")
