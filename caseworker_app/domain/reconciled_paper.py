"""What is left of an extract held against the store, as a document: handed back as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.incoming import Conflict, IncomingCase, Place
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part
from caseworker_app.domain.reconciling import Difference, Reconciled, field_words, value_words

_DIFFERS = ("Reference", "Child", "Field", "They say", "We say", "File", "Sheet", "Row")
_THEIRS = (
    *("reference", "surname", "forename", "born", "upn", "uln", "sex", "need"),
    *("secondary_need", "setting", "caseworker", "template"),
)
_OURS = ("Reference", "Child", "Date of birth", "Setting", "Status")
_DOUBTS = ("File", "Sheet", "Row", "Child", "Column", "Value", "Why")


def paper_of(found: Reconciled, left: Iterable[Difference], foot: str = "") -> Paper:
    """The document.

    Args:
        found: the extract held against the store.
        left: the differences that nobody accepted.
        foot: who made it and when.
    """
    rows = tuple(
        (
            one.case,
            one.name,
            one.field_words,
            one.theirs_words,
            one.ours_words,
            *_place(one.place),
        )
        for one in left
    )
    parts = (
        _part("They say, we say", _DIFFERS, rows, "Nothing differs."),
        _part(
            "Only there",
            (*map(field_words, _THEIRS), "Events"),
            tuple(map(_their_row, found.only_theirs)),
            "Every child of the file is here.",
        ),
        _part(
            "Only here",
            _OURS,
            tuple((o.reference, o.name, o.born, o.setting, o.status) for o in found.only_ours),
            "Every child here is in the file.",
        ),
        _part("Doubts", _DOUBTS, tuple(_doubts(found)), "Nothing is doubtful."),
        _part("Not read", _DOUBTS, tuple(_not_read(found)), "All of it could be read."),
    )
    about = " ".join((f"What {found.file} says otherwise than Caseworker.", *found.notes))
    return Paper("Not accepted", about, parts, foot)


def _part(
    title: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], empty: str
) -> Part:
    return Part(title, table=PaperTable(headings, rows, strong=1, empty=empty))


def _place(place: Place) -> tuple[Cell, ...]:
    return place.file, place.sheet, place.row


def _their_row(case: IncomingCase) -> tuple[Cell, ...]:
    values: list[Cell] = []
    for name in _THEIRS:
        value = getattr(case, name)
        values.append(value if isinstance(value, date) else value_words(name, value))
    return (*values, "; ".join(map(_event, case.facts)))


def _event(fact: Fact) -> str:
    details = (
        value_words(f"{fact.kind}.{key.name}", fact.detail[key.name])
        for key in KINDS[fact.kind].keys
        if key.name in fact.detail
    )
    said = ", ".join((value_words(fact.kind, fact.on), *details))
    return f"{KINDS[fact.kind].label} {said}"


def clash_words(clash: Conflict) -> str:
    """Why what a further row of a child says was not taken."""
    return f"an earlier row of the child says {clash.kept}, which is taken"


def _doubts(found: Reconciled) -> Iterator[tuple[Cell, ...]]:
    for one in found.doubts:
        yield (*_place(one.place), one.case, one.column, one.value, one.why)


def _not_read(found: Reconciled) -> Iterator[tuple[Cell, ...]]:
    for row in found.parked:
        yield (*_place(row.place), row.case, None, None, row.why)
    for cell in found.problems:
        yield (*_place(cell.place), None, cell.column, cell.value, cell.why)
    for clash in found.conflicts:
        yield (*_place(clash.place), clash.reference, clash.field, clash.other, clash_words(clash))
