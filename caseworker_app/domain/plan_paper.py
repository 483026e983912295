"""The words of a plan on paper, section by section, with what each line is tied to and lacks."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.costs import pounds
from caseworker_app.domain.declarations.money import PARTS, PersonalBudget
from caseworker_app.domain.declarations.thread import Provision
from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.domain.plan_thread import Line, Section, words_of


def plan_paper(about: str, sections: Iterable[Section], made: str) -> Paper:
    """A plan as it stands.

    Args:
        about: whose it is.
        sections: as `plan_tree` gives them.
        made: who made it and when.
    """
    parts = []
    for section in sections:
        rows = tuple((_said(one), _tied(one), _lacks(one)) for one in section.lines)
        empty = " ".join(one.words for one in section.faults) or "Nothing is recorded here."
        table = PaperTable(("Line", "Tied to", "To look at"), rows, empty=empty)
        parts.append(Part(f"{section.letter} {section.title}", table=table))
    return Paper("Plan", about, tuple(parts), made)


def _said(line: Line) -> str:
    record = line.record
    if isinstance(record, PersonalBudget):
        return f"{PARTS[record.part]}, {pounds(record.amount)} a year"
    if isinstance(record, Provision):
        beside = (record.who, record.how_often, "" if record.cost is None else pounds(record.cost))
        return "; ".join(filter(None, (line.words, *beside)))
    return line.words


def _tied(line: Line) -> str:
    return "; ".join(f"{one.words}: {words_of(one.to)}" for one in line.ties)


def _lacks(line: Line) -> str:
    return " ".join(one.words for one in line.faults)
