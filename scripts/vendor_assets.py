#!/usr/bin/env python3
"""Fetch again what others wrote and we ship: htmx and the icons, with npm's own client, licences beside them.

    scripts/vendor_assets.py          fetch the versions below, write the files, their licences and README
    scripts/vendor_assets.py --check  only hold the files against the sums in the README; says what differs

Another icon: add its name to scripts/icon_names.txt and run. Raising a version: change it here, run, read the
difference, run the component tests.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "organiser" / "static" / "vendor"
ICONS = ROOT / "templates" / "components" / "lucide.html"
HTMX = "htmx.org@4.0.1"
LUCIDE = "lucide-static@1.62.0"
NAMES = ROOT / "scripts" / "icon_names.txt"  # one name of lucide's a line
README = """# Other people's files in this product

Written by `scripts/vendor_assets.py`; do not edit. Each keeps its licence beside it.

| file | package | licence | SHA-256 |
|---|---|---|---|
{rows}
"""


def fetch(package: str, into: Path) -> Path:
    """Unpack `name@version` from the npm registry below `into`; give the folder that holds it."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=into, check=True, capture_output=True, text=True
    )
    archive = into / packed.stdout.strip().splitlines()[-1]
    target = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def drawing(svg: str) -> str:
    """The shapes inside an icon file on one line, without the frame that every icon shares."""
    inner = re.sub(r"(?s)^.*?<svg.*?>|</svg>.*$", "", svg)
    return re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>").strip()


def write_icons(package: Path) -> None:
    """One macro that draws an icon by its name, so that a page carries only the icons it shows."""
    lines = [
        f"{{# Written by scripts/vendor_assets.py: {LUCIDE}, ISC, organiser/static/vendor/lucide.LICENSE #}}",
        "{% macro drawing(name) -%}",
    ]
    for position, name in enumerate(NAMES.read_text(encoding="utf-8").split()):
        word = "elif" if position else "if"
        svg = (package / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        lines.append(f'{{%- {word} name == "{name}" -%}}{drawing(svg)}')
    lines += ["{%- endif -%}", "{%- endmacro %}", ""]
    ICONS.write_text("\n".join(lines), encoding="utf-8")


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def shipped() -> list[tuple[Path, str, str]]:
    """What we ship of others: the file, the package it comes from, its licence."""
    return [(VENDOR / "htmx.min.js", HTMX, "0BSD"), (ICONS, LUCIDE, "ISC")]


def fetch_all() -> None:
    """Write every shipped file, its licence, and the README that names them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        htmx = fetch(HTMX, Path(folder))
        lucide = fetch(LUCIDE, Path(folder))
        (VENDOR / "htmx.min.js").write_bytes((htmx / "dist" / "htmx.min.js").read_bytes())
        (VENDOR / "htmx.LICENSE").write_bytes((htmx / "LICENSE").read_bytes())
        (VENDOR / "lucide.LICENSE").write_bytes((lucide / "LICENSE").read_bytes())
        write_icons(lucide)
    rows = (
        f"| {p.relative_to(ROOT)} | {source} | {terms} | {checksum(p)} |" for p, source, terms in shipped()
    )
    (VENDOR / "README.md").write_text(README.format(rows="\n".join(rows)), encoding="utf-8")


def differing() -> list[str]:
    """Names of shipped files whose sum is not the one the README states."""
    stated = (VENDOR / "README.md").read_text(encoding="utf-8")
    return [str(path.relative_to(ROOT)) for path, _, _ in shipped() if checksum(path) not in stated]


def main() -> int:
    """Fetch, or only check; 1 when a file is not what the README says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fetch nothing, only compare")
    if not parser.parse_args().check:
        fetch_all()
    for name in differing():
        print(f"{name} is not the file that organiser/static/vendor/README.md names")
    return 1 if differing() else 0


if __name__ == "__main__":
    sys.exit(main())
