from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.people import Setting
from caseworker_app.services.returns import board_return
from tests.domain.measures.making import board, case, catalogue, day, fact

PLAN = fact("plan_sent", "2025-01-15")
NEEDS = ("ASD", "SLCN", "SEMH", "MLD")
BOW, ISLE = Setting("Bow School", "special", 11), Setting("Isle College", "post16")


def plans(**by_need: int) -> list[CaseFile]:
    """So many live plans of each need."""
    return [
        case(f"{need}{number}", PLAN, need=need)
        for need, count in by_need.items()
        for number in range(count)
    ]


def document(made: BoardReturn) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(json.dumps(board_return.as_json(made)))
    return parsed


def test_the_document_has_the_dates_the_measures_and_the_tables() -> None:
    found = document(board(plans(ASD=6, SLD=7), end="2026-11-30", as_at="2026-11-22"))
    assert (found["from"], found["to"], found["as_at"]) == (
        "2026-09-01",
        "2026-11-30",
        "2026-11-22",
    )
    assert found.keys() == {"from", "to", "as_at", "measures", "tables"}
    by_ref = {measure["ref"]: measure for measure in found["measures"]}
    assert by_ref.keys() >= {measure.ref for measure in catalogue()}
    everybody = [*(f"ASD{number}" for number in range(6)), *(f"SLD{number}" for number in range(7))]
    dates = by_ref["W1.4e"]
    assert dates.pop("definition").startswith("Of live plans: ")
    assert dates == {
        "ref": "W1.4e",
        "numerator": 13,
        "denominator": 13,
        "value": 1.0,
        "target": "100%",
        "rating": "green",
        "note": "",
        "hidden": False,
        "cases": everybody,
        "denominator_cases": everybody,
        "rows": [{"case": one, "on": None, "counts": True} for one in everybody],
    }
    assert found["tables"]["primary_need"]["ASD"] == 6
    assert sum(found["tables"]["primary_need"].values()) == 13


def test_small_numbers_are_null_with_a_partner_and_no_reference_leaves() -> None:
    files = plans(ASD=20, SLCN=3, SEMH=9)
    found = document(board(files, suppress=True))
    need = found["tables"]["primary_need"]
    assert (need["ASD"], need["SLCN"], need["SEMH"], need["MLD"]) == (20, None, None, 0)
    of_cases = {"cases", "denominator_cases", "rows"}
    assert not any(measure.keys() & of_cases for measure in found["measures"])
    assert not any(file.child.reference in json.dumps(found) for file in files)


def test_a_hidden_measure_has_neither_value_nor_rating() -> None:
    files = [
        *plans(ASD=30),
        *(case(f"S{number}", PLAN, setting=BOW) for number in range(3)),
        case("late", PLAN, fact("review_meeting_held", "2026-09-10")),
    ]
    found = {one["ref"]: one for one in document(board(files, suppress=True))["measures"]}
    special = found["S1.2a"]
    assert [special[key] for key in ("numerator", "denominator", "value")] == [None] * 3
    assert (special["rating"], special["hidden"]) == ("none", True)
    assert special["note"].startswith("Hidden: ")
    assert found["W1.4g"]["denominator"] is None
    assert found["S1.2b"]["numerator"] == 0


def test_counts_that_differ_by_a_small_number_are_not_both_shown() -> None:
    early = [
        case(
            f"E{number}",
            fact("request_received", "2026-07-01"),
            *((fact("exception", "2026-07-10", ground="EXC-C", note="x"),) if number < 2 else ()),
            fact("plan_sent", "2026-10-01"),
        )
        for number in range(20)
    ]
    made = board(early, suppress=True)
    found = {result.ref: result for result in made.measures}
    assert found["S2.1a"].hidden or found["S2.1a-without-exceptions"].hidden


def test_lists_give_a_reference_and_dates_when_small_numbers_are_hidden() -> None:
    files = [case("A", PLAN, need="", setting=BOW)]
    shown, hidden = board(files), board(files, suppress=True)
    assert (shown.overdue[0].setting, shown.overdue[0].caseworker) == ("Bow School", "Rosa Okafor")
    assert (hidden.overdue, hidden.to_mend) == ((), ())
    assert hidden.lists.plans == ()
    assert len(shown.lists.plans) == 1


def test_the_same_cases_give_the_same_return() -> None:
    files = plans(ASD=4, SLCN=9)
    assert board(files) == board(list(files))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Refused, match="ends before it starts"):
        Period(day("2026-02-01"), day("2026-01-31"))


def test_counting_can_be_stopped() -> None:
    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled(f"Stopped at {done} of {total}: {words}.")

    with pytest.raises(Cancelled):
        board_return.board(
            plans(ASD=2),
            Period(day("2026-01-01"), day("2026-02-01")),
            day("2026-02-01"),
            catalogue(),
            made_at=datetime(2026, 2, 1, tzinfo=UTC),
            progress=stop,
        )


def test_an_empty_store_has_a_return_of_noughts() -> None:
    made = board([], suppress=True)
    assert made.live == 0
    assert all(result.numerator in (0, None) for result in made.measures)
    assert not any(result.hidden for result in made.measures)


@st.composite
def files(draw: st.DrawFn) -> list[CaseFile]:
    """Caseloads of up to 40 plans, with reviews and assessments in any state."""
    made = []
    for number in range(draw(st.integers(0, 40))):
        facts = [PLAN] if draw(st.booleans()) else [fact("request_received", "2026-03-01")]
        if draw(st.booleans()):
            facts.append(fact("review_meeting_held", draw(st.sampled_from(_MEETINGS))))
        if draw(st.booleans()):
            outcome = draw(st.sampled_from(("maintain", "amend", "cease")))
            facts.append(fact("review_decision_sent", "2026-10-20", outcome=outcome))
        made.append(
            case(
                f"C{number:02}",
                *facts,
                need=draw(st.sampled_from(NEEDS)),
                setting=draw(st.sampled_from((None, BOW, ISLE))),
                born=day(draw(st.sampled_from(("2014-05-05", "2009-11-11", "2021-12-01")))),
            )
        )
    return made


_MEETINGS = ("2026-09-10", "2026-10-10", "2026-11-10")


@settings(max_examples=25)
@given(files())
def test_numerators_lie_in_denominators_and_tables_add_up(caseload: list[CaseFile]) -> None:
    made = board(caseload)
    for result in made.measures:
        if result.numerator is not None and result.denominator is not None and result.ref != "I2.2":
            assert result.numerator <= result.denominator
            assert set(result.cases) <= set(result.of_cases)
    for table in made.tables:
        if table.kind == "partition":
            assert sum(line.count or 0 for line in table.lines) == table.total


@settings(max_examples=15)
@given(files())
def test_nothing_published_shows_a_small_count_nor_a_small_remainder(
    caseload: list[CaseFile],
) -> None:
    made, small = board(caseload, suppress=True), range(1, 5)
    for table in made.tables:
        hidden = [line for line in table.lines if line.count is None]
        assert not any(line.count in small for line in table.lines)
        if table.kind == "partition" and table.total is not None:
            assert len(hidden) != 1
        for line in hidden:
            assert (line.share, line.value, line.cases) == (None, None, ())
    for result in made.measures:
        assert result.numerator not in small
        assert result.denominator not in small
        if result.numerator is not None and result.denominator is not None:
            assert result.ref == "I2.2" or result.denominator - result.numerator not in small
