"""Layouts drawn at random: which columns, under which headings, in which order and shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.imports.made import headings as known
from tests.imports.made.children import REVIEW


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


def draw(random: Random) -> Layout:
    """One layout."""
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


def for_sheets(random: Random, layout: Layout, names: list[str]) -> dict[str, Layout]:
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
