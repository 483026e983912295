"""Findings gathered, what waits to be audited, and the page that goes back to a service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.auditing import back_to_services, scoring, themes
from caseworker_app.domain.auditing.waiting import LivePlan, LookedAt, issued, what_waits
from caseworker_app.domain.declarations.auditing import (
    AuditAction,
    AuditTool,
    Criterion,
    Mark,
    PlanAudit,
)
from caseworker_app.domain.facts import Fact

TODAY = date(2026, 11, 20)
TOOL = AuditTool(
    id="1",
    name="Ours",
    edition=1,
    since=date(2026, 1, 1),
    threshold=75,
    criteria=(
        Criterion("care", "D", "Care is clear", service="Social care"),
        Criterion("plain", "", "Plain language"),
    ),
)


def made(key: str, on: date, auditor: str, care: str, plain: str, said: str = "") -> scoring.Result:
    audit = PlanAudit(
        id=key,
        child_id=key,
        plan_version_id=key,
        tool_id="1",
        auditor=auditor,
        on=on,
        kind="desk",
        marks=(Mark("care", care, "no hours" if care == "not" else ""), Mark("plain", plain)),
        themes=said,
    )
    return scoring.result(audit, TOOL)


AUDITS = (
    made("3", date(2026, 11, 2), "Ford", "not", "met", "Vague care, old template"),
    made("2", date(2026, 10, 1), "ford", "partly", "met", "vague care"),
    made("1", date(2026, 5, 4), "Osei", "met", "na"),
)


def test_criteria_stand_with_the_weakest_first() -> None:
    care, plain = themes.gathered(AUDITS, "criterion")
    assert (care.words, care.met, care.partly, care.not_met, care.share) == (
        *("Care is clear", 1, 1, 1),
        33,
    )
    assert care.child_ids == ("3", "2")
    assert (plain.does_not_apply, plain.share) == (1, 100)


def test_services_auditors_terms_and_themes_gather_the_same_audits() -> None:
    by = {way: themes.gathered(AUDITS, way) for way in themes.BY}
    assert {one.words for one in by["service"]} == {"Social care", themes.NO_SERVICE}
    assert [(one.words, one.audits) for one in by["auditor"]] == [("Ford", 2), ("Osei", 1)]
    assert [one.words for one in by["term"]] == ["Autumn term 2026", "Summer term 2026"]
    assert by["term"][0].meeting == 1
    assert [(one.words, one.audits) for one in by["theme"]] == [
        ("Vague care", 2),
        ("old template", 1),
    ]
    assert len(themes.in_time(AUDITS, date(2026, 9, 1), TODAY)) == 2


def plan(first: date | None, newest: date | None = None, **more: object) -> LivePlan:
    bare = LivePlan("1", "E1", "Okafor", "Grace", "ASD", "", "", "", first, newest or first, None)
    return replace(bare, **more)  # type: ignore[arg-type]


AUDITED = (LookedAt(date(2026, 11, 2), "Ford"),)
EARLIER = (LookedAt(date(2026, 5, 4), "Osei"),)


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (plan(date(2017, 5, 1)), "old"),
        # It was looked at and fell short: it waits for its amendment.
        (plan(date(2017, 5, 1), audits=AUDITED), None),
        (plan(date(2017, 5, 1), date(2026, 11, 10), audits=AUDITED), "old"),
        (plan(date(2017, 5, 1), audits=EARLIER, met=True), None),
        (plan(date(2022, 5, 1), transfer_review=date(2026, 10, 5)), "transfer"),
        (plan(date(2022, 5, 1), transfer_review=date(2026, 10, 5), audits=AUDITED), None),
        (plan(date(2022, 5, 1), date(2026, 11, 10), audits=EARLIER), "again"),
        (plan(date(2026, 8, 1)), "new"),
        (plan(date(2022, 8, 1)), "never"),
        (plan(None), "never"),
    ],
)
def test_why_a_plan_waits(of: LivePlan, reason: str | None) -> None:
    found = what_waits([of], TODAY)
    assert [one.reason for one in found] == ([] if reason is None else [reason])
    assert all(one.why for one in found)


def test_old_plans_stand_before_new_ones() -> None:
    found = what_waits([plan(date(2026, 8, 1)), plan(date(2017, 2, 1))], TODAY)
    assert [one.reason for one in found] == ["old", "new"]


def test_the_first_and_the_newest_final_plan() -> None:
    facts = [
        Fact("draft_served", date(2019, 1, 1)),
        Fact("plan_sent", date(2019, 2, 1)),
        Fact("amended_plan_sent", date(2026, 2, 1)),
        Fact("amended_plan_sent", date(2027, 2, 1)),
    ]
    assert issued(facts, TODAY) == (date(2019, 2, 1), date(2026, 2, 1))
    assert issued([], TODAY) == (None, None)
    ended = [*facts, Fact("plan_ceased", date(2026, 3, 1)), Fact("plan_sent", date(2026, 4, 1))]
    assert issued(ended, TODAY) == (date(2026, 4, 1), date(2026, 4, 1))
    assert issued(facts[2:], TODAY) == (None, date(2026, 2, 1))


def test_a_plan_made_anew_or_elsewhere_or_known_by_a_later_version_alone() -> None:
    ended = [Fact("plan_sent", date(2016, 2, 1)), Fact("plan_ceased", date(2018, 7, 1))]
    anew = Fact("plan_sent", date(2021, 3, 1))
    assert issued([*ended, anew], TODAY)[0] == date(2021, 3, 1)
    moved = Fact("plan_transferred_in", date(2022, 9, 1), {"plan_made": date(2017, 5, 1)})
    assert issued([moved], TODAY)[0] == date(2017, 5, 1)
    old = Fact("plan_sent", date(2017, 11, 1), {"first": "no"})
    assert issued([old], TODAY)[0] == date(2017, 11, 1)
    later = Fact("plan_sent", date(2020, 11, 1), {"first": "no"})
    assert issued([later], TODAY) == (None, date(2020, 11, 1))


def test_the_page_of_a_service_has_its_marks_notes_and_actions_and_no_name() -> None:
    actions = [
        AuditAction(
            id=str(number),
            child_id="3",
            audit_id="3",
            words=f"Quantify {number}",
            service=service,
            by_when=by,
            done_on=done,
        )
        for number, service, by, done in (
            (1, "social care", date(2026, 11, 10), None),
            (2, "Social care", date(2026, 12, 1), date(2026, 11, 5)),
            (3, "Health", date(2026, 12, 1), None),
        )
    ]
    assert back_to_services.services_of(AUDITS, actions) == ("Health", "Social care")
    paper = back_to_services.service_page("Social care", AUDITS, actions, {"3": "E3"}, TODAY)
    findings, notes, asked = (part.table for part in paper.parts)
    assert findings is not None
    assert notes is not None
    assert asked is not None
    assert findings.rows == (("Care is clear", 3, 1, 1, 1, 33),)
    assert notes.rows == (("E3", "Care is clear", "Not met", "no hours"),)
    assert [row[4] for row in asked.rows] == ["10 days late", "done 5 Nov 2026"]
    assert "Okafor" not in paper.words()
