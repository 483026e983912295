"""Charts of work, quality, growing up and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.charts import Chart, Mark, Series, count_of, of_table, share_of, told
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.places import PLACES
from caseworker_app.domain.measures.board import Result, Table, Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.overdue import overdue_duties
from caseworker_app.domain.over_time import covers

WORK, QUALITY, ADULTHOOD, PLACE = "Workload", "Quality of plans", "Growing up", "Places"
UNASSIGNED = "Unassigned"

QUALITY_REFS = ("W1.1d", "W1.1e", "W1.2c", "W1.2e", "S2.2b", "W1.5a", "W1.5c")
"""The measures of the quality of plans, in the order they are drawn."""

ADULTHOOD_REFS = ("I2.3", "W1.6d", "W1.7d")
"""The measures of growing up."""

_OF_SETTING: Mapping[str, str] = MappingProxyType({"special": "special", "post16": "fe"})


def workload(caseload: Caseload) -> Chart:
    """Live plans and overdue duties by who holds them, most plans first."""
    plans: dict[str, list[Thing]] = defaultdict(list)
    late: dict[str, list[Thing]] = defaultdict(list)
    for view in caseload.live:
        plans[view.caseworker or UNASSIGNED].append(Thing(view.reference))
    for view, deadline in overdue_duties(caseload):
        thing = Thing(view.reference, on=deadline.due, why=deadline.version.title)
        late[view.caseworker or UNASSIGNED].append(thing)
    names = sorted({*plans, *late}, key=lambda one: (-len(plans[one]), one.casefold(), one))
    held = [len(plans[one]) for one in names if one != UNASSIGNED]
    said = f"Nobody holds a case on {day_words(caseload.as_at)}."
    if held:
        said = (
            f"{len(held):,} caseworkers hold {sum(held):,} live plans on "
            f"{day_words(caseload.as_at)}, between {min(held):,} and {max(held):,} each; "
            f"{len(plans[UNASSIGNED]):,} are unassigned."
        )
    return Chart(
        "workload",
        WORK,
        "Plans and overdue duties by caseworker",
        said,
        "bars",
        "Caseworker",
        "Number",
        tuple(names),
        (
            Series("Live plans", tuple(count_of(plans[one]) for one in names)),
            Series("Duties overdue", tuple(count_of(late[one]) for one in names), "red"),
        ),
        note="By who holds the case on the day. A case may have several duties overdue, and one "
        "that has no live plan yet may have some too.",
    )


def quality(found: Sequence[Result], since: date) -> Chart:
    """What audits and the plans themselves say of quality, from the measures of the return."""
    return _measures("quality", QUALITY, "What is found of plans", found, since)


def adulthood(found: Sequence[Result], since: date) -> Chart:
    """Year 9 reviews, pathways and adult services, from the measures of the return."""
    return _measures("adulthood", ADULTHOOD, "Preparing for adulthood", found, since)


def pathways(table: Table) -> Chart:
    """Where those of 16 to 25 are or go next, from the table of the board return."""
    every = sum(len(line.things) for line in table.lines)
    unknown = sum(len(line.things) for line in table.lines if line.key == "not_recorded")
    said = (
        f"{every:,} live plans are of young people of 16 to 25; what {unknown:,} of them do next "
        "is not recorded."
    )
    chart = of_table(table, ADULTHOOD, said, "Live plans")
    note = "By the pathway that runs on the day or, where none runs, the one planned next."
    return replace(chart, note=note)


def by_setting(table: Table) -> Chart:
    """Live plans by kind of setting, from the table of the board return."""
    largest = Counter({line.label: len(line.things) for line in table.lines}).most_common(1)
    every = sum(len(line.things) for line in table.lines)
    said = "There is no live plan."
    if every:
        (name, many), *_ = largest
        said = f"Most of the {every:,} live plans are at: {name.lower()} ({many:,})."
    found = replace(table, lines=tuple(line for line in table.lines if line.things))
    chart = of_table(found, PLACE, said, "Live plans")
    return replace(chart, note="By the setting recorded for the day, wherever it is.")


def places(caseload: Caseload, commissioned: Mapping[str, int]) -> Chart:
    """Children with a plan at each kind of place, beside the places that the council pays for.

    Args:
        caseload: on the day.
        commissioned: places of this school year, by a key of `PLACES`.
    """
    there: dict[str, list[Thing]] = {kind: [] for kind in PLACES}
    for view in caseload.live:
        kind = _kind_of_place(view)
        if kind:
            there[kind].append(Thing(view.reference, why=view.setting))
    bought = {kind: commissioned[kind] for kind in PLACES if kind in commissioned}
    over = [kind for kind, number in bought.items() if len(there[kind]) > number]
    said = "No places are recorded as commissioned for this school year."
    if bought:
        words = ", ".join(PLACES[one].lower() for one in over)
        said = f"{sum(bought.values()):,} places are commissioned for this school year. " + (
            f"More children than places: {words}." if over else "No kind has more children."
        )
    kinds = list(PLACES)
    return Chart(
        "places",
        PLACE,
        "Children with a plan, and places",
        said,
        "bars",
        "Kind of place",
        "Number",
        tuple(PLACES[kind] for kind in kinds),
        (
            Series("Children with a live plan", tuple(count_of(there[kind]) for kind in kinds)),
            *([_bought(kinds, bought)] if bought else []),
        ),
        late=frozenset(at for at, kind in enumerate(kinds) if kind in over),
        note="Live plans on the day at settings of each kind, wherever they are; a place in a SEN "
        "unit or resourced provision by what the placement says.",
    )


def _bought(kinds: Iterable[str], bought: Mapping[str, int]) -> Series:
    marks = [told(bought[kind]) if kind in bought else Mark(None, "not told") for kind in kinds]
    return Series("Places commissioned", tuple(marks), "grey")


def _kind_of_place(view: CaseView) -> str:
    """A key of `PLACES`, or "" for none that is commissioned."""
    if view.setting_kind in _OF_SETTING:
        return _OF_SETTING[view.setting_kind]
    here = [one for one in view.of(Placement) if one.rank == "1" and covers(one, view.as_at)]
    if any(one.unit for one in here):
        return "unit"
    return "resourced" if any(one.resourced for one in here) else ""


def _measures(key: str, group: str, title: str, found: Sequence[Result], since: date) -> Chart:
    """Measures that are shares, a bar each; what is not recorded yet is told in the note."""
    drawn = [one for one in found if one.answered and one.denominator]
    lacking = [one.statement for one in found if one not in drawn]
    said = "Nothing of this is recorded yet."
    if drawn:
        last = min(drawn, key=lambda one: one.value or 0.0)
        many = "1 measure is" if len(drawn) == 1 else f"{len(drawn)} measures are"
        said = f"{many} answered. The lowest: {_lower(last.statement)}, {_words(last)}."
    refs = ", ".join(one.ref for one in found)
    note = f"Measures {refs} of the board return; those of a period since {day_words(since)}."
    if lacking:
        note += f" Not recorded, or nothing to count: {'; '.join(map(_lower, lacking))}."
    return Chart(
        key,
        group,
        title,
        said,
        "bars",
        "Measure",
        "Share",
        tuple(one.statement for one in drawn),
        (Series("Share", tuple(share_of(one.things) for one in drawn)),) if drawn else (),
        shares=True,
        note=note,
    )


def _words(one: Result) -> str:
    return share_of(one.things).words


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
