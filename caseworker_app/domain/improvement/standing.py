"""How each success measure of an improvement plan stands: by its lead's word, or its figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.declarations.promised import (
    STATUSES,
    ImprovementPlan,
    PlanAction,
    Progress,
    SuccessMeasure,
    Workstream,
)
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.by_hand import value_words
from caseworker_app.domain.measures.catalogue import Rating, read_target, target_words

DONE, OVERDUE, NO_WORD = "done", "overdue", "no_word"
"""Of a measure: it is done; its day has passed; nobody has said anything of it."""

WORDS: Mapping[str, str] = {
    **STATUSES,
    OVERDUE: "Overdue",
    NO_WORD: "Nothing said yet",
    "on_target": "On target",
    "near": "Near its target",
    "off_target": "Off its target",
}

RAG: Mapping[str, str] = {
    "not_started": "amber",
    "on_track": "green",
    "at_risk": "amber",
    "off_track": "red",
    DONE: "green",
    "closed": "green",
    OVERDUE: "red",
    NO_WORD: "",
    "on_target": "green",
    "near": "amber",
    "off_target": "red",
}
"""Red, amber or green of each; "" where nobody knows."""

_BY_RATING = {Rating.GREEN: "on_target", Rating.AMBER: "near", Rating.RED: "off_target"}
_ENDED = frozenset({DONE, "closed"})
_CYCLE = timedelta(days=62)
"""Leads report every two months."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of improvement plans, by kind."""

    plans: Sequence[ImprovementPlan] = ()
    workstreams: Sequence[Workstream] = ()
    actions: Sequence[PlanAction] = ()
    measures: Sequence[SuccessMeasure] = ()
    notes: Sequence[Progress] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a success measure stands on a day.

    Attributes:
        code: a key of `WORDS`.
        figure: what the catalogue's measure says now, or "".
        counts: what it is counted from, or "".
        note: the last progress of it or of its action, or None.
        days_over: how many days it is overdue, or 0.
        wants_news: its lead has said nothing for two months, and it is not done.
    """

    measure: SuccessMeasure
    action: PlanAction
    workstream: Workstream
    code: str
    figure: str
    counts: str
    note: Progress | None
    days_over: int
    wants_news: bool

    @property
    def id(self) -> str:
        """The id of the success measure."""
        return self.measure.id

    @property
    def rag(self) -> str:
        """Red, amber or green, or ""."""
        return RAG[self.code]

    @property
    def is_done(self) -> bool:
        """Whether nothing is owed any more."""
        return self.code in _ENDED

    @property
    def owes(self) -> str:
        """Who is to see to it: the lead of the measure, the action, or else the workstream."""
        own = (self.measure.lead, self.action.leads, self.workstream.lead)
        return next((one for one in own if one), self.workstream.health_lead)

    @property
    def target(self) -> str:
        """The target as people read it."""
        return target_words(self.measure.target)

    @property
    def words(self) -> str:
        """How it stands, in words, with how long it is overdue."""
        if self.days_over:
            days = "1 day" if self.days_over == 1 else f"{self.days_over:,} days"
            return f"Overdue by {days}"
        return WORDS[self.code]

    @property
    def said(self) -> str:
        """What its lead said last, or ""."""
        return "" if self.note is None else self.note.words


def standings(
    records: Records, results: Iterable[Result], today: date, plan_id: str = ""
) -> tuple[Standing, ...]:
    """How every success measure stands, in the order of the plan.

    Args:
        records: every plan with what it holds.
        results: the catalogue's measures, as they stand.
        today: the day; later progress does not count.
        plan_id: of this plan alone, or of all with "".
    """
    streams = {one.id: one for one in records.workstreams if not plan_id or one.plan_id == plan_id}
    actions = {one.id: one for one in records.actions if one.workstream_id in streams}
    found = {one.ref: one for one in results}
    notes = _latest(records.notes, today)
    rows = []
    for measure in records.measures:
        action = actions.get(measure.action_id)
        if action is not None:
            note = notes.get(measure.id)
            result = found.get(measure.measure) if measure.measure else None
            stream = streams[action.workstream_id]
            rows.append(_standing(measure, action, stream, note, result, today))
    return tuple(sorted(rows, key=_in_order))


def _standing(
    measure: SuccessMeasure,
    action: PlanAction,
    workstream: Workstream,
    note: Progress | None,
    result: Result | None,
    today: date,
) -> Standing:
    rated = "" if result is None else _rated(measure, result)
    code = note.status if note is not None else rated or NO_WORD
    late = (today - measure.due).days
    reached = code in _ENDED or rated in ("on_target", DONE)
    if rated == DONE and code not in _ENDED:
        code = DONE
    if late > 0 and not reached:
        code = OVERDUE
    news = note is None or note.on < today - _CYCLE
    return Standing(
        measure,
        action,
        workstream,
        code,
        "" if result is None else _figure(result),
        "" if result is None else _counts(result),
        note,
        late if code == OVERDUE else 0,
        news and code not in _ENDED,
    )


def _rated(measure: SuccessMeasure, result: Result) -> str:
    """How the catalogue's figure stands to the target: the measure's own, else the catalogue's."""
    if result.milestone:
        return DONE if result.value else ""
    target = read_target(measure.target)
    if target is not None and result.value is not None and target.share == _is_share(result):
        return _BY_RATING[target.rating(result.value)]
    return _BY_RATING.get(result.rating, "")


def _is_share(result: Result) -> bool:
    return result.is_share or result.denominator is not None


def _figure(result: Result) -> str:
    if result.value is None or result.milestone:
        return ""
    return value_words(result.value, share=_is_share(result))


def _counts(result: Result) -> str:
    if not result.denominator or result.numerator is None:
        return ""
    return f"{result.ref}: {result.numerator:,} of {result.denominator:,}"


def _latest(notes: Iterable[Progress], today: date) -> dict[str, Progress]:
    """The last progress of each success measure."""
    found: dict[str, Progress] = {}
    for note in sorted(notes, key=lambda one: (one.on, one.id)):
        if note.measure_id and note.on <= today:
            found[note.measure_id] = note
    return found


def _in_order(row: Standing) -> tuple[str, int, list[tuple[int, str]], list[tuple[int, str]]]:
    stream = row.workstream
    return stream.plan_id, stream.number, by_ref(row.action.ref), by_ref(row.measure.ref)


def by_ref(ref: str) -> list[tuple[int, str]]:
    """A ref as people order it: 1.9 before 1.10."""
    found = []
    for part in ref.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        found.append((int(digits or 0), part[len(digits) :]))
    return found


Noted = tuple[str, str]
"""The kind and the id of what progress is noted of."""


def noted(note: Progress) -> Noted:
    """What a note is of."""
    if note.measure_id:
        return "success_measure", note.measure_id
    return "plan_action", note.action_id or ""


def refs_of(rows: Iterable[Standing]) -> dict[Noted, str]:
    """The refs of success measures and of their actions."""
    found: dict[Noted, str] = {}
    for row in rows:
        found["success_measure", row.measure.id] = row.measure.ref
        found["plan_action", row.action.id] = row.action.ref
    return found


@dataclass(frozen=True, slots=True)
class Stream:
    """A workstream with how what it holds stands.

    Attributes:
        tally: how many success measures are red, amber, green, or with nothing said.
    """

    workstream: Workstream
    rows: Sequence[Standing]
    tally: Mapping[str, int]

    @property
    def id(self) -> str:
        """The id of the workstream."""
        return self.workstream.id

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(row.code == OVERDUE for row in self.rows)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(row.is_done for row in self.rows)


def streams_of(rows: Iterable[Standing], workstreams: Iterable[Workstream]) -> tuple[Stream, ...]:
    """The workstreams, those with no success measure too, each with what it holds."""
    held: dict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        held[row.workstream.id].append(row)
    found = []
    for stream in sorted(workstreams, key=lambda one: (one.plan_id, one.number)):
        some = held.get(stream.id, [])
        tally = {rag: sum(row.rag == rag for row in some) for rag in ("red", "amber", "green", "")}
        found.append(Stream(stream, some, tally))
    return tuple(found)
