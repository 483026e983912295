"""Audits kept with their actions, what waits, samples, and who may do and see it."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.auditing.scoring import Result
from caseworker_app.domain.declarations.auditing import AuditSample, AuditTool, Criterion, Mark
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.quality.audit_form import audit_form
from caseworker_app.services.quality.audits import (
    auditors,
    draw_sample,
    quality,
    sample_rows,
)
from caseworker_app.services.quality.shipped_tool import shipped_tool, tool_fields
from caseworker_app.services.quality.to_audit import waiting
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record, reviewed

TODAY = date(2026, 11, 22)


def as_role(session: Session, name: str, *roles: str) -> Session:
    return Session(session.store, session.offered, session.clock, Person(name, frozenset(roles)))


def audited(session: Session, child_id: str, mark: str = "met", **more: object) -> Result:
    """Audit the newest plan of a child, every criterion marked alike."""
    form = audit_form(session, child_id)
    version = form.versions[0]
    marks = tuple(Mark(one.code, mark) for one in form.tool.criteria)
    fields = {"auditor": "A. Ford", "on": TODAY, "kind": "desk", "marks": marks}
    action = {"words": "Say how many hours", "by_when": date(2026, 12, 1), "service": "Health"}
    command = do.KeepAudit(
        child_id,
        {**fields, **more},
        version.version_id,
        version.fact_id,
        form.tool.id,
        (action,),
    )
    done(session, command)
    return quality(session).audits[0].result


def test_the_tool_that_comes_along_looks_at_every_part_of_a_plan() -> None:
    tool = shipped_tool(TODAY)
    assert not tuple(tool.faults())
    assert {"advice", "care", "thread", "smart", "specific", "views", "family", "plain"} <= {
        one.code for one in tool.criteria
    }
    assert set("ABCDEFGHK") <= {one.section for one in tool.criteria}
    assert all(one.good for one in tool.criteria)


def test_the_first_audit_takes_in_the_tool_and_the_version_that_only_its_event_tells(
    session: Session,
) -> None:
    child_id = reviewed(session)
    made = audited(session, child_id)
    assert (made.grade, made.meets, made.score.per_cent) == ("strong", True, 100)
    assert [one.edition for one in (quality(session).tool,) if one] == [1]
    (version,) = session.record_rows("plan_version")
    assert made.audit.plan_version_id == version.id
    (action,) = quality(session).actions
    assert (action.action.words, action.name) == ("Say how many hours", "Okafor, Grace")
    # A second audit is of the same version, by the same tool.
    audited(session, child_id, "not", auditor="B. Osei")
    assert len(session.record_rows("audit_tool")) == len(session.record_rows("plan_version")) == 1
    (looks,) = quality(session).looks
    assert (looks.auditor, looks.other, looks.agreement.same) == ("A. Ford", "B. Osei", 0)
    assert session.check() == ()


def test_an_audit_goes_whole_when_it_is_undone(session: Session) -> None:
    lead = as_role(session, "Q. Lead", "quality")
    child_id = reviewed(session)
    audited(lead, child_id)
    done(lead, do.Undo())
    kinds = ("plan_audit", "audit_action", "audit_tool", "plan_version")
    assert not any(session.record_rows(one) for one in kinds)
    done(lead, do.Redo())
    assert all(session.record_rows(one) for one in kinds)


def test_a_caseworker_reads_the_audits_of_their_own_and_keeps_none(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(session, do.AddRecord("caseworker", {"name": "Ann Lee"}))
    (worker,) = session.caseworkers()
    own, other = reviewed(session, caseworker_id=worker.id), reviewed(session, "Brown")
    for one in (own, other):
        audited(session, one)
    ann = as_role(session, "Ann Lee", "caseworker")
    assert {one.child_id for one in quality(ann).audits} == {own}
    assert {one.child_id for one in quality(ann).actions} == {own}
    assert {one.plan.child_id for one in waiting(ann)} <= {own}
    assert auditors(ann) == auditors(session) == ("A. Ford",)
    # Of more than fit at once those recorded last are listed, and every one when asked for.
    with monkeypatch.context() as little:
        little.setattr("caseworker_app.services.quality.audits.AT_ONCE", 1)
        some, every = quality(session), quality(session, whole=True)
        assert some.is_large
    assert [one.child_id for one in some.audits] == [other]
    assert (some.many["plan_audit"], len(some.actions)) == (2, 1)
    assert {one.child_id for one in every.audits} == {own, other}
    with pytest.raises(Refused):
        audit_form(ann, other)
    refused = ann.submit(do.KeepAudit(own, {"auditor": "Ann", "on": TODAY, "kind": "desk"}))
    assert isinstance(refused, Failed)


def test_the_form_shows_the_plan_section_by_section_and_not_what_has_ended(
    session: Session,
) -> None:
    child_id = reviewed(session, setting_id=None)
    of = {"child_id": child_id}
    needs = [("B", "Reads at the level of Year 1", None), ("D", "Old", date(2025, 1, 1))]
    for section, words, until in needs:
        fields = {**of, "section": section, "words": words, "until": until}
        done(session, do.AddRecord("described_need", fields))
    given = {"section": "H2", "what": "Short break", "who": "Social care", "since": TODAY}
    done(session, do.AddRecord("provision", {**of, **given}))
    sections = {title[0]: lines for title, lines in audit_form(session, child_id).sections}
    assert sections["B"] == ("Reads at the level of Year 1",)
    assert sections["D"] == ()
    assert sections["H"][0].startswith("Short break · Social care")
    with pytest.raises(Refused, match="no plan to audit"):
        audit_form(session, add_child(session, "Nobody"))


def test_what_was_audited_waits_no_more_until_it_is_amended(session: Session) -> None:
    old = add_child(session, "Stone")
    record(session, old, "plan_sent", date(2017, 5, 2))
    new = add_child(session, "Reed")
    record(session, new, "plan_sent", date(2026, 10, 2))
    assert [(one.id, one.reason) for one in waiting(session)] == [(old, "old"), (new, "new")]
    audited(session, new)
    assert [one.id for one in waiting(session)] == [old]
    audited(session, old, "not")
    assert waiting(session) == ()
    record(session, new, "amended_plan_sent", date(2026, 11, 22))
    assert waiting(session) == ()  # on the day of the audit: it may be the version audited


def test_a_sample_is_drawn_again_by_its_seed_and_says_who_was_audited(session: Session) -> None:
    children = [reviewed(session, name) for name in ("Ash", "Birch", "Cedar", "Dale")]
    drawn = draw_sample(session, 2, "all", "", 4711)
    assert drawn == draw_sample(session, 2, "all", "", 4711)
    assert set(drawn) <= set(children)
    fields = {"on": TODAY, "how_many": 2, "drawn_from": "all", "seed": 4711, "cases": drawn}
    done(session, do.AddRecord("audit_sample", fields))
    audited(session, drawn[1])
    (sample,) = quality(session).samples
    assert isinstance(sample, AuditSample)
    rows = sample_rows(session, sample)
    assert [(one.id, one.audited_on) for one in rows] == [(drawn[0], None), (drawn[1], TODAY)]


def test_the_quality_lead_changes_the_tool_and_old_audits_keep_theirs(session: Session) -> None:
    child_id = reviewed(session)
    first = audited(session, child_id, "partly")
    assert first.grade == "improve"
    lead = as_role(session, "Q. Lead", "quality")
    tool = shipped_tool(TODAY)
    changed = AuditTool(
        name=tool.name,
        edition=2,
        since=TODAY,
        threshold=50,
        criteria=(*tool.criteria, Criterion("template", "", "The plan is on the newest template")),
    )
    done(lead, do.AddRecord("audit_tool", tool_fields(changed)))
    assert audit_form(lead, child_id).tool.edition == 2
    assert quality(session).audits[0].result.grade == "improve"
    assert audited(lead, child_id, "partly").grade == "good"
    twice = (Criterion("a", "A", "One"), Criterion("a", "A", "Two"))
    bad = {**tool_fields(changed), "edition": 3, "criteria": twice}
    refused = lead.submit(do.AddRecord("audit_tool", bad))
    assert isinstance(refused, Failed)
    assert refused.sentence == "Two criteria have the code a."
