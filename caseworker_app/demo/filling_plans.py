"""Put what plans say, cost and came to into a demo store, by the session a person works at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from caseworker_app.demo import around
from caseworker_app.demo import plans as invented
from caseworker_app.demo.adding import add
from caseworker_app.demo.around import Wanted
from caseworker_app.domain.plan_history import finals
from caseworker_app.domain.standing import LIVE
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session

MOST = 160
"""So many plans at most, and of a small borough two in five of those that would have them, have
their words in the store: each has a score of records."""

_MEETING = "review_meeting_held"
Keys = Mapping[tuple[str, str], str]
"""Ids by child and words."""


def add_plans(session: Session, progress: Progress | None) -> None:
    """Add the threads of plans with what reviews said of them, bands, top-ups and budgets.

    Raises:
        Unavailable: the session would not take something.
    """
    if progress is not None:
        progress(0, 1, "Adding what plans say and cost")
    today, says = session.today(), invented.load_says()
    every = _live(session)
    plans = invented.chosen(every, min(MOST, 2 * len(every) // 5))
    threads = {one.child_id: invented.strands(one, says) for one in plans}
    needs = (("described_need", strand.need) for strands in threads.values() for strand in strands)
    hopes = chain.from_iterable(invented.aspirations(one, says) for one in plans)
    add(session, "aspirations and needs", (*hopes, *needs))
    add(session, "outcomes and provision", _outcomes(session, threads))
    add(session, "ties and judgements", _ties(session, plans, threads))
    paid = {one.child_id: one for one in (*plans, *every[:MOST])}.values()
    budgets = chain.from_iterable(invented.money(one, says, today) for one in paid)
    add(session, "costs", (*invented.bands(says, today), *budgets))


def _live(session: Session) -> list[invented.Drawn]:
    """The live plans among the first children of the borough."""
    today, found = session.today(), []
    rows = sorted(session.cases(), key=lambda row: row.reference)[: around.MOST]
    live = {row.id: row for row in rows if row.status == LIVE}
    with session.store.reading() as reading:
        for key, record in reading.records(tuple(live)).items() if live else ():
            sent = [one.on for one in finals(record.facts) if one.on <= today]
            if not sent:
                continue
            held = [
                (one.id, one.on)
                for one in record.facts
                if one.kind == _MEETING and sent[-1] < one.on <= today
            ]
            last = max(held, key=lambda one: one[1], default=None)
            row = live[key]
            found.append(invented.Drawn(key, row.reference, record.child.need, sent[-1], last))
    return found


def _outcomes(
    session: Session, threads: Mapping[str, tuple[invented.Strand, ...]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    hopes: dict[str, str] = {}
    for row in session.record_rows("aspiration"):
        hopes.setdefault(row.record.child_id, row.id)
    for child_id, strands in threads.items():
        for strand in strands:
            hope = hopes.get(child_id) if strand.tied else None
            yield "outcome", {**strand.outcome, "aspiration_id": hope}
            if strand.before is not None:
                yield "outcome", strand.before
            for one in strand.provision:
                yield "provision", one


def _ties(
    session: Session,
    plans: list[invented.Drawn],
    threads: Mapping[str, tuple[invented.Strand, ...]],
) -> Wanted:
    needs, outcomes, given = (
        _keys(session, kind, field)
        for kind, field in (
            ("described_need", "words"),
            ("outcome", "words"),
            ("provision", "what"),
        )
    )
    for plan in plans:
        child = plan.child_id
        for strand in threads[child]:
            outcome = outcomes[child, strand.outcome["words"]]
            if strand.tied:
                need = needs[child, strand.need["words"]]
                yield (
                    "need_behind",
                    {"child_id": child, "outcome_id": outcome, "need_id": need},
                )
                for one in strand.provision:
                    key = given[child, one["what"]]
                    yield (
                        "provision_for",
                        {"child_id": child, "provision_id": key, "outcome_id": outcome},
                    )
            yield from invented.judgement(plan, outcome)


def _keys(session: Session, kind: str, field: str) -> Keys:
    return {
        (row.record.child_id, getattr(row.record, field)): row.id
        for row in session.record_rows(kind)
    }
