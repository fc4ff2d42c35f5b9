#!/usr/bin/env python3
"""Draw the app's icons from the mark: 192 and 512 pixels for a phone's home screen, 180 for Apple's.

    scripts/icons.py        writes organiser/static/icon-*.png and apple-touch-icon.png with Chromium

Run again when the mark in organiser/static/favicon.svg changes.
"""

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "organiser" / "static"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
PAGE = """<!doctype html><style>
html,body{{margin:0;background:#fbf8f1}}
svg{{display:block;width:{inner}px;height:{inner}px;padding:{edge}px}}
</style>{mark}"""


def main() -> None:
    """Write each size: the mark on paper, with room at the edge so that a round mask cuts nothing."""
    mark = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, size in SIZES.items():
            edge = round(size * 0.16)
            page = browser.new_page(viewport={"width": size, "height": size}, color_scheme="light")
            page.set_content(PAGE.format(inner=size - 2 * edge, edge=edge, mark=mark))
            page.screenshot(path=STATIC / name)
            page.close()
            print(f"{name}: {(STATIC / name).stat().st_size} bytes")
        browser.close()


if __name__ == "__main__":
    main()
