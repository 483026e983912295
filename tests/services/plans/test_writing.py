"""Lines of a plan copied and rewritten, with their ties, and a review judged in one act."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.plan_thread import Thread, thread_of
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import done, record, reviewed

ON = date(2024, 11, 14)
MET = date(2026, 10, 16)


def thread(session: Session, child: str) -> Thread:
    return thread_of(row.record for _, row in session.belonging(child))


def add(session: Session, kind: str, **fields: Any) -> str:
    outcome = done(session, do.AddRecord(kind, fields))
    return next(iter(outcome.rows_of(kind))).id


@pytest.fixture
def plan(session: Session) -> str:
    """A child with a whole plan, whose review was held on 16 October 2026."""
    child = reviewed(session)
    hope = add(session, "aspiration", child_id=child, whose="child", words="To bake", on=ON)
    need = add(session, "described_need", child_id=child, section="B", words="Speech")
    aim = add(
        session, "outcome", child_id=child, aspiration_id=hope, area="well", words="Ten words",
        set_on=ON, specific="yes",
    )  # fmt: skip
    given = add(
        session, "provision", child_id=child, section="F", what="Therapy", who="SLT", since=ON
    )
    add(session, "need_behind", child_id=child, outcome_id=aim, need_id=need)
    add(session, "provision_for", child_id=child, provision_id=given, outcome_id=aim)
    return child


def meeting(session: Session, child: str) -> str:
    facts = session.case(child).facts
    return next(one.id for one in facts if (one.kind, one.on) == ("review_meeting_held", MET))


def test_a_review_is_one_act_and_what_is_rewritten_keeps_its_ties(
    session: Session, plan: str
) -> None:
    before = thread(session, plan)
    (old,) = before.outcomes
    judged = do.Judged(old.id, old.version, "some", "rewritten", "Slow", "Says twenty words")
    review = do.ReviewPlan(plan, meeting(session, plan), (judged,), "Views of the child: fine")
    done(session, review)
    after = thread(session, plan)
    ended, new = sorted(after.outcomes, key=lambda one: int(one.id))
    assert (ended.ended_on, ended.ended_why) == (MET, "Rewritten at the review")
    assert (new.words, new.set_on, new.specific) == ("Says twenty words", MET, "")
    assert new.aspiration_id == old.aspiration_id
    assert {one.need_id for one in after.behind if one.outcome_id == new.id} == {before.needs[0].id}
    assert {one.provision_id for one in after.purposes if one.outcome_id == new.id} == {
        before.provision[0].id
    }
    assert [(one.progress, one.kept) for one in after.judgements] == [("some", "rewritten")]
    notes = [row.record for kind, row in session.belonging(plan) if kind == "note"]
    assert [(one.on, one.words) for one in notes] == [(MET, "Views of the child: fine")]
    done(session, do.Undo())
    assert thread(session, plan).outcomes[0].ended_on is None
    assert thread(session, plan).judgements == ()
    assert [kind for kind, _ in session.belonging(plan) if kind == "note"] == []


def test_judging_again_changes_what_was_said(session: Session, plan: str) -> None:
    (aim,) = thread(session, plan).outcomes
    fact = meeting(session, plan)
    for progress in ("some", "achieved"):
        done(
            session, do.ReviewPlan(plan, fact, (do.Judged(aim.id, aim.version, progress, "kept"),))
        )
    assert [one.progress for one in thread(session, plan).judgements] == ["achieved"]


def test_a_review_says_what_it_lacks(session: Session, plan: str) -> None:
    (aim,) = thread(session, plan).outcomes
    fact = meeting(session, plan)
    sent = session.case(plan).facts[0].id
    for command, words in (
        (do.ReviewPlan(plan, fact, ()), "Judge an outcome"),
        (do.ReviewPlan(plan, sent, (do.Judged(aim.id, 1, "some"),)), "Choose the review meeting"),
        (do.ReviewPlan(plan, fact, (do.Judged(aim.id, 1, ""),)), "how far"),
        (do.ReviewPlan(plan, fact, (do.Judged(aim.id, 1, "some", "x"),)), "kept or rewritten"),
        (do.ReviewPlan(plan, fact, (do.Judged(aim.id, 1, "some", "rewritten"),)), "Write"),
    ):
        outcome = session.submit(command)
        assert isinstance(outcome, Failed)
        assert words in outcome.sentence
    assert thread(session, plan).judgements == ()


def test_lines_are_copied_with_the_ties_between_them(session: Session, plan: str) -> None:
    before = thread(session, plan)
    for kind, one, field in (
        ("outcome", before.outcomes[0], "ended_on"),
        ("provision", before.provision[0], "until"),
    ):
        done(session, do.ChangeRecord(kind, one.id, one.version, {field: date(2025, 10, 2)}))
    lines = (f"outcome/{before.outcomes[0].id}", f"provision/{before.provision[0].id}")
    done(session, do.CopyPlanLines(plan, lines, date(2026, 11, 1)))
    after = thread(session, plan)
    new = max(after.outcomes, key=lambda one: int(one.id))
    given = max(after.provision, key=lambda one: int(one.id))
    assert (new.set_on, new.ended_on, given.until) == (date(2026, 11, 1), None, None)
    assert (given.id, new.id) in {(one.provision_id, one.outcome_id) for one in after.purposes}
    assert (new.id, before.needs[0].id) in {(one.outcome_id, one.need_id) for one in after.behind}
    assert len(after.purposes) == 2
    done(session, do.Undo())
    assert len(thread(session, plan).outcomes) == 1


def test_only_lines_of_the_child_are_copied(session: Session, plan: str) -> None:
    other = reviewed(session, "Patel")
    (aim,) = thread(session, plan).outcomes
    for child, lines in (
        (other, (f"outcome/{aim.id}",)),
        (plan, ()),
        (plan, ("note/1",)),
        (plan, ("outcome/999",)),
    ):
        assert isinstance(session.submit(do.CopyPlanLines(child, lines, MET)), Failed)
    record(session, plan, "amended_plan_sent", date(2026, 11, 20))
