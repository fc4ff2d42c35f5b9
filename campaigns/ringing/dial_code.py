"""A square for the phone's camera: whoever sits at a computer dials with it."""

import qrcode
from qrcode.constants import ERROR_CORRECT_L


def dial_path(e164: str) -> tuple[int, str]:
    """Squares per side, and an SVG path that draws the dark ones, each 1 by 1; without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data(f"tel:{e164}")
    code.make()
    rows: list[list[bool]] = code.get_matrix()
    return len(rows), "".join(_row(y, row) for y, row in enumerate(rows))


def _row(y: int, row: list[bool]) -> str:
    """One stroke per run of dark squares."""
    runs, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end] == row[x]:
            end += 1
        if row[x]:
            runs.append(f"M{x} {y}h{end - x}v1H{x}z")
        x = end
    return "".join(runs)
