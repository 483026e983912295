"""A mapping made by hand: which heading holds which field, where the best guess was wrong.

A TOML file; headings at the top hold for every sheet, headings in a table for the sheet it names:

    "LA view" = "outcome"
    "Old column" = ""          # not to be read

    ["Post 16"]
    "Date 2" = "review_decision_sent"

    [dates]
    "DOB" = "day and month swapped"    # or as shown, UTC, ddmmyy, yymmdd, day numbers, left out

    [dates."Post 16"]
    "DOB" = "as shown"

Under `dates` a person says how the days of a doubtful column are meant.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.imports.process.limits import LARGEST_MAPPING
from caseworker_app.imports.tracker.catalogue import Catalogue, catalogue
from caseworker_app.imports.tracker.dating import WORDS, Word
from caseworker_app.imports.tracker.words import squeeze
from caseworker_app.services import plain_file
from caseworker_app.services.plain_file import name_of

DATES = "dates"
"""The table that says how days are meant."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Headings to fields, by sheet; "" for every sheet.

    Attributes:
        file: the file's name, for messages.
        dates: how the days of a doubtful column are meant, by sheet and heading.
    """

    file: str = ""
    sheets: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    dates: MappingOf[str, MappingOf[str, Word]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sheets)

    def date_word(self, sheet: str, heading: str) -> Word:
        """What a person says of the days of a column, or ""."""
        own = {**self.dates.get("", {}), **self.dates.get(_key(sheet), {})}
        return own.get(_key(heading), "")

    def over(self, known: Catalogue, sheet: str) -> Catalogue:
        """The catalogue as it stands for one sheet."""
        own = {**self.sheets.get("", {}), **self.sheets.get(_key(sheet), {})}
        return known.overruled(own) if own else known

    def check_used(self, headings: set[str]) -> None:
        """Refuse a mapping that names a heading no sheet has.

        Raises:
            Refused: naming the heading.
        """
        for own in (*self.sheets.values(), *self.dates.values()):
            for heading in own:
                if heading not in headings:
                    raise Refused(
                        f"{self.file} maps a heading that no sheet has: {heading}.", "mapping"
                    )


def read(path: Path | None) -> Mapping:
    """The mapping of a file, or an empty one.

    Raises:
        Unreadable: the file is missing, no TOML, or not headings to fields.
        Refused: it names a field there is not.
    """
    if path is None:
        return Mapping()
    try:
        text = plain_file.contents(path, LARGEST_MAPPING, "a mapping").decode("utf-8")
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name_of(path)} is not a mapping: it cannot be read as TOML.") from error
    sheets: dict[str, dict[str, str]] = {}
    dates = _dates(name_of(path), data.pop(DATES)) if _is_dates(data.get(DATES)) else {}
    for name, value in data.items():
        sheet, table = (name, value) if isinstance(value, dict) else ("", {name: value})
        key = "" if sheet == "*" else _key(sheet)
        for heading, kind in table.items():
            _check(name_of(path), heading, kind)
            sheets.setdefault(key, {})[_key(heading)] = kind
    return Mapping(name_of(path), sheets, dates)


def _key(text: str) -> str:
    return squeeze(text).lower()


def _is_dates(table: object) -> bool:
    """Whether a table says how days are meant; a sheet may be called so too."""
    if not isinstance(table, dict):
        return False
    fields = {"", *catalogue().fields}
    return not any(isinstance(one, str) and one in fields for one in table.values())


def _dates(file: str, table: MappingOf[str, object]) -> dict[str, dict[str, Word]]:
    """How days are meant, by sheet and heading. Raises `Refused` naming what is no such word."""
    found: dict[str, dict[str, Word]] = {}
    for name, value in table.items():
        sheet, own = (name, value) if isinstance(value, dict) else ("", {name: value})
        for heading, said in own.items():
            word = next((one for one in WORDS if _key(str(said)) == one.lower()), None)
            if word is None:
                raise Refused(
                    f"{file} says of the dates of {heading} what is none of: {', '.join(WORDS)}."
                )
            found.setdefault("" if sheet == "*" else _key(sheet), {})[_key(heading)] = word
    return found


def _check(file: str, heading: str, kind: object) -> None:
    if not isinstance(kind, str):
        raise Unreadable(
            f"{file} gives the heading {heading} something that is not a field's name."
        )
    if kind and kind not in catalogue().fields:
        fields = ", ".join(catalogue().fields)
        raise Refused(f"{file} gives the heading {heading} the field {kind}; there are: {fields}.")
