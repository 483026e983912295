"""The measures of what plans say, on cases with records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.declarations.thread import (
    Aspiration,
    DescribedNeed,
    Judgement,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.facts import Fact
from tests.domain.measures.making import case, day, fact, measured

ON = day("2025-01-10")
HOPE = Aspiration(child_id="1", whose="child", words="Bake", on=ON, id="1")
NEED = DescribedNeed(child_id="1", section="B", words="Speech", id="2")
AIM = Outcome(child_id="1", aspiration_id="1", area="well", words="Ten", set_on=ON, id="3")
GIVEN = Provision(
    child_id="1", section="F", what="SLT", who="SLT", since=ON, cost=100, funder="health", id="4"
)
BEHIND = NeedBehind(child_id="1", outcome_id="3", need_id="2", id="5")
FOR = ProvisionFor(child_id="1", provision_id="4", outcome_id="3", id="6")
WHOLE = (HOPE, NEED, AIM, GIVEN, BEHIND, FOR)
PLAN = fact("plan_sent", "2025-01-10")
MET = Fact("review_meeting_held", day("2026-10-01"), id="90")


def live(reference: str, *kept: Any, more: tuple[Fact, ...] = ()) -> CaseFile:
    return case(reference, PLAN, *more, kept=kept)


def figures(ref: str, *files: CaseFile) -> tuple[list[str], int | None]:
    result = measured(*files)[ref]
    return sorted(result.cases), result.denominator


def test_a_thread_is_whole_where_every_outcome_has_all_behind_it() -> None:
    ended = replace(GIVEN, until=day("2026-11-01"))
    coming = replace(GIVEN, since=day("2027-01-01"))
    second = replace(AIM, id="9")
    assert figures(
        "W1.1e",
        live("whole", *WHOLE),
        live("bare"),
        live("no hope", NEED, replace(AIM, aspiration_id=None), GIVEN, BEHIND, FOR),
        live("no need", HOPE, AIM, GIVEN, FOR),
        live("ended", HOPE, NEED, AIM, ended, BEHIND, FOR),
        live("coming", HOPE, NEED, AIM, coming, BEHIND, FOR),
        live("one of two", *WHOLE, second),
        live("second ended", *WHOLE, replace(second, ended_on=day("2026-01-01"))),
        case("no plan", kept=WHOLE),
    ) == (["second ended", "whole"], 8)
    note = measured(live("whole", *WHOLE), live("bare"))["W1.1e"].note
    assert note == "1 live plans have no outcome recorded, and do not pass."


def test_provision_is_costed_where_each_has_a_cost_and_a_funder() -> None:
    free = replace(GIVEN, id="7", cost=0)
    assert figures(
        "S3.1b",
        live("yes", GIVEN, free),
        live("no cost", GIVEN, replace(free, cost=None)),
        live("no funder", replace(GIVEN, funder="")),
        live("none", NEED),
        live("old fault", GIVEN, replace(free, cost=None, until=day("2026-01-01"))),
    ) == (["old fault", "yes"], 5)


def test_outcomes_are_looked_at_by_the_last_review_held() -> None:
    def said(kept: str, outcome: str = "3", review: str = "90") -> Judgement:
        return Judgement(
            child_id="1", outcome_id=outcome, review_id=review, progress="some", kept=kept
        )

    before = Fact("review_meeting_held", day("2025-12-01"), id="80")
    new = replace(AIM, id="8", set_on=MET.on)
    old = replace(AIM, ended_on=MET.on)
    reviewed = (before, MET)
    assert figures(
        "W1.5c",
        live("kept", AIM, said("kept"), more=reviewed),
        live("rewritten", old, new, said("rewritten"), more=reviewed),
        live("silent", AIM, said(""), more=reviewed),
        live("earlier", AIM, said("kept", review="80"), more=reviewed),
        live("one of two", AIM, replace(AIM, id="8"), said("kept"), more=reviewed),
        live("none", more=reviewed),
        live("no review", AIM, said("kept")),
    ) == (["kept", "rewritten"], 6)


def test_a_personal_budget_counts_while_it_runs() -> None:
    budget = PersonalBudget(child_id="1", part="care", way="direct", since=ON)
    paid = Fact("direct_payment_started", day("2025-03-01"))
    assert figures(
        "S3.1a",
        live("runs", budget),
        live("refused", replace(budget, decision="refused", since=None)),
        live("over", replace(budget, until=day("2026-01-01")), more=(paid,)),
        live("later", replace(budget, since=day("2027-01-01"))),
        live("asked", replace(budget, since=None, asked_on=ON)),
        live("fact", more=(paid,)),
        live("nothing"),
    ) == (["fact", "runs"], None)


def test_what_nobody_recorded_is_said_not_to_be_recorded() -> None:
    found = measured(live("bare"))
    for ref in ("W1.1e", "W1.5c", "S3.1b", "S3.1a"):
        assert found[ref].note.startswith("Not recorded yet"), ref


def version(fact_id: str, template: str, number: int) -> PlanVersion:
    kind = "first" if number == 1 else "amended"
    return PlanVersion(
        child_id="1",
        number=number,
        kind=kind,
        fact_id=fact_id,
        template=template,
        id=f"v{number}",
    )


def template(code: str, words: str, place: int | None = None, *, ended: bool = False) -> Choice:
    return Choice(
        of_list="plan templates", code=code, words=words, place=place, ended=ended, id=code
    )


def test_plans_of_the_conversion_template_count_by_what_they_are_on_now() -> None:
    first = Fact("plan_sent", day("2017-01-10"), id="1")
    amended = Fact("amended_plan_sent", day("2024-01-10"), id="2")
    coming = Fact("amended_plan_sent", day("2027-01-10"), id="3")
    was = version("1", " conversion", 1)

    def plan(reference: str, now: str, *kept: Any) -> CaseFile:
        return case(reference, first, amended, coming, template=now, kept=kept)

    files = (
        plan("newest", "v3", was, version("2", "V3", 2)),
        plan("between", "V2", was, version("2", "V2", 2)),
        plan("still", "Conversion"),
        plan("to come", "Conversion", was, version("3", "V3", 3)),
        plan("never", "V3", version("2", "V3", 2)),
        plan("nobody says", ""),
    )
    ours = [template("v2", "V2", 1), template("v3", "V3", 2), template("v9", "V9", 9, ended=True)]
    found = measured(*files, beside=ours)["W1.5b"]
    assert (found.cases, found.denominator) == (("newest",), 4)
    assert found.note == "The newest is V3."
    for listed in ([], [template("v3", "V3", ended=True)], [template("conversion", "Old", 5)]):
        unknown = measured(*files, beside=listed)["W1.5b"]
        assert unknown.numerator is None
        assert "newest" in unknown.note


def test_judgements_of_the_last_review_are_counted_one_by_one() -> None:
    before = Fact("review_meeting_held", day("2025-10-01"), id="80")

    def judged(progress: str, review: str = "90", key: str = "j") -> Judgement:
        return Judgement(child_id="1", outcome_id="3", review_id=review, progress=progress, id=key)

    result = measured(
        live("both", judged("achieved"), judged("some", key="k"), more=(MET,)),
        live("once", judged("none", "80"), judged("on_track", key="k"), more=(before, MET)),
        live("earlier alone", judged("achieved", "80"), more=(before, MET)),
    )["C1"]
    assert (result.numerator, result.denominator, result.cases) == (2, 3, ("both", "once"))
    assert measured(live("none", more=(MET,)))["C1"].numerator is None


def test_short_breaks_are_tied_to_outcomes_that_stand() -> None:
    rest = replace(GIVEN, short_break=True)
    result = measured(
        live("tied", AIM, rest, FOR),
        live("loose", AIM, rest),
        live("ended aim", replace(AIM, ended_on=day("2026-01-01")), rest, FOR),
        live("over", AIM, replace(rest, until=day("2026-01-01")), FOR),
        live("no break", AIM, GIVEN, FOR),
    )["C2"]
    assert (result.cases, result.denominator) == (("tied",), 3)
    assert measured(live("none", AIM, GIVEN))["C2"].numerator is None
