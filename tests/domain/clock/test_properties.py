"""What holds for the clock whatever the facts: it answers, and only from what matters."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.clock.phases import TRANSFERS
from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.people import Child, Closure, Setting, Transfer
from tests.support.clock import child, count, pack
from tests.support.facts import ANY_DAY, NEAR, any_fact, any_facts

CHILDREN = st.builds(
    lambda born, year, on, since, transfer: child(
        None if born is None else born.isoformat(),
        actual_year=year,
        actual_year_on=on,
        history_from=since,
        transfer=transfer,
    ),
    st.one_of(st.none(), ANY_DAY),
    st.one_of(st.none(), st.integers(-5, 25)),
    st.one_of(st.none(), ANY_DAY),
    st.one_of(st.none(), NEAR),
    st.one_of(st.none(), st.builds(Transfer, st.sampled_from(sorted(TRANSFERS)), ANY_DAY)),
)
SETTINGS = st.one_of(
    st.none(),
    st.builds(
        Setting,
        st.just(""),
        st.one_of(st.none(), st.sampled_from(sorted(SETTING_KINDS))),
        st.one_of(st.none(), st.integers(-5, 25)),
        closures=st.lists(st.builds(Closure, NEAR, NEAR), max_size=2).map(tuple),
    ),
)
OPEN = {State.DUE, State.OVERDUE, State.EXCEPTION_CLAIMED}
CARE = ("looked_after_started", "care_review_held", "pep_made", "looked_after_ended")
HEALTH = ("icb_move_known", "icb_change_known", "icb_told", "icb_cannot_provide")
TIMELINE_ONLY = ("budget_requested", "cease_considered")


@settings(max_examples=150)
@given(CHILDREN, SETTINGS, any_facts, ANY_DAY)
def test_any_facts_give_deadlines(
    of: Child, setting: Setting | None, facts: list[Fact], today: date
) -> None:
    found = count(*facts, of=of, setting=setting)
    england = pack()[1].england
    for one in found:
        assert one.target == england.on_or_before(one.due)
        assert one.because
        assert one.why
        assert one.met_on is None or one.superseded_on is None
        assert isinstance(one.state(today), State)
        if one.version.lapses:
            assert one.state(today) not in {State.OVERDUE, State.EXCEPTION_CLAIMED, State.MET_LATE}
        if one.exception is not None:
            assert one.exception in one.version.excused_by
    assert len({(one.rule, one.episode) for one in found}) == len(found)
    assert [(one.due, one.rule) for one in found] == sorted((o.due, o.rule) for o in found)


@settings(max_examples=80)
@given(CHILDREN, SETTINGS, any_facts, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(
    of: Child, setting: Setting | None, facts: list[Fact], rnd: random.Random
) -> None:
    shuffled = list(facts)
    rnd.shuffle(shuffled)
    assert count(*facts, of=of, setting=setting) == count(*shuffled, of=of, setting=setting)


@settings(max_examples=80)
@given(any_facts, st.lists(any_fact((*CARE, *HEALTH, *TIMELINE_ONLY)), min_size=1, max_size=3))
def test_facts_of_another_matter_change_nothing(facts: list[Fact], others: list[Fact]) -> None:
    kept = [fact for fact in facts if fact.kind not in {*CARE, *HEALTH}]
    of = child("2016-08-31")
    before = count(*kept, of=of)
    after = count(*kept, *others, of=of)
    elsewhere = {"care", "health_move"}
    assert [one for one in after if one.version.scope not in elsewhere] == list(before)


@settings(max_examples=80)
@given(any_facts, any_fact())
def test_a_later_fact_moves_no_date(facts: list[Fact], late: Fact) -> None:
    last = max((fact.on for fact in facts), default=date.min)
    if late.on <= last or late.kind == "mediation_certificate":
        return
    of = child("2016-08-31", history_from=None)
    before = {(one.rule, one.episode): one for one in count(*facts, of=of)}
    after = {(one.rule, one.episode): one for one in count(*facts, late, of=of)}
    for name, one in before.items():
        now = after[name]
        assert (now.due, now.version) == (one.due, one.version)
        if one.met_on is not None or (one.superseded_on or date.max) <= last:
            assert (now.met_on, now.superseded_on) == (one.met_on, one.superseded_on)


@settings(max_examples=80)
@given(any_facts, NEAR, NEAR)
def test_what_is_closed_stays_closed(facts: list[Fact], one_day: date, other_day: date) -> None:
    earlier, later = sorted((one_day, other_day))
    for one in count(*facts, of=child("2016-08-31")):
        if one.state(earlier) not in OPEN:
            assert one.state(later) == one.state(earlier)
        if one.state(earlier) is State.OVERDUE:
            assert one.state(later) is not State.DUE


def test_every_kind_of_fact_is_handled() -> None:
    for kind in KINDS:
        count(Fact(kind, date(2026, 3, 2)))
