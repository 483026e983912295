"""The chronology of a case: what happened, was said, promised and filed, in one list by date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kinds import Kind, kind_named
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.rows import RecordRow

FACT = "fact"
SITS_ON = "sits_on"
"""Under which a row of a case before a panel has the day on which that sits."""
_LEFT_OUT = frozenset({"pinned", "kept_on", "broken_why", "told_on", "number", "merged"})
"""Fields of a record whose words stand elsewhere in its line."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a chronology.

    Attributes:
        on: the day; None where none is known, which stands first.
        sort: "fact", or the name of a kind of record.
        what: "Review meeting held", "Call", "Promise".
        words: the rest of it in one line.
        key: what makes it one line, `note/12`.
    """

    on: date | None
    sort: str
    what: str
    words: str
    key: str


def chronology(
    facts: Iterable[Fact], records: Iterable[tuple[str, RecordRow]]
) -> tuple[Happening, ...]:
    """Everything of a case that has a day, the newest first.

    Args:
        facts: of the case.
        records: what belongs to it, with the name of each kind; what is true from a day to a day
            is no happening and is left out.
    """
    known = tuple(facts)
    days = {fact.id: fact.on for fact in known}
    lines = [_of_fact(fact) for fact in known]
    lines += filter(None, (of_record(name, row, days) for name, row in records))
    return tuple(sorted(lines, key=_newest_first))


def sorts(lines: Iterable[Happening]) -> tuple[tuple[str, str], ...]:
    """The sorts of line there are, each with its words: what a filter offers."""
    there = {line.sort for line in lines}
    return tuple((sort, sort_words(sort)) for sort in sorted(there, key=lambda one: one != FACT))


def sort_words(sort: str) -> str:
    """A sort of line in words, "Notes"."""
    many = "facts" if sort == FACT else kind_named(sort).many
    return many[:1].upper() + many[1:]


def day_of(name: str, row: RecordRow, days: Mapping[str, date]) -> date | None:
    """The day of a record: its own, or that of the fact it points at."""
    find = _DAYS.get(name)
    if find is not None:
        return find(row, days)
    kind = kind_named(name)
    first = next((one.name for one in kind.fields if one.type == "day"), "")
    return getattr(row.record, first) if first else None


def of_record(name: str, row: RecordRow, days: Mapping[str, date]) -> Happening | None:
    """A record as a line, or None where it is true from a day to a day or has no day at all."""
    kind = kind_named(name)
    if kind.ranged or (name not in _DAYS and not any(one.type == "day" for one in kind.fields)):
        return None
    what = _WHAT.get(name, _plain)(kind, row)
    return Happening(day_of(name, row, days), name, what, said(name, row), f"{name}/{row.id}")


def said(name: str, row: RecordRow) -> str:
    """What a record says besides its day, what it is and whose, in one line."""
    find = _SAID.get(name)
    if find is not None:
        return find(row)
    return " · ".join(_others(kind_named(name), row))


def detail_words(fact: Fact) -> str:
    """The extra keys of a fact in words, "Amend" or "Meeting on 3 Mar 2027"."""
    parts = []
    for key in KINDS[fact.kind].keys:
        value = fact.detail.get(key.name)
        if isinstance(value, date):
            parts.append(f"{key.label} {day_words(value)}")
        elif value and key.type == "choice":
            parts.append(key.choices.get(value, value))
        elif value:
            parts.append(value)
    return " · ".join(parts)


def panel_day(row: RecordRow) -> date | None:
    """The day on which the panel sits that a case is before."""
    day = row.words.get(SITS_ON)
    return date.fromisoformat(day) if day else None


def promise_state(record: Any, today: date | None = None) -> str:  # noqa: ANN401  (a promise)
    """Whether a promise is kept, broken, open or late, in words."""
    if record.kept_on is not None:
        return f"kept on {day_words(record.kept_on)}"
    if record.broken_why:
        return f"broken: {record.broken_why}"
    if today is not None and record.by_when < today:
        return when_words((record.by_when - today).days)
    return "open"


def _of_fact(fact: Fact) -> Happening:
    label = KINDS[fact.kind].label
    what = label[:1].upper() + label[1:]
    return Happening(fact.on, FACT, what, detail_words(fact), f"{FACT}/{fact.id}")


def _newest_first(line: Happening) -> tuple[int, bool, str]:
    day = -line.on.toordinal() if line.on is not None else -date.max.toordinal()
    return day, line.sort != FACT, line.key


def _others(kind: Kind, row: RecordRow) -> Iterator[str]:
    for one in kind.fields:
        # The event that dates the line says the line's own day.
        dates = one.type == "day" or (one.facts and kind.name in _DAYS)
        shown = one.by_hand and one.name != kind.owner and not dates
        if shown and one.name not in _LEFT_OUT and getattr(row.record, one.name) != one.blank:
            yield row.words[one.name].replace("\n", " ")


def _note(row: RecordRow) -> str:
    whom = row.words["with_whom"]
    words = " ".join(row.words["words"].split())
    return f"{whom}: {words}" if whom else words


def _promise(row: RecordRow) -> str:
    return f"{row.words['what']} · {promise_state(row.record)}"


def _panel_item(row: RecordRow) -> str:
    said = ("question", "decision", "reasons", "conditions", "referred_to_id")
    return " · ".join(" ".join(row.words[one].split()) for one in said if row.words[one])


def _plain(kind: Kind, row: RecordRow) -> str:
    del row
    return kind.one[:1].upper() + kind.one[1:]


_SAID: Mapping[str, Callable[[RecordRow], str]] = MappingProxyType(
    {
        "note": _note,
        "promise": _promise,
        "panel_item": _panel_item,
        "letter": lambda row: " · ".join(
            filter(None, (row.words["template_id"], row.words["way"].lower()))
        ),
        "document": lambda row: " · ".join(
            filter(None, (row.words["title"], row.words["kind"], row.words["state"]))
        ),
    }
)
"""By kind, what is said of it where a list of its fields says it badly."""

_WHAT: Mapping[str, Callable[[Kind, RecordRow], str]] = MappingProxyType(
    {
        "note": lambda _, row: row.words["kind"] or "Note",
        "promise": lambda _, row: f"Promise to {row.words['to_whom']}",
        "panel_item": lambda _, row: f"Before the {row.words['panel_id']}",
        "letter": lambda _, row: f"Letter to {row.words['to_whom']}",
        "plan_version": lambda _, row: f"Plan version {row.words['number']}",
    }
)

_DAYS: Mapping[str, Callable[[RecordRow, Mapping[str, date]], date | None]] = MappingProxyType(
    {
        "promise": lambda row, _: row.record.by_when,
        "plan_version": lambda row, days: days.get(row.record.fact_id),
        "panel_item": lambda row, _: panel_day(row),
    }
)
"""By kind, its day where that is not its first field of a day."""


def filtered(lines: Sequence[Happening], wanted: str) -> tuple[Happening, ...]:
    """The lines of one sort, or all with ""."""
    return tuple(line for line in lines if not wanted or line.sort == wanted)
