"""Merging two cases and splitting one: nothing lost, each told first, and each undone whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Proposal
from caseworker_app.domain.preview import Preview
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.joining import merge, split, state
from tests.support.sessions import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import TODAY, session_at

BORN = date(2014, 3, 3)


def refused(session: Session, command: do.Command, field: str) -> str:
    before = state(session)
    outcome = session.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert (outcome.why, outcome.field) == ("refused", field)
    assert outcome.sentence.endswith(".")
    assert state(session) == before
    return outcome.sentence


def said(preview: Preview, heading: str) -> tuple[str, ...]:
    return next((part.lines for part in preview.parts if part.heading.startswith(heading)), ())


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """One child twice: most of it in both, a little only in the second."""
    keep = reviewed(session, reference="NB1", upn="A000000000001", comment="Known to health")
    other = add_child(
        session,
        reference="NB2",
        forename="Gracie",
        upn="A000000000002",
        need="ASD",
        comment="Moved in May",
    )
    record(session, other, "plan_sent", date(2024, 11, 14))
    record(session, other, "review_meeting_held", date(2026, 10, 18))
    record(session, other, "plan_ceased", date(2026, 11, 20), reason="2")
    return keep, other


def test_a_merge_keeps_every_event_once_and_tells_what_may_be_doubled(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    preview = session.preview(merge(session, keep, other))
    ids = {fact.id for key in two for fact in session.case(key).facts}

    message = done(session, merge(session, keep, other)).message

    assert (
        message
        == "Okafor, Gracie, NB2, merged into Okafor, Grace, NB1: 2 events came over, 1 in both."
    )
    assert [row.reference for row in session.cases()] == ["NB1"]
    facts = session.case(keep).facts
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
    assert session.check() == ()


def test_what_does_not_stand_is_told_and_kept_in_the_comment(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    preview = session.preview(merge(session, keep, other))
    done(session, merge(session, keep, other))

    child = session.case(keep).child
    assert (child.reference, child.forename, child.upn) == ("NB1", "Grace", "A000000000001")
    assert child.need == "ASD"
    assert said(preview, "Filled in") == ("Primary need: Autistic spectrum disorder",)
    assert said(preview, "The two cases differ") == (
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
def test_an_actual_year_comes_over_with_the_day_it_was_true(session: Session, both: bool) -> None:
    true_on, later = date(2025, 3, 1), date(2026, 10, 1)
    own = {"actual_year": 7, "actual_year_why": "ahead", "actual_year_on": later} if both else {}
    keep = add_child(session, reference="NB1", **own)
    gone = {"actual_year": 5, "actual_year_why": "held back", "actual_year_on": true_on}
    other = add_child(session, reference="NB2", **gone)

    done(session, merge(session, keep, other))

    child = session.case(keep).child
    found = (child.actual_year, child.actual_year_why, child.actual_year_on)
    assert found == ((7, "ahead", later) if both else (5, "held back", true_on))


def test_the_trail_of_both_is_read_on_the_kept_case_and_as_before_after_undo(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    before = state(session)
    histories = [len(session.case(key).history) for key in two]
    outcome = done(session, merge(session, keep, other))

    words = [row.what for row in session.case(keep).history]
    assert "NB2 (Okafor, Gracie) merged into this case, 2 events came over, 1 in both" in words
    assert "NB2: Merged into NB1 (Okafor, Grace)" in words
    assert "NB2: Case opened" in words
    assert len(words) == sum(histories) + 2

    done(session, do.Undo(outcome.undo, sure=True))
    assert state(session) == before
    assert [len(session.case(key).history) for key in two] == [histories[0] + 2, histories[1] + 2]
    assert not any(row.what.startswith("NB2: ") for row in session.case(keep).history)
    assert session.check() == ()

    done(session, do.Redo(outcome.undo, sure=True))
    words = [row.what for row in session.case(keep).history]
    assert "NB2: Case opened" in words
    assert len(words) == sum(histories) + 6
    assert session.check() == ()


def test_a_merge_of_what_changed_meanwhile_or_is_gone_is_refused(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    command = merge(session, keep, other)
    record(session, other, "review_report_received", date(2026, 11, 1))
    outcome = session.submit(command)
    assert isinstance(outcome, Failed)
    assert outcome.why == "stale"
    refused(session, do.MergeChildren(keep, 1, keep, 1), "other_id")
    for gone in ("99", "", "x"):
        assert isinstance(session.submit(do.MergeChildren(keep, command.seen, gone, 1)), Failed)


def test_a_merge_is_not_undone_over_a_reference_given_again(
    session: Session, two: tuple[str, str]
) -> None:
    outcome = done(session, merge(session, *two))
    add_child(session, "Patel", reference="nb2")
    sentence = refused(session, do.Undo(outcome.undo, sure=True), "")
    assert sentence.startswith("\u201cNB2 merged into NB1\u201d cannot be undone: ")
    assert sentence.endswith(": the reference NB2 is another child's by now.")


def test_an_import_under_the_merged_reference_updates_the_kept_case(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    done(session, merge(session, keep, other))
    row = incoming_case(
        reference="NB2", surname="Okafor", forename="Gracie", born=BORN, upn="A000000000002",
        facts=(Fact("plan_sent", date(2024, 11, 14)),),
    )  # fmt: skip
    result = session.apply_import(incoming(row))
    assert result.cases_created == 0
    child = session.case(keep).child
    assert (child.forename, child.upn) == ("Grace", "A000000000001")
    assert not child.open_proposals


def test_the_other_case_is_told_apart_no_longer_and_a_doubt_of_before_is_told(
    session: Session, two: tuple[str, str]
) -> None:
    keep, other = two
    done(session, do.TellApart(keep, session.case(keep).child.version, other))
    preview = session.preview(merge(session, keep, other))
    assert said(preview, "Perhaps two") == ("A person said that these are two children",)
    done(session, merge(session, keep, other))
    assert session.case(keep).child.told_apart == frozenset()


def test_a_split_moves_the_events_named_into_a_case_of_their_own(session: Session) -> None:
    key = reviewed(session, reference="NB1", need="ASD")
    facts = session.case(key).facts
    before = state(session)
    command = split(session, key, facts[1].id, facts[2].id, reference="NB9")
    preview = session.preview(command)

    outcome = done(session, command)

    assert outcome.message == "Okafor, Gloria, NB9, split from Okafor, Grace, NB1, with 2 events."
    new = next(row.id for row in session.cases() if row.reference == "NB9")
    assert session.case(new).facts == facts[1:3]
    assert session.case(key).facts == (facts[0], facts[3])
    child = session.case(new).child
    assert (child.surname, child.forename, child.born, child.need) == ("Okafor", "Gloria", BORN, "")
    assert child.told_apart == {key}
    assert session.case(key).child.told_apart == {new}
    assert len(said(preview, "Go to NB9")) == 2
    assert len(said(preview, "Stay with NB1")) == 2
    assert session.case(new).history[0].what == "Split from NB1 (Okafor, Grace) with 2 events"
    assert session.case(key).history[0].what == "2 events split off to NB9 (Okafor, Gloria)"
    assert session.check() == ()

    done(session, do.Undo(outcome.undo, sure=True))
    assert state(session) == before
    assert session.check() == ()


def test_no_import_brings_back_what_was_split_off(session: Session) -> None:
    row = incoming_case()
    session.apply_import(incoming(row))
    key = session.cases()[0].id
    held = next(one for one in session.case(key).facts if one.kind == "review_meeting_held")
    done(session, split(session, key, held.id))
    result = session.apply_import(incoming(row))
    assert result.facts_added == 0
    assert result.conflicts
    assert held.id not in {fact.id for fact in session.case(key).facts}


def test_a_split_that_cannot_be_is_refused_beside_its_field(session: Session) -> None:
    key = reviewed(session, reference="NB1")
    add_child(session, "Patel", reference="004217")
    facts = [fact.id for fact in session.case(key).facts]
    one = facts[0]
    for command, field in (
        (split(session, key), "fact_ids"),
        (split(session, key, *facts), "fact_ids"),
        (split(session, key, one, "999999"), "fact_ids"),
        (split(session, key, "no number"), "fact_ids"),
        (split(session, key, one, surname=" "), "surname"),
        (split(session, key, one, forename=""), "forename"),
        (split(session, key, one, born=None), "born"),
        (split(session, key, one, born=TODAY + timedelta(days=1)), "born"),
        (split(session, key, one, born=date(1950, 1, 1)), "born"),
        (split(session, key, one, born=date(2025, 1, 1)), "born"),
        (split(session, key, one, reference=" 4217.0"), "reference"),
        (split(session, key, one, reference="nb1"), "reference"),
    ):
        refused(session, command, field)
    stale = split(session, key, one)
    record(session, key, "review_report_received", date(2026, 11, 1))
    assert isinstance(session.submit(stale), Failed)


def test_a_split_tells_who_has_that_name_already_and_what_is_divided(session: Session) -> None:
    key = reviewed(session, reference="NB1")
    add_child(session, reference="NB3", forename="Gloria")
    seen = session.case(key).child.version
    for kind, on in (("review_report_received", 1), ("review_decision_sent", 2)):
        detail = {"outcome": "amend"} if "decision" in kind else {}
        done(session, do.RecordFact(key, seen, kind, date(2026, 11, on), detail, "R1"))
        seen += 1
    fact = next(one for one in session.case(key).facts if one.episode == "R1")
    preview = session.preview(split(session, key, fact.id))
    assert said(preview, "Already here") == ("NB3, Okafor, Gloria",)
    assert said(preview, "One episode") == ("R1: 1 event here, 1 event there",)


def test_a_new_child_who_is_here_already_is_asked_about(session: Session) -> None:
    key = add_child(session, "O'Brien-Lee", reference="NB200985")
    fields = {"surname": "O\u2019brien Lee", "forename": "GRACE", "born": BORN}
    outcome = session.submit(do.AddChild(fields))
    assert isinstance(outcome, Failed)
    assert outcome.sentence == "Already here: NB200985, O'Brien-Lee, Grace."
    assert outcome.children == (key,)
    assert len(session.cases()) == 1
    done(session, do.AddChild(fields, another=True))
    assert len(session.cases()) == 2
    done(session, do.AddChild({**fields, "born": date(2014, 3, 4)}))


def test_a_merge_survives_a_restart_and_is_undone_after_it(
    session: Session, two: tuple[str, str]
) -> None:
    before = state(session)
    done(session, merge(session, *two))
    again = session_at(session.where) if "://" not in session.where else session
    last = again.last_undo()
    assert last is not None
    assert "merged into" in last[1]
    done(again, do.Undo(last[0], sure=True))
    assert state(again) == before
    if again is not session:
        again.close()
