"""The cells of a plan's tree: which field stands in which column, in words, and how it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.domain import typed_dates
from caseworker_app.domain.declarations.thread import PROGRESS, SMART
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kind_values import pence
from caseworker_app.domain.kinds import FieldSpec, kind_named
from caseworker_app.domain.plan_thread import (
    COMING,
    ENDED,
    KIND_OF_SECTION,
    Line,
    Tie,
    first_day,
    last_day,
    words_of,
)
from caseworker_app.ui.models.column import long_date

WORDS, MISSING, WHO, HOW, COST, FUNDER, MARKS = range(7)
HEADINGS = (
    "Plan", "Missing or open", "Who or kind", "How often", "Cost a year", "Funder", "Marks",
)  # fmt: skip
SMART_CELL = "smart"
"""Stands for the five marks of an outcome together."""

Lists = Mapping[str, Sequence[tuple[str, str]]]
"""What a council's own lists offer, by field."""

CELLS: Mapping[str, Mapping[int, str]] = {
    "aspiration": {WORDS: "words", WHO: "whose", HOW: "on"},
    "described_need": {WORDS: "words", WHO: "area"},
    "outcome": {WORDS: "words", WHO: "area", HOW: "by_when", MARKS: SMART_CELL},
    "provision": {
        WORDS: "what",
        WHO: "who",
        HOW: "how_often",
        COST: "cost",
        FUNDER: "funder",
        MARKS: "specific",
    },
    "personal_budget": {WORDS: "part", WHO: "way", HOW: "decision", COST: "amount"},
}
"""By kind, the field that stands in a column."""

NEEDED: Mapping[str, tuple[int, ...]] = {
    "aspiration": (WORDS, WHO),
    "described_need": (WORDS,),
    "outcome": (WORDS, WHO),
    "provision": (WORDS, WHO),
    "personal_budget": (WORDS, WHO),
}
"""The cells without which a new line is not kept."""

BEGIN: Mapping[str, str] = {"aspiration": "on", "outcome": "set_on", "provision": "since"}
"""The day that a new line stands from: today, until somebody gives another in its form."""

ADD: Mapping[str, str] = {
    "aspiration": "Type a new aspiration here",
    "described_need": "Type a new need here",
    "outcome": "Type a new outcome here",
    "provision": "Type new provision here",
    "personal_budget": "Choose the part of a new personal budget here",
}
_ASKED = "Type the letters of SMART that hold, such as SMT; a dash where none does."


@dataclass(frozen=True, slots=True)
class Node:
    """What a row of the tree is of.

    Attributes:
        sort: "section", "line", "tie" or "new".
        letter: its section.
        key: what makes it the same row after the tree is built anew.
        line, tie: of a line, and of what ties one.
    """

    sort: str
    letter: str
    key: str
    line: Line | None = None
    tie: Tie | None = None

    @property
    def kind(self) -> str:
        """The kind of record that it is of, or that is added there; "" for what facts tell."""
        if self.line is not None and self.line.record is None:
            return ""
        return KIND_OF_SECTION.get(self.letter, "")

    def field(self, column: int) -> str:
        """The field that is typed in a column; "" where there is none."""
        if self.sort not in ("line", "new"):
            return ""
        return CELLS.get(self.kind, {}).get(column, "")


def column_of(kind: str, field: str) -> int:
    """The column that a field stands in."""
    return next(column for column, name in CELLS[kind].items() if name == field)


def spec_of(kind: str, field: str, lists: Lists) -> FieldSpec:
    """A field as it is typed here, with the council's own choices."""
    spec = kind_named(kind).field(field)
    if spec.own_list and field in lists:
        return replace(spec, choices=dict(lists[field]))
    return spec


def cell_words(line: Line, letter: str, column: int, words: Mapping[str, str]) -> str:
    """What stands in a column of a line; `words` are those of its record."""
    if line.record is None:
        return line.words if column == WORDS else ""
    if column == MISSING:
        return ", ".join(dict.fromkeys(one.short for one in line.faults))
    field = CELLS[KIND_OF_SECTION[letter]].get(column, "")
    if field == SMART_CELL:
        return marks(line.record)
    if field == "specific":
        return {"yes": "specific", "no": "not specific"}.get(line.record.specific, "?")
    said = words.get(field, "")
    if column == WORDS:
        return f"{said}{_beside(line)}"
    if column == WHO and line.judged is not None:
        judged, on = line.judged
        when = f", {long_date(on)}" if on is not None else ""
        return f"{said}\n{PROGRESS[judged.progress]}{when}".strip()
    return said


def marks(record: Any) -> str:  # noqa: ANN401  (an outcome)
    """The letters of SMART that hold; a dot for one that does not, "?" for one not judged."""
    given = {"yes": "", "no": "\u00b7", "": "?"}
    return "".join(given[getattr(record, name)] or name[0].upper() for name in SMART)


def marks_in_words(record: Any) -> str:  # noqa: ANN401
    """The same for whoever only hears it."""
    said = {"yes": "", "no": "not ", "": "not judged whether "}
    return ", ".join(f"{said[getattr(record, name)]}{SMART[name].lower()}" for name in SMART)


def text_now(kind: str, field: str, record: Any) -> str:  # noqa: ANN401
    """What a field of a record holds, as it would be typed; of a choice, its code."""
    if field == SMART_CELL:
        return marks(record)
    value = getattr(record, field)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if kind_named(kind).field(field).type == "money" and value is not None:
        return f"{value / 100:,.2f}"
    return "" if value is None else str(value)


def in_words(kind: str, field: str, text: str, lists: Lists) -> str:
    """What was typed, as a cell shows it."""
    if field == SMART_CELL:
        return text
    return spec_of(kind, field, lists).choices.get(text, text)


def read_typed(kind: str, field: str, text: str, today: date, lists: Lists) -> dict[str, Any]:
    """The fields that a typed text gives.

    Raises:
        Refused: it cannot be read, or is empty where something is needed.
    """
    if field == SMART_CELL:
        return read_marks(text)
    spec, said = spec_of(kind, field, lists), text.strip()
    if not said:
        if spec.needed:
            raise Refused(spec.missing, field)
        return {field: spec.blank}
    if spec.type == "day":
        found = typed_dates.read(said, today, "coming" if spec.coming else "past")
        if found.day is None:
            raise Refused(found.problem, field)
        return {field: found.day}
    if spec.type == "money":
        amount = pence(said)
        if amount is None:
            raise Refused(f'"{said}" is not an amount: type 1,250.00.', field)
        return {field: amount}
    return {field: said}


def read_marks(text: str) -> dict[str, str]:
    """The marks typed as letters: those that hold, and of the others that they do not.

    "?" in the place of a letter leaves that mark open; nothing typed leaves all of them open.

    Raises:
        Refused: a letter is none of SMART.
    """
    typed = text.upper().replace(" ", "")
    letters = {name: name[0].upper() for name in SMART}
    if not typed:
        return dict.fromkeys(SMART, "")
    if len(typed) == len(SMART):
        # As the cell shows them, each in its place.
        placed = dict(zip(SMART, typed, strict=True))
        if all(sign in (letters[name], "\u00b7", "-", "?") for name, sign in placed.items()):
            return {
                name: {letters[name]: "yes", "?": ""}.get(sign, "no")
                for name, sign in placed.items()
            }
    given = set(typed.replace("\u00b7", "").replace("-", ""))
    if given - set(letters.values()):
        raise Refused(_ASKED, SMART_CELL)
    return {name: "yes" if letter in given else "no" for name, letter in letters.items()}


def new_fields(kind: str, letter: str, child_id: str, today: date) -> dict[str, Any]:
    """What a new line of a section says by itself."""
    fields: dict[str, Any] = {"child_id": child_id}
    if kind in ("described_need", "provision"):
        fields["section"] = letter
    if kind in BEGIN:
        fields[BEGIN[kind]] = today
    return fields


def tie_words(tie: Tie) -> str:
    """What a tie says in one line below its own: "For the outcome: says ten words"."""
    return f"{tie.words}: {' '.join(words_of(tie.to).split())}"


def _beside(line: Line) -> str:
    if line.state == ENDED:
        why = getattr(line.record, "ended_why", "")
        return f"  (ended {long_date(last_day(line.record))}{f': {why}' if why else ''})"
    if line.state == COMING:
        return f"  (from {long_date(first_day(line.record))})"
    ends = last_day(line.record)
    return f"  (until {long_date(ends)})" if ends is not None else ""
