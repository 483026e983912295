"""A child's deadlines as the case page lists them: chip, tone and order. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from caseworker_app.domain.alerts import Thresholds, birthday_alert
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.explain import Explain, Explanation
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.exception_effect import stage_flags
from caseworker_app.domain.lateness import days_words as days
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.target_ids import sharpened
from caseworker_app.ui.models.column import DONE, DONE_LATE, LATE, OK, QUIET, SOON

_OPEN = frozenset({State.OVERDUE, State.EXCEPTION_CLAIMED, State.DUE})
_RANK = {State.MET_LATE: 1, State.MET: 1, State.CLOSED: 2, State.SUPERSEDED: 3}
_NEAR, _FAR = 7, 182
"""Days ahead up to which a deadline is near, and from which it is far."""


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline on a day.

    Attributes:
        key: the same for the same deadline as long as its facts are the same.
        chip: words for the state chip, "9 days late".
        tone: one of the tones of `models.column`.
        who: who has to act, in a word.
        explain: explains the date, which takes longer than all the rest of the row.
    """

    key: str
    deadline: Deadline
    state: State
    chip: str
    tone: str
    who: str
    explain: Callable[[], Explanation] = field(compare=False)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in _OPEN


def deadline_rows(
    deadlines: Sequence[Deadline], today: date, explain: Explain
) -> tuple[DeadlineRow, ...]:
    """Open deadlines by date, then those met with the newest first, then closed, then replaced."""
    rows = [_row(one, today, partial(explain, one, today, deadlines)) for one in deadlines]
    return tuple(sorted(rows, key=_position))


def _row(deadline: Deadline, today: date, explain: Callable[[], Explanation]) -> DeadlineRow:
    state = deadline.state(today)
    chip, tone = _chip(deadline, state, today)
    key = f"{deadline.rule}|{deadline.episode}|{deadline.due.isoformat()}"
    who = WHO.get(deadline.who, deadline.who)
    return DeadlineRow(key, deadline, state, chip, tone, who, explain)


def _position(row: DeadlineRow) -> tuple[int, int, str]:
    rank = _RANK.get(row.state, 0)
    day = row.deadline.due.toordinal()
    return rank, day if rank == 0 else -day, row.deadline.rule


def _chip(deadline: Deadline, state: State, today: date) -> tuple[str, str]:
    if state is State.OVERDUE:
        if sharpened(deadline.rule):
            return f"{days((today - deadline.due).days)} past target", SOON
        return when_words((deadline.due - today).days), LATE
    if state is State.EXCEPTION_CLAIMED:
        return f"{days((today - deadline.due).days)} late, exception", SOON
    if state is State.DUE:
        return _ahead((deadline.due - today).days)
    if state is State.MET_LATE and deadline.met_on is not None:
        by_common = deadline.common_due is not None and deadline.met_on <= deadline.common_due
        words = f"met {days((deadline.met_on - deadline.due).days)} late"
        return words, SOON if by_common else DONE_LATE
    if state is State.MET:
        return "met", DONE
    return ("replaced" if state is State.SUPERSEDED else "closed"), QUIET


def _ahead(left: int) -> tuple[str, str]:
    if left == 0:
        return "today", SOON
    if left <= _NEAR:
        return days(left), SOON
    if left <= _FAR:
        return days(left), OK
    months = round(left / 30.44)
    if months < 24:
        return f"in {months} months", QUIET
    return f"in {round(months / 12)} years", QUIET


def notes(case: CaseFile, today: date, thresholds: Thresholds) -> str:
    """The exceptions by stage, and a birthday that comes near, in a line; "" for neither."""
    said = [stage_words(case.deadlines)]
    if case.child.born is not None:
        near = birthday_alert(case.child.born, today, thresholds)
        said.insert(0, f"{near.level.words}: {near.words}" if near.level else "")
    return "  ·  ".join(filter(None, said))


def stage_words(deadlines: Sequence[Deadline]) -> str:
    """The exceptions of the latest assessment stage by stage, as SEN2 asks; "" where none is."""
    flagged = [one for one in stage_flags(deadlines) if one.any]
    if not flagged:
        return ""
    latest = max(flagged, key=lambda one: one.received or date.min)
    stages = (f"{weeks} weeks {ground or 'none'}" for weeks, ground in latest.grounds)
    return f"Exceptions: {' · '.join(stages)}"
