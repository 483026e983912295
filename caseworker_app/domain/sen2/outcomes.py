"""Which outcome of a request and of an assessment the return sends, and with which day.

H is what was decided before the calendar year, and every plan that was transferred in. A refusal
that was overturned stays N with its day: the assessment that followed hangs on the same request.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.sen2.cases import Asked

Outcome = tuple[str, date | None]
"""A code and its day; "" where nothing on record says it."""


def of_request(one: Asked) -> Outcome:
    """RequestOutcome and its date."""
    noted = one.notes.text("requestoutcome")
    if one.is_legacy:
        return "H", None
    if one.decision is not None:
        return _decided(one)
    if one.plan is not None or one.refusal is not None:
        # It was decided, but when is not recorded.
        return ("H" if noted == "H" else "Y"), None
    if noted == "H":
        return "H", None
    if one.withdrawn is not None or noted == "W":
        return "W", None
    return "A", None


def _decided(one: Asked) -> Outcome:
    if one.refused:
        return "N", one.decision
    assessed = one.assessment is not None and one.assessment.outcome == "assess"
    if not (assessed or one.plan is not None or one.refusal is not None):
        return "", one.decision
    before = one.decision is not None and one.decision < one.frame.starts
    return ("H", None) if before else ("Y", one.decision)


def has_assessment(one: Asked, request: str) -> bool:
    """Whether the assessment module hangs on a request of that outcome."""
    if request in ("A", "W"):
        return False
    return not one.refused or one.plan is not None or one.refusal is not None


def of_assessment(one: Asked) -> Outcome:
    """AssessmentOutcome and its date."""
    if one.plan is not None:
        if one.is_legacy:
            return "H", None
        if one.refusal is not None:
            return "N", one.refusal
        return "Y", one.issued
    if one.refusal is not None:
        return "N", one.refusal
    noted = one.notes.text("assessmentoutcome")
    if one.withdrawn is not None or noted == "W":
        return "W", None
    return ("Y" if noted == "Y" or _decided_to_issue(one) else "A"), None


def _decided_to_issue(one: Asked) -> bool:
    since = one.received or date.min
    return any(fact.kind == "issue_decided" and since <= fact.on <= one.until for fact in one.facts)


def issued_in_year(one: Asked) -> bool:
    """Whether the plan was first issued in the year, or since up to the survey day."""
    return one.plan is not None and not one.is_legacy
