"""Merging two cases and splitting one: nothing lost, each told first, and each undone whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Proposal
from caseworker_app.domain.preview import Preview
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from tests.support.desks import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.joining import merge, split, state
from tests.support.stores import TODAY, desk_at

BORN = date(2014, 3, 3)


def refused(desk: OpenDesk, command: do.Command, field: str) -> str:
    before = state(desk)
    outcome = desk.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert (outcome.why, outcome.field) == ("refused", field)
    assert outcome.sentence.endswith(".")
    assert state(desk) == before
    return outcome.sentence


def said(preview: Preview, heading: str) -> tuple[str, ...]:
    return next((part.lines for part in preview.parts if part.heading.startswith(heading)), ())


@pytest.fixture
def two(desk: OpenDesk) -> tuple[str, str]:
    """One child twice: most of it in both, a little only in the second."""
    keep = reviewed(desk, reference="NB1", upn="A000000000001", comment="Known to health")
    other = add_child(
        desk,
        reference="NB2",
        forename="Gracie",
        upn="A000000000002",
        need="ASD",
        comment="Moved in May",
    )
    record(desk, other, "plan_sent", date(2024, 11, 14))
    record(desk, other, "review_meeting_held", date(2026, 10, 18))
    record(desk, other, "plan_ceased", date(2026, 11, 20), reason="2")
    return keep, other


def test_a_merge_keeps_every_event_once_and_tells_what_may_be_doubled(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    preview = desk.preview(merge(desk, keep, other))
    ids = {fact.id for key in two for fact in desk.case(key).facts}

    message = done(desk, merge(desk, keep, other)).message

    assert (
        message
        == "Okafor, Gracie, NB2, merged into Okafor, Grace, NB1: 2 events came over, 1 in both."
    )
    assert [row.reference for row in desk.cases()] == ["NB1"]
    facts = desk.case(keep).facts
    assert [(fact.kind, fact.on) for fact in facts] == [
        ("plan_sent", date(2024, 11, 14)),
        ("review_meeting_held", date(2025, 10, 2)),
        ("review_decision_sent", date(2025, 10, 30)),
        ("review_meeting_held", date(2026, 10, 16)),
        ("review_meeting_held", date(2026, 10, 18)),
        ("plan_ceased", date(2026, 11, 20)),
    ]
    assert {fact.id for fact in facts} < ids
    assert said(preview, "Perhaps one event") == (
        "Review meeting held 16 Oct 2026 and review meeting held 18 Oct 2026",
    )
    assert len(said(preview, "Events that come over")) == 2
    assert said(preview, "Events in both") == ("Final plan sent 14 Nov 2024",)
    assert desk.check() == ()


def test_what_does_not_stand_is_told_and_kept_in_the_comment(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    preview = desk.preview(merge(desk, keep, other))
    done(desk, merge(desk, keep, other))

    child = desk.case(keep).child
    assert (child.reference, child.forename, child.upn) == ("NB1", "Grace", "A000000000001")
    assert child.need == "ASD"
    assert said(preview, "Filled in") == ("Primary need: Autistic spectrum disorder",)
    assert said(preview, "Both cases say") == (
        "Forename: Grace stands, Gracie goes",
        "UPN: A000000000001 stands, A000000000002 goes",
    )
    assert child.comment.splitlines() == [
        "Known to health",
        "Moved in May",
        "Merged with NB2 on 22 Nov 2026; forename Gracie; UPN A000000000002.",
    ]
    assert child.further_references == {
        "nb2",
        "upn:A000000000002",
        "was:okafor|gracie|2014-03-03",
    }
    assert {"forename", "upn", "need", "comment"} <= child.typed
    assert Proposal("forename", "Gracie", "case NB2", refused=True) in child.proposals


@pytest.mark.parametrize("both", [False, True])
def test_an_actual_year_comes_over_with_the_day_it_was_true(desk: OpenDesk, both: bool) -> None:
    true_on, later = date(2025, 3, 1), date(2026, 10, 1)
    own = {"actual_year": 7, "actual_year_why": "ahead", "actual_year_on": later} if both else {}
    keep = add_child(desk, reference="NB1", **own)
    gone = {"actual_year": 5, "actual_year_why": "held back", "actual_year_on": true_on}
    other = add_child(desk, reference="NB2", **gone)

    done(desk, merge(desk, keep, other))

    child = desk.case(keep).child
    found = (child.actual_year, child.actual_year_why, child.actual_year_on)
    assert found == ((7, "ahead", later) if both else (5, "held back", true_on))


def test_the_trail_of_both_is_read_on_the_kept_case_and_as_before_after_undo(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    before = state(desk)
    histories = [len(desk.case(key).history) for key in two]
    outcome = done(desk, merge(desk, keep, other))

    words = [row.what for row in desk.case(keep).history]
    assert "NB2 (Okafor, Gracie) merged into this case, 2 events came over, 1 in both" in words
    assert "NB2: Merged into NB1 (Okafor, Grace)" in words
    assert "NB2: Case opened" in words
    assert len(words) == sum(histories) + 2

    done(desk, do.Undo(outcome.undo, sure=True))
    assert state(desk) == before
    assert [len(desk.case(key).history) for key in two] == [histories[0] + 2, histories[1] + 2]
    assert not any(row.what.startswith("NB2: ") for row in desk.case(keep).history)
    assert desk.check() == ()

    done(desk, do.Redo(outcome.undo, sure=True))
    words = [row.what for row in desk.case(keep).history]
    assert "NB2: Case opened" in words
    assert len(words) == sum(histories) + 6
    assert desk.check() == ()


def test_a_merge_of_what_changed_meanwhile_or_is_gone_is_refused(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    command = merge(desk, keep, other)
    record(desk, other, "review_report_received", date(2026, 11, 1))
    outcome = desk.submit(command)
    assert isinstance(outcome, Failed)
    assert outcome.why == "stale"
    refused(desk, do.MergeChildren(keep, 1, keep, 1), "other_id")
    for gone in ("99", "", "x"):
        assert isinstance(desk.submit(do.MergeChildren(keep, command.seen, gone, 1)), Failed)


def test_a_merge_is_not_undone_over_a_reference_given_again(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    outcome = done(desk, merge(desk, *two))
    add_child(desk, "Patel", reference="nb2")
    sentence = refused(desk, do.Undo(outcome.undo, sure=True), "")
    assert sentence.startswith("\u201cNB2 merged into NB1\u201d cannot be undone: ")
    assert sentence.endswith(": the reference NB2 is another child's by now.")


def test_an_import_under_the_merged_reference_updates_the_kept_case(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    done(desk, merge(desk, keep, other))
    row = incoming_case(
        reference="NB2", surname="Okafor", forename="Gracie", born=BORN, upn="A000000000002",
        facts=(Fact("plan_sent", date(2024, 11, 14)),),
    )  # fmt: skip
    result = desk.apply_import(incoming(row))
    assert result.cases_created == 0
    child = desk.case(keep).child
    assert (child.forename, child.upn) == ("Grace", "A000000000001")
    assert not child.open_proposals


def test_the_other_case_is_told_apart_no_longer_and_a_doubt_of_before_is_told(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    keep, other = two
    done(desk, do.TellApart(keep, desk.case(keep).child.version, other))
    preview = desk.preview(merge(desk, keep, other))
    assert said(preview, "Perhaps two") == ("A person said that these are two children",)
    done(desk, merge(desk, keep, other))
    assert desk.case(keep).child.told_apart == frozenset()


def test_a_split_moves_the_events_named_into_a_case_of_their_own(desk: OpenDesk) -> None:
    key = reviewed(desk, reference="NB1", need="ASD")
    facts = desk.case(key).facts
    before = state(desk)
    command = split(desk, key, facts[1].id, facts[2].id, reference="NB9")
    preview = desk.preview(command)

    outcome = done(desk, command)

    assert outcome.message == "Okafor, Gloria, NB9, split from Okafor, Grace, NB1, with 2 events."
    new = next(row.id for row in desk.cases() if row.reference == "NB9")
    assert desk.case(new).facts == facts[1:3]
    assert desk.case(key).facts == (facts[0], facts[3])
    child = desk.case(new).child
    assert (child.surname, child.forename, child.born, child.need) == ("Okafor", "Gloria", BORN, "")
    assert child.told_apart == {key}
    assert desk.case(key).child.told_apart == {new}
    assert len(said(preview, "Go to NB9")) == 2
    assert len(said(preview, "Stay with NB1")) == 2
    assert desk.case(new).history[0].what == "Split from NB1 (Okafor, Grace) with 2 events"
    assert desk.case(key).history[0].what == "2 events split off to NB9 (Okafor, Gloria)"
    assert desk.check() == ()

    done(desk, do.Undo(outcome.undo, sure=True))
    assert state(desk) == before
    assert desk.check() == ()


def test_no_import_brings_back_what_was_split_off(desk: OpenDesk) -> None:
    row = incoming_case()
    desk.apply_import(incoming(row))
    key = desk.cases()[0].id
    held = next(one for one in desk.case(key).facts if one.kind == "review_meeting_held")
    done(desk, split(desk, key, held.id))
    result = desk.apply_import(incoming(row))
    assert result.facts_added == 0
    assert result.conflicts
    assert held.id not in {fact.id for fact in desk.case(key).facts}


def test_a_split_that_cannot_be_is_refused_beside_its_field(desk: OpenDesk) -> None:
    key = reviewed(desk, reference="NB1")
    add_child(desk, "Patel", reference="004217")
    facts = [fact.id for fact in desk.case(key).facts]
    one = facts[0]
    for command, field in (
        (split(desk, key), "fact_ids"),
        (split(desk, key, *facts), "fact_ids"),
        (split(desk, key, one, "999999"), "fact_ids"),
        (split(desk, key, "no number"), "fact_ids"),
        (split(desk, key, one, surname=" "), "surname"),
        (split(desk, key, one, forename=""), "forename"),
        (split(desk, key, one, born=None), "born"),
        (split(desk, key, one, born=TODAY + timedelta(days=1)), "born"),
        (split(desk, key, one, born=date(1950, 1, 1)), "born"),
        (split(desk, key, one, born=date(2025, 1, 1)), "born"),
        (split(desk, key, one, reference=" 4217.0"), "reference"),
        (split(desk, key, one, reference="nb1"), "reference"),
    ):
        refused(desk, command, field)
    stale = split(desk, key, one)
    record(desk, key, "review_report_received", date(2026, 11, 1))
    assert isinstance(desk.submit(stale), Failed)


def test_a_split_tells_who_has_that_name_already_and_what_is_divided(desk: OpenDesk) -> None:
    key = reviewed(desk, reference="NB1")
    add_child(desk, reference="NB3", forename="Gloria")
    seen = desk.case(key).child.version
    for kind, on in (("review_report_received", 1), ("review_decision_sent", 2)):
        detail = {"outcome": "amend"} if "decision" in kind else {}
        done(desk, do.RecordFact(key, seen, kind, date(2026, 11, on), detail, "R1"))
        seen += 1
    fact = next(one for one in desk.case(key).facts if one.episode == "R1")
    preview = desk.preview(split(desk, key, fact.id))
    assert said(preview, "Already here") == ("NB3, Okafor, Gloria",)
    assert said(preview, "One episode") == ("R1: 1 event here, 1 event there",)


def test_a_new_child_who_is_here_already_is_asked_about(desk: OpenDesk) -> None:
    key = add_child(desk, "O'Brien-Lee", reference="NB200985")
    fields = {"surname": "O\u2019brien Lee", "forename": "GRACE", "born": BORN}
    outcome = desk.submit(do.AddChild(fields))
    assert isinstance(outcome, Failed)
    assert outcome.sentence == "Already here: NB200985, O'Brien-Lee, Grace."
    assert outcome.children == (key,)
    assert len(desk.cases()) == 1
    done(desk, do.AddChild(fields, another=True))
    assert len(desk.cases()) == 2
    done(desk, do.AddChild({**fields, "born": date(2014, 3, 4)}))


def test_a_merge_survives_a_restart_and_is_undone_after_it(
    desk: OpenDesk, two: tuple[str, str]
) -> None:
    before = state(desk)
    done(desk, merge(desk, *two))
    again = desk_at(desk.where) if "://" not in desk.where else desk
    last = again.last_undo()
    assert last is not None
    assert "merged into" in last[1]
    done(again, do.Undo(last[0], sure=True))
    assert state(again) == before
    if again is not desk:
        again.close()
