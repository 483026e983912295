"""Which rows a case comes to: outcomes, historical records, places, budgets, by year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.families import Dispute
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Setting
from caseworker_app.domain.sen2.building import person
from caseworker_app.domain.sen2.layout import (
    ACTIVE,
    ASSESSMENT,
    HEADER,
    NAMED_PLAN,
    PLACEMENT,
    PLAN_DETAIL,
)
from caseworker_app.domain.sen2.readings import CUT_OFF, SURVEY_DAY, readings_of
from caseworker_app.domain.sen2.rows import Row
from caseworker_app.services.returns.sen2_layouts import layout
from tests.domain.measures.making import case, day, fact
from tests.support.sen2_borough import SETTINGS, frame, returned

MILL = SETTINGS["1"]
ASKED_2025 = fact("request_received", "2025-10-20")
AGREED_2025 = fact("assessment_decision_sent", "2025-12-01", outcome="assess")
ASKED = fact("request_received", "2026-03-02")
AGREED = fact("assessment_decision_sent", "2026-04-01", outcome="assess")
REFUSED = fact("assessment_decision_sent", "2026-04-01", outcome="refuse")


def _request(*facts: Fact, kept: Any = (), of: Any = None, **given: Any) -> Row | None:
    made = person(case("A", *facts, setting=MILL, kept=kept, **given), of or frame())
    if made is None:
        return None
    (request,) = made.requests
    return request


def _outcomes(*facts: Fact) -> tuple[str, str, str, str] | None:
    request = _request(*facts)
    if request is None:
        return None
    assessment = request.first(ASSESSMENT) or Row(ASSESSMENT, {})
    return (
        request.text("RequestOutcome"),
        request.text("RequestOutcomeDate"),
        assessment.text("AssessmentOutcome"),
        assessment.text("AssessmentOutcomeDate"),
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((ASKED,), ("A", "", "", "")),
        ((ASKED, REFUSED), ("N", "2026-04-01", "", "")),
        (
            (ASKED_2025, AGREED_2025, fact("plan_sent", "2026-04-10")),
            ("H", "", "Y", "2026-04-10"),
        ),
        ((ASKED_2025, AGREED_2025, fact("plan_sent", "2025-12-20")), ("H", "", "H", "")),
        ((ASKED, AGREED, fact("issue_decided", "2026-06-01")), ("Y", "2026-04-01", "Y", "")),
        (
            (ASKED, AGREED, fact("refusal_to_issue_sent", "2026-06-01")),
            ("Y", "2026-04-01", "N", "2026-06-01"),
        ),
        (
            (ASKED, AGREED, fact("request_withdrawn", "2026-06-01")),
            ("Y", "2026-04-01", "W", ""),
        ),
        ((ASKED, AGREED), ("Y", "2026-04-01", "A", "")),
        ((ASKED_2025, AGREED_2025), ("H", "", "A", "")),
        ((fact("plan_transferred_in", "2026-05-01", plan_made="2024-01-01"),), ("H", "", "H", "")),
        (
            (
                *(ASKED_2025, AGREED_2025, fact("plan_sent", "2025-12-20")),
                fact("plan_ceased", "2026-03-31", reason="2"),
            ),
            ("H", "", "H", ""),
        ),
        # A refusal that was overturned stays, and the assessment hangs on the same request.
        (
            (ASKED, REFUSED, fact("plan_sent", "2026-11-01")),
            ("N", "2026-04-01", "Y", "2026-11-01"),
        ),
        # Of another year, or not known by the end of this one.
        ((ASKED_2025, replace(REFUSED, on=day("2025-12-01"))), None),
        ((fact("request_received", "2027-01-05"),), None),
        (
            (
                *(ASKED_2025, AGREED_2025, fact("plan_sent", "2025-11-20")),
                fact("plan_ceased", "2025-12-31", reason="2"),
            ),
            None,
        ),
        ((ASKED, replace(AGREED, on=day("2027-01-04"))), ("A", "", "", "")),
    ],
)
def test_the_outcomes_of_section_three(
    facts: tuple[Fact, ...], expected: tuple[str, ...] | None
) -> None:
    assert _outcomes(*facts) == expected


def test_the_cut_off_may_be_the_survey_day() -> None:
    confirmed = {CUT_OFF: SURVEY_DAY}
    of = frame(readings=readings_of(layout(2027), confirmed))
    request = _request(ASKED, replace(AGREED, on=day("2027-01-04")), of=of)
    assert request is not None
    assert request.text("RequestOutcome") == "Y"
    assert of.readings.refusal.startswith("No file is written before an administrator")


def test_a_plan_issued_after_the_year_is_of_the_survey_day() -> None:
    found = _outcomes(ASKED, AGREED, fact("plan_sent", "2027-01-11"))
    assert found == ("Y", "2026-04-01", "Y", "2027-01-11")


def test_a_transferred_plan_names_its_authority_and_keeps_its_own_date() -> None:
    came = fact("plan_transferred_in", "2026-05-01")
    came = replace(came, detail={"plan_made": date(2024, 1, 1)}, id="7")
    request = _request(came, sen2={"transferla": "213"})
    assert request is not None
    active, plan = request.first(ACTIVE), request.first(NAMED_PLAN)
    assert active is not None
    assert plan is not None
    assert (request.text("ReceivedDate"), active.text("TransferLA")) == ("2026-05-01", "213")
    assert plan.text("StartDate") == "2024-01-01"


def test_mediation_after_a_refusal_is_about_it_and_a_dispute_says_what_it_is_about() -> None:
    asked = (ASKED, REFUSED, fact("mediation_requested", "2026-05-01"))
    request = _request(*asked)
    assert request is not None
    assert (request.text("RequestMediation"), request.text("RequestTribunal")) == ("1", "0")
    about = Dispute(child_id="1", kind="tribunal", about="content", opened_on=date(2026, 9, 1))
    issued = (ASKED, AGREED, fact("plan_sent", "2026-07-01"))
    request = _request(*issued, kept=[about])
    assert request is not None
    assessment = request.first(ASSESSMENT)
    assert assessment is not None
    assert (assessment.text("AssessmentTribunal"), assessment.text("OtherTribunal")) == ("0", "1")


def test_the_latest_meeting_gives_its_own_outcome_alone() -> None:
    old = (ASKED_2025, AGREED_2025, fact("plan_sent", "2025-12-20"))
    request = _request(
        *old,
        fact("review_meeting_held", "2026-05-01"),
        fact("review_decision_sent", "2026-05-20", outcome="amend"),
        fact("amendment_notice_sent", "2026-05-20"),
        fact("amended_plan_sent", "2026-07-01"),
        fact("review_meeting_held", "2026-12-10"),
    )
    assert request is not None
    active, plan = request.first(ACTIVE), request.first(NAMED_PLAN)
    assert active is not None
    assert plan is not None
    assert active.values == {"ReviewMeeting": "2026-12-10", "LastReview": "2026-05-20"}
    assert plan.text("StartDate") == "2026-07-01"


def test_a_budget_paid_for_two_parts_is_integrated() -> None:
    run = {"child_id": "1", "decision": "agreed", "since": date(2026, 8, 1)}
    kept = [
        PersonalBudget(part="education", way="direct", **run),
        PersonalBudget(part="care", way="direct", **run),
        PersonalBudget(part="health", way="organised", **run),
    ]
    request = _request(ASKED, AGREED, fact("plan_sent", "2026-07-01"), kept=kept)
    assert request is not None
    plan = request.first(NAMED_PLAN)
    assert plan is not None
    assert [plan.text(name) for name in ("PB", "OA", "DP")] == ["1", "1", "I"]


def test_places_are_told_by_number_by_code_or_by_the_words_of_no_setting() -> None:
    issued = (ASKED, AGREED, fact("plan_sent", "2026-07-01"))
    home = Setting("Elective home education", "none", id="9")
    made = person(case("A", *issued, setting=home), frame())
    assert made is not None
    (place,) = made.row.of(PLACEMENT)
    assert place.values == {"SENsetting": "EHE", "PlacementRank": "1"}
    kept = [
        Placement(child_id="1", setting_id="1", rank="1", until=date(2026, 8, 31)),
        Placement(
            child_id="1",
            setting_id="3",
            rank="1",
            since=date(2026, 9, 1),
            residential=52,
            named="named",
        ),
        Placement(child_id="1", arrangement="OLA", rank="2", since=date(2026, 9, 1)),
    ]
    made = person(case("A", *issued, setting=MILL, kept=kept), frame())
    assert made is not None
    first, second, third = made.row.of(PLACEMENT)
    assert (first.text("URN"), first.text("LeavingDate")) == ("100001", "2026-08-31")
    assert (second.text("URN"), second.text("Res")) == ("100003", "B")
    assert (third.text("SENsetting"), third.text("PlacementRank")) == ("OLA", "2")
    named = [row.text("URN") or row.text("SENsetting") for row in made.row.of(PLAN_DETAIL)]
    assert named == ["100003", "OLA"]


def test_items_come_and_go_with_the_years() -> None:
    files = [case("A", ASKED, setting=MILL, sex="F")]
    gone = frame(2023)
    assert gone.layout.has("person", "GenderCurrent")
    assert not gone.layout.has(HEADER, "DSCO")
    assert not gone.layout.has(ACTIVE, "ReviewMeeting")
    assert gone.layout.has(ACTIVE, "Res")
    assert not gone.layout.has(PLACEMENT, "Res")
    assert layout(2024).sent_as("DS") == "OTH"
    assert layout(2027).sent_as("DS") == "DS"
    now = frame(2027)
    item = now.layout.module("requests").item("RequestSource")
    before = layout(2025).module("requests").item("RequestSource")
    assert item is not None
    assert before is not None
    assert (item.needed, before.needed) == (True, False)
    assert returned(files, now).persons[0].row.text("Sex") == "F"
    asked = [case("A", fact("request_received", "2022-03-02"), setting=MILL, sex="F")]
    assert returned(asked, gone).persons[0].row.text("GenderCurrent") == "2"


def test_two_records_of_details_after_a_merge_are_read_together() -> None:
    kept = [
        ChildDetails(child_id="1", upn_unknown="UN3"),
        ChildDetails(child_id="1", ethnicity="ABAN", upn_unknown="UN2"),
    ]
    made = person(case("A", ASKED, setting=MILL, kept=kept, upn=""), frame())
    assert made is not None
    assert (made.row.text("Ethnicity"), made.row.text("UPNunknown")) == ("ABAN", "UN3")


def test_a_return_brought_in_before_there_were_records_keeps_what_it_said() -> None:
    kept = {"ethnicity": "WENG", "postcode": "E1 4NS", "upnunknown": "UN3"}
    made = person(case("A", ASKED, setting=MILL, sen2=kept, upn=""), frame())
    assert made is not None
    items = [made.row.text(name) for name in ("Ethnicity", "PostCode", "UPNunknown")]
    assert items == ["WBRI", "E1 4NS", "UN3"]


def test_a_note_of_why_there_is_no_number_ends_with_the_number() -> None:
    kept = {"upnunknown": "UN3"}
    made = person(case("A", ASKED, setting=MILL, sen2=kept, upn="A950000178301"), frame())
    assert made is not None
    assert (made.row.text("UPN"), made.row.text("UPNunknown")) == ("A950000178301", "")
