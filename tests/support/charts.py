"""Small charts of every shape, for tests of what draws them."""

from __future__ import annotations

from caseworker_app.domain.charts import Chart, Series, count_of, share_of
from caseworker_app.domain.measures.board import Thing


def things(many: int, counts: int | None = None) -> list[Thing]:
    """So many things, of which so many count."""
    return [Thing(f"R{at}", counts is None or at < counts) for at in range(many)]


def counts(*many: int) -> tuple:  # type: ignore[type-arg]
    return tuple(count_of(things(one)) for one in many)


STACKED = Chart(
    "stacked",
    "Dates",
    "Duties",
    "Seven duties.",
    "bars",
    "When",
    "Duties",
    ("Over 12, up to 52 weeks late", "Due within 1 week"),
    (
        Series("Annual reviews", counts(3, 2)),
        Series("Assessments", counts(0, 2), "amber"),
    ),
    stacked=True,
    late=frozenset({0}),
)
BESIDE = Chart(
    "beside",
    "Work",
    "Work by caseworker",
    "Two hold nine.",
    "bars",
    "Caseworker",
    "Number",
    ("R. Haque", "Unassigned"),
    (Series("Live plans", counts(7, 2)), Series("Duties overdue", counts(1, 0), "red")),
    note="Every plan once.",
)
COLUMNS = Chart(
    "columns",
    "Flow",
    "Requests",
    "Came and went.",
    "columns",
    "Month",
    "Cases",
    ("September 2026", "October 2026", "November 2026, so far"),
    (Series("In: requests", counts(4, 6, 9)), Series("Out: decided", counts(5, 0, 2), "green")),
    ("Sep", "Oct", "Nov"),
)
LINE = Chart(
    "line",
    "Time",
    "In 20 weeks",
    "Most were late.",
    "line",
    "Month",
    "First plans",
    ("September 2026", "October 2026", "November 2026"),
    (
        Series("All", (share_of(things(4, 1)), share_of([]), share_of(things(2, 2)))),
        Series("Without those excused", (share_of(things(3, 1)), share_of([]), share_of([]))),
    ),
    ("Sep", "Oct", "Nov"),
    shares=True,
    target=0.9,
    target_words="Target: at least 90%",
)
EVERY = (STACKED, BESIDE, COLUMNS, LINE)
