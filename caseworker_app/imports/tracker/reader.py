"""Sheets of one or several trackers to everything they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.incoming import CellProblem, Doubt, Incoming, Place
from caseworker_app.imports.files.sheets import Row, Sheet, as_shown
from caseworker_app.imports.mapping import Mapping as ByHand
from caseworker_app.imports.tracker import (
    columns_together,
    date_columns,
    events,
    layout,
    plan,
    rows,
)
from caseworker_app.imports.tracker.catalogue import Catalogue, catalogue
from caseworker_app.imports.tracker.cells import Reader, readers
from caseworker_app.imports.tracker.children import Children
from caseworker_app.imports.tracker.days import epoch_of
from caseworker_app.imports.tracker.names import is_person
from caseworker_app.imports.tracker.row import Reports, RowRead
from caseworker_app.imports.tracker.words import plain, words
from caseworker_app.services.progress import Progress

SHEET_NAME = "(sheet name)"
"""Stands for a heading where the sheet's own name tells a field."""

_EVERY = 250
_EVENTS = frozenset((*events.ONCE, *events.OF_REVIEW, "outcome"))
_STRONG = frozenset(
    {"school", "academy", "college", "primary", "secondary", "nursery", "infant", "infants"}
    | {"junior", "juniors", "pru", "grammar"}
)
_PHASES = frozenset(
    {"all", "others", "other", "mainstream", "special", "schools", "pupils", "children", "year"}
    | {"post", "phase", "sheet", "tracker", "annual", "review", "reviews", "and", "list", "the"}
    | {"independent", "maintained", "years", "early", "out", "of", "borough", "colleges", "in"}
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A table on its sheet, before it is known how to read it."""

    sheet: Sheet
    table: columns_together.Table


@dataclass(slots=True)
class _Account:
    """What is told of the reading besides the children."""

    mapping: dict[str, dict[str, str]] = field(default_factory=dict)
    unmapped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows_read: int = 0


def read(
    sheets: Sequence[Sheet], by_hand: ByHand, today: date, progress: Progress | None
) -> Incoming:
    """All that the sheets say, in their order. `Incoming.files` is in the order they come.

    Raises:
        Refused: the mapping names a heading that no sheet has.
        Cancelled: by the progress.
    """
    reports, children, account = Reports(), Children(), _Account()
    found = _tables(sheets, by_hand, reports)
    sources = _sources(found, _plans(found, by_hand, today))
    sources = date_columns.with_hands(sources, by_hand, today)
    by_hand.check_used({text for one in found for text in one.table.block.signature})
    names = _names_of_sheets(sheets)
    answered: list[Doubt] = []
    steps = _Steps(progress, sum(source.block.end - source.block.first for source in sources))
    later: list[tuple[rows.RowSource, list[RowRead], Reports]] = []
    for source in sources:
        own = Reports(doubts=list(source.doubts))
        lines = rows.read(source, own, today)
        told = [row for row in steps.counted(lines, source.sheet) if row is not None]
        if not _is_whole(source.plan):
            later.append((source, told, own))
            continue
        _tell(account, names[source.file, source.sheet], source, len(told))
        answered += source.answered
        for row in told:
            children.add(row, own)
        reports.take(own)
    for source, told, own in later:
        if not _may_be_children(source.plan) and not any(map(children.knows, told)):
            # A list of schools or staff: it has names or numbers, but none of a child.
            continue
        _tell(account, names[source.file, source.sheet], source, len(told))
        answered += source.answered
        for row in told:
            children.add_to_known(row, own)
        reports.take(own)
    steps.end()
    return Incoming(
        files=tuple(dict.fromkeys(sheet.file for sheet in sheets)),
        rows_read=account.rows_read,
        cases=children.cases(),
        parked=tuple(reports.parked),
        problems=tuple(reports.problems),
        conflicts=tuple(children.conflicts),
        further_rows=children.further_rows,
        mapping=account.mapping,
        unmapped=account.unmapped,
        doubts=(*_of_sheets(sheets, names, account), *_outside(sheets, sources), *reports.doubts),
        answered=tuple(answered),
    )


def _of_sheets(
    sheets: Sequence[Sheet], names: Mapping[tuple[str, str], str], account: _Account
) -> Iterator[Doubt]:
    """What the readers of the files doubt, for sheets that list children and for whole files."""
    for sheet in sheets:
        listed = names[sheet.file, sheet.name] in account.mapping
        yield from (doubt for doubt in sheet.doubts if listed or not doubt.place.sheet)


def _outside(sheets: Sequence[Sheet], sources: Sequence[rows.RowSource]) -> Iterator[Doubt]:
    """Rows whose cells may have slipped and that stand outside every table."""
    ranges: dict[tuple[str, str], list[range]] = defaultdict(list)
    for source in sources:
        block = range(source.block.first, source.block.end)
        ranges[source.file, source.sheet].append(block)
    for sheet in sheets:
        own = ranges.get((sheet.file, sheet.name), [])
        for at, why in sheet.unsure_rows.items():
            if own and not any(at in block for block in own):
                value = ", ".join(as_shown(cell) for cell in sheet.rows[at] if cell != "")[:120]
                yield Doubt(Place(sheet.file, sheet.name, at + 1), "", value, f"{why}; not taken")


def _is_whole(made: plan.Plan) -> bool:
    """Whether a table can bring a child in by itself."""
    named = made.fields & {"name", "surname", "forename"}
    return "born" in made.fields and bool(named)


def _may_be_children(made: plan.Plan) -> bool:
    """Whether a table without names or birthdays may yet list children: staff also have dates."""
    events_told = made.fields & _EVENTS
    return len(events_told) > 1 or bool(events_told and made.fields & {"reference", "upn", "born"})


@dataclass(slots=True)
class _Steps:
    """Tells the progress over all rows."""

    progress: Progress | None
    total: int
    done: int = 0

    def counted(self, lines: Iterator[RowRead | None], sheet: str) -> Iterator[RowRead | None]:
        """The same lines, told of every so often."""
        for line in lines:
            self.done += 1
            if self.progress is not None and self.done % _EVERY == 0:
                self.progress(self.done, self.total, f"Reading {sheet}")
            yield line

    def end(self) -> None:
        """Tell that all is read."""
        if self.progress is not None:
            self.progress(self.total, self.total, "Read")


def _tables(sheets: Sequence[Sheet], by_hand: ByHand, reports: Reports) -> list[_Found]:
    found: list[_Found] = []
    for sheet in sheets:
        known = by_hand.over(catalogue(), sheet.name)
        blocks = layout.blocks(sheet, known)
        lines = _with_merges(sheet, blocks[0].first) if blocks else ()
        found += [_Found(sheet, columns_together.Table(block, lines)) for block in blocks]
        if not blocks and (count := _looks_like_children(sheet)):
            why = f"{count} rows with dates, but no row of headings that can be understood"
            reports.problems.append(CellProblem(Place(sheet.file, sheet.name), "", "", why))
    return found


def _with_merges(sheet: Sheet, first: int) -> Sequence[Row]:
    """The rows, with cells merged downwards filled all the way."""
    tall = [
        (top, left, bottom)
        for top, left, bottom, right in sheet.merges
        if top >= first and bottom > top and left == right and bottom < len(sheet.rows)
    ]
    if not tall:
        return sheet.rows
    filled = [list(row) for row in sheet.rows]
    for top, left, bottom in tall:
        for row in filled[top + 1 : bottom + 1]:
            if left < len(row) and left < len(filled[top]):
                row[left] = filled[top][left]
    return filled


def _copied(one: _Found) -> frozenset[tuple[int, int]]:
    """The places that a month and year without a day was copied to from a tall merged cell."""
    return frozenset(
        (row, left)
        for top, left, bottom, right in one.sheet.merges
        if left == right and (top, left) in one.sheet.month_only
        for row in range(top, bottom + 1)
    )


def _plans(found: Sequence[_Found], by_hand: ByHand, today: date) -> list[plan.Plan]:
    """A plan for each table; tables with the same headings are understood together."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        columns = tuple(heading.column for heading in one.table.block.headings)
        key = (one.sheet.file, one.sheet.days_from_1904, one.table.block.signature, columns)
        groups[(*key, one.sheet.name) if by_hand else key].append(at)
    plans: dict[int, plan.Plan] = {}
    for members in groups.values():
        sheet = found[members[0]].sheet
        known: Catalogue = by_hand.over(catalogue(), sheet.name)
        read_by: dict[str, Reader] = readers(days_from_1904=sheet.days_from_1904)
        epoch = epoch_of(days_from_1904=sheet.days_from_1904)
        made = plan.make([found[at].table for at in members], known, read_by, epoch, today)
        plans.update(dict.fromkeys(members, made))
    return [plans[at] for at in range(len(found))]


def _sources(found: Sequence[_Found], plans: Sequence[plan.Plan]) -> list[rows.RowSource]:
    """The tables that list children, with what their sheets' names tell."""
    listed = [
        (one, made)
        for one, made in zip(found, plans, strict=True)
        if made.fields & {"reference", "upn", "name", "surname"} and len(made.fields) > 1
    ]
    implied = _implied([one.sheet.name for one, _ in listed], [made for _, made in listed])
    return [
        rows.RowSource(
            one.sheet.file,
            one.sheet.name,
            one.table.block,
            one.table.rows,
            made,
            implied.get(one.sheet.name, {}),
            one.sheet.unsure_rows,
            one.sheet.days_from_1904,
            one.sheet.month_only | _copied(one),
        )
        for one, made in listed
    ]


def _implied(names: Sequence[str], plans: Sequence[plan.Plan]) -> dict[str, dict[str, str]]:
    """Sheets kept by setting or by officer tell that in their names, where no column does."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    if not any("setting" in made.fields for made in plans):
        for name in names:
            parts = set(plain(name).split())
            own = {part for part in parts - words().setting - _PHASES if not part.isdigit()}
            if parts & _STRONG and own:
                told[name]["setting"] = name.strip()
    if not any("caseworker" in made.fields for made in plans):
        people = {name for name in names if is_person(name) and not told[name]}
        if len(people) > 1 and len(people) * 5 >= len(set(names)) * 4:
            for name in people:
                told[name]["caseworker"] = name.strip()
    return told


def _looks_like_children(sheet: Sheet) -> int:
    """How many rows look like those of children, on a sheet whose headings are not understood."""
    read_by = readers()
    day = read_by["event"]
    count = born = 0
    for row in sheet.rows[:2000]:
        filled = [cell for cell in row if cell != ""]
        days = [found for cell in filled if isinstance(found := day(cell), date)]
        texts = [cell for cell in filled if isinstance(cell, str) and any(map(str.isalpha, cell))]
        if days and len(filled) >= 4 and len(texts) >= 2:
            count += 1
            years = {found.year for found in days}
            born += len(years) > 1 or any(isinstance(read_by["upn"](cell), str) for cell in texts)
    return count if count >= 2 and born * 2 >= count else 0


def _names_of_sheets(sheets: Sequence[Sheet]) -> dict[tuple[str, str], str]:
    """What each sheet is called in the account: with its file where two share a name."""
    count: dict[str, int] = defaultdict(int)
    for sheet in sheets:
        count[sheet.name] += 1
    return {
        (sheet.file, sheet.name): sheet.name
        if count[sheet.name] == 1
        else f"{sheet.file}: {sheet.name}"
        for sheet in sheets
    }


def _tell(account: _Account, name: str, source: rows.RowSource, count: int) -> None:
    account.rows_read += count
    told = account.mapping.setdefault(name, {})
    told.update(source.plan.mapping)
    for kind in source.implied:
        told[SHEET_NAME] = kind
    unmapped = (*account.unmapped.get(name, ()), *source.plan.unmapped)
    account.unmapped[name] = tuple(dict.fromkeys(unmapped))
