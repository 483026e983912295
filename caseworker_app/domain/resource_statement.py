"""The resource statement of a child: what is provided, for what, by whom it is paid, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from caseworker_app.domain.costs import (
    BUDGET,
    DIRECT,
    NOBODY,
    NOT_ADDED,
    PROVISION,
    SORTS,
    Cost,
    grouped,
    on_day,
    pounds,
)
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.paper import Paper, PaperTable, Part


def resource_statement(about: str, costs: Iterable[Cost], day: date, made: str) -> Paper:
    """What a plan costs on a day.

    Args:
        about: whom it is about.
        costs: everything of the child.
        day: what does not run then is left out.
        made: who made it and when.
    """
    now = on_day(costs, day)
    given = [one for one in now if one.sort == PROVISION]
    family = [one for one in now if one.sort in (BUDGET, DIRECT)]
    others = [one for one in now if one not in given and one not in family]
    return Paper(
        "Resource statement",
        f"{about}. As it stands on {day_words(day)}.",
        (
            Part("Provision", table=_provision(given)),
            Part("Provision by who pays", lines=tuple(_open(given)), table=_by_funder(given)),
            Part("Place, transport and top-up", table=_plain(others, "Nothing is recorded.")),
            Part(
                "Personal budget and direct payments",
                (NOT_ADDED,),
                _plain(family, "There is no personal budget."),
            ),
        ),
        made,
    )


def _provision(given: Sequence[Cost]) -> PaperTable:
    return PaperTable(
        ("Provision", "For", "Who pays", "A year"),
        tuple(
            (
                f"{one.words} (short break)" if one.short_break else one.words,
                "; ".join(one.purposes) or "Nothing it is tied to",
                one.funder or NOBODY,
                pounds(one.amount),
            )
            for one in given
        ),
        empty="No provision is recorded.",
    )


def _by_funder(given: Sequence[Cost]) -> PaperTable:
    groups = grouped(given, lambda one: one.funder or NOBODY)
    rows = [(one.name, pounds(one.total(PROVISION))) for one in groups]
    if len(rows) > 1:
        rows.append(("All of it", pounds(sum(one.total(PROVISION) for one in groups))))
    return PaperTable(("Who pays", "A year"), tuple(rows), empty="No provision is recorded.")


def _open(given: Sequence[Cost]) -> Iterator[str]:
    lacking = sum(one.amount is None for one in given)
    if lacking:
        what = "line of provision has" if lacking == 1 else "lines of provision have"
        yield f"{lacking} {what} no cost yet, so the sums are less than what is provided."


def _plain(costs: Sequence[Cost], empty: str) -> PaperTable:
    return PaperTable(
        ("For", "What", "From", "A year"),
        tuple((SORTS[one.sort], one.words, one.since, pounds(one.amount)) for one in costs),
        empty=empty,
    )
