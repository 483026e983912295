"""What a setting owes and is owed in a term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.paper import Paper, in_words
from caseworker_app.domain.people import Setting
from caseworker_app.domain.school_pack import (
    OfChild,
    Replies,
    Written,
    file_name,
    school_pack,
    term_of,
    terms,
)
from tests.support.clock import child, count, fact

TODAY = date(2026, 11, 28)
ASH = Setting("Ash Primary", "primary", 6)
AUTUMN = term_of(TODAY)
REPLIES = Replies(lambda day: day + timedelta(days=20), "within 20 days")


def of(*facts: Fact, surname: str = "Okafor", born: str = "2017-10-01", **more: object) -> OfChild:
    whose = child(born, id=surname)
    held = in_order(facts)
    dates = count(*held, of=whose, setting=ASH)
    named = type(whose)(whose.reference, surname, "Ada", whose.born, id=surname)
    return OfChild(CaseFile(named, ASH, None, held, dates), **more)  # type: ignore[arg-type]


def rows(paper: Paper | None) -> dict[str, list[str]]:
    assert paper is not None
    return {
        part.title: [" | ".join(map(in_words, row)) for row in part.table.rows]
        for part in paper.parts
        if part.table is not None
    }


def test_terms_follow_one_another_without_a_gap() -> None:
    found = terms(TODAY)
    assert [one.key for one in found] == [
        "autumn-2026",
        "spring-2027",
        "summer-2027",
        "autumn-2027",
    ]
    assert (found[0].first, found[0].last) == (date(2026, 9, 1), date(2026, 12, 31))
    assert found[2].last == date(2027, 8, 31)
    assert term_of(date(2027, 4, 1)).name == "Summer term 2027"


def test_a_review_ahead_says_when_to_tell_and_when_to_hold() -> None:
    ahead = of(fact("plan_sent", "2026-01-15"))
    assert rows(school_pack("Ash", [ahead], terms(TODAY)[1], TODAY, REPLIES)) == {
        "Reviews to hold": [
            "Okafor, Ada | Year 4 | 3 Dec 2026 | 17 Dec 2026 | 14 Jan 2027 | no date yet | 47 days"
        ]
    }
    assert school_pack("Ash", [ahead], AUTUMN, TODAY, REPLIES) is None


def test_what_is_late_from_before_the_term_stays_in() -> None:
    found = rows(school_pack("Ash", [of(fact("plan_sent", "2025-06-01"))], AUTUMN, TODAY, REPLIES))
    assert found["Reviews to hold"][0].endswith("31 May 2026 | no date yet | 181 days late")


def test_a_review_held_is_owed_a_report_and_a_decision() -> None:
    held = (fact("plan_sent", "2025-12-20"), fact("review_meeting_held", "2026-11-20"))
    found = rows(school_pack("Ash", [of(*held)], AUTUMN, TODAY, REPLIES))
    assert found["Reports due from you"] == [
        "Okafor, Ada | Year 4 | 20 Nov 2026 | 4 Dec 2026 | 6 days"
    ]
    assert "18 Dec 2026 | 20 days" in found["Decisions the council owes you"][0]
    assert "Reviews to hold" not in found


def test_a_plan_to_amend_is_one_line_and_a_move_has_its_own() -> None:
    facts = (
        fact("plan_sent", "2024-03-01"),
        fact("review_meeting_held", "2026-10-20"),
        fact("review_report_received", "2026-10-25"),
        fact("review_decision_sent", "2026-11-10", outcome="amend"),
        fact("amendment_notice_sent", "2026-11-10"),
    )
    found = rows(
        school_pack("Ash", [of(*facts, born="2015-10-01")], terms(TODAY)[1], TODAY, REPLIES)
    )
    assert len(found["Plans to issue"]) == 1
    assert found["Phase transfers"] == [
        "Okafor, Ada | Year 6 | Secondary, Year 7 | 14 Feb 2027 | 78 days"
    ]


def test_a_child_it_was_only_consulted_about_is_there_with_the_consultation_alone() -> None:
    asked = (Asked("Ash", sent=date(2026, 11, 20)), Asked("Ash", replied=date(2026, 11, 1)))
    other = of(fact("plan_sent", "2025-06-01"), surname="Elsewhere", here=False, asked=asked)
    found = rows(school_pack("Ash", [other], AUTUMN, TODAY, REPLIES))
    assert found == {
        "Consultations waiting for your reply": [
            "Elsewhere, Ada | Year 4 | 20 Nov 2026 | 10 Dec 2026 | 12 days"
        ]
    }


def test_the_advice_a_school_was_asked_for_is_among_its_dates() -> None:
    facts = (
        fact("request_received", "2026-09-01"),
        fact("assessment_decision_sent", "2026-10-10", outcome="assess"),
        fact("advice_requested", "2026-11-02", source="school"),
        fact("advice_requested", "2026-11-02", source="health"),
    )
    found = rows(school_pack("Ash", [of(*facts)], AUTUMN, TODAY, REPLIES))
    assert found["Other dates for you"] == [
        "Okafor, Ada | Year 4 | Advice for the assessment | 14 Dec 2026 | 16 days"
    ]


@pytest.mark.parametrize("title", ["St Mary's: A/B", "St Mary's- A\\B?"])
def test_a_name_is_one_that_every_system_takes(title: str) -> None:
    used: set[str] = set()
    first, second = file_name(title, used), file_name(title, used)
    assert second == f"{first} (2)"
    assert not set(first) & set('\\/:*?"<>|')


def test_what_came_of_writing_them_is_said_in_a_sentence_or_two() -> None:
    assert Written(1, 0, 0).words == "1 school pack written."
    assert Written(2, 1, 0).words.endswith("1 setting owes nothing and is owed nothing.")
    assert Written(1200, 3, 4).words == (
        "1,200 school packs written. 3 settings owe nothing and are owed nothing. "
        "Stopped: 4 not looked at."
    )
