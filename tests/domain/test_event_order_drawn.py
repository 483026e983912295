"""Drawn histories: those in order give no sentence, two steps swapped give exactly theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.clock.episodes import reviews_of
from caseworker_app.domain.event_order import by_fact, doubts_about, out_of_order
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.contradictions import find
from caseworker_app.domain.order.doubt import clause, full
from caseworker_app.domain.order.pieces import plainly_in_order, review_pieces
from caseworker_app.domain.order.table import IN_REVIEW
from tests.domain.measures.making import case
from tests.support.facts import any_facts

BORN = date(2012, 5, 5)
MEETING, REPORT, DECISION = "review_meeting_held", "review_report_received", "review_decision_sent"
NOTICE, FINAL = "amendment_notice_sent", "amended_plan_sent"
REQUEST, AGREED, DRAFT = "request_received", "assessment_decision_sent", "draft_served"


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A child's life with a plan, everything in its order: each step some days after the last."""
    on = draw(st.dates(date(2015, 1, 1), date(2018, 12, 31)))
    made: list[Fact] = []

    def then(kind: str, low: int, high: int, **detail: str) -> None:
        nonlocal on
        on += timedelta(draw(st.integers(low, high)))
        made.append(Fact(kind, on, detail, id=str(len(made))))

    if draw(st.booleans()):
        then(REQUEST, 0, 0)
        then(AGREED, 5, 60, outcome="assess")
        if draw(st.booleans()):
            then("advice_requested", 1, 10, source="ep")
            then("advice_received", 5, 60, source="ep")
        if draw(st.booleans()):
            then("issue_decided", 1, 30)
        then(DRAFT, 1, 30)
        then("plan_sent", 15, 60)
    else:
        then("plan_sent", 0, 0)
    for _ in range(draw(st.integers(0, 4))):
        on += timedelta(draw(st.integers(190, 340)))
        then(MEETING, 0, 0)
        if draw(st.booleans()):
            then(REPORT, 1, 20)
        outcome = draw(st.sampled_from(["maintain", "amend"]))
        then(DECISION, 1, 40, outcome=outcome)
        if outcome == "amend":
            then(NOTICE, 1, 10)
            then(FINAL, 15, 60)
    if draw(st.booleans()):
        then("cease_notice_sent", 60, 90)
        then("plan_ceased", 61, 120)
    return made


@given(histories())
def test_a_history_in_its_order_gives_no_sentence(facts: list[Fact]) -> None:
    assert out_of_order(in_order(facts), BORN) == ()


SWAPS = {
    (MEETING, REPORT): REPORT,
    (MEETING, DECISION): DECISION,
    (DECISION, NOTICE): NOTICE,
    (NOTICE, FINAL): FINAL,
    (REQUEST, AGREED): AGREED,
    (DRAFT, "plan_sent"): "plan_sent",
    ("advice_requested", "advice_received"): "advice_received",
    ("issue_decided", DRAFT): DRAFT,
    ("cease_notice_sent", "plan_ceased"): "plan_ceased",
}
"""Two kinds that follow one another, and which of them is then asked about."""


@settings(max_examples=120)
@given(histories(), st.data())
def test_two_steps_swapped_give_exactly_their_sentence(
    facts: list[Fact], data: st.DataObject
) -> None:
    places = [at for at in range(len(facts) - 1) if (facts[at].kind, facts[at + 1].kind) in SWAPS]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    first, second = facts[at], facts[at + 1]
    bent = list(facts)
    bent[at], bent[at + 1] = replace(first, on=second.on), replace(second, on=first.on)
    found = out_of_order(in_order(bent), BORN)
    assert [(one.kind, one.fact_id, one.other_id) for one in found] == [
        (SWAPS[first.kind, second.kind], second.id, first.id)
    ]
    assert found[0].sentence.endswith(f" Is {full(first.on)} right?")
    assert found[0].sentence.startswith(clause(first.kind, second.on))


@given(histories(), st.data())
def test_what_is_found_stands_in_data_to_mend_once_each(
    facts: list[Fact], data: st.DataObject
) -> None:
    moved = data.draw(st.sampled_from(facts))
    days = data.draw(st.integers(-400, 400))
    bent = [replace(one, on=one.on + timedelta(days)) if one is moved else one for one in facts]
    file = case("A", *bent, born=BORN)
    found = out_of_order(file.facts, BORN)
    listed = [words for words, _ in find(view(file, date(2030, 1, 1)))]
    assert len(set(listed)) == len(listed)
    assert [one.words for one in found if one.words not in listed] == []


@given(histories(), st.data())
def test_a_fact_asked_about_before_it_is_recorded_is_marked_after(
    facts: list[Fact], data: st.DataObject
) -> None:
    typed = data.draw(st.sampled_from(facts))
    days = data.draw(st.integers(-300, 300))
    candidate = replace(typed, on=typed.on + timedelta(days), id="")
    others = [one for one in facts if one is not typed]
    before = doubts_about(candidate, others, BORN)
    recorded = replace(candidate, id="new")
    marks = by_fact(out_of_order(in_order((*others, recorded)), BORN))
    assert bool(before) == ("new" in marks)
    assert all(one.sentence.endswith("right?") for one in before)


@given(any_facts, st.one_of(st.none(), st.dates()))
def test_no_facts_at_all_make_it_stumble(facts: list[Fact], born: date | None) -> None:
    kept = [replace(one, id=str(at)) for at, one in enumerate(facts)]
    found = out_of_order(in_order(kept), born)
    assert {one.fact_id for one in found} <= {one.id for one in kept}
    assert len({(one.fact_id, one.other_id, one.field, one.other_kind) for one in found}) == len(
        found
    )
    for one in kept:
        doubts_about(one, kept, born, one.id)


@given(histories(), st.data())
def test_the_quick_look_passes_over_nothing(facts: list[Fact], data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(facts))
    days = data.draw(st.integers(-200, 200))
    bent = in_order(replace(o, on=o.on + timedelta(days)) if o is moved else o for o in facts)
    reviews = reviews_of(bent)
    if plainly_in_order(bent, reviews):
        for piece in review_pieces(bent, reviews):
            days_of = {kind: step.on for kind, step in piece.items()}
            for kind, earlier in IN_REVIEW.items():
                before = [days_of[one] for one in earlier if one in days_of]
                assert kind not in days_of or all(day <= days_of[kind] for day in before)
