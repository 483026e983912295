from __future__ import annotations

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.catalogue import Rating
from tests.domain.measures.making import case, day, fact, measured

PLAN = fact("plan_sent", "2025-01-15")


def reviewed(
    reference: str, meeting: str, decision: str = "", outcome: str = "maintain"
) -> CaseFile:
    facts = [PLAN, fact("review_meeting_held", meeting)]
    if decision:
        facts.append(fact("review_decision_sent", decision, outcome=outcome))
    return case(reference, *facts)


def test_decision_on_the_28th_day_is_within_four_weeks_and_the_29th_is_not() -> None:
    found = measured(
        reviewed("A", "2026-09-10", "2026-10-08"), reviewed("B", "2026-09-10", "2026-10-09")
    )["W1.4g"]
    assert (found.numerator, found.denominator, found.cases) == (1, 2, ("A",))
    assert found.of_cases == ("A", "B")


def test_a_meeting_counts_once_its_28th_day_has_come_and_then_no_decision_is_late() -> None:
    held = reviewed("A", "2026-10-25")
    assert measured(held, end="2026-11-21")["W1.4g"].denominator == 0
    late = measured(held, end="2026-11-22")["W1.4g"]
    assert (late.numerator, late.denominator, late.value) == (0, 1, 0.0)
    assert late.rating is Rating.RED


def test_a_decision_after_the_as_at_date_is_not_known_yet() -> None:
    held = reviewed("A", "2026-09-10", "2026-10-08")
    assert measured(held, end="2026-12-31", as_at="2026-10-08")["W1.4g"].numerator == 1
    assert measured(held, end="2026-12-31", as_at="2026-10-07")["W1.4g"].denominator == 0


def test_only_meetings_of_the_period_count_both_ends_in() -> None:
    files = [
        reviewed("A", "2026-08-31", "2026-09-05"),
        reviewed("B", "2026-09-01", "2026-09-05"),
        reviewed("C", "2026-11-22"),
        reviewed("D", "2026-11-23"),
    ]
    assert measured(*files, as_at="2027-01-31")["W1.4f"].of_cases == ("B", "C")


def test_decided_by_the_day_before_the_anniversary_of_the_first_plan() -> None:
    in_time = reviewed("A", "2026-01-02", "2026-01-14")
    one_day_late = reviewed("B", "2026-01-02", "2026-01-15")
    undecided = reviewed("C", "2026-01-02")
    found = measured(in_time, one_day_late, undecided, start="2026-01-01", end="2026-03-31")
    assert (found["W1.4f"].cases, found["W1.4f"].denominator) == (("A",), 3)


def test_the_second_review_is_due_from_the_first_decision_not_from_the_plan() -> None:
    second = (
        PLAN,
        fact("review_meeting_held", "2025-05-01"),
        fact("review_decision_sent", "2025-05-20", outcome="maintain"),
        fact("review_meeting_held", "2026-04-20"),
    )
    in_time = case("A", *second, fact("review_decision_sent", "2026-05-19", outcome="amend"))
    late = case("B", *second, fact("review_decision_sent", "2026-05-20", outcome="amend"))
    found = measured(in_time, late, start="2026-04-01", end="2026-06-30")["W1.4f"]
    assert (found.cases, found.denominator) == (("A",), 2)


def test_a_review_with_earlier_ones_not_recorded_has_no_due_date_and_the_note_says_so() -> None:
    held = case(
        "A",
        fact("plan_sent", "2018-02-01"),
        fact("review_meeting_held", "2026-09-10"),
        fact("review_decision_sent", "2026-09-20", outcome="maintain"),
        history_from=fact("plan_sent", "2026-01-01").on,
    )
    found = measured(held)["W1.4f"]
    assert (found.numerator, found.denominator) == (0, 1)
    assert "earlier reviews are not recorded" in found.note


def test_a_child_with_two_reviews_is_two_reviews_and_one_case() -> None:
    twice = case(
        "A",
        PLAN,
        fact("review_meeting_held", "2026-09-02"),
        fact("review_decision_sent", "2026-09-05", outcome="maintain"),
        fact("review_meeting_held", "2026-10-02"),
        fact("review_decision_sent", "2026-10-05", outcome="maintain"),
    )
    found = measured(twice)["W1.4g"]
    assert (found.numerator, found.denominator, found.cases) == (2, 2, ("A",))


def test_review_dates_on_record_needs_a_next_date_and_the_meeting_of_each_review() -> None:
    good = reviewed("A", "2025-12-01", "2025-12-20")
    no_meeting = case("B", PLAN, fact("review_decision_sent", "2025-12-20", outcome="maintain"))
    no_date = case("C", fact("plan_sent", "2018-02-01"), history_from=PLAN.on)
    ended = case("D", PLAN, fact("plan_ceased", "2026-03-01"))
    found = measured(good, no_meeting, no_date, ended)["W1.4e"]
    assert (found.cases, found.of_cases) == (("A",), ("A", "B", "C"))


def test_what_is_not_recorded_says_so_in_words_and_has_no_figure() -> None:
    found = measured(reviewed("A", "2026-09-10"))["W1.2e"]
    assert (found.numerator, found.denominator, found.value) == (None, None, None)
    assert found.note == "Not recorded yet: audits of plans."
    assert found.rating is Rating.NONE
    assert not found.answered


def test_of_two_reviews_open_at_once_the_one_named_is_decided() -> None:
    both = case(
        "A",
        PLAN,
        fact("review_meeting_held", "2026-09-02", episode="first"),
        fact("review_meeting_held", "2026-09-20", episode="second"),
        fact("review_decision_sent", "2026-09-25", outcome="maintain", episode="first"),
    )
    found = measured(both)["W1.4g"]
    assert (found.numerator, found.denominator) == (1, 2)
    swapped = case(
        "A",
        PLAN,
        fact("review_meeting_held", "2026-08-20", episode="first"),
        fact("review_meeting_held", "2026-09-20", episode="second"),
        fact("review_decision_sent", "2026-09-25", outcome="maintain", episode="first"),
    )
    found = measured(swapped)["W1.4g"]
    assert (found.numerator, found.denominator) == (0, 1)


def test_a_decision_from_before_the_meeting_is_of_another_review() -> None:
    early = case(
        "A",
        PLAN,
        fact("review_decision_sent", "2026-09-05", outcome="maintain"),
        fact("review_meeting_held", "2026-09-20"),
    )
    found = measured(early)
    assert (found["W1.4g"].numerator, found["W1.4g"].denominator) == (0, 1)
    assert (found["W1.4f"].numerator, found["W1.4f"].denominator) == (0, 1)


def test_a_decision_after_the_as_at_date_is_not_in_the_twelve_months_either() -> None:
    held = reviewed("A", "2026-01-02", "2026-01-14")
    when = {"start": "2026-01-01", "end": "2026-03-31"}
    assert measured(held, **when, as_at="2026-01-13")["W1.4f"].numerator == 0
    assert measured(held, **when, as_at="2026-01-14")["W1.4f"].numerator == 1


def test_where_a_decision_answers_two_dates_the_earlier_is_the_reviews() -> None:
    amended = (
        fact("review_decision_sent", "2025-06-01"),
        fact("plan_sent", "2025-09-01"),
        fact("review_meeting_held", "2026-05-10"),
    )
    on_time = case("A", *amended, fact("review_decision_sent", "2026-05-31", outcome="maintain"))
    late = case("B", *amended, fact("review_decision_sent", "2026-06-01", outcome="maintain"))
    found = measured(on_time, late, start="2026-05-01", end="2026-07-31")["W1.4f"]
    assert (found.cases, found.denominator) == (("A",), 2)


def test_the_first_review_of_a_plan_made_elsewhere_counts_from_the_day_it_was_made() -> None:
    moved = Fact("plan_transferred_in", day("2026-02-02"), {"plan_made": day("2025-06-10")})
    held = fact("review_meeting_held", "2026-04-10")
    files = [
        case(on, moved, held, fact("review_decision_sent", on, outcome="maintain"))
        for on in ("2026-06-08", "2026-06-09", "2026-06-10")
    ]
    found = measured(*files, start="2026-04-01", end="2026-06-30")["W1.4f"]
    assert (found.cases, found.denominator) == (("2026-06-08", "2026-06-09"), 3)
