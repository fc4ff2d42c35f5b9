#!/usr/bin/env python3
"""Proves that an install is complete: builds the wheel as from a fresh clone, runs it far from the checkout.

The build sees only what the repository holds, so that nothing lying about in the checkout can stand in for
what is missing; the install takes the wheel's own dependencies and no others.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = {"organiser/": "organiser/", "campaigns/": "campaigns/", "templates/": "organiser/templates/"}
ORGANISATIONS = (
    "slug,name,kind,parent,code\nriks,Riksorganisationen,party,,\ndalarna,Dalarna,district,riks,20\n"
)

PAGE = """
from campaigns.app import create_app
visitor = create_app().test_client()
page = visitor.get("/nothing-here", headers={"Accept-Language": "sv"}).text
assert 'lang="sv"' in page and "Skip to the content" not in page, page
assert visitor.get("/static/app.css").status_code == 200
"""


class Incomplete(Exception):
    """What an installation would lack, in words."""


def repository_files() -> list[str]:
    """What a clone would hold if everything here were committed."""
    listed = run("git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Incomplete(f"{' '.join(command)} exited {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def clone(files: list[str], target: Path) -> None:
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)


def build(source: Path, target: Path) -> Path:
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(source))
    return next(target.glob("ringlista-*.whl"))


def expected(files: list[str]) -> set[str]:
    """Every file of the packages by its name in the wheel, and a compiled one for each catalogue."""
    wanted = set()
    for name in files:
        for here, there in SHIPPED.items():
            if name.startswith(here):
                wanted.add(there + name.removeprefix(here))
    return wanted | {name.removesuffix(".po") + ".mo" for name in wanted if name.endswith(".po")}


def check_contents(wheel: Path, files: list[str]) -> int:
    """How many files the wheel holds; every one that belongs there is in it."""
    with zipfile.ZipFile(wheel) as archive:
        held = {entry.filename for entry in archive.infolist()}
        compiled = [name for name in held if name.endswith(".mo")]
        empty = [name for name in compiled if archive.getinfo(name).file_size == 0]
    lacking = sorted(expected(files) - held)
    if lacking or empty or not compiled:
        raise Incomplete("The wheel lacks " + ", ".join(lacking + empty or ["compiled translations"]))
    return len(held)


def install(wheel: Path, target: Path) -> Path:
    """A fresh environment with the wheel in it; its folder of commands. uv where it works, for its speed."""
    venv.create(target, with_pip=True, symlinks=True)
    commands = target / "bin"
    python = str(commands / "python")
    try:
        run(
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "--system-certs",
            "--quiet",
            "--python",
            python,
            str(wheel),
        )
    except Incomplete:
        run(python, "-m", "pip", "install", "--quiet", str(wheel))
    return commands


def drive(commands: Path, elsewhere: Path) -> str:
    """The installed command in an empty folder with an empty data directory; its version."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("RINGLISTA_", "PYTHON"))}
    env["RINGLISTA_DATA_DIR"] = str(elsewhere / "data")
    ringlista = str(commands / "ringlista")
    (elsewhere / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    version = run(ringlista, "--version", cwd=elsewhere, env=env).strip()
    run(ringlista, "org", "load", "organisations.csv", cwd=elsewhere, env=env)
    run(str(commands / "python"), "-I", "-c", PAGE, cwd=elsewhere, env=env)
    run(ringlista, "doctor", cwd=elsewhere, env=env)
    return version


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="ringlista-wheel-") as name:
        work = Path(name)
        elsewhere = work / "elsewhere"
        elsewhere.mkdir()
        files = repository_files()
        try:
            clone(files, work / "clone")
            wheel = build(work / "clone", work / "dist")
            held = check_contents(wheel, files)
            version = drive(install(wheel, work / "venv"), elsewhere)
        except Incomplete as lack:
            print(lack)
            return 1
    print(f"{wheel.name}: {held} files, {version} runs outside the checkout")
    return 0


if __name__ == "__main__":
    sys.exit(main())
