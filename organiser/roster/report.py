"""What an import did, as one line of JSON for programs and a few lines of words for people."""

import json
from collections import Counter
from collections.abc import Iterator

from organiser.roster.services import Outcome


def as_json(done: Outcome) -> str:
    """One line; its keys in the order they are documented in."""
    sheet = done.read.sheet
    told = {
        "batch": str(done.batch_id) if done.batch_id else None,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_line": sheet.header_line,
        "columns": done.read.fields,
        **done.plan.counts(),
        "skipped": [{"line": one.line, "why": one.why.value} for one in sheet.skipped],
        "problems": [
            {"line": one.line, "column": one.column, "kind": one.kind, "text": one.text}
            for one in done.told()
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def as_words(done: Outcome) -> Iterator[str]:
    """What happened to the rows, then how often what was told."""
    counts = done.plan.counts()
    parts = ("created", "updated", "unchanged", "refused", "duplicates")
    yield f"{counts['rows']} rows: " + ", ".join(f"{counts[name]} {name}" for name in parts)
    yield f"{counts['moved']} moved, {counts['absent']} in the register but not in the file (nobody removed)"
    yield f"{counts['phones_valid']} with a telephone number that can be rung"
    kinds = Counter(one.kind for one in done.told())
    yield from (f"  {often} × {kind}" for kind, often in kinds.most_common())
    yield "Nothing was written: a dry run." if done.batch_id is None else f"Written, batch {done.batch_id}."
