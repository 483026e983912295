"""The clock over a big council: every deadline of every child, on one core."""

from __future__ import annotations

import time

from figures import Figure

from caseworker_app.bootstrap import PACK
from caseworker_app.demo import DemoBorough
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.yeargroup import nc_year
from caseworker_app.services.without_collector import without_collector

BAR = 10.0
OPEN = (State.OVERDUE, State.DUE, State.EXCEPTION_CLAIMED)


def children(
    borough: DemoBorough, facts: int
) -> list[tuple[Child, Setting | None, tuple[Fact, ...]]]:
    """The borough's children as the clock wants them, with so many facts between them."""
    settings = {setting.name: setting for setting in borough.settings}
    cases = borough.incoming.cases
    # The latest facts of each child: as many as it takes to come to that total.
    each = 1
    while each < 100 and sum(min(each, len(case.facts)) for case in cases) < facts:
        each += 1
    return [
        (
            Child(case.reference, case.surname, case.forename, case.born, id=str(number)),
            settings.get(case.setting),
            case.facts[-each:],
        )
        for number, case in enumerate(cases)
    ]


def measure(
    people: list[tuple[Child, Setting | None, tuple[Fact, ...]]],
) -> tuple[Figure, list[tuple[Deadline, ...]]]:
    """How long the clock takes, and what it found.

    The collector rests, as it does wherever the program counts a whole caseload.
    """
    found: list[tuple[Deadline, ...]] = []
    PACK.deadlines(*people[0])
    # Seconds of one core: others on the machine do not make the clock slower.
    started = time.process_time()
    with without_collector():
        for child, setting, facts in people:
            found.append(PACK.deadlines(child, setting, facts))
    seconds = time.process_time() - started
    facts = sum(len(known) for _, _, known in people)
    deadlines = sum(map(len, found))
    what = f"clock over {len(people):,} children, {facts:,} facts, {deadlines:,} deadlines kept"
    return Figure(what, seconds, "10 s of one core", seconds / BAR, 1), found


def rows(borough: DemoBorough, found: list[tuple[Deadline, ...]]) -> list[CaseRow]:
    """The case list of the borough, each child with the deadline that comes next."""
    from data import TODAY

    made = []
    for number, (case, deadlines) in enumerate(zip(borough.incoming.cases, found, strict=True)):
        coming = next((one for one in deadlines if one.state(TODAY) in OPEN), None)
        made.append(
            CaseRow(
                *(str(number), 1, case.reference, case.surname, case.forename, case.born),
                *(nc_year(case.born, TODAY), case.upn, case.setting, case.need, case.caseworker),
                "live",
                coming.rule if coming else "",
                coming.version.title if coming else "",
                coming.due if coming else None,
                coming.state(TODAY) if coming else None,
            )
        )
    return made
