"""Trackers in layouts drawn at random, with the truth of what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

from tests.imports.made import children as invented
from tests.imports.made import headings as known
from tests.imports.made import layouts
from tests.imports.made.children import NEEDS, OUTCOMES, REVIEW, TODAY, Child
from tests.imports.made.layouts import Layout
from tests.imports.made.writing import STUBS, Grid, delimited, workbook

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


def make(seed: int, folder: Path, count: int = 60) -> tuple[Path, Truth]:
    """A tracker in a folder, and its truth."""
    random = Random(seed)
    layout = layouts.draw(random)
    children = invented.make(random, count)
    truth = Truth(fields=frozenset(layout.fields))
    sheets = _sheets(random, layout, children)
    kind = random.choice(("xlsx", "xlsx", "xlsx", "csv")) if len(sheets) == 1 else "xlsx"
    path = folder / f"tracker {seed}.{kind}"
    by_sheet = layouts.for_sheets(random, layout, list(sheets))
    grids: dict[str, Grid] = {}
    for name, own in sheets.items():
        shown = name if kind == "xlsx" else path.stem
        grids[shown] = _grid(random, by_sheet[name], own, truth, shown, kind == "csv")
    if kind == "xlsx" and random.random() < 0.3:
        grids = _with_stubs(random, layout, truth, grids)
    if kind == "csv":
        delimited(random, path, next(iter(grids.values())))
    else:
        workbook(random, layout, path, grids)
    return path, truth


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
    stubs = {STUBS: grid}
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
