"""Rows of a table as what they say of a child, and what in them could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from caseworker_app.domain import uln, upn
from caseworker_app.domain.incoming import CellProblem, Doubt, Place
from caseworker_app.imports.files.letters import BROKEN
from caseworker_app.imports.files.sheets import Row, as_shown
from caseworker_app.imports.tracker import events, lines, name_notes
from caseworker_app.imports.tracker.cells import Needs, month_shown
from caseworker_app.imports.tracker.days import Bad, Doubtful
from caseworker_app.imports.tracker.layout import Block, repeats
from caseworker_app.imports.tracker.names import split
from caseworker_app.imports.tracker.plan import Column, Plan
from caseworker_app.imports.tracker.row import TEXTS, Reports, RowRead, Values, doubt, problem
from caseworker_app.imports.tracker.words import squeeze

_OLDEST = 40
_TAKEN_AS_READ = ("", "left out")
"""What a person may say of a column without having its doubtful cells taken."""

_TOLD_AS_READ = tuple((name, 0) for name in TEXTS if name not in ("surname", "forename"))
"""The texts of a child that are kept as they are read, by field and cycle."""

_AS_SAID = "as a person said of the column"


@dataclass(frozen=True, slots=True)
class RowSource:
    """A table that is ready to be read.

    Attributes:
        implied: fields that the sheet's name tells for all its rows.
        unsure: rows whose cells may have slipped, and why; they are parked.
        days_from_1904: where the workbook counts its days from.
        doubts, answered: what is doubtful of whole columns, and what would be, had a person not
            said how it is meant.
        month_only: places, row and column from 0, that show a month and a year without a day.
    """

    file: str
    sheet: str
    block: Block
    rows: Sequence[Row]
    plan: Plan
    implied: dict[str, str]
    unsure: Mapping[int, str] = field(default_factory=dict)
    days_from_1904: bool = False
    month_only: frozenset[tuple[int, int]] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    answered: tuple[Doubt, ...] = ()


def read(source: RowSource, reports: Reports, today: date) -> Iterator[RowRead | None]:
    """What each row says; None for a row that tells of no child or is parked."""
    plan, section = source.plan, ""
    rows = source.rows[source.block.first : source.block.end]
    told = lines.told_by_sections(rows, plan.fields | source.implied.keys())
    for number in range(source.block.first, source.block.end):
        row = source.rows[number]
        if not row:
            yield None
            continue
        place = Place(source.file, source.sheet, number + 1)
        if not any(cell != "" for cell in row) or repeats(row, source.block):
            yield None
            continue
        values, problems, doubts = _values(row, plan.columns, place, source.month_only)
        unsure = source.unsure.get(number, "")
        born = ("born", 0) in doubts
        if not unsure and not born and not lines.tells_of_a_child(row, values, plan):
            section = (told and lines.section(row)) or section
            yield None
            continue
        asked = [*doubts.values(), *_doubted(values, place)]
        found = _row(place, values, plan, problems, asked, today)
        found.birth_doubted = born
        for name, text in (*source.implied.items(), (told, section)):
            if text and name not in found.texts:
                found.texts[name] = text
        found.unsure = unsure
        reports.problems += [] if unsure else problems
        reports.doubts += [] if unsure else [replace(one, case=found.case) for one in asked]
        yield found


def _values(
    row: Row, columns: Sequence[Column], place: Place, months: Collection[tuple[int, int]]
) -> tuple[Values, list[CellProblem], dict[tuple[str, int], Doubt]]:
    """What a row's cells say, which cannot be read, and which a person has to decide on.

    `months` are the places where a cell shows a month and a year without a day.
    """
    values: Values = {}
    problems: list[CellProblem] = []
    doubts: dict[tuple[str, int], Doubt] = {}
    width = len(row)
    for column in columns:
        cell = row[column.index] if column.index < width else ""
        if cell == "":
            continue
        value = column.reader(cell)
        if months and column.said in _TAKEN_AS_READ and (place.row - 1, column.index) in months:
            value = month_shown(cell, value)
        if isinstance(value, Doubtful) and column.said:
            text = value.shown or as_shown(cell)
            problems.append(CellProblem(place, column.heading, text, f"{value.why}, {_AS_SAID}"))
        elif isinstance(value, Doubtful):
            text = value.shown or as_shown(cell)
            doubts[column.field, column.cycle] = Doubt(place, column.heading, text, value.why)
        elif isinstance(value, Bad):
            problems.append(CellProblem(place, column.heading, as_shown(cell), value.why))
        elif value is not None:
            key = (column.field, column.cycle)
            if column.field == "comment" and key in values:
                value = f"{values[key][0]}; {value}"
            values[key] = (value, column, cell)
    return values, problems, doubts


def _doubted(values: Values, place: Place) -> Iterator[Doubt]:
    """What was read, but cannot be right as it stands."""
    for name, fault in (("upn", upn.fault), ("uln", uln.fault)):
        entry = values.get((name, 0))
        if entry is not None and (why := fault(str(entry[0]))):
            yield doubt(place, entry, f"{why}; kept as written")


def _row(
    place: Place,
    values: Values,
    plan: Plan,
    problems: list[CellProblem],
    doubts: list[Doubt],
    today: date,
) -> RowRead:
    found = RowRead(place, _texts(values), plan.headings)
    doubts += _named(found, values, plan)
    if problems:
        names = {plan.headings.get(field) for field in ("surname", "forename", "name")}
        found.half_named = any(one.why == BROKEN and one.column in names for one in problems)
    born = values.get(("born", 0))
    if born is not None and isinstance(born[0], date):
        why = _unlikely_birth(born[0], today)
        if why:
            problems.append(problem(place, born, why))
        else:
            found.born = born[0]
    events.add(found, values, problems, today)
    _comments(found, values)
    return found


def _named(found: RowRead, values: Values, plan: Plan) -> Iterator[Doubt]:
    """Give a row its names, and its comment what stands beside them."""
    notes: list[str] = []
    loud = plan.name_order == "capitals"
    for name in ("surname", "forename", "name"):
        entry = values.get((name, 0))
        if entry is None:
            continue
        whole = name == "name"
        clean = name_notes.cleaned(str(entry[0]), whole=whole, loud_surnames=whole and loud)
        notes += clean.notes
        for why in clean.doubts:
            yield doubt(found.place, entry, why)
        parts = {name: clean.name}
        if whole:
            surname, forename = split(clean.name, plan.name_order)
            parts = {"surname": surname, "forename": forename}
        for part, text in parts.items():
            if text:
                found.texts.setdefault(part, name_notes.spaced(text))
    if notes:
        found.comments.append(name_notes.beside(list(dict.fromkeys(notes))))


def _texts(values: Values) -> dict[str, str]:
    texts = {key[0]: str(values[key][0]) for key in _TOLD_AS_READ if key in values}
    for name in ("need", "secondary_need"):
        entry = values.get((name, 0))
        if entry is not None and isinstance(entry[0], Needs):
            texts[name] = entry[0].first
            if entry[0].second and ("secondary_need", 0) not in values:
                texts["secondary_need"] = entry[0].second
    return texts


def _comments(found: RowRead, values: Values) -> None:
    entry = values.get(("comment", 0))
    if entry is not None:
        found.comments.insert(0, str(entry[0]))
    for name in ("review_due", "review_meeting_fixed"):
        entry = values.get((name, 0))
        if entry is not None:
            told = f"{entry[0]:%d/%m/%Y}" if isinstance(entry[0], date) else str(entry[0])
            found.comments.append(f"{squeeze(entry[1].heading)}: {told}")


def _unlikely_birth(born: date, today: date) -> str:
    if born > today:
        return "after today"
    return "too long ago for a child or young person" if today.year - born.year > _OLDEST else ""
