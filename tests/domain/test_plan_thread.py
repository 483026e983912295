"""A plan as one tree: its order, its ties, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from caseworker_app.domain.declarations.thread import (
    Aspiration,
    DescribedNeed,
    Judgement,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.plan_thread import (
    COMING,
    ENDED,
    MUST,
    SECTIONS,
    Section,
    Thread,
    faults_of,
    plan_tree,
    standing_on,
    thread_of,
)
from tests.domain.test_unspecific import VAGUE
from tests.support.golden import tried, whole

TODAY = date(2026, 11, 28)
HOPE = Aspiration(child_id="1", whose="child", words="To bake", on=TODAY, id="1")
NEED = DescribedNeed(child_id="1", section="B", words="Speech", id="2")
AIM = Outcome(
    child_id="1", aspiration_id="1", area="well", words="Says ten words", set_on=TODAY, id="3"
)
GIVEN = Provision(child_id="1", section="F", what="Therapy", who="SLT", since=TODAY, id="4")
TIED = (
    NeedBehind(child_id="1", outcome_id="3", need_id="2", id="5"),
    ProvisionFor(child_id="1", provision_id="4", outcome_id="3", id="6"),
)


def tree(*records: object, day: date = TODAY, ended: bool = False) -> dict[str, Section]:
    found = plan_tree(thread_of(records), day, VAGUE, ended=ended)
    return {one.letter: one for one in found}


def codes(*records: object) -> set[tuple[str, str]]:
    return {(key, fault.code) for key, fault in faults_of(plan_tree(thread_of(records), TODAY))}


def test_the_sections_stand_in_the_order_of_a_plan_and_lines_in_theirs() -> None:
    second = replace(NEED, id="20", place=1)
    found = tree(HOPE, NEED, second, AIM, GIVEN, *TIED)
    assert list(found) == list(SECTIONS)
    assert [one.key for one in found["B"].lines] == ["described_need/20", "described_need/2"]
    (aim,) = found["E"].lines
    assert {(one.words, one.to.id) for one in aim.ties} == {
        *(("Towards", "1"), ("Answers the need", "2"), ("Provision", "4")),
    }
    (given,) = found["F"].lines
    assert [one.words for one in given.ties] == ["For the outcome"]


def test_an_empty_plan_has_no_faults_and_a_begun_one_says_what_is_empty() -> None:
    assert faults_of(plan_tree(Thread(), TODAY)) == ()
    empty = {key for key, code in codes(HOPE) if code == "nothing"}
    assert empty == set(MUST) - {"A"}


def test_a_short_break_for_a_need_alone_leads_to_no_outcome() -> None:
    rest = replace(GIVEN, id="8", section="H1", short_break=True)
    for_need = ProvisionFor(child_id="1", provision_id="8", need_id="2", id="9")
    found = codes(NEED, rest, for_need)
    assert ("provision/8", "break_no_outcome") in found
    assert ("provision/8", "provision_no_purpose") not in found
    assert ("provision/8", "provision_no_purpose") in codes(NEED, rest)


def test_marking_a_line_as_specific_settles_the_doubt_about_its_words() -> None:
    weak = replace(GIVEN, what="Regular access to a therapist")
    assert {code for key, code in codes(weak) if key == "provision/4"} >= {"no_quantity"}
    said = [fault.words for _, fault in faults_of(tree(weak).values())]
    assert "\u201cRegular\u201d leaves it open. Say how often." in said
    settled = [fault.code for _, fault in faults_of(tree(replace(weak, specific="yes")).values())]
    assert not {"vague", "no_quantity"} & set(settled)
    assert "not_specific" in [
        fault.code for _, fault in faults_of(tree(replace(weak, specific="no")).values())
    ]


def test_smart_marks_are_asked_for_by_name() -> None:
    judged = replace(AIM, specific="yes", measurable="no", achievable="yes", relevant="yes")
    words = {fault.words for key, fault in faults_of(tree(judged).values()) if key == "outcome/3"}
    assert "Nobody judged whether it is timed." in words
    assert "Judged not to be measurable." in words


def test_what_has_ended_is_shown_when_asked_for_and_counts_for_nothing() -> None:
    gone = replace(GIVEN, until=date(2026, 11, 27))
    assert tree(HOPE, NEED, AIM, gone, *TIED)["F"].lines == ()
    shown = tree(HOPE, NEED, AIM, gone, *TIED, ended=True)
    assert shown["F"].lines[0].state == ENDED
    assert shown["F"].lines[0].faults == ()
    assert "outcome_no_provision" in {one.code for one in shown["E"].lines[0].faults}
    coming = tree(HOPE, NEED, AIM, replace(GIVEN, since=date(2027, 1, 1)), *TIED)
    assert coming["F"].lines[0].state == COMING
    assert "outcome_no_provision" not in {one.code for one in coming["E"].lines[0].faults}
    assert standing_on(thread_of((gone, AIM)), TODAY) == thread_of((AIM,))


def test_the_newest_judgement_stands_at_its_outcome() -> None:
    judged = [
        Judgement(child_id="1", outcome_id="3", review_id=fact, progress=how, id=fact)
        for fact, how in (("8", "some"), ("7", "none"), ("9", "achieved"))
    ]
    days = {"7": date(2025, 1, 1), "8": date(2026, 1, 1), "9": date(2027, 1, 1)}
    (section,) = (
        one for one in plan_tree(thread_of((AIM, *judged), days), TODAY) if one.letter == "E"
    )
    assert section.lines[0].judged == (judged[0], date(2026, 1, 1))


def test_each_fault_planted_in_a_drawn_plan_is_pointed_out_and_none_is_invented() -> None:
    planted, bad = tried(60, 7, VAGUE)
    assert bad == []
    assert len(planted) >= 10, planted


def test_a_whole_plan_has_no_fault() -> None:
    made = whole(Random(3))
    assert faults_of(plan_tree(made.thread(), TODAY, VAGUE)) == ()
