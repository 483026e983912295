"""The measures of audits, on cases with audits."""

from __future__ import annotations

from typing import Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.auditing import (
    AuditTool,
    Criterion,
    Mark,
    Moderation,
    PlanAudit,
)
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.board import Result
from tests.domain.measures.making import case, day, fact, measured

TOOL = AuditTool(
    name="Ours",
    edition=1,
    since=day("2015-01-01"),
    threshold=75,
    criteria=(Criterion("advice", "B", "Advice"), Criterion("care", "D", "Care")),
    id="7",
)
NEW, OLD = fact("plan_sent", "2026-10-01"), fact("plan_sent", "2017-03-01")


def audit(on: str, advice: str = "met", care: str = "met", key: str = "1") -> PlanAudit:
    marks = tuple(Mark(code, said) for code, said in (("advice", advice), ("care", care)) if said)
    return PlanAudit(
        child_id="1",
        plan_version_id="1",
        tool_id="7",
        auditor="A",
        on=day(on),
        kind="desk",
        marks=marks,
        id=key,
    )


def live(reference: str, *kept: Any, plan: Fact = NEW, more: tuple[Fact, ...] = ()) -> CaseFile:
    return case(reference, plan, *more, kept=kept)


def told(ref: str, *files: CaseFile) -> Result:
    return measured(*files, beside=(TOOL,))[ref]


def figures(ref: str, *files: CaseFile) -> tuple[list[str], int | None]:
    result = told(ref, *files)
    return sorted(result.cases), result.denominator


def test_with_no_audit_by_the_day_nothing_is_said() -> None:
    for files in ((live("a"),), (live("a", audit("2026-11-23")),)):
        for ref in ("W1.1d", "W1.2c", "W1.2e", "W1.5a", "S2.2"):
            result = told(ref, *files)
            assert (result.numerator, result.note) == (None, "Not recorded yet: audits of plans.")


def test_new_plans_are_judged_by_their_last_audit_since() -> None:
    files = (
        live("met", audit("2026-10-05", "not"), audit("2026-11-05", key="2")),
        live("not", audit("2026-10-05"), audit("2026-11-05", "not", key="2")),
        live("silent", audit("2026-10-05", "na")),
        live("before the plan", audit("2026-09-05")),
        live("not audited"),
        live("not of the period", audit("2026-10-05"), plan=OLD),
    )
    assert figures("W1.1d", *files) == (["met"], 3)
    assert told("W1.1d", *files).note == (
        "1 audit says nothing of the professionals' advice, and does not pass."
    )
    assert figures("W1.2e", *files) == (["met", "silent"], 3)


def test_the_threshold_itself_is_enough_and_a_second_look_counts() -> None:
    # Met and partly met come to three points of four, or 75 per cent.
    second = Moderation(
        child_id="1",
        audit_id="1",
        moderator="B",
        on=day("2026-11-01"),
        marks=(Mark("advice", "not"),),
        id="9",
    )
    files = (
        live("at it", audit("2026-10-05", care="partly")),
        live("below", audit("2026-10-05", "partly", "partly")),
        live("marked down", audit("2026-10-05"), second),
        live("not finished", audit("2026-10-05", care="")),
    )
    assert figures("W1.2e", *files) == (["at it"], 4)
    assert figures("W1.1d", *files) == (["at it", "not finished"], 4)


def test_care_needs_of_every_audited_plan() -> None:
    ended = fact("plan_ceased", "2026-11-01")
    assert figures(
        "W1.2c",
        live("met", audit("2020-01-01"), plan=OLD),
        live("ended", audit("2020-01-01"), plan=OLD, more=(ended,)),
        live("partly", audit("2026-10-05", care="partly")),
        live("not said", audit("2026-10-05", care="na")),
        live("bare"),
    ) == (["ended", "met"], 4)


def test_old_plans_need_one_audit_that_meets_the_standard() -> None:
    moved = Fact("plan_transferred_in", day("2022-09-01"), {"plan_made": day("2017-05-01")})
    again = (fact("plan_ceased", "2019-01-01"), fact("plan_sent", "2021-01-01"))
    later = fact("plan_sent", "2020-11-01", first="no")
    files = (
        live("good once", audit("2020-01-01"), audit("2026-01-01", "not", "not", "2"), plan=OLD),
        live("weak", audit("2020-01-01", "not", "not"), plan=OLD),
        live("moved", audit("2023-01-01"), plan=moved),
        live("made anew", audit("2023-01-01"), plan=OLD, more=again),
        live("edge", plan=fact("plan_sent", "2018-04-01")),
        live("not known", audit("2023-01-01"), plan=later),
    )
    assert figures("S2.2", *files) == (["good once", "moved"], 3)
    assert told("S2.2", *files).note == (
        "1 live plan is not counted: only the day of a later version is known."
    )


def test_phase_transfer_reviews_count_where_they_were_held() -> None:
    def moving(reference: str, *kept: Any, held: str = "") -> CaseFile:
        more = (fact("review_meeting_held", held),) if held else ()
        return case(
            *(reference, fact("plan_sent", "2022-01-10"), *more),
            kept=kept,
            born=day("2015-03-01"),
        )

    def shares(*files: CaseFile) -> tuple[list[str], int | None]:
        found = measured(*files, beside=(TOOL,), start="2026-01-01", end="2026-12-20")
        result = found["W1.5a"]
        return sorted(result.cases), result.denominator

    files = (
        moving("audited", audit("2025-11-20"), held="2025-11-20"),
        moving("audited before", audit("2025-11-19"), held="2025-11-20"),
        moving("not held", audit("2025-11-20")),
    )
    assert shares(*files) == (["audited"], 2)


def test_audits_of_the_period_are_good_where_the_plan_meets_the_standard() -> None:
    files = (
        live("good", audit("2026-09-01"), audit("2026-08-31", care="not", key="2")),
        live("weak", audit("2026-11-22", care="not")),
        live("not complete", audit("2026-10-10", care="")),
    )
    assert figures("B7", *files) == (["good"], 2)
    assert told("B7", live("a")).numerator is None
