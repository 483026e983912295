"""The stages and roles of rules: code names these, and the rule's file says which are its own.

So a rule may be numbered anew, or a council may have a version of its own, and no code changes. A
rule that no code needs to know has neither.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The stage of casework that a rule dates."""

    ASSESSMENT = "assessment"
    YEAR = "year"
    """From one completed review, or from the plan, to the next."""
    REVIEW = "review"
    """From the meeting of a review to the final plan."""
    TRANSFER = "transfer"
    """From one phase of education to the next."""
    CONSULTATION = "consultation"
    """From a setting asked to its reply."""


class Role(StrEnum):
    """The part a rule plays in its stage."""

    ASSESS = "decide_to_assess"
    REFUSE = "refuse_to_issue"
    PLAN = "send_plan"
    DETAINED_PLAN = "send_plan_of_detained"
    REASSESS = "decide_to_reassess"
    REASSESSED_PLAN = "send_plan_reassessed"

    FIRST_REVIEW = "first_review"
    NEXT_REVIEW = "next_review"
    ARRIVAL_REVIEW = "review_after_transfer_in"

    REPORT = "report"
    DECISION = "decision"
    NOTICE = "notice"
    FINAL = "final_after_notice"
    NO_AMENDMENT = "no_amendment_after_notice"
    FINAL_IN_ALL = "final_after_meeting"

    INTO_SCHOOL = "into_school"
    BETWEEN_SCHOOLS = "between_schools"
    INTO_POST_16 = "into_post_16"
    AFTER_16 = "after_16"

    REPLY = "reply_to_consultation"


YEARLY = frozenset({Role.FIRST_REVIEW, Role.NEXT_REVIEW})
"""The roles of the rules by which a year's review must be complete."""
