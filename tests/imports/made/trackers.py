"""Trackers in layouts drawn at random, with the truth of what they say."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.imports.made import children as invented
from tests.imports.made import headings as known
from tests.imports.made.children import NEEDS, OUTCOMES, REVIEW, TODAY, Child

DATES = ("plan_sent", *REVIEW)
FAULTS = ("TBC", "?", "see email", "awaiting school", "31/06/2026", "30.2.26", "yes", "w/c 3 March")
NOTES = ("Rows in yellow are looked after.", "Please update every Friday", "* = tribunal")


@dataclass
class Truth:
    """What a tracker says. Problems are (sheet, row, value), parked rows (sheet, row, why)."""

    cases: list[Child] = field(default_factory=list)
    fields: frozenset[str] = frozenset()
    problems: set[tuple[str, int, str]] = field(default_factory=set)
    parked: set[tuple[str, int, str]] = field(default_factory=set)


@dataclass
class Layout:
    """The choices that make one tracker."""

    fields: list[str]
    headings: dict[str, str]
    groups: dict[str, str]
    merged: bool
    name_style: str
    dates: list[str]
    faults: float
    split: str
    title_rows: int
    totals: bool
    repeat: bool
    epoch_1904: bool


def make(seed: int, folder: Path, count: int = 60) -> tuple[Path, Truth]:
    """A tracker in a folder, and its truth."""
    random = Random(seed)
    layout = _layout(random)
    children = invented.make(random, count)
    truth = Truth(fields=frozenset(layout.fields))
    sheets = _sheets(random, layout, children)
    kind = random.choice(("xlsx", "xlsx", "xlsx", "csv")) if len(sheets) == 1 else "xlsx"
    path = folder / f"tracker {seed}.{kind}"
    layouts = _layouts(random, layout, list(sheets))
    grids: dict[str, Grid] = {}
    for name, own in sheets.items():
        shown = name if kind == "xlsx" else path.stem
        grids[shown] = _grid(random, layouts[name], own, truth, shown, kind == "csv")
    if kind == "xlsx" and random.random() < 0.3:
        grids = _with_stubs(random, layout, truth, grids)
    if kind == "csv":
        _write_csv(random, path, next(iter(grids.values())))
    else:
        _write_workbook(random, layout, path, grids)
    return path, truth


def _layout(random: Random) -> Layout:
    whole = random.random() < 0.4
    fields = ["name"] if whole else ["surname", "forename"]
    fields = random.sample(["reference"], random.random() < 0.85) + fields + ["born"]
    fields += [one for one in ("nc_year", "upn", "sex") if random.random() < 0.7]
    fields += [one for one in ("setting", "need", "caseworker") if random.random() < 0.85]
    fields += ["plan_sent"] if random.random() < 0.9 else []
    fields += [one for one in REVIEW[:2] if random.random() < 0.9]
    fields += random.sample(["review_decision_sent", "outcome"], 2)
    fields += [one for one in REVIEW[3:] if random.random() < 0.85]
    fields += [one for one in ("template", "comment") if random.random() < 0.6]
    if random.random() < 0.25:
        random.shuffle(fields)
    headings = {one: random.choice(known.SINGLE[one]) for one in fields}
    if random.random() < 0.5:
        chosen = random.choice(known.CONFUSING)
        if set(chosen) <= set(fields):
            headings.update(chosen)
    groups: dict[str, str] = {}
    if random.random() < 0.25:
        groups = {one: group for group, own in known.GROUPS.items() for one in own if one in fields}
        order = {one: list(known.GROUPS).index(groups[one]) for one in groups}
        fields.sort(key=lambda one: order.get(one, 9))
        headings.update(
            {one: random.choice(known.IN_GROUP[one]) for one in fields if one in known.IN_GROUP}
        )
    else:
        for _ in range(random.choice((0, 0, 2, 5))):
            other = random.choice(list(known.OTHERS))
            if other not in headings:
                headings[other] = other
                fields.insert(random.randrange(len(fields) + 1), other)
    return Layout(
        fields=fields,
        headings={one: _noisy(random, text) for one, text in headings.items()},
        groups=groups,
        merged=random.random() < 0.6,
        name_style=random.choice(("comma", "comma", "forename first", "capitals")),
        dates=random.sample(["real", "serial", "slashes", "dots", "words", "dashes", "iso"], 4),
        faults=random.choice((0.0, 0.01, 0.03)),
        split=random.choice(("one", "one", "year", "halves", "worker", "setting", "sections")),
        title_rows=random.choice((0, 0, 1, 3, 6)),
        totals=random.random() < 0.4,
        repeat=random.random() < 0.2,
        epoch_1904=random.random() < 0.1,
    )


def _noisy(random: Random, text: str) -> str:
    way = random.randrange(8)
    if way == 0:
        return text.upper()
    if way == 1:
        return f" {text} "
    if way == 2:
        return text.replace(" ", "\n", 1)
    if way == 3:
        return text.replace(" ", "  ")
    return f"{text}:" if way == 4 else text


def _sheets(random: Random, layout: Layout, children: list[Child]) -> dict[str, list[Child]]:
    sheets: dict[str, list[Child]] = {}
    for at, child in enumerate(children):
        name = {
            "year": f"Y{(TODAY.year - child.born.year) // 4}",
            "halves": ("A to M", "N to Z")[at % 2],
            "worker": child.caseworker,
            "setting": child.setting[:31],
        }.get(layout.split, "Tracker")
        sheets.setdefault(name, []).append(child)
    if layout.split == "worker" and "caseworker" in layout.fields:
        layout.fields.remove("caseworker")
    if layout.split == "sections":
        if "setting" in layout.fields:
            layout.fields.remove("setting")
        for own in sheets.values():
            own.sort(key=lambda child: child.setting)
    return sheets


Grid = list[list[Any]]


def _layouts(random: Random, layout: Layout, names: list[str]) -> dict[str, Layout]:
    """A layout for each sheet: as a rule the same, now and then one of its own."""
    layouts = dict.fromkeys(names, layout)
    if layout.split == "halves" and not layout.groups:
        fields = random.sample(layout.fields, len(layout.fields))
        headings = {
            one: _noisy(random, random.choice(known.SINGLE[one]) if one in known.SINGLE else one)
            for one in fields
        }
        layouts[names[-1]] = replace(layout, fields=fields, headings=headings)
    return layouts


def _with_stubs(
    random: Random, layout: Layout, truth: Truth, grids: dict[str, Grid]
) -> dict[str, Grid]:
    """A further sheet, before or after the others, on which some children stand once more."""
    fields = ["reference", "name", "born", "upn", "setting"]
    fields = [one for one in fields if one in layout.fields or one in ("name", "born")]
    grid: Grid = [[random.choice(known.SINGLE[one]) for one in fields]]
    for child in random.sample(truth.cases, min(6, len(truth.cases))):
        grid.append(
            [
                f"{child.surname}, {child.forename}"
                if one == "name"
                else child.born
                if one == "born"
                else getattr(child, one)
                for one in fields
            ]
        )
    stubs = {"Transfer group": grid}
    return {**stubs, **grids} if random.random() < 0.5 else {**grids, **stubs}


def _grid(
    random: Random, layout: Layout, own: list[Child], truth: Truth, sheet: str, text_only: bool
) -> Grid:
    grid: Grid = [[random.choice(("Annual Review Tracker 2026", "OFFICIAL - SENSITIVE", ""))]]
    grid += [["Last updated by SR"], [], ["Please do not sort"], [], []]
    grid = grid[: layout.title_rows]
    head = [layout.headings[one] for one in layout.fields]
    if layout.groups:
        groups = [layout.groups.get(one, "") for one in layout.fields]
        grid.append([(at and groups[at - 1] == one and "") or one for at, one in enumerate(groups)])
    grid.append(list(head))
    section = ""
    for child in own:
        if random.random() < 0.05:
            grid.append([])
        if layout.repeat and random.random() < 0.05:
            grid.append(list(head))
        if layout.split == "sections" and child.setting != section:
            section = child.setting
            grid.append([section])
        grid.append(_row(random, layout, child, truth, (sheet, len(grid) + 1), text_only))
    if layout.totals:
        grid += [
            [],
            [random.choice(("TOTAL", "Total:", "Grand Total", "No. of children")), len(own)],
        ]
    if random.random() < 0.3:
        grid += [[], [random.choice(NOTES)]]
    return grid


def _row(
    random: Random,
    layout: Layout,
    child: Child,
    truth: Truth,
    place: tuple[str, int],
    text_only: bool,
) -> list[Any]:
    nameless, bornless = random.random() < layout.faults / 2, random.random() < layout.faults
    whole = Child(**{**vars(child), "events": dict(child.events)})
    row: list[Any] = []
    for one in layout.fields:
        if one in DATES:
            row.append(_event(random, layout, whole, truth, place, one, text_only))
        elif one == "born":
            row.append(None if bornless else _written(random, layout, child.born, text_only))
        elif one in ("surname", "forename", "name"):
            row.append(None if nameless else _name(random, layout, child, one))
        elif one == "outcome":
            outcome = child.events.get("review_decision_sent", (None, ""))[1]
            row.append(random.choice(OUTCOMES[outcome]) if outcome else random.choice((None, "-")))
        else:
            row.append(_other(random, child, one))
    for kind in DATES:
        if kind not in layout.fields:
            whole.events.pop(kind, None)
    missing = ["no name"] * nameless + ["no date of birth"] * bornless
    if missing:
        truth.parked.add((*place, " and ".join(missing)))
    else:
        truth.cases.append(whole)
    return row


def _name(random: Random, layout: Layout, child: Child, one: str) -> str:
    if one != "name":
        text = child.surname if one == "surname" else child.forename
        return f"  {text} " if random.random() < 0.03 else text
    if layout.name_style == "comma":
        return f"{child.surname}, {child.forename}"
    if layout.name_style == "capitals":
        return f"{child.surname.upper()} {child.forename}"
    return f"{child.forename} {child.surname}"


def _event(
    random: Random,
    layout: Layout,
    whole: Child,
    truth: Truth,
    place: tuple[str, int],
    kind: str,
    text_only: bool,
) -> Any:
    if kind not in whole.events:
        return random.choice((None, None, None, "-", "n/a", "N/A", " "))
    if random.random() < layout.faults:
        fault = random.choice(FAULTS)
        truth.problems.add((*place, fault))
        del whole.events[kind]
        return fault
    return _written(random, layout, whole.events[kind][0], text_only)


def _other(random: Random, child: Child, one: str) -> Any:
    if one in known.OTHERS:
        return known.OTHERS[one] if random.random() < 0.8 else None
    if one == "need":
        return random.choice(NEEDS[child.need])
    if one == "sex":
        return child.sex
    if one == "nc_year":
        year = TODAY.year - child.born.year - 5
        return random.choice((f"Y{year}", year, f"Year {year}")) if year > 0 else "N"
    if one == "comment":
        return random.choice((None, "LAC", "=see sheet 2", "+44 call mum", "12/3", "chase school"))
    return getattr(child, one)


def _written(random: Random, layout: Layout, day: date, text_only: bool) -> Any:
    way = random.choice(layout.dates)
    if text_only and way in ("real", "serial"):
        way = "slashes"
    return {
        "real": datetime.combine(day, time()),
        "serial": (day - (date(1904, 1, 1) if layout.epoch_1904 else date(1899, 12, 30))).days,
        "slashes": f"{day:%d/%m/%Y}",
        "dots": f"{day.day}.{day.month}.{day:%y}",
        "words": random.choice(
            (f"{day.day} {day:%B %Y}", f"{day:%d-%b-%y} ", f"{day:%d %b}\u00a0{day:%Y}")
        ),
        "dashes": f" {day:%d-%m-%y}",
        "iso": day.isoformat(),
    }[way]


def _write_workbook(random: Random, layout: Layout, path: Path, grids: dict[str, Grid]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.epoch = CALENDAR_MAC_1904 if layout.epoch_1904 else CALENDAR_WINDOWS_1900
    if random.random() < 0.4:
        key = book.create_sheet(random.choice(("KEY", "Read me", "Lists")))
        for line in (["M = maintain"], ["A = amend"], ["C = cease"], ["ASD", "Autism"]):
            key.append(line)
    if random.random() < 0.3:
        summary = book.create_sheet("Summary")
        for line in (["School", "Number", "Overdue"], ["Phoenix School", 12, 3], ["Total", 12, 3]):
            summary.append(line)
    for name, grid in grids.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append([None if cell == "" else cell for cell in row])
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
        if layout.groups and layout.merged and name != "Transfer group":
            _merge(sheet, layout, layout.title_rows + 1)
    book.save(path)


def _merge(sheet: Any, layout: Layout, row: int) -> None:
    groups = [layout.groups.get(one, "") for one in layout.fields]
    start = 0
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[start]:
            if at - start > 1 and groups[start]:
                sheet.merge_cells(start_row=row, end_row=row, start_column=start + 1, end_column=at)
            start = at


def _write_csv(random: Random, path: Path, grid: Grid) -> None:
    encoding, delimiter = random.choice(
        (("utf-8", ","), ("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "\t"))
    )
    text = io.StringIO(newline="")
    width = max(len(row) for row in grid)
    writer = csv.writer(text, delimiter=delimiter)
    for row in grid:
        writer.writerow(
            [*("" if cell is None else cell for cell in row), *[""] * (width - len(row))]
        )
    data = text.getvalue().encode(encoding, "replace" if encoding == "cp1252" else "strict")
    assert codecs.lookup(encoding)
    path.write_bytes(data)
