#!/usr/bin/env python3
"""Keeps the catalogues true to the code: every visible string in Swedish and English, and none too many.

translations.py update        take new strings into the catalogues, drop those that are gone
translations.py fill FOLDER   fill empty Swedish from the partial .po files of a folder
translations.py check         list what is missing, left over or at odds with its placeholders; exit 1 if any
translations.py compile       make the .mo files that the running program reads
translations.py extract FILE  write every string of the code to a .pot file, for a translator's tool
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, write_po
from catalogues import (
    LANGUAGES,
    ROOT,
    SOURCE_LANGUAGE,
    catalogue_path,
    compile_catalogues,
    extracted,
    forms,
    read,
    strings,
    write,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%%|%")


def update() -> int:
    """Catalogues with exactly the strings of the code; English begins as the code's own words."""
    template = extracted()
    for language in LANGUAGES:
        path = catalogue_path(language)
        before = read(path, language) if path.exists() else Catalog(locale=language)
        after = Catalog(locale=language, fuzzy=False)
        for message in strings(template):
            known = before.get(message.id, message.context)
            same_shape = known and len(forms(known.id)) == len(forms(message.id))
            translated = known.string if known and same_shape and all(forms(known.string)) else None
            if translated is None and language == SOURCE_LANGUAGE:
                translated = message.id
            after.add(message.id, translated, context=message.context)
        write(language, after)
        empty = sum(not all(forms(message.string)) for message in strings(after))
        print(f"{language}: {len(after)} strings, {empty} without words")
    return 0


def fill(folder: Path) -> int:
    """Swedish for what has none yet; the first file in the alphabet wins, and others are told."""
    catalogue = read(catalogue_path("sv"), "sv")
    unused: list[str] = []
    filled: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        try:
            partial = read(path, "sv")
        except (PoFileError, UnicodeDecodeError, ValueError) as error:
            print(f"{path.name} cannot be read: {error}")
            return 1
        for message in strings(partial):
            fill_one(catalogue, message, path.name, filled, unused)
    write("sv", catalogue)
    for told in unused:
        print(told)
    print(f"{len(filled)} filled, {len(missing(catalogue))} still without words")
    return 0


def fill_one(
    catalogue: Catalog, given: Message, name: str, filled: dict[str, str], unused: list[str]
) -> None:
    wanted = catalogue.get(given.id, given.context)
    first = forms(given.id)[0]
    if wanted is None:
        unused.append(f"{name}: not in the code: {first!r}")
    elif len(forms(wanted.id)) != len(forms(given.id)):
        unused.append(f"{name}: singular and plural are not as in the code: {first!r}")
    elif not all(forms(given.string)):
        unused.append(f"{name}: without words: {first!r}")
    elif not all(forms(wanted.string)):
        wanted.string = given.string
        filled[first] = name
    elif first in filled and wanted.string != given.string:
        unused.append(f"{name}: {first!r} has other words in {filled[first]}, which are kept")


def missing(catalogue: Catalog) -> list[str]:
    return [forms(message.id)[0] for message in strings(catalogue) if not all(forms(message.string))]


def placeholders(words: str) -> Counter[str]:
    """What is put in, and how many bare percent signs there are: %(name)s may be used more than once."""
    found = PLACEHOLDER.finditer(words)
    return Counter({match.group(1) or match.group(0): 1 for match in found})


def at_odds(message: Message) -> bool:
    """Whether a translation puts in something that its string does not know, or leaves something out."""
    wanted, given = forms(message.id), forms(message.string)
    if len(given) == 1:
        return placeholders(wanted[0]) != placeholders(given[0])
    allowed = placeholders(wanted[0]) | placeholders(wanted[-1])
    return placeholders(given[-1]) != placeholders(wanted[-1]) or any(
        placeholders(one) - allowed for one in given
    )


def faults(language: str, template: Catalog) -> list[str]:
    """What is wrong with one catalogue, as sentences."""
    path = catalogue_path(language)
    if not path.exists():
        return [f"{language}: there is no catalogue"]
    catalogue = read(path, language)
    found = [f"{language}: without words: {words!r}" for words in missing(catalogue)]
    for message in strings(template):
        known = catalogue.get(message.id, message.context)
        if known is None or len(forms(known.id)) != len(forms(message.id)):
            found.append(f"{language}: not in the catalogue: {forms(message.id)[0]!r}")
    for message in strings(catalogue):
        first = forms(message.id)[0]
        if template.get(message.id, message.context) is None:
            found.append(f"{language}: no longer in the code: {first!r}")
        if message.fuzzy:
            found.append(f"{language}: marked as unsure: {first!r}")
        if all(forms(message.string)) and at_odds(message):
            found.append(f"{language}: other placeholders than its string: {first!r}")
    found += [f"{language}: left over: {forms(message.id)[0]!r}" for message in catalogue.obsolete.values()]
    return found


def check() -> int:
    template = extracted()
    found = [fault for language in LANGUAGES for fault in faults(language, template)]
    for fault in found:
        print(fault)
    print(
        f"{len(template)} strings in {' and '.join(LANGUAGES)}: "
        + (f"{len(found)} faults" if found else "all well")
    )
    if found:
        print(
            "translations.py update takes new strings in and drops old ones; then give the empty ones words."
        )
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "check", "compile"):
        commands.add_parser(name)
    commands.add_parser("fill").add_argument("folder", type=Path)
    commands.add_parser("extract").add_argument("file", type=Path)
    chosen = parser.parse_args()
    if chosen.command == "fill":
        return fill(chosen.folder)
    if chosen.command == "extract":
        with chosen.file.open("wb") as file:
            write_po(file, extracted(), width=0, sort_output=True, no_location=True)
    if chosen.command == "compile":
        compile_catalogues(ROOT)
    return {"update": update, "check": check}.get(chosen.command, int)()


if __name__ == "__main__":
    sys.exit(main())
