"""Merge, split and undo on drawn cases: no event lost or doubled, and the store as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.cases.joining import join
from caseworker_app.services.session import Session
from tests.support.joining import merge, split, state
from tests.support.sessions import add_child, done
from tests.support.stores import TODAY

BORN = date(2014, 3, 3)

_DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 20))
_KINDS = st.sampled_from(
    ["plan_sent", "review_meeting_held", "review_report_received", "exception", "advice_received"]
)


@st.composite
def drawn_fact(draw: st.DrawFn) -> Fact:
    kind = draw(_KINDS)
    detail = {
        key.name: draw(st.sampled_from(sorted(key.choices)))
        for key in KINDS[kind].keys
        if key.choices and (key.required or draw(st.booleans()))
    }
    return Fact(kind, draw(_DAYS), detail, draw(st.sampled_from([None, "R1", "R2"])))


_FACTS = st.lists(
    drawn_fact(), max_size=6, unique_by=lambda one: (one.kind, one.on, str(one.detail), one.episode)
)


def _numbered(facts: list[Fact], first: int) -> tuple[Fact, ...]:
    return tuple(replace(fact, id=str(first + at)) for at, fact in enumerate(facts))


@given(ours=_FACTS, theirs=_FACTS, shared=_FACTS)
def test_joining_loses_no_event_and_doubles_none(
    ours: list[Fact], theirs: list[Fact], shared: list[Fact]
) -> None:
    keep = Record(Child("NB1", "A", "B", BORN, id="1"), _numbered([*ours, *shared], 1))
    other = Record(Child("NB2", "A", "B", BORN, id="2"), _numbered([*theirs, *shared], 100))
    joined = join(keep, other, {}, TODAY)
    facts = joined.record.facts
    assert len(facts) == len(keep.facts) + len(other.facts) - len(joined.same)
    assert len({fact.id for fact in facts}) == len(facts)
    for one in (*keep.facts, *other.facts):
        assert any(
            (fact.kind, fact.on) == (one.kind, one.on)
            and dict(fact.detail) | dict(one.detail) == dict(fact.detail)
            for fact in facts
        )
    moved = {fact.id for fact in joined.moved}
    # Siblings stay together, and strangers stay apart.
    for label in ("R1", "R2"):
        group = {fact.episode for fact in joined.moved if _was(other, fact).episode == label}
        assert len(group) <= 1
    assert moved <= {fact.id for fact in other.facts}


def _was(record: Record, fact: Fact) -> Fact:
    return next(one for one in record.facts if one.id == fact.id)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), facts=_FACTS, others=_FACTS)
def test_merge_and_split_and_undo_give_the_store_back(
    file_session: Session, data: st.DataObject, facts: list[Fact], others: list[Fact]
) -> None:
    session = file_session
    keep, other = add_child(session), add_child(session, "Okafor", forename="Grace")
    for key, some in ((keep, facts), (other, others)):
        seen = session.case(key).child.version
        for at, one in enumerate(some):
            done(session, do.RecordFact(key, seen + at, one.kind, one.on, one.detail, one.episode))
    before = state(session)
    merged = done(session, merge(session, keep, other))
    done(session, do.Undo(merged.undo, sure=True))
    assert state(session) == before

    held = session.case(keep).facts
    if len(held) < 2:
        return
    ids = data.draw(st.lists(st.sampled_from([one.id for one in held]), min_size=1,
                             max_size=len(held) - 1, unique=True))  # fmt: skip
    parted = done(session, split(session, keep, *ids))
    new = next(key for key in parted.child_ids if key != keep)
    done(session, do.Undo(parted.undo))
    assert state(session) == before
    parted = done(session, split(session, keep, *ids))
    new = next(key for key in parted.child_ids if key != keep)
    done(session, merge(session, keep, new))
    assert set(_contents(session.case(keep).facts)) == set(_contents(held))
    assert {one.id for one in session.case(keep).facts} <= {one.id for one in held}
    assert session.check() == ()


def _contents(facts: tuple[Fact, ...]) -> list[tuple[str, date, str]]:
    return [(one.kind, one.on, str(sorted(one.detail.items()))) for one in facts]
