"""The sheets of lists: one row a duty, a fault in the data, a word or a case."""

from __future__ import annotations

from caseworker_app.domain.day_words import day_words, month_words
from caseworker_app.domain.measures.board import BoardReturn, Result
from caseworker_app.domain.measures.caseload_tables import year_label
from caseworker_app.reports.measure_pages import when
from caseworker_app.reports.pages import Column, Page, Row, Value

OVERDUE = "Overdue now"
TO_MEND = "Data to mend"
DEFINITIONS = "Definitions"
REVIEW_CASES = "Reviews by case"
ASSESSMENT_CASES = "Assessments by case"
TRANSFER_CASES = "Transfers by case"
CASELOAD_CASES = "Caseload by case"
MEASURE_CASES = "Cases behind measures"

_CASE = Column("Case", "text", 22)
_WORKER = Column("Caseworker", "text", 26)
_SETTING = Column("Setting", "text", 42)


def overdue_page(board: BoardReturn) -> Page:
    """Every duty late on the day, longest first."""
    rows: list[tuple[Value, ...]] = [
        (
            row.reference,
            row.rule,
            row.what,
            row.days,
            row.due,
            row.target,
            row.who,
            row.force,
            row.caseworker,
            row.setting,
        )
        for row in board.overdue
    ]
    cases = len({row.reference for row in board.overdue})
    return Page(
        OVERDUE,
        "Overdue now",
        f"As at {day_words(board.as_at)}: {len(rows):,} duties late in {cases:,} cases.",
        f"{len(rows):,} duties late in {cases:,} cases, longest first",
        (
            _CASE,
            Column("Rule"),
            Column("Duty", "text", 48),
            Column("Days late", "count"),
            Column("Legal date", "date"),
            Column("Working target", "date", 14),
            Column("Who acts", "text", 16),
            Column("Rests on", "text", 20),
            _WORKER,
            _SETTING,
        ),
        rows,
        empty="Nothing is overdue on the as-at date.",
        key="list_overdue",
    )


def mend_page(board: BoardReturn) -> Page:
    """Everything to put right, by what is wrong."""
    rows: list[tuple[Value, ...]] = [
        (row.check, row.reference, row.words, row.on, row.caseworker, row.setting)
        for row in board.to_mend
    ]
    cases = len({row.reference for row in board.to_mend})
    return Page(
        TO_MEND,
        "Data to mend",
        f"As at {day_words(board.as_at)}: {len(rows):,} things to put right in {cases:,} cases.",
        f"{len(rows):,} things to put right in {cases:,} cases",
        (
            Column("What is wrong", "text", 34),
            _CASE,
            Column("Found", "text", 60),
            Column("Date", "date"),
            _WORKER,
            _SETTING,
        ),
        rows,
        empty="Nothing to mend was found.",
        key="list_to_mend",
    )


def definitions_page(board: BoardReturn) -> Page:
    """What each measure counts, and what the words mean."""
    rows: list[tuple[Value, ...]] = [(term.of, term.word, term.meaning) for term in board.terms]
    rows += [("Table", table.title, table.definition) for table in board.tables if table.definition]
    rows += [
        ("Measure", f"{result.ref}  {result.statement}", _meaning(result))
        for result in board.measures
    ]
    return Page(
        DEFINITIONS,
        "Definitions",
        "How each figure is counted.",
        "How each figure is counted, and what the words mean",
        (Column("Of", "top", 12), Column("What", "wrap", 52), Column("Meaning", "wrap", 100)),
        rows,
        key="definitions",
    )


def _meaning(result: Result) -> str:
    aim = f"Target: {result.target_words}" if result.target else ""
    by = f" by {month_words(result.due)}." if aim and result.due else "." if aim else ""
    owner = f"Owner: {result.lead}." if result.lead else ""
    source = f"Source: {result.source}." if result.source else ""
    told = (result.definition, result.counted_over, f"{aim}{by}", owner, source)
    return " ".join(filter(None, told))


def case_pages(board: BoardReturn) -> tuple[Page, ...]:
    """The cases behind the figures."""
    return (
        _reviews(board),
        _assessments(board),
        _transfers(board),
        _plans(board),
        _behind_measures(board),
    )


def _reviews(board: BoardReturn) -> Page:
    return Page(
        REVIEW_CASES,
        "Annual reviews by case",
        f"Live plans as at {day_words(board.as_at)}: the open review, else the latest.",
        "Each live plan's open review, else its latest",
        (
            _CASE,
            Column("Year group", "text", 14),
            _SETTING,
            _WORKER,
            Column("Review due", "date"),
            Column("Meeting", "date"),
            Column("Report", "date"),
            Column("Decision", "date"),
            Column("Outcome"),
            Column("Notice", "date"),
            Column("Final plan", "date"),
            Column("Days late", "count"),
        ),
        [
            (
                line.reference,
                year_label(line.year_group),
                line.setting,
                line.caseworker,
                line.due,
                line.meeting,
                line.report,
                line.decision,
                line.outcome,
                line.notice,
                line.final,
                line.days_late,
            )
            for line in board.lists.reviews
        ],
        key="list_reviews",
    )


def _assessments(board: BoardReturn) -> Page:
    return Page(
        ASSESSMENT_CASES,
        "Assessments by case",
        f"{when(board)}: open, or with a step in the period.",
        "Each assessment open, or with a step in the period",
        (
            _CASE,
            _WORKER,
            Column("Days", "count"),
            Column("Request", "date"),
            Column("Decision", "date"),
            Column("Outcome"),
            Column("Plan sent", "date"),
            Column("Standing", "text", 16),
            Column("Exception", "text", 24),
        ),
        [
            (
                line.reference,
                line.caseworker,
                line.days,
                line.request,
                line.decision,
                line.outcome,
                line.plan,
                line.standing,
                line.exception,
            )
            for line in board.lists.assessments
        ],
        key="list_assessments",
    )


def _transfers(board: BoardReturn) -> Page:
    return Page(
        TRANSFER_CASES,
        "Phase transfers by case",
        f"The moves that W1.6a and W1.6b count, as at {day_words(board.as_at)}.",
        "Each child whose move between phases the measures count",
        (
            _CASE,
            Column("Rule"),
            Column("Year group", "text", 14),
            _SETTING,
            _WORKER,
            Column("Legal date", "date"),
            Column("Review meeting", "date", 14),
            Column("Final plan", "date"),
            Column("Standing", "text", 30),
        ),
        [
            (
                line.reference,
                line.rule,
                year_label(line.year_group),
                line.setting,
                line.caseworker,
                line.due,
                line.review,
                line.final,
                line.standing,
            )
            for line in board.lists.transfers
        ],
        key="list_transfers",
    )


def _plans(board: BoardReturn) -> Page:
    return Page(
        CASELOAD_CASES,
        "Caseload by case",
        f"Live plans as at {day_words(board.as_at)}.",
        "Each live plan by what the caseload is counted by",
        (
            _CASE,
            Column("Primary need", "text", 40),
            _SETTING,
            Column("Kind of setting", "text", 24),
            Column("Year group", "text", 14),
            _WORKER,
            Column("Plan since", "date"),
            Column("Next review due", "date", 14),
        ),
        [
            (
                line.reference,
                line.need,
                line.setting,
                line.setting_kind,
                year_label(line.year_group),
                line.caseworker,
                line.plan,
                line.next_review,
            )
            for line in board.lists.plans
        ],
        key="list_plans",
    )


def _behind_measures(board: BoardReturn) -> Page:
    return Page(
        MEASURE_CASES,
        "Cases behind measures",
        "Each meeting, plan or case a measure looks at, and whether it is in the count. A child "
        "with two meetings has two rows.",
        "Each thing a measure looks at, and whether it is in the count",
        (
            Column("Ref", "text", 26),
            _CASE,
            Column("In the count", "text", 14),
            Column("Day", "date"),
            Column("Why", "text", 44),
        ),
        [row for result in board.measures for row in _behind(result)],
        key="list_measures",
    )


def _behind(result: Result) -> list[Row | tuple[Value, ...]]:
    return [
        (result.ref, one.reference, "Yes" if one.counts else "No", one.on, one.why)
        for one in result.things
        if one.reference
    ]
