"""The period before a return: which it is, what stood then, and that it gives nothing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from caseworker_app.domain.measures.before import (
    past_values,
    period_before,
    shown,
    trend_of,
    way,
)
from caseworker_app.domain.measures.board import ASKED, BoardReturn, Period, Result
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import SENTENCE_LEFT_OUT, protect
from caseworker_app.domain.measures.relations import NUMERATOR
from caseworker_app.domain.measures.suppression import Counts
from tests.domain.measures.making import board, case, day, fact
from tests.support.attacker import narrowed
from tests.support.invented import files_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-09-01", "2026-10-31", ("2026-07-01", "2026-08-31")),
        ("2026-09-01", "2026-11-22", ("2026-06-01", "2026-08-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-09-07", "2026-09-13", ("2026-08-31", "2026-09-06")),
    ],
)
def test_the_period_before_is_as_long_and_ends_the_day_before(
    start: str, end: str, before: tuple[str, str]
) -> None:
    found = period_before(Period(day(start), day(end)))
    assert (found.start, found.end) == (day(before[0]), day(before[1]))


def some() -> BoardReturn:
    """A return of meetings: of ten in July six were decided in time, of ten in September all."""
    decided = ["2026-07-10"] * 6 + ["2026-09-20"] * 4
    files = [
        case(
            f"C{place}",
            fact("plan_sent", "2024-03-01"),
            fact("review_meeting_held", "2026-07-01"),
            fact("review_decision_sent", on, outcome="maintain"),
            fact("review_meeting_held", "2026-09-25"),
            fact("review_decision_sent", "2026-10-01", outcome="maintain"),
        )
        for place, on in enumerate(decided)
    ]
    return board(files, start="2026-09-01", end="2026-10-31", before=True)


def of(made: BoardReturn, ref: str) -> Result:
    return next(one for one in made.measures if one.ref == ref)


def test_a_measure_stands_beside_what_it_was() -> None:
    made = some()
    then = made.before
    assert then is not None
    assert then.period == Period(day("2026-07-01"), day("2026-08-31"))
    assert then.as_at == then.period.end
    now, was = of(made, "W1.4g"), of(then, "W1.4g")
    assert (shown(was), shown(now)) == ("60.0%", "100.0%")
    found = way(now, was)
    assert found is not None
    assert found.value == "better"
    words = "60.0% (July to August 2026) → 100.0%"
    assert trend_of(now, was, (), then.period) == words
    assert then.tables == ()


def test_what_was_published_makes_the_trend() -> None:
    kept: list[Edition] = []
    decided = ["2026-03-09"] * 9 + ["2026-06-01"] * 9
    files = [
        case(
            f"C{place:02}",
            fact("plan_sent", "2024-03-01"),
            fact("review_meeting_held", "2026-03-01"),
            fact("review_decision_sent", on, outcome="amend"),
        )
        for place, on in enumerate(decided)
    ]
    board(files, suppress=True, start="2026-03-01", end="2026-04-30", keep=kept.append)
    made = board(files, start="2026-09-01", end="2026-10-31", before=True, earlier=kept)
    now, then = of(made, "W1.4g"), made.before
    assert then is not None
    words = trend_of(now, of(then, "W1.4g"), made.past, then.period)
    assert words.startswith("50.0% (March to April 2026)")


def test_an_answer_published_since_takes_no_place_in_the_trend_of_other_measures() -> None:
    def edition(month: int, **counts: int) -> Edition:
        cells = {(ref, NUMERATOR): count for ref, count in counts.items()}
        period = Period(date(2026, month, 1), date(2026, month, 28))
        return Edition(period, period.end, Counts(cells), frozenset())

    boards = [edition(month, B8=month, B9=10) for month in (1, 2)]
    answers = [edition(2, B9=20), *(edition(month, B9=30) for month in (3, 4, 5)), edition(6)]
    found = past_values((*boards, *answers), TODAY)
    assert [one.values["B8"] for one in found if "B8" in one.values] == [1, 2]
    assert [one.values["B9"] for one in found if "B9" in one.values] == [20, 30, 30, 30]
    assert all(one.values for one in found)


def test_a_sentence_of_an_owner_that_tells_a_number_is_left_out_of_what_goes_out() -> None:
    said = {
        "W1.4g": "Two staff left in May 2026. We hired 3 more. Back on course by 1 March 2027.",
        "W1.4e": "Every date is in.",
    }
    whole = replace(board([case("A", fact("plan_sent", "2025-01-15"))]), commentary=said)
    public = protect(whole)[0].commentary
    assert public["W1.4g"] == f"Back on course by 1 March 2027. {SENTENCE_LEFT_OUT}"
    assert public["W1.4e"] == said["W1.4e"]


def test_a_per_cent_that_is_asked_of_the_board_goes_out_only_where_no_measure_is_hidden() -> None:
    words = "Half are late: 43% by now. Agree the funding by May 2027."
    for count, left in ((1, True), (6, False)):
        files = [case(f"C{at}", fact("plan_sent", "2025-01-15")) for at in range(count)]
        whole = replace(board(files), commentary={ASKED: words})
        public = protect(whole)[0]
        assert any(one.hidden for one in public.measures) is left
        assert (SENTENCE_LEFT_OUT in public.commentary[ASKED]) is left


def test_a_withdrawn_return_stands_in_no_trend() -> None:
    kept = [replace(protect(board([], end=end))[1], withdrawn=end < "2026-10-01") for end in ENDS]
    assert len(past_values(kept, TODAY)) == len(ENDS) - 1


ENDS = ("2026-09-30", "2026-10-31")
BOROUGHS = ((30, 3), (70, 8))


@cache
def both(children: int, seed: int) -> tuple[list[BoardReturn], list[BoardReturn]]:
    """What a return shows, the period before it first; and the same with nothing hidden."""
    files = files_of(TODAY, children, seed)
    made, whole = (board(files, suppress=hide, before=True) for hide in (True, False))
    assert made.before is not None
    assert whole.before is not None
    return [made.before, made], [whole.before, whole]


@pytest.mark.parametrize("borough", BOROUGHS)
def test_no_hidden_figure_is_narrowed_by_the_period_before(borough: tuple[int, int]) -> None:
    seen, whole = both(*borough)
    assert narrowed(seen, whole) == []
    assert any(one.hidden for one in seen[0].measures)


def test_the_public_is_told_shares_of_the_period_before_and_not_what_they_are_of() -> None:
    seen, whole = both(*BOROUGHS[1])
    for told, true in zip(seen[0].measures, whole[0].measures, strict=True):
        if told.hidden or told.by_hand or true.value is None:
            continue
        if true.shared:
            assert (told.numerator, told.denominator) == (None, None)
            assert told.value == round(true.value, 3)
        else:
            assert told.value == (None if told.ref == "B6" else true.value)
    assert of(seen[1], "W1.4e").denominator == seen[1].live is not None


def test_the_return_and_the_period_before_it_are_both_remembered() -> None:
    files = files_of(TODAY, 70, 8)
    kept: list[Edition] = []
    made = board(files, suppress=True, before=True, keep=kept.append)
    assert made.before is not None
    times = [(made.before.period, made.before.as_at), (made.period, made.as_at)]
    assert [one.when for one in kept] == times
    again: list[Edition] = []
    told = [edition_of(one.packed()) for one in kept]
    board(files, suppress=True, before=True, earlier=told, keep=again.append)
    assert [one.when for one in again] == times[1:]


def test_plans_begun_and_ended_are_tied_to_those_that_were_live_before() -> None:
    """A small number of plans ended follows from two numbers of live plans."""
    sent = fact("plan_sent", "2024-03-01")
    ended = [case(f"E{n}", sent, fact("plan_ceased", "2026-10-01")) for n in range(3)]
    begun = [case(f"B{n}", fact("plan_sent", "2026-10-01")) for n in range(9)]
    files = [*(case(f"C{n:02}", sent) for n in range(20)), *ended, *begun]
    first, second = (
        board(files, start=start, end=end)
        for start, end in (("2026-07-01", "2026-08-31"), ("2026-09-01", "2026-10-31"))
    )
    assert narrowed([protect(one)[0] for one in (first, second)], [first, second])
    seen, edition = protect(first)
    assert narrowed([seen, protect(second, [edition])[0]], [first, second]) == []
