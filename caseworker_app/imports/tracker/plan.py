"""How a table is read: which field each column holds, and by which reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.imports.tracker import assign, profile
from caseworker_app.imports.tracker.catalogue import IGNORED, Catalogue
from caseworker_app.imports.tracker.cells import Reader
from caseworker_app.imports.tracker.columns_together import REVIEW, Found, Table, read_together
from caseworker_app.imports.tracker.dating import Word
from caseworker_app.imports.tracker.heading_rows import Heading
from caseworker_app.imports.tracker.name_notes import cleaned
from caseworker_app.imports.tracker.names import Order, order_of
from caseworker_app.imports.tracker.profile import Profile

_CYCLE = re.compile(
    r"(20\d\d)(?:\s*[-/\u2013]\s*(?:20)?\d\d\b)?|\b(\d\d)\s*[-/\u2013]\s*\d\d\b"
    r"|\b(?:ar|review|cycle|round)\s*#?\s*(\d)\b|\b(\d)(?:st|nd|rd|th)\s+(?:ar|annual|review)"
    r"|[a-z)]\s*#?([1-9])\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read.

    Attributes:
        reads: the name of its reader.
        cycle: which of several reviews side by side it belongs to; 0 is the latest.
        said: what a person says of how its days are meant, or "".
    """

    index: int
    heading: str
    field: str
    reads: str
    reader: Reader
    cycle: int = 0
    said: Word = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one table is read.

    Attributes:
        fields: the fields that have a column.
        mapping: heading to field.
        unmapped: headings of filled columns that nothing is taken from.
        headings: field to heading.
        shapes: what the references look like, see `shape`.
        name_order: how names in one column are written.
    """

    columns: tuple[Column, ...]
    fields: frozenset[str]
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    headings: Mapping[str, str]
    shapes: frozenset[str]
    name_order: Order = "forename first"


def make(
    tables: Sequence[Table],
    catalogue: Catalogue,
    readers: dict[str, Reader],
    epoch: date,
    today: date,
) -> Plan:
    """The plan for tables with the same headings, from what all of them hold."""
    headings = tables[0].block.headings
    profiles = [
        profile.sample([table.cells(heading.column) for table in tables], readers, epoch, today)
        for heading in headings
    ]
    found: list[Found] = []
    fields = _assign(headings, profiles, catalogue, _cycles(headings))
    for at, (field, cycle) in enumerate(fields):
        if field is not None and field != IGNORED:
            found.append((at, field, cycle))
    found = read_together(found, headings, profiles, tables, readers["event"])
    taken = {at for at, _, _ in found}
    names = [
        cleaned(text, whole=True).name
        for at, field, _ in found
        if field == "name"
        for text in _texts(profiles[at])
    ]
    words = [
        word
        for at, field, _ in found
        if field == "name"
        for word in catalogue.words_of(headings[at].text)
    ]
    kept = frozenset(field for _, field, _ in found)
    return Plan(
        columns=tuple(
            Column(
                index=headings[at].column,
                heading=headings[at].text,
                field=field,
                reads=(reads := _reads(field, kept, profiles[at], catalogue)),
                reader=readers[reads],
                cycle=cycle,
            )
            for at, field, cycle in found
        ),
        fields=kept,
        mapping={headings[at].text: field for at, field, _ in found},
        unmapped=tuple(
            heading.text
            for at, heading in enumerate(headings)
            if at not in taken and profiles[at] is not None
        ),
        shapes=_shapes(
            text for at, field, _ in found if field == "reference" for text in _texts(profiles[at])
        ),
        headings={field: headings[at].text for at, field, _ in found},
        name_order=order_of(words, names),
    )


def shape(reference: str) -> str:
    """A reference with each letter as a and each figure as 9."""
    return "".join(
        "9" if mark.isdigit() else "a" if mark.isalpha() else mark for mark in reference.strip()
    )


def _shapes(references: Iterable[str]) -> frozenset[str]:
    """The usual shapes with a figure in them; others are totals and titles among references."""
    count = Counter(shape(text) for text in references)
    usual = (one for one, times in count.items() if times * 5 >= count.total())
    return frozenset(one for one in usual if "9" in one)


def _texts(found: Profile | None) -> Sequence[str]:
    return found.texts if found is not None else ()


def _cycles(headings: Sequence[Heading]) -> list[str]:
    """The year or number of the review that each heading names, where two or more are named."""
    named = []
    for heading in headings:
        match = _CYCLE.search(heading.text) if _of_review(heading) else None
        named.append(next((part for part in match.groups() if part), "") if match else "")
    several = Counter(name for name in named if name)
    if sum(1 for count in several.values() if count > 1) < 2:
        return [""] * len(headings)
    return named


def _of_review(heading: Heading) -> bool:
    return max((heading.likeness.get(field, 0.0) for field in REVIEW), default=0.0) >= 0.45


def _assign(
    headings: Sequence[Heading],
    profiles: Sequence[Profile | None],
    catalogue: Catalogue,
    cycles: Sequence[str],
) -> list[tuple[str | None, int]]:
    """Field and cycle of each column; the columns of each further cycle are paired apart."""
    order = sorted(set(cycles) - {""}, key=lambda name: int(name) % 2000, reverse=True) or [""]
    fields: list[tuple[str | None, int]] = [(None, 0)] * len(headings)
    for number, cycle in enumerate(order):
        members = [
            at for at, own in enumerate(cycles) if own == cycle or (number == 0 and own == "")
        ]
        candidates = [
            assign.Candidate(
                headings[at].likeness
                if number == 0
                else {name: headings[at].likeness.get(name, 0.0) for name in REVIEW},
                profiles[at],
            )
            for at in members
        ]
        chosen = assign.assign(candidates, catalogue)
        for at, field in zip(members, chosen, strict=True):
            fields[at] = (field, number)
    return fields


def _reads(field: str, fields: frozenset[str], found: Profile | None, catalogue: Catalogue) -> str:
    if field == "review_decision_sent" and "outcome" not in fields:
        return "told"
    if field == "caseworker":
        return "caseworker"
    yes_no = "amend_yes_no"
    if field != "outcome" or found is None:
        return catalogue.fields[field].reads
    if found.readable(yes_no) > found.readable("outcome"):
        return yes_no
    return catalogue.fields[field].reads
