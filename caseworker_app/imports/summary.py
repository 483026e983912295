"""What was understood of the files, in sentences for the person who looks before it is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from caseworker_app.domain.incoming import Incoming, Place
from caseworker_app.imports.files.sheets import Sheet
from caseworker_app.imports.tracker.catalogue import catalogue
from caseworker_app.imports.tracker.reader import SHEET_NAME
from caseworker_app.imports.tracker.words import squeeze


def notes(incoming: Incoming, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """One sentence a line: sheet by sheet, then what holds for all."""
    told: list[str] = []
    like: dict[tuple[tuple[str, str], ...], str] = {}
    for sheet in sheets:
        name = sheet.name if sheet.name in incoming.mapping else f"{sheet.file}: {sheet.name}"
        if name in incoming.mapping:
            key = tuple(incoming.mapping[name].items())
            told += _of_sheet(name, sheet, incoming, like.get(key, ""))
            like.setdefault(key, name)
        elif any(cell != "" for row in sheet.rows for cell in row):
            told.append(f"{sheet.name}: no list of children, left out.")
    told += _of_all(incoming)
    return tuple(told)


def _of_sheet(name: str, sheet: Sheet, incoming: Incoming, like: str) -> Iterator[str]:
    headings = incoming.mapping[name]
    hidden = " (hidden in Excel)" if sheet.hidden else ""
    module = next((kind for kind in headings.values() if kind.endswith("tableid")), "")
    if like:
        yield f"{name}{hidden}: laid out as {like}."
    elif module:
        yield f"{name}{hidden}: part of the SEN2 return."
    else:
        yield f"{name}{hidden}: {_pairs(headings)}."
    others = [squeeze(heading) for heading in incoming.unmapped.get(name, ())]
    if others:
        yield f"{name}: nothing is taken from {_list(others)}."
    here = [row for row in incoming.parked if _is_of(row.place, sheet)]
    cells = [cell for cell in incoming.problems if _is_of(cell.place, sheet)]
    for why, count in Counter(row.why for row in here).most_common():
        yield f"{name}: {_count(count, 'row')} parked, {why}."
    if cells:
        yield f"{name}: {_count(len(cells), 'cell')} could not be read."
    asked = [one for one in incoming.doubts if _is_of(one.place, sheet)]
    if asked:
        whole = sum(1 for one in asked if not one.place.row and one.column)
        columns = f", {_count(whole, 'column')} among them" if whole else ""
        yield f"{name}: {_count(len(asked), 'doubt')} left to a person{columns}."


def _of_all(incoming: Incoming) -> Iterator[str]:
    children = _count(len(incoming.cases), "child", "children")
    yield f"{_count(incoming.rows_read, 'row')} read, {children} in all."
    if incoming.conflicts:
        count = _count(len(incoming.conflicts), "time")
        yield f"Two places say different things of one child {count}; the first is kept."
    dateless = sum(1 for case in incoming.cases if "(no date)" in case.comment)
    if dateless:
        which = _count(dateless, "child", "children")
        yield f"For {which} an outcome stands without its date; it is kept in the comment."
    if any(case.one_cycle for case in incoming.cases):
        yield "The files hold the latest review only; earlier ones count as not recorded."


def _pairs(headings: Mapping[str, str]) -> str:
    fields = catalogue().fields
    return ", ".join(
        f"{fields[kind].label if kind in fields else kind} from "
        + ("the sheet's name" if heading == SHEET_NAME else squeeze(heading))
        for heading, kind in headings.items()
    )


def _is_of(place: Place, sheet: Sheet) -> bool:
    return place.file == sheet.file and place.sheet == sheet.name


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _list(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
