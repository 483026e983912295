"""A return kept in few bytes comes back as it was, with ids for names."""

from __future__ import annotations

import lzma
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from caseworker_app.domain.declarations.brought_in import Suspension
from caseworker_app.domain.declarations.growing_up import Pathway
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Line, Past, Result
from caseworker_app.domain.measures.differences import answered, counted_again, differences
from caseworker_app.domain.measures.every_figure import every_figure
from caseworker_app.domain.measures.hiding import protect
from caseworker_app.domain.measures.kept import packed, renamed, unpacked
from tests.domain.measures.making import board, case, day, fact

IDS = {f"C{number:02}": str(number + 40) for number in range(8)}
NAMES = {key: reference for reference, key in IDS.items()}


def made(*, ceased: int = 1) -> BoardReturn:
    files = [
        case(
            reference,
            fact("plan_sent", "2024-03-01"),
            fact("review_meeting_held", f"2026-09-{10 + number}"),
            *([fact("plan_ceased", "2026-10-01", reason="1")] if number < ceased else []),
        )
        for number, reference in enumerate(IDS)
    ]
    whole = board(files)
    before = replace(board(files, start="2026-06-01", end="2026-08-31"), live=None, terms=())
    empty = dict.fromkeys(
        ("annual_reviews", "assessments", "transfers", "caseload", "overdue_counts", "mend_counts"),
        (),
    )
    past = Past(before.period, before.as_at, {"W1.4g": None, "W1.4f": 0.5})
    return replace(
        whole,
        before=replace(before, **empty, overdue=(), to_mend=()),
        past=(past,),
        commentary={"W1.4g": "Better soon. (A. Ford, 1 Oct 2026)"},
        narrowed=2,
    )


def test_all_but_the_lists_and_the_reasons_comes_back() -> None:
    whole = made()
    back = renamed(unpacked(packed(renamed(whole, IDS), whole)), NAMES)
    for one, other in zip(every_figure(whole), every_figure(back), strict=True):
        assert replace(one, things=()) == replace(other, things=())
        assert Counter(map(_bare, one.things)) == Counter(map(_bare, other.things))
    kept = [(result.cases, result.of_cases) for result in _all(whole)]
    assert [(result.cases, result.of_cases) for result in _all(back)] == kept
    assert [replace(one, things=(), cases=(), of_cases=()) for one in back.measures] == [
        replace(one, things=(), cases=(), of_cases=()) for one in whole.measures
    ]
    assert (back.terms, back.past, back.commentary) == (whole.terms, whole.past, whole.commentary)
    assert (back.council, back.narrowed, back.live) == (whole.council, 2, whole.live)
    assert back.before is not None
    assert whole.before is not None
    assert [one.figures for one in every_figure(back.before)] == [
        one.figures for one in every_figure(whole.before)
    ]
    assert differences(whole, back) == ()


def _all(one: BoardReturn) -> list[Result | Line]:
    return [*one.measures, *(line for table in one.tables for line in table.lines)]


def _bare(thing: object) -> object:
    return replace(thing, why="")  # type: ignore[type-var]


def test_a_denominator_that_somebody_told_has_no_cases_behind_it() -> None:
    whole = made()
    told = replace(whole.measures[0], numerator=3, denominator=400, by_hand=False)
    told = replace(told, things=_some(whole).things, cases=_some(whole).cases, of_cases=())
    back = unpacked(packed(renamed(replace(whole, measures=(told,)), IDS), whole)).measures[0]
    assert (back.of_cases, len(back.cases), back.denominator) == ((), len(told.cases), 400)


def _some(one: BoardReturn) -> Result:
    return next(result for result in one.measures if len(result.cases) > 2)


def test_the_same_figures_are_the_same_bytes_and_name_nobody() -> None:
    whole = made()
    body = packed(renamed(whole, IDS), whole)
    assert body == packed(renamed(made(), IDS), whole)
    text = lzma.decompress(body).decode()
    assert not [name for name in ("Surname", "Forename", *IDS) if name in text]


def test_what_is_hidden_of_the_period_before_is_not_kept_with_it() -> None:
    whole = made()
    public, _ = protect(whole)
    assert whole.before is not None
    hidden, _ = protect(whole.before)
    back = unpacked(packed(renamed(whole, IDS), replace(public, before=hidden)))
    assert back.before is not None
    assert [one.hidden for one in back.before.measures] == [one.hidden for one in hidden.measures]
    assert [one.figures for one in every_figure(back.before)] == [
        one.figures for one in every_figure(hidden)
    ]


def test_what_cannot_be_read_is_told() -> None:
    whole = renamed(made(), IDS)
    for body in (b"", b"nothing", packed(whole, whole)[:-40]):
        with pytest.raises(Unreadable, match="kept return"):
            unpacked(body)


def test_a_figure_that_came_to_something_else_is_told_and_the_others_stand() -> None:
    kept, again = renamed(made(), IDS), renamed(made(ceased=2), IDS)
    same = counted_again(kept, kept, NAMES)
    assert (same.other, same.disposed) == ((), 0)
    found = counted_again(kept, again, NAMES)
    keys = {one.key for one in found.other}
    assert ("live", "") in keys
    assert ("ceased_by_reason", "1") in keys or any(key[0] == "primary_need" for key in keys)
    figures = {one.key: one.figures for one in every_figure(found.board)}
    parts = {key for key, line in keys if line == "total"}
    for one in every_figure(kept):
        assert figures[one.key] == one.figures or one.key in keys or one.ref in parts
    for one in every_figure(again):
        if one.key in keys:
            assert figures[one.key] == one.figures


def test_those_who_are_gone_are_counted_as_they_were_kept() -> None:
    kept = renamed(made(), IDS)
    there = {key: name for key, name in NAMES.items() if key != "42"}
    files = [
        case(
            reference,
            fact("plan_sent", "2024-03-01"),
            fact("review_meeting_held", f"2026-09-{10 + number}"),
            *([fact("plan_ceased", "2026-10-01", reason="1")] if number < 1 else []),
        )
        for number, reference in enumerate(IDS)
        if reference != "C02"
    ]
    found = counted_again(kept, renamed(board(files), IDS), there)
    assert (found.other, found.disposed) == ((), 1)
    figures = {one.key: one.figures for one in every_figure(found.board)}
    assert figures == {one.key: one.figures for one in every_figure(kept)}
    assert not any(
        thing.reference == "42" for one in every_figure(found.board) for thing in one.things
    )
    assert found.board.as_at == day("2026-11-22")


def test_what_the_last_child_had_who_is_gone_is_still_counted_of_the_others() -> None:
    plan = fact("plan_sent", "2024-03-01")
    budget = PersonalBudget(
        id="42",
        child_id="42",
        part="care",
        way="direct",
        since=day("2025-01-01"),
        until=day("2025-02-01"),
    )
    suspended = Suspension(id="43", child_id="42", since=day("2024-10-01"))
    pathway = Pathway(
        id="44", child_id="42", kind="employment", state="started", since=day("2024-10-01")
    )
    had = [
        case("C00", plan, born=day("2009-05-05")),
        case("C01", plan, caseworker="Ada Mensah"),
        case("C02", plan, caseworker="Jo Bloggs", kept=[budget, suspended, pathway]),
    ]
    kept = renamed(board(had, audience=Audience.MANAGERS), IDS)
    has = {one.ref for one in kept.measures if one.answered} | {one.key for one in kept.tables}
    assert {"budgets", "pathway", "S3.1a", "S3.2a", "S3.2b", "W1.6d"} <= has

    def again(**more: Any) -> BoardReturn:
        return renamed(board(had[:2], audience=Audience.MANAGERS, **more), IDS)

    found = counted_again(kept, again(answered=answered(kept)), ("40", "41"))
    assert (found.other, found.disposed) == ((), 1)
    figures = {one.key: one.figures for one in every_figure(found.board)}
    assert figures == {one.key: one.figures for one in every_figure(kept)}
    new = again()
    assert not {"budgets", "pathway"} & {one.key for one in new.tables}
    assert {one.ref for one in new.measures if one.answered}.isdisjoint(("S3.1a", "S3.2a"))


def test_what_nobody_recorded_of_the_one_who_is_gone_is_no_figure_of_nobody() -> None:
    met = fact("review_meeting_held", "2026-09-10")
    had = [case("C00"), case("C01", fact("plan_sent", "2024-03-01"), met)]
    kept = renamed(board(had), IDS)
    assert not next(one.answered for one in kept.measures if one.ref == "B1")
    again = renamed(board(had[:1], answered=answered(kept)), IDS)
    found = counted_again(kept, again, ("40",))
    assert (found.other, found.disposed) == ((), 1)
    assert {one.key: one.figures for one in every_figure(found.board)} == {
        one.key: one.figures for one in every_figure(kept)
    }
