"""The cases that wait for a panel and are before none: by their dates, facts and records.

Whether a panel sees a review, a placement or a top-up is the council's own way of working; these
are offered, and a person says which go before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.consulting import KINDS_OF_CONSULTING, REPLIED
from caseworker_app.domain.declarations.money import TopUp
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.thread import Provision
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.panel_papers import ItemLine
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.roles import Role
from caseworker_app.domain.standing import LIVE, on_day
from caseworker_app.services.cases.consultations import consultations
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.gate import only_own
from caseworker_app.services.panels.panels import PANEL, PanelRow, panel_rows
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation
from caseworker_app.services.wording import day_in_words

_QUESTION_OF: Mapping[str, str] = {
    Role.ASSESS: "assess",
    Role.REFUSE: "issue",
    Role.PLAN: "issue",
    Role.REASSESS: "reassess",
    Role.REASSESSED_PLAN: "issue",
    Role.DECISION: "review",
}
"""What a panel is asked where a date of this role is open."""

_NAMING = frozenset(
    {
        *(Role.PLAN, Role.DETAINED_PLAN, Role.REASSESSED_PLAN, Role.FINAL, Role.FINAL_IN_ALL),
        *(Role.INTO_SCHOOL, Role.BETWEEN_SCHOOLS, Role.INTO_POST_16, Role.AFTER_16),
    }
)
"""The roles of the dates by which a plan has to name where a child is to be taught."""

_ALWAYS = frozenset({"assess", "issue", "reassess"})
"""What every council's panel is asked; the rest is offered."""

_OF_LIVE_PLANS = frozenset({"top_up", "cease", "review"})

_FINALS = ("plan_sent", "amended_plan_sent")
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "assess": ("assessment_decision_sent", "request_withdrawn"),
    "issue": ("issue_decided", "refusal_to_issue_sent", "plan_sent", "request_withdrawn"),
    "reassess": ("reassessment_decision_sent",),
    "review": ("review_decision_sent",),
    "place": _FINALS,
    "cease": ("cease_notice_sent", "plan_ceased"),
}
"""The events that answer a question, panel or not."""
_CONSIDERED = "cease_considered"
_HIGH_NEEDS = "high_needs"

_AHEAD, _BEFORE = timedelta(days=70), timedelta(days=180)
"""A date so far ahead does not wait for a panel yet; a question put so long ago was another."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A case that waits for a panel.

    Attributes:
        question: as `PanelItem.question`.
        due: by when it is to be decided; None where nothing says so.
        why: what a panel did with it, or what it waits with, in words; "" where its date alone
            says why it waits.
        sure: whether it is for a panel at any rate: that is where every such decision is made, or a
            panel left it open.
    """

    child_id: str
    child: str
    reference: str
    question: str
    due: date | None
    why: str
    sure: bool = True

    @property
    def id(self) -> str:
        """What makes it one line."""
        return f"{self.child_id}/{self.question}"


def waiting(session: Situation) -> tuple[WaitingLine, ...]:
    """The cases that wait for a panel and are before none that is to come, the most urgent first.

    A case waits where a decision to assess, to issue, to reassess or after a review is open; where
    settings have answered and no plan since names one; where its top-up ends, or pays for provision
    and no band is agreed; where ceasing was considered and is not decided; where a panel that sat
    left it open or put it off, and where one referred it on and no panel was named.

    Raises:
        Refused: the person may not read of panels or children.
    """
    session.person.ask("children", Right.READ)
    today = session.today()
    alerts = session.store.alerts(today, today + _AHEAD)
    with session.store.reading() as reading:
        only = only_own(session.person, PANEL.area, reading, today)
        rows = panel_rows(reading, only)
        answered = {key: _last(reading, today, *kinds) for key, kinds in _ANSWERS.items()}
        lines = {one.id: one for one in _left_open(rows, today, answered)}
        settled = {
            (line.item.child_id, line.item.question)
            for row in rows
            for line in row.lines
            if row.panel.on >= today - _BEFORE
        }
        found = [*_by_dates(alerts), *_to_place(reading, alerts, today), *_to_cease(reading, today)]
        if session.person.may("costs", Right.READ):
            found += _to_top_up(reading, today)
        wanted = [
            one
            for one in found
            if (one.child_id, one.question) not in settled
            and f"{one.child_id}/{one.question}" not in lines
            and (only is None or one.child_id in only)
        ]
        ids = {one.child_id for one in wanted}
        people = {one.id: one for one in reading.summaries(ids)} if ids else {}
        for one in wanted:
            child = people.get(one.child_id)
            if child is None:
                # Gone since its dates were read, a moment before.
                continue
            if one.question in _OF_LIVE_PLANS and on_day(child.standing, today) != LIVE:
                continue
            name = whole_name(child.surname, child.forename)
            line = WaitingLine(
                *(child.id, name, child.reference, one.question, one.due, one.why),
                sure=one.question in _ALWAYS,
            )
            lines.setdefault(line.id, line)
    return tuple(sorted(lines.values(), key=lambda one: (one.due or date.max, one.child)))


@dataclass(frozen=True, slots=True)
class _Found:
    """A child who may wait, and with what."""

    child_id: str
    question: str
    due: date | None = None
    why: str = ""


def _by_dates(alerts: Iterable[AlertRow]) -> Iterator[_Found]:
    """The decisions whose date is open."""
    for one in alerts:
        if one.role in _QUESTION_OF:
            yield _Found(one.child_id, _QUESTION_OF[one.role], one.due)


def _to_place(reading: Reading, alerts: Iterable[AlertRow], today: date) -> Iterator[_Found]:
    """Where a setting has answered, and no plan or placement since says which one it is."""
    replied = _last(reading, today, REPLIED)
    named = _last(reading, today, *_FINALS)
    asked_on = {key: on for key, on in replied.items() if on > named.get(key, date.min)}
    if not asked_on:
        return
    placed = {
        str(key)
        for key, rank, since in reading.some_fields(
            kind_of(Placement), ("child_id", "rank", "since"), asked_on
        )
        if rank == "1" and since is not None and since >= asked_on[str(key)]
    }
    dues: dict[str, date] = {}
    for one in alerts:
        if one.role in _NAMING:
            dues.setdefault(one.child_id, one.due)
    ids = sorted(asked_on.keys() - placed, key=int)
    for some in so_many(ids):
        of = consultations(reading, some)
        for key, record in reading.records(some, KINDS_OF_CONSULTING).items():
            new = [one for one in of(key, record.facts) if one.began > named.get(key, date.min)]
            if any(not one.waits for one in new):
                yield _Found(key, "place", dues.get(key), "; ".join(one.words for one in new))


def _to_cease(reading: Reading, today: date) -> Iterator[_Found]:
    """Where ceasing was considered with family and setting, and nothing was decided since."""
    ended = _last(reading, today, *_ANSWERS["cease"])
    for key, on in _last(reading, today, _CONSIDERED).items():
        if on >= today - _BEFORE and ended.get(key, date.min) < on:
            yield _Found(key, "cease", None, f"considered on {day_in_words(on)}")


def _to_top_up(reading: Reading, today: date) -> Iterator[_Found]:
    """Where a band ends and none follows, or top-up pays for provision and there is no band."""
    bands: dict[str, tuple[date, str]] = {}
    names = ("child_id", "band", "until")
    for key, band, until in reading.some_fields(kind_of(TopUp), names):
        last = (until or date.max, band)
        bands[str(key)] = max(last, bands.get(str(key), last))
    for key, (until, band) in bands.items():
        if today - _BEFORE <= until <= today + _AHEAD:
            ends = "ends" if until >= today else "ended"
            yield _Found(key, "top_up", until, f"{band} {ends} on {day_in_words(until)}")
    names = ("child_id", "funder", "until")
    paid = {
        str(key)
        for key, funder, until in reading.some_fields(kind_of(Provision), names)
        if funder == _HIGH_NEEDS and (until is None or until >= today)
    }
    for key in sorted(paid - bands.keys(), key=int):
        yield _Found(key, "top_up", None, "top-up pays for provision, and no band is agreed")


def _last(reading: Reading, until: date, *kinds: str) -> dict[str, date]:
    """The last day up to one of some kinds of fact, by child."""
    found: dict[str, date] = {}
    for kind in kinds:
        for key, _, on in reading.last_of(kind, until):
            found[str(key)] = max(on, found.get(str(key), on))
    return found


def _left_open(
    rows: list[PanelRow], today: date, answered: Mapping[str, Mapping[str, date]]
) -> Iterable[WaitingLine]:
    """What a panel that sat left open, and neither another nor an event has settled since.

    Args:
        rows: every panel.
        today: the day.
        answered: by question, the last day on which it was answered of each child.
    """
    latest: dict[tuple[str, str], tuple[PanelRow, ItemLine]] = {}
    for row in sorted(rows, key=lambda one: one.panel.on):
        for line in row.lines:
            latest[line.item.child_id, line.item.question] = (row, line)
    for row, line in latest.values():
        item = line.item
        lost = item.decision == "referred" and not item.referred_to_id
        if row.panel.on >= today or not (item.decision in ("", "deferred") or lost):
            continue
        since = answered.get(item.question, {}).get(item.child_id)
        if since is not None and since >= row.panel.on:
            continue
        said = {"": "not decided", "deferred": "deferred"}.get(item.decision, "referred on")
        yield WaitingLine(
            item.child_id, line.child, line.reference, item.question, None, f"{said} by {row.words}"
        )
