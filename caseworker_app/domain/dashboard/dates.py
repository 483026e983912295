"""Charts of dates: what is overdue and coming, when reviews are due, and what will be missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.charts import Chart, Series, count_of, of_table
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import Deadline, State, one_a_notice
from caseworker_app.domain.forecast import Remaining, remaining
from caseworker_app.domain.measures.board import Table, Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.overdue import LATE_LABELS, how_late, overdue_duties
from caseworker_app.domain.roles import Stage

GROUP = "Overdue and coming"
WEEKS_AHEAD = 12
"""How far ahead is looked."""

_AHEAD = ((7, "Due within 1 week"), (28, "Due in 1 to 4 weeks"), (84, "Due in 4 to 12 weeks"))
_STAGES: Mapping[str, str] = MappingProxyType(
    {
        Stage.YEAR: "Annual reviews",
        Stage.REVIEW: "Annual reviews",
        Stage.TRANSFER: "Phase transfer",
        Stage.ASSESSMENT: "Assessments",
    }
)
_OTHER = "Other duties"
_TONES = {"Annual reviews": "accent", "Assessments": "amber", "Phase transfer": "green"}
_LATE_REVIEWS = "late_"
_BEHIND, _ON_COURSE = "A step is late already", "In time so far"


def overdue_and_coming(caseload: Caseload) -> Chart:
    """Duties by how late they are, and by how soon they fall due, each by its kind of work."""
    late = list(overdue_duties(caseload))
    ahead = list(_coming(caseload))
    bands = [*reversed(LATE_LABELS.values()), *(words for _, words in _AHEAD)]
    found: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for view, deadline in late:
        words = LATE_LABELS[how_late((caseload.as_at - deadline.due).days)]
        found[_kind(deadline), words].append(_duty(view, deadline))
    for view, deadline in ahead:
        days = (deadline.due - caseload.as_at).days
        words = next(words for limit, words in _AHEAD if days <= limit)
        found[_kind(deadline), words].append(_duty(view, deadline))
    kinds = [kind for kind in (*_TONES, _OTHER) if any(one == kind for one, _ in found)]
    series = tuple(
        Series(
            kind, tuple(count_of(found[kind, words]) for words in bands), _TONES.get(kind, "grey")
        )
        for kind in kinds or [next(iter(_TONES))]
    )
    worst = sum(1 for _, one in late if (caseload.as_at - one.due).days > _AHEAD[-1][0])
    return Chart(
        "overdue_coming",
        GROUP,
        "Duties overdue and coming",
        _duties(len(late), worst, len(ahead), caseload.as_at),
        "bars",
        "When",
        "Duties",
        tuple(bands),
        series,
        stacked=True,
        late=frozenset(range(len(LATE_LABELS))),
        note="Overdue as in the board return: one amendment notice is one duty, and "
        "dates that an exception excuses are not counted. A family's time to answer, which only "
        "ends, is no duty.",
    )


def reviews_due(table: Table, live: int, as_at: date) -> Chart:
    """Live plans by when their review is due, from the table of the board return."""
    late = {line.key: line.key.startswith(_LATE_REVIEWS) for line in table.lines}
    many = sum(len(line.things) for line in table.lines if late[line.key])
    soon = sum(len(line.things) for line in table.lines if line.key == "in_1_month")
    said = (
        f"Of {live:,} live plans on {day_words(as_at)}, {many:,} have a review overdue and "
        f"{soon:,} have one due within a month."
    )
    return of_table(table, GROUP, said, "Live plans", late=late)


def breaches(caseload: Caseload) -> Chart:
    """Legal dates of the next weeks: those still in time, and those with a step late already."""
    first = caseload.as_at - timedelta(days=caseload.as_at.weekday())
    last = caseload.as_at + timedelta(weeks=WEEKS_AHEAD)
    weeks = [first + timedelta(weeks=at) for at in range(WEEKS_AHEAD + 1)]
    found: dict[tuple[str, date], list[Thing]] = defaultdict(list)
    for steps in _by_date(caseload, last):
        due = steps[0].deadline.due
        behind = [one for one in steps if one.breaches]
        words = behind[0] if behind else steps[0]
        why = f"{words.deadline.version.title}: {words.words} by {day_words(words.latest)}"
        thing = Thing(steps[0].file.child.reference, on=due, why=why)
        found[_BEHIND if behind else _ON_COURSE, due - timedelta(days=due.weekday())].append(thing)
    by_name = {name: [found[name, week] for week in weeks] for name in (_ON_COURSE, _BEHIND)}
    behind_all = sum(map(len, by_name[_BEHIND]))
    every = behind_all + sum(map(len, by_name[_ON_COURSE]))
    said = (
        f"{every:,} legal dates that take several steps fall due by {day_words(last)}. "
        f"For {behind_all:,} of them a step is late already: unless what follows is done faster "
        "than its own time, they will be missed."
    )
    return Chart(
        "breaches",
        GROUP,
        "Dates likely to be missed",
        said,
        "columns",
        "Week of",
        "Legal dates",
        tuple(day_words(week) for week in weeks),
        tuple(
            Series(name, tuple(map(count_of, by_name[name])), tone)
            for name, tone in ((_ON_COURSE, "accent"), (_BEHIND, "red"))
        ),
        tuple(day_words(week).rpartition(" ")[0] for week in weeks),
        stacked=True,
        note="By the forecast: each step has the last day on which all that follows has its full "
        "time. Dates that have passed are overdue, and not here.",
    )


def _by_date(caseload: Caseload, last: date) -> Iterator[list[Remaining]]:
    """The steps still to be taken, a list for each legal date from the day up to a last one."""
    for view in caseload.views:
        steps: dict[tuple[str, str], list[Remaining]] = defaultdict(list)
        for one in remaining(view.file, caseload.as_at, view.reviews):
            if caseload.as_at <= one.deadline.due <= last:
                steps[one.deadline.rule, one.deadline.episode].append(one)
        yield from steps.values()


def _coming(caseload: Caseload) -> Iterable[tuple[CaseView, Deadline]]:
    """Duties that fall due in the next weeks, known on the day."""
    last = caseload.as_at + timedelta(weeks=WEEKS_AHEAD)
    return (
        (view, deadline)
        for view in caseload.views
        for deadline in one_a_notice(view.file.deadlines)
        if caseload.as_at <= deadline.due <= last
        and not deadline.version.lapses
        and (deadline.started_on or date.min) <= caseload.as_at
        and deadline.state(caseload.as_at) is State.DUE
    )


def _kind(deadline: Deadline) -> str:
    return _STAGES.get(deadline.version.stage, _OTHER)


def _duty(view: CaseView, deadline: Deadline) -> Thing:
    return Thing(view.reference, on=deadline.due, why=deadline.version.title)


def _duties(late: int, worst: int, ahead: int, day: date) -> str:
    long = f", {worst:,} of them by more than 12 weeks" if worst else ""
    return (
        f"{late:,} duties are overdue on {day_words(day)}{long}. {ahead:,} more fall due in the "
        f"next {WEEKS_AHEAD} weeks."
    )
