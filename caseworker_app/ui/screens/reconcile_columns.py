"""The columns of a reconciliation: they say, we say, and who is on one side alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.incoming import IncomingCase
from caseworker_app.domain.names import folded
from caseworker_app.domain.reconciling import Difference, OnlyOurs, field_words
from caseworker_app.ui.models.column import Column, long_date

DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("name", "Child", lambda row: row.name, width=170, style="strong"),
    Column("case", "Reference", lambda row: row.case, width=96, style="dim"),
    Column("field", "Field", lambda row: row.field_words, width=190),
    Column("theirs", "They say", lambda row: row.theirs_words, width=200, stretch=True),
    Column("ours", "We say", lambda row: row.ours_words or "nothing", width=240),
    Column(
        "row", "Row", lambda row: str(row.place.row), lambda row: row.place.row, "right", width=52
    ),
)
ONLY_THERE: tuple[Column[IncomingCase], ...] = (
    Column(
        "name", "Child", lambda row: f"{row.surname}, {row.forename}", width=190, style="strong"
    ),
    Column("reference", "Reference", lambda row: row.reference, width=110),
    Column("born", "Born", lambda row: long_date(row.born), lambda row: row.born, width=104),
    Column("setting", "Setting", lambda row: row.setting, stretch=True, style="dim"),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=120, style="dim"),
    Column("sheet", "Sheet", lambda row: row.place.sheet, width=110, style="dim"),
    Column(
        "row", "Row", lambda row: str(row.place.row), lambda row: row.place.row, "right", width=52
    ),
)
ONLY_HERE: tuple[Column[OnlyOurs], ...] = (
    Column("name", "Child", lambda row: row.name, width=190, style="strong"),
    Column("reference", "Reference", lambda row: row.reference, width=110),
    Column(
        "born",
        "Born",
        lambda row: long_date(row.born),
        lambda row: row.born or date.max,
        width=104,
    ),
    Column("setting", "Setting", lambda row: row.setting, stretch=True, style="dim"),
    Column("status", "Status", lambda row: row.status, width=110),
)


def fields_of(rows: Iterable[Difference]) -> list[tuple[str, str]]:
    """The fields that differ, each with its words and how often, to narrow the list by."""
    many: dict[str, int] = {}
    for row in rows:
        many[row.field] = many.get(row.field, 0) + 1
    found = [(field, f"{field_words(field)} ({count:,})") for field, count in many.items()]
    return sorted(found, key=lambda one: folded(one[1]))


def searched(row: Difference) -> str:
    """What the search looks in."""
    return f"{row.name}\n{row.case}\n{row.field_words}\n{row.theirs_words}\n{row.ours_words}"


def in_full(row: Difference) -> str:
    """A difference in a sentence, below the list."""
    on = f" of {long_date(row.on)}" if row.on is not None else ""
    ours = row.ours_words or "nothing"
    place = f"{row.place.file}, {row.place.sheet}, row {row.place.row}"
    return (
        f"{row.name}, {row.case}. {row.field_words}{on}: they say {row.theirs_words} ({place}); "
        f"we say {ours}."
    )
