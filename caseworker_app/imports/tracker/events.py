"""What a row tells as events: the day from one cell, the outcome perhaps from another."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.facts import Detail, Fact
from caseworker_app.domain.incoming import CellProblem
from caseworker_app.imports.files.sheets import as_shown
from caseworker_app.imports.tracker.cells import Told
from caseworker_app.imports.tracker.row import Entry, RowRead, Values, problem
from caseworker_app.imports.tracker.words import squeeze

ONCE: tuple[str, ...] = (
    "request_received",
    "assessment_decision_sent",
    "refusal_to_issue_sent",
    "draft_served",
    "consultation_sent",
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

_DETAIL = {
    "assessment_decision_sent": ("assessment_outcome", "outcome"),
    "plan_ceased": ("cease_reason", "reason"),
}
"""Kind of event to the field of its detail, and the detail's key."""


_BARE = frozenset({*ONCE, *OF_REVIEW}) - {*_DETAIL, "review_decision_sent"}
"""Kinds of which no other cell tells more."""

_KIND_TOLD_BY = {name: name for name in (*ONCE, *OF_REVIEW)}
_KIND_TOLD_BY |= {field: kind for kind, (field, _) in _DETAIL.items()}
_KIND_TOLD_BY["outcome"] = "review_decision_sent"
"""Field to the kind of event it tells of."""


def add(found: RowRead, values: Values, problems: list[CellProblem], today: date) -> None:
    """Add to a row's child every event that its values tell."""
    reviews: dict[int, dict[str, Fact]] = {}
    for kind, cycle in _told_by(tuple(values)):
        fact = _fact(kind, cycle, values, found, problems, today)
        if fact is not None:
            mine = reviews.setdefault(cycle, {}) if kind in OF_REVIEW else found.once
            mine[kind] = fact
    found.reviews = [review for review in reviews.values() if review]


@lru_cache(maxsize=4096)
def _told_by(fields: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    """The kinds of events, each with its cycle, that some fields tell of, in order."""
    return sorted({(kind, cycle) for name, cycle in fields if (kind := _KIND_TOLD_BY.get(name))})


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
        problems.append(problem(found.place, source, why))
        return None
    return Fact(kind, on, detail)


def _dated(
    kind: str, cycle: int, values: Values
) -> tuple[date | None, dict[str, Detail], Entry | None]:
    """The day and detail of an event, and the cell that told the day."""
    source = values.get((kind, cycle))
    if source is not None and kind in _BARE and type(source[0]) is date:
        return source[0], {}, source
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
