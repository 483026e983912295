"""Rows of a table as what they say of a child, and what in them could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.facts import Detail, Fact
from caseworker_app.domain.incoming import CellProblem, ParkedRow, Place
from caseworker_app.imports.files.sheets import Cell, Row, as_shown
from caseworker_app.imports.tracker.cells import Bad, Needs, Told, Value
from caseworker_app.imports.tracker.layout import Block, repeats
from caseworker_app.imports.tracker.names import is_person, split
from caseworker_app.imports.tracker.plan import Column, Plan
from caseworker_app.imports.tracker.words import plain, squeeze, words

ONCE: tuple[str, ...] = (
    "request_received",
    "assessment_decision_sent",
    "refusal_to_issue_sent",
    "draft_served",
    "plan_sent",
    "plan_ceased",
)
"""Events a child has once in a tracker."""

OF_REVIEW: tuple[str, ...] = (
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "amendment_notice_sent",
    "amended_plan_sent",
)
"""Events of one review, in the order they should come."""

TEXTS: tuple[str, ...] = (
    "reference",
    "surname",
    "forename",
    "upn",
    "uln",
    "sex",
    "need",
    "secondary_need",
    "setting",
    "caseworker",
    "template",
)
"""Fields of a child that are text."""

_OLDEST = 40
_DETAIL = {
    "assessment_decision_sent": ("assessment_outcome", "outcome"),
    "plan_ceased": ("cease_reason", "reason"),
}
"""Kind of event to the field of its detail, and the detail's key."""


_KIND_TOLD_BY = {name: name for name in (*ONCE, *OF_REVIEW)}
_KIND_TOLD_BY |= {field: kind for kind, (field, _) in _DETAIL.items()}
_KIND_TOLD_BY["outcome"] = "review_decision_sent"
"""Field to the kind of event it tells of."""


@dataclass(slots=True)
class RowRead:
    """What one row says of a child.

    Attributes:
        texts: of `TEXTS`, only what the row says.
        headings: field to the heading it was read under.
        once: events of `ONCE` by kind.
        reviews: for each review the row tells of, its events by kind.
        comments: free text, and what has no field of its own.
    """

    place: Place
    texts: dict[str, str]
    headings: Mapping[str, str]
    born: date | None = None
    once: dict[str, Fact] = field(default_factory=dict)
    reviews: list[dict[str, Fact]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reports:
    """What could not come in."""

    parked: list[ParkedRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowSource:
    """A table that is ready to be read.

    Attributes:
        implied: fields that the sheet's name tells for all its rows.
    """

    file: str
    sheet: str
    block: Block
    rows: Sequence[Row]
    plan: Plan
    implied: dict[str, str]


def read(source: RowSource, reports: Reports, today: date) -> Iterator[RowRead | None]:
    """What each row says; None for a row that tells of no child or is parked."""
    plan, told, section = source.plan, _told_by_sections(source), ""
    for number in range(source.block.first, source.block.end):
        row = source.rows[number]
        place = Place(source.file, source.sheet, number + 1)
        if not any(cell != "" for cell in row) or repeats(row, source.block):
            yield None
            continue
        values, problems = _values(row, plan.columns, place)
        if not _tells_of_a_child(row, values, plan):
            section = (told and _section(row)) or section
            yield None
            continue
        found = _row(place, values, plan, problems, today)
        for name, text in (*source.implied.items(), (told, section)):
            if text and name not in found.texts:
                found.texts[name] = text
        reports.problems += problems
        yield found


def _told_by_sections(source: RowSource) -> str:
    """The field that lines of their own tell for the rows under them, or "".

    A tracker kept by school or by officer may have no column for it.
    """
    rows = source.rows[source.block.first : source.block.end]
    lines = {
        section
        for row, after in pairwise(rows)
        if (section := _section(row)) and sum(1 for cell in after if cell != "") > 2
    }
    has = source.plan.fields | source.implied.keys()
    settings = sum(1 for line in lines if not words().setting.isdisjoint(plain(line).split()))
    if lines and "setting" not in has and settings * 2 >= len(lines):
        return "setting"
    people = sum(1 for line in lines if is_person(line))
    return "caseworker" if people > 1 and "caseworker" not in has and people == len(lines) else ""


def why_parked(found: RowRead) -> str:
    """Why a row cannot come in by itself, or ""."""
    named = found.texts.get("surname") or found.texts.get("forename")
    missing = [] if named else ["no name"]
    if found.born is None:
        missing.append("no date of birth")
    return " and ".join(missing)


Entry = tuple[Value, Column, Cell]
Values = dict[tuple[str, int], Entry]


def _values(row: Row, columns: Sequence[Column], place: Place) -> tuple[Values, list[CellProblem]]:
    values: Values = {}
    problems: list[CellProblem] = []
    width = len(row)
    for column in columns:
        cell = row[column.index] if column.index < width else ""
        if cell == "":
            continue
        value = column.reader(cell)
        if isinstance(value, Bad):
            problems.append(_problem(place, column, cell, value.why))
        elif value is not None:
            key = (column.field, column.cycle)
            if column.field == "comment" and key in values:
                value = f"{values[key][0]}; {value}"
            values[key] = (value, column, cell)
    return values, problems


def _problem(place: Place, column: Column, cell: Cell, why: str) -> CellProblem:
    return CellProblem(place, column.heading, as_shown(cell), why)


def _tells_of_a_child(row: Row, values: Values, plan: Plan) -> bool:
    """Whether a row is about a child, rather than a total, a section or a note."""
    if ("born", 0) in values:
        return True
    filled = [cell for cell in row if cell != "" and as_shown(cell)]
    told = {name for name, _ in values}
    first = next((as_shown(cell) for cell in filled if isinstance(cell, str)), "")
    if _is_total(first):
        return False
    if "upn" in told or {"surname", "forename"} <= told:
        return True
    named = told & {"surname", "forename", "name"}
    if "reference" in told and _like_a_reference(str(values["reference", 0][0])):
        return len(filled) > 1 or bool(plan.fields & {"born", "name", "surname"})
    if named:
        if len(filled) > 1:
            return len(told) > 1 or len(filled) > 2
        name = str(next(values[key][0] for key in values if key[0] in named))
        return "," in name and len(name.split()) <= 4 and not name.endswith((".", ":"))
    # Without any name: a row with days of events in it is a child's, and has to be parked.
    dated = [name for name in told if name in ONCE or name in OF_REVIEW]
    return bool(dated) and len(told) > 2


def _is_total(text: str) -> bool:
    low = squeeze(text).lower()
    return any(
        low.startswith(start) and not low[len(start) : len(start) + 1].isalnum()
        for start in words().totals
    )


def _like_a_reference(text: str) -> bool:
    return any(mark.isdigit() for mark in text) and len(text) <= 30 and len(text.split()) <= 3


def _section(row: Row) -> str:
    """What the only filled cell of a row says, where it may head the rows under it; or ""."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    text = squeeze(filled[0]).rstrip(":")
    return text if text and len(text) <= 80 and not text.endswith(".") else ""


def _row(
    place: Place, values: Values, plan: Plan, problems: list[CellProblem], today: date
) -> RowRead:
    found = RowRead(place, _texts(values, plan), plan.headings)
    born = values.get(("born", 0))
    if born is not None and isinstance(born[0], date):
        why = _unlikely_birth(born[0], today)
        if why:
            problems.append(_problem(place, born[1], born[2], why))
        else:
            found.born = born[0]
    reviews: dict[int, dict[str, Fact]] = {}
    told = {(kind, cycle) for name, cycle in values if (kind := _KIND_TOLD_BY.get(name))}
    for kind, cycle in sorted(told):
        fact = _fact(kind, cycle, values, found, problems, today)
        if fact is not None:
            mine = reviews.setdefault(cycle, {}) if kind in OF_REVIEW else found.once
            mine[kind] = fact
    found.reviews = [review for review in reviews.values() if review]
    _comments(found, values)
    return found


def _texts(values: Values, plan: Plan) -> dict[str, str]:
    texts = {name: str(values[name, 0][0]) for name in TEXTS if (name, 0) in values}
    for name in ("need", "secondary_need"):
        entry = values.get((name, 0))
        if entry is not None and isinstance(entry[0], Needs):
            texts[name] = entry[0].first
            if entry[0].second and ("secondary_need", 0) not in values:
                texts["secondary_need"] = entry[0].second
    whole = values.get(("name", 0))
    if whole is not None:
        surname, forename = split(str(whole[0]), plan.name_order)
        texts.setdefault("surname", surname)
        if forename:
            texts.setdefault("forename", forename)
    return texts


def _unlikely_birth(born: date, today: date) -> str:
    if born > today:
        return "after today"
    return "too long ago for a child or young person" if today.year - born.year > _OLDEST else ""


def _fact(
    kind: str,
    cycle: int,
    values: Values,
    found: RowRead,
    problems: list[CellProblem],
    today: date,
) -> Fact | None:
    on, detail, source = _dated(kind, cycle, values)
    if on is None or source is None:
        _keep_dateless(kind, cycle, values, found)
        return None
    why = ""
    if on > today:
        why = "after today"
    elif found.born is not None and on < found.born:
        why = "before the date of birth"
    if why:
        problems.append(_problem(found.place, source[1], source[2], why))
        return None
    return Fact(kind, on, detail)


def _dated(
    kind: str, cycle: int, values: Values
) -> tuple[date | None, dict[str, Detail], Entry | None]:
    """The day and detail of an event, and the cell that told the day."""
    source = values.get((kind, cycle))
    told = [source, values.get(("outcome", cycle))] if kind == "review_decision_sent" else [source]
    detail: dict[str, Detail] = {}
    on: date | None = None
    for entry in told:
        if entry is None:
            continue
        value = entry[0]
        if isinstance(value, Told) and value.outcome:
            detail["outcome"] = value.outcome
        day = value.on if isinstance(value, Told) else value
        if on is None and isinstance(day, date):
            on, source = day, entry
    further = values.get((_DETAIL[kind][0], cycle)) if kind in _DETAIL else None
    if further is not None:
        detail[_DETAIL[kind][1]] = str(further[0])
    return on, detail, source


def _keep_dateless(kind: str, cycle: int, values: Values, found: RowRead) -> None:
    """Keep in the comment what a fact without its day would have told."""
    names = [_DETAIL[kind][0]] if kind in _DETAIL else []
    if kind == "review_decision_sent":
        names = [kind, "outcome"]
    for name in names:
        entry = values.get((name, cycle))
        if entry is None:
            continue
        value = entry[0]
        text = as_shown(entry[2])
        if isinstance(value, Told):
            text = REVIEW_OUTCOMES.get(value.outcome, text)
        found.comments.append(f"{squeeze(entry[1].heading)}: {text} (no date)")


def _comments(found: RowRead, values: Values) -> None:
    entry = values.get(("comment", 0))
    if entry is not None:
        found.comments.insert(0, str(entry[0]))
    for name in ("review_due", "review_meeting_fixed"):
        entry = values.get((name, 0))
        if entry is not None and isinstance(entry[0], date):
            found.comments.append(f"{squeeze(entry[1].heading)}: {entry[0]:%d/%m/%Y}")
