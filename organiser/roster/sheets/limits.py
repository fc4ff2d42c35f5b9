"""How much of a file we take on; each limit has its sentence in `refusals`."""

MAX_BYTES = 20 * 1024 * 1024
"""Bytes of the file as it was sent."""

MAX_ROWS = 200_000
"""Rows with something in them."""

MAX_LINES = 1_048_576
"""Rows, blank ones too: as many as a spreadsheet has."""

MAX_COLUMNS = 256
"""Columns of a list. What stands further out in a workbook is a stray cell, told and left out."""

MAX_CELL = 131_072
"""Characters in one cell."""

MAX_CELLS = 8_000_000
"""Rows times columns of one sheet."""

MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of a workbook when unpacked."""

MAX_PARTS = 2_000
"""Files inside a workbook."""

MAX_RATIO = 250
"""Times that a part of more than a megabyte may grow when unpacked; Excel's own stay under 60."""

MAX_SHEETS = 40
"""Sheets looked at before one is chosen."""

MAX_STRAYS = 1_000
"""Cells far outside the list before it is no longer a slip of the hand."""

MAX_SHARED_TEXT = 2_000_000_000
"""Characters that a workbook's shared texts could become when every cell gets its own."""

MAX_BROKEN_QUOTES = 200
"""Rows with a quotation mark that is never closed, before the file as a whole is damaged."""

HEADING_ROWS = 30
"""Rows from the top among which the headings are looked for."""
