"""Charts as values, and as tables on paper."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.chart_paper import paper_of, paper_of_one, table_of
from caseworker_app.domain.charts import Chart, Dashboard, Series, count_of, share_of, told
from caseworker_app.domain.measures.board import Thing


def things(*refs: str) -> list[Thing]:
    return [Thing(one) for one in refs]


STACK = Chart(
    "late",
    "Dates",
    "Late",
    "Three are late.",
    "bars",
    "How late",
    "Duties",
    ("A week", "A year"),
    (
        Series("Reviews", (count_of(things("A", "B")), count_of([]))),
        Series("Assessments", (count_of(things("A")), count_of([]))),
    ),
    stacked=True,
    late=frozenset({1}),
    note="Each once.",
)
SHARE = replace(
    STACK,
    series=(Series("In time", (share_of([*things("A"), Thing("B", counts=False)]), share_of([]))),),
    stacked=False,
    shares=True,
)


def test_a_mark_is_named_and_spoken_with_all_that_tells_it_apart() -> None:
    assert STACK.named(1, 0) == "Late: A week, Assessments"
    assert STACK.spoken(0, 1) == "A year, Reviews, late: 0"
    assert SHARE.named(0, 0) == "Late: A week"
    assert SHARE.spoken(0, 0) == "A week: 1 of 2 (50%)"


def test_a_share_of_nothing_is_none_and_not_nought() -> None:
    assert share_of([]).value is None
    assert share_of([Thing("A", counts=False)]).value == 0.0
    assert not told(4).opens


def test_the_table_of_what_adds_up_has_the_sum() -> None:
    table = table_of(STACK)
    assert table.headings == ("How late", "Reviews", "Assessments", "Together")
    assert table.rows == (("A week", 2, 1, 3), ("A year", 0, 0, 0))


def test_the_table_of_shares_says_what_they_are_of() -> None:
    assert table_of(SHARE).rows == (("A week", "1 of 2 (50%)"), ("A year", "none"))


def test_the_cases_behind_a_chart_are_each_named_once() -> None:
    assert STACK.references() == ("A", "B")


def test_paper_has_the_sentence_the_picture_and_the_table_and_says_whom_it_is_for() -> None:
    empty = replace(STACK, key="none", series=(), categories=())
    paper = paper_of(Dashboard("1 live plan", 1, (STACK, empty), notes=("Not shown.",)), "R. Haque")
    first, second, note = paper.parts
    assert first.lines == ("Three are late.", "Each once.")
    assert first.chart is STACK
    assert first.table == table_of(STACK)
    assert second.chart is None
    assert second.table is None
    assert note.lines == ("Not shown.",)
    assert "Not for publication" in paper.about
    assert paper_of_one(STACK, "1 live plan", "").parts[0].chart is STACK
