"""Events out of order are said, once each; events in order are left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.event_order import doubts_about, out_of_order
from caseworker_app.domain.facts import KINDS, Fact, in_order
from caseworker_app.domain.order.table import CLAUSES, FOLLOWS, IN_ASSESSMENT, IN_REVIEW
from tests.domain.measures.making import day

BORN = date(2012, 5, 5)
MEETING, REPORT, DECISION = "review_meeting_held", "review_report_received", "review_decision_sent"
NOTICE, FINAL = "amendment_notice_sent", "amended_plan_sent"
REQUEST, AGREED, DRAFT = "request_received", "assessment_decision_sent", "draft_served"


def fact(kind: str, on: str, episode: str | None = None, **detail: str) -> Fact:
    return Fact(kind, day(on), detail, episode, f"{kind} {on}")


def asked(*facts: Fact, born: date | None = BORN) -> list[str]:
    return [one.sentence for one in out_of_order(in_order(facts), born)]


PLAN = fact("plan_sent", "2024-11-14")


def test_every_kind_that_can_be_in_doubt_has_its_words() -> None:
    in_pairs = {*IN_REVIEW, *IN_ASSESSMENT, *(one.later for one in FOLLOWS)}
    in_pairs |= {
        kind for before in (*IN_REVIEW.values(), *IN_ASSESSMENT.values()) for kind in before
    }
    assert in_pairs <= KINDS.keys() <= CLAUSES.keys()


HELD_26 = fact(MEETING, "2026-10-12")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            (PLAN, HELD_26, fact(DECISION, "2026-09-01", outcome="maintain")),
            "The meeting was on 12 October 2026. Is 1 September 2026 right?",
        ),
        (
            (PLAN, HELD_26, fact(REPORT, "2026-10-01")),
            "The meeting was on 12 October 2026. Is 1 October 2026 right?",
        ),
        (
            (
                PLAN,
                HELD_26,
                fact(DECISION, "2026-10-20", outcome="amend"),
                fact(NOTICE, "2026-10-20"),
                fact(FINAL, "2026-10-23"),
            ),
            (
                "The amendment notice was sent on 20 October 2026, and the family's 15 days to "
                "answer run to 3 November 2026. Is 23 October 2026 right?"
            ),
        ),
        (
            (
                PLAN,
                HELD_26,
                fact(DECISION, "2026-10-20", outcome="amend"),
                fact(NOTICE, "2026-11-10"),
                fact(FINAL, "2026-11-05"),
            ),
            "The amendment notice was sent on 10 November 2026. Is 5 November 2026 right?",
        ),
        (
            (PLAN, fact("plan_ceased", "2026-07-01"), HELD_26),
            "The plan ceased on 1 July 2026. Is 12 October 2026 right?",
        ),
        (
            (PLAN, fact(MEETING, "2024-10-01"), fact(DECISION, "2026-10-20", outcome="maintain")),
            "The plan was sent on 14 November 2024. Is 1 October 2024 right?",
        ),
        (
            (fact("plan_ceased", "2024-01-01"), PLAN),
            "The plan was sent on 14 November 2024. Is 1 January 2024 right?",
        ),
        (
            (fact(REQUEST, "2026-03-01"), fact(REQUEST, "2026-05-05")),
            "The request of 1 March 2026 is still open. Is 5 May 2026 right?",
        ),
        (
            (fact(REQUEST, "2026-03-01"), fact(AGREED, "2026-02-01", outcome="assess")),
            "The request was received on 1 March 2026. Is 1 February 2026 right?",
        ),
        (
            (fact(REQUEST, "2026-03-01"), fact("plan_sent", "2026-01-15")),
            "The request was received on 1 March 2026. Is 15 January 2026 right?",
        ),
        (
            (
                fact(REQUEST, "2026-03-01"),
                fact("issue_decided", "2026-07-10"),
                fact("plan_sent", "2026-07-01"),
            ),
            "The decision to issue a plan was on 10 July 2026. Is 1 July 2026 right?",
        ),
        (
            (
                fact(REQUEST, "2026-01-01"),
                fact("refusal_to_issue_sent", "2026-04-20"),
                fact("appeal_registered", "2026-04-10"),
            ),
            "The refusal to issue a plan was sent on 20 April 2026. Is 10 April 2026 right?",
        ),
        (
            (PLAN, fact("cease_notice_sent", "2026-05-01"), fact("plan_ceased", "2026-04-01")),
            "The notice to cease was sent on 1 May 2026. Is 1 April 2026 right?",
        ),
        (
            (
                fact("consultation_received", "2026-05-10", setting="Bow"),
                fact("consultation_replied", "2026-05-01", setting="Bow"),
            ),
            "The setting received the consultation on 10 May 2026. Is 1 May 2026 right?",
        ),
        (
            (PLAN, fact("plan_ceased", "2062-07-01")),
            "The child turned 27 on 5 May 2039, too old for a plan. Is 1 July 2062 right?",
        ),
    ],
)
def test_each_wrong_order_has_its_sentence(facts: tuple[Fact, ...], sentence: str) -> None:
    assert asked(*facts) == [sentence]


def test_an_event_before_birth_and_one_far_from_all_others() -> None:
    assert asked(fact("plan_sent", "2016-09-01"), born=date(2018, 1, 2)) == [
        "The child was born on 2 January 2018. Is 1 September 2016 right?"
    ]
    assert asked(fact("plan_sent", "2006-09-01"), born=None) == [
        "There were no EHC plans before 1 September 2014. Is 1 September 2006 right?"
    ]
    far = (PLAN, fact("plan_ceased", "2062-07-01"))
    assert asked(*far, born=None) == [
        "The nearest other event is of 1 July 2062. Is 14 November 2024 right?",
        "The nearest other event is of 14 November 2024. Is 1 July 2062 right?",
    ]


def test_a_day_within_an_event_goes_badly_with_the_event() -> None:
    fixed = Fact("review_meeting_fixed", day("2026-09-10"), {"meeting": day("2026-09-01")}, id="a")
    (found,) = out_of_order((PLAN, fixed), BORN)
    assert found.field == "meeting"
    assert (
        found.sentence == "The meeting was fixed on 10 September 2026. Is 1 September 2026 right?"
    )
    assert found.words == (
        'The meeting was fixed on 10 September 2026, but "Meeting on" says 1 September 2026'
    )


def test_last_years_review_is_not_held_against_this_years() -> None:
    last_year = (
        fact(MEETING, "2025-10-01"),
        fact(DECISION, "2025-10-30", outcome="maintain"),
    )
    assert asked(PLAN, *last_year, HELD_26) == []
    assert asked(PLAN, fact(DECISION, "2025-10-30", outcome="maintain"), HELD_26) == []
    this_year = fact(DECISION, "2026-10-20", outcome="maintain")
    assert asked(PLAN, *last_year, HELD_26, this_year) == []


def test_a_decision_tied_to_its_review_is_held_against_its_meeting_however_far() -> None:
    last_year = (fact(MEETING, "2025-10-01"), fact(DECISION, "2025-10-30", outcome="maintain"))
    slip = fact(DECISION, "2025-10-20", "review 2026-10-12", outcome="amend")
    assert asked(PLAN, *last_year, slip, HELD_26) == [
        "The meeting was on 12 October 2026. Is 20 October 2025 right?"
    ]


def test_the_question_is_put_about_the_event_typed_whichever_it_is() -> None:
    decided = fact(DECISION, "2026-09-01", outcome="maintain")
    (about_meeting,) = doubts_about(HELD_26, (PLAN, decided), BORN)
    assert about_meeting.sentence == (
        "The decision was sent on 1 September 2026. Is 12 October 2026 right?"
    )
    (about_decision,) = doubts_about(decided, (PLAN, HELD_26), BORN)
    assert about_decision.review == "review 2026-10-12"
    moved = replace(HELD_26, on=day("2026-08-20"))
    assert doubts_about(moved, (PLAN, HELD_26, decided), BORN, HELD_26.id) == ()


def test_a_plan_that_came_from_elsewhere_may_have_reviews_from_there() -> None:
    came = Fact(
        "plan_transferred_in",
        day("2025-03-01"),
        {"plan_made": day("2019-01-10"), "last_review": day("2024-06-01")},
        id="t",
    )
    assert asked(came, fact(MEETING, "2024-05-01")) == []
    late = replace(came, detail={"plan_made": day("2025-04-01")})
    assert asked(late) == ["The plan was transferred in on 1 March 2025. Is 1 April 2025 right?"]
