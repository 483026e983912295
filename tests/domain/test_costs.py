"""What plans cost, by who pays and by financial year, and the resource statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.costs import (
    PROVISION,
    TOP_UP,
    Bands,
    Cost,
    by_year,
    costs_of,
    financial_year,
    grouped,
    in_year,
    on_day,
)
from caseworker_app.domain.declarations.money import Band, PersonalBudget, TopUp
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.thread import Provision
from caseworker_app.domain.resource_statement import resource_statement

TODAY = date(2026, 11, 22)
CHILD = {"child_id": "1"}
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def given_to(what: str, cost: int | None, funder: str = "health", **fields: Any) -> Provision:
    made = {"section": "F", "who": "SLT", "since": date(2025, 4, 1), **fields}
    return Provision(what=what, cost=cost, funder=funder, **CHILD, **made)


RECORDS = (
    given_to("Therapy", 300_000),
    given_to("A group", None, ""),
    given_to("Long gone", 900_000, until=date(2026, 1, 1)),
    TopUp(band="c", since=date(2025, 9, 1), **CHILD),
    Placement(rank="1", arrangement="NEET", yearly_cost=1_000_000, transport_cost=50_000, **CHILD),
    PersonalBudget(part="care", way="direct", amount=96_000, **CHILD),
    PersonalBudget(part="care", way="direct", amount=1, decision="refused", **CHILD),
)
BANDS = Bands.of(
    (
        Band(name="C", since=date(2024, 4, 1), amount=800_000),
        Band(name="C", since=date(2026, 4, 1), amount=900_000),
        Band(name="C", since=date(2027, 4, 1), amount=1),
    )
)


def test_a_band_pays_what_it_pays_on_the_day_and_what_is_refused_or_over_counts_for_nothing() -> (
    None
):
    now = on_day(costs_of(RECORDS, BANDS, TODAY), TODAY)
    assert [(one.sort, one.amount) for one in now] == [
        ("provision", 300_000),
        ("provision", None),
        ("top_up", 900_000),
        ("place", 1_000_000),
        ("transport", 50_000),
        ("direct", 96_000),
    ]
    groups = grouped(now, lambda one: one.funder)
    assert [(one.name, dict(one.totals), one.unknown) for one in groups][-2:] == [
        ("High-needs top-up", {TOP_UP: 900_000}, 0),
        ("Health", {PROVISION: 300_000}, 0),
    ]


def test_the_statement_says_what_has_no_cost_and_adds_up_no_money_twice() -> None:
    paper = resource_statement("OKAFOR", costs_of(RECORDS, BANDS, TODAY), TODAY, "by A")
    words = paper.words()
    assert "1 line of provision has no cost yet" in words
    assert "A group\tNothing it is tied to\tNo funder\tnot said" in words
    assert "All of it\t£3,000" in words
    assert "Long gone" not in words
    assert "are not added up" in words


@given(DAYS, st.none() | DAYS, st.integers(0, 10**7))
def test_the_years_together_are_what_the_days_come_to(
    since: date, until: date | None, amount: int
) -> None:
    one = Cost("1", PROVISION, "Therapy", amount, since=since, until=until)
    years = range(2015, 2040)
    for year in years:
        whole = since <= date(year, 4, 1) and (until is None or until >= date(year + 1, 3, 31))
        assert not whole or in_year(one, year) == amount
    if until is not None:
        days = max(0, (until - since + timedelta(1)).days)
        expected = amount * days / 365.25
        assert abs(sum(in_year(one, year) for year in years) - expected) <= amount * 0.005 + 30


def test_the_last_three_financial_years_are_told_and_those_without_anything_left_out() -> None:
    old = Cost("1", PROVISION, "Old", 100, since=date(2025, 4, 1), until=date(2026, 3, 31))
    assert [(one.name, one.total(PROVISION)) for one in by_year([old], TODAY)] == [("2025/26", 100)]
    assert financial_year(date(2026, 3, 31)) == 2025
