"""The measures of growing up, of families and of suspensions, on cases with records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.brought_in import Suspension
from caseworker_app.domain.declarations.families import Feedback, Invitation
from caseworker_app.domain.declarations.growing_up import (
    Adulthood,
    AdultTransition,
    Pathway,
)
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.hiding import hide_small
from tests.domain.measures.making import board, case, counts, day, fact, measured, table

PLAN = fact("plan_sent", "2022-01-10")
MET = Fact("review_meeting_held", day("2026-10-01"), id="90")
NINE = day("2013-03-03")
ADULT, YOUNG = day("2006-03-03"), day("2009-12-01")
WHOLE = Adulthood(
    child_id="1", review_id="90", employment=True, living=True, community=True, health=True
)
ON_IT = Pathway(child_id="1", kind="internship", state="started", since=day("2026-09-07"))


def live(reference: str, *kept: Any, more: tuple[Fact, ...] = (), **given: Any) -> CaseFile:
    return case(reference, PLAN, *more, kept=kept, **{"born": ADULT, **given})


def told(result: Result) -> tuple[list[str], int | None]:
    return sorted(result.cases), result.denominator


def test_a_year_9_review_counts_with_all_four_areas_and_by_the_day_it_was_held() -> None:
    held = {"more": (MET,), "born": NINE}
    earlier = Fact("review_meeting_held", day("2026-05-01"), id="80")
    found = measured(
        live("whole", WHOLE, **held),
        live("three", replace(WHOLE, health=False), **held),
        live("nothing", **held),
        live("other review", replace(WHOLE, review_id="80"), more=(earlier, MET), born=NINE),
        live("year 10", WHOLE, more=(MET,), born=day("2012-03-03")),
        live("taught in 9", WHOLE, more=(MET,), born=day("2012-03-03"), actual_year=9),
        live("not held", WHOLE, born=NINE),
    )["I2.3"]
    assert told(found) == (["taught in 9", "whole"], 5)


def test_a_pathway_is_known_where_one_runs_or_is_planned() -> None:
    files = [
        live("runs", ON_IT),
        live("planned", replace(ON_IT, state="planned", since=day("2027-09-01"))),
        live("over", replace(ON_IT, until=day("2026-10-01"))),
        live("not known", replace(ON_IT, kind="unknown")),
        live("none", born=day("2010-11-22")),
        live("fifteen", ON_IT, born=day("2010-11-23")),
        case("no plan", kept=(ON_IT,), born=ADULT),
    ]
    found = measured(*files)
    assert told(found["W1.6d"]) == (["planned", "runs"], 5)
    lines = counts(table(board(files).caseload, "pathway"))
    assert lines == {"internship": 2, "unknown": 1, "not_recorded": 2}
    small = hide_small(board(files))
    hidden = next(one for one in small.measures if one.ref == "W1.6d")
    assert hidden.numerator is None
    assert set(counts(table(small.caseload, "pathway")).values()) <= {None, 0}


def test_who_took_an_internship_up_counts_for_twelve_months() -> None:
    found = measured(
        live("yes", ON_IT, replace(ON_IT, since=day("2026-10-01"))),
        live("last day", replace(ON_IT, since=day("2025-11-23"))),
        live("too long ago", replace(ON_IT, since=day("2025-11-22"))),
        live("planned", replace(ON_IT, state="planned")),
        live("tomorrow", replace(ON_IT, since=day("2026-11-23"))),
        live("other", replace(ON_IT, kind="supported_apprenticeship")),
    )
    assert told(found["S5.2a"]) == (["last day", "yes"], None)
    assert told(found["S5.2b"]) == (["other"], None)


def test_a_transition_plan_counts_when_it_is_dated_before_the_birthday() -> None:
    turns = day("2008-10-10")
    yes = AdultTransition(child_id="1", needed="yes", plan_on=day("2026-10-09"))

    def young(reference: str, *kept: Any, **given: Any) -> CaseFile:
        return live(reference, *kept, **{"born": turns, **given})

    found = measured(
        young("in time", yes),
        young("on the day", replace(yes, plan_on=day("2026-10-10"))),
        young("no plan", replace(yes, plan_on=None)),
        young("not needed", replace(yes, needed="no")),
        young(
            "changed",
            replace(yes, needed="no", decided_on=day("2026-01-01"), id="1"),
            replace(yes, decided_on=day("2026-06-01"), id="2"),
        ),
        young("not decided"),
        young("ceased", yes, more=(fact("plan_ceased", "2026-10-01"),)),
        young("outside the period", yes, born=day("2008-08-31")),
    )["W1.7d"]
    assert told(found) == (["changed", "in time"], 4)
    assert "nobody has decided" in found.note


def test_who_lives_outside_is_told_by_the_address_of_the_day() -> None:
    away = Address(child_id="1", postcode="CM1 1QH", inside="no", since=day("2026-01-01"))
    found = measured(
        live("outside", away),
        live(
            "moved back",
            replace(away, until=day("2026-06-30")),
            replace(away, inside="yes", since=day("2026-07-01")),
        ),
        live("eighteen", away, born=day("2007-11-23")),
        live("not recorded"),
    )["S5.3b"]
    assert told(found) == (["outside"], None)
    assert "not recorded" in found.note


def test_what_families_say_counts_and_opens_a_case_only_where_they_agreed() -> None:
    asked = [
        live(
            f"R{at}",
            Invitation(
                child_id="1",
                about="review",
                sent_on=day("2026-09-01"),
                way="letter",
                token=f"T{at}",
            ),
        )
        for at in range(3)
    ]
    answer = Feedback(
        about="assessment",
        on=day("2026-10-01"),
        given_by="parent",
        rating="good",
        involved="agree",
        reflects="neither",
    )
    answers = [
        replace(answer, token="t0", known=True),
        replace(answer, token="T1"),
        replace(answer, token="strange", known=True, rating="poor", reflects="strongly_agree"),
        replace(answer, about="review", involved=""),
        replace(answer, given_by="", involved="disagree"),
        replace(answer, on=day("2026-08-31"), token="T2", known=True),
        replace(answer, given_by="young_person"),
        replace(answer),
    ]
    found = measured(*asked, beside=answers)
    by = {ref: (found[ref].numerator, found[ref].denominator) for ref in ("W1.8b", "W1.8c")}
    assert by == {"W1.8b": (1, 7), "W1.8c": (5, 6)}
    assert found["W1.8c"].cases == ("R0",)
    # Four parents answered about an assessment: too few for a figure.
    assert found["S2.1b"].numerator is None
    more = measured(*asked, beside=[*answers, replace(answer, rating="very_poor")])["S2.1b"]
    assert (more.numerator, more.denominator, more.cases) == (3, 5, ("R0",))


def test_suspensions_and_exclusions_are_those_of_the_period() -> None:
    out = Suspension(child_id="1", since=day("2026-10-01"), half_days=3)
    gone = Suspension(child_id="1", since=day("2026-10-01"), permanent=True, upheld="yes")

    def pupil(reference: str, *kept: Any, **given: Any) -> CaseFile:
        return live(reference, *kept, **{"born": day("2014-05-05"), **given})

    found = measured(
        pupil("twice", out, replace(out, since=day("2026-11-01"))),
        pupil("before", replace(out, since=day("2026-08-31"))),
        pupil("for good", gone),
        pupil("not upheld", replace(gone, upheld="no")),
        pupil("open", replace(gone, upheld="")),
        pupil("none"),
        live("adult", out),
    )
    assert told(found["S3.2a"]) == (["twice"], 6)
    assert told(found["S3.2b"]) == (["for good"], None)


def test_what_nobody_recorded_is_said_not_to_be_recorded() -> None:
    found = measured(live("bare"))
    refs = ("I2.3", "W1.6d", "W1.7d", "S5.2a", "S5.3b", "W1.8b", "S2.1b", "S3.2a", "S3.2b")
    assert all(found[ref].note.startswith("Not recorded yet") for ref in refs)
    assert "pathway" not in {one.key for one in board([live("bare")]).caseload}
