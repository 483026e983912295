"""The words the workbook uses, explained on its Definitions sheet."""

from __future__ import annotations

from caseworker_app.domain.measures.board import Term

TERMS: tuple[Term, ...] = (
    Term("As at", "The day the records are seen on. What happened later does not count."),
    Term(
        "Live plan",
        "From the day the final plan was sent, or the plan was transferred in, to the day it "
        "ceased. A decision to cease ends nothing by itself.",
    ),
    Term(
        "Review",
        "Complete when the decision to maintain, amend or cease is sent, not when the meeting is "
        "held. The next is due within 12 months that begin with that day.",
    ),
    Term(
        "In time",
        "On or before the legal last day. That day never moves for a weekend, a holiday or an "
        "exception.",
    ),
    Term(
        "Strict and common reading",
        "Where most people count one day more than the words of the law allow, both are shown: "
        "15 February beside 14 February, 31 March beside 30 March, the anniversary beside the day "
        "before.",
    ),
    Term(
        "DfE",
        "As the Department for Education's published rows of 2025 count: decisions in four weeks "
        "are a share of the decisions recorded; a meeting with none stands apart, as not due or "
        "outstanding. The Department has not published its definition of a review expected; ours "
        "is a plan live for 12 months. Measure W1.4g, where no decision is late, is the "
        "council's own.",
    ),
    Term(
        "Rating",
        "On target: reached. Close: within 10 percentage points, or a tenth of a target in "
        "numbers. Off target: neither. A target in words is not rated.",
    ),
    Term(
        "Year group",
        "National Curriculum year by date of birth, or the year really taught in where that is "
        "recorded, in the school year of the as-at date: on 31 August still the old one.",
    ),
    Term(
        "Hidden",
        "A count of 1 to 4, and each further count that would let it be worked out by adding or "
        "taking away. Zero is shown.",
    ),
    Term("Overdue", "The legal last day has passed, the duty is not met, no exception is claimed."),
)
