"""What the Board was promised: the improvement plan, its progress, and figures given by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, day, link, number, record, text

SUCCESS_KINDS = {"milestone": "Milestone", "measure": "Measure"}
STATUSES = {
    "not_started": "Not started",
    "on_track": "On track",
    "at_risk": "At risk",
    "off_track": "Off track",
    "done": "Done",
    "closed": "Closed",
}
_FIGURE = {
    "pattern": r"-?\d+(?:\.\d+)?",
    "pattern_says": "Give a plain number, such as 58 or 58.7, without a sign for per cent.",
}


@record(
    "improvement_plan",
    "improvement plan",
    "improvement plans",
    area="improvement",
    natural=("name",),
    about="Load the plan that comes with Caseworker, or add your own.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPlan(Kept):
    """A plan that the Board follows, such as a written statement of action."""

    name: str = text("Name", needed=True, unique=True, search=True)
    source: str = text("Source", search=True)
    agreed_on: date = day("Agreed on", needed=True)
    ends: date | None = day("Ends", coming=True)


@record(
    "workstream",
    "workstream",
    "workstreams",
    area="improvement",
    natural=("plan_id", "number"),
    title=lambda one: one.name,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Workstream(Kept):
    """A part of an improvement plan, with the weakness or priority that it answers."""

    plan_id: str = link("Improvement plan", "improvement_plan", needed=True)
    number: int = number("Number", needed=True, least=1, most=99)
    name: str = text("Name", needed=True, search=True)
    weakness: str = text("Weakness or priority", long=True, search=True)
    lead: str = text("Lead officer, council", search=True)
    health_lead: str = text("Lead officer, health", search=True)


@record(
    "plan_action",
    "action",
    "actions",
    area="improvement",
    natural=("workstream_id", "ref"),
    title=lambda one: f"action {one.ref}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction(Kept):
    """An action of a workstream; `priorities` are those of the strategy that it serves."""

    workstream_id: str = link("Workstream", "workstream", needed=True)
    ref: str = text("Ref", needed=True, search=True)
    words: str = text("Action", needed=True, long=True, search=True)
    leads: str = text("Leads", search=True)
    priorities: str = text("Links to priorities")


@record(
    "success_measure",
    "success measure",
    "success measures",
    area="improvement",
    natural=("action_id", "ref"),
    title=lambda one: f"success measure {one.ref}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessMeasure(Kept):
    """How one sees that an action succeeded.

    Attributes:
        due: the day it is due; a month stands as its last day.
        measure: the ref of a measure of the catalogue that feeds it, or "".
    """

    action_id: str = link("Action", "plan_action", needed=True)
    ref: str = text("Ref", needed=True, search=True)
    words: str = text("Success measure", needed=True, long=True, search=True)
    kind: str = choice("Kind", SUCCESS_KINDS, needed=True)
    due: date = day("Due", needed=True, coming=True)
    target: str = text("Target")
    baseline: str = text("Baseline")
    measure: str = text("Measure", hint="The ref of a measure that feeds it, such as W1.4g.")
    lead: str = text("Lead", search=True)


@record(
    "progress",
    "progress note",
    "progress notes",
    area="improvement",
    natural=("action_id", "measure_id", "on"),
    title=lambda one: f"progress of {day_words(one.on)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Kept):
    """How an action, or a success measure, stands on a day."""

    action_id: str | None = link("Action", "plan_action")
    measure_id: str | None = link("Success measure", "success_measure")
    on: date = day("Date", needed=True)
    status: str = choice("Status", STATUSES, needed=True, synonyms=("RAG",))
    words: str = text("Words", needed=True, long=True, search=True)
    evidence: str = text("Evidence", hint="Where it lies.")
    by: str = text("By", needed=True, search=True)
    next_steps: str = text("Next steps", long=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is of an action or of a success measure, one of them."""
        if bool(self.action_id) == bool(self.measure_id):
            return (("action_id", "Choose either an action or a success measure."),)
        return ()


@record(
    "hand_value",
    "figure by hand",
    "figures by hand",
    area="improvement",
    natural=("measure", "since", "on"),
    title=lambda one: f"{one.measure}, {day_words(one.on)}",
    about="Figures that no case can give: enter each with its day or period and its source.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandValue(Kept):
    """A figure that cases cannot give.

    Attributes:
        measure: the ref in the catalogue of measures.
        since: the first day of the period; None for a figure as at a day.
        on: the last day of the period, or the day it is as at.
        numerator, denominator: of a share; `value` of any other figure.
    """

    measure: str = text("Measure", needed=True, search=True)
    since: date | None = day("From", hint="Leave it empty for a figure as at a day.")
    on: date = day("As at, or to", needed=True, synonyms=("To", "As at", "Date"))
    numerator: str = text("Numerator", **_FIGURE)
    denominator: str = text("Denominator", **_FIGURE)
    value: str = text("Value", **_FIGURE)
    source: str = text("Source", needed=True, search=True)
    by: str = text("By", needed=True, search=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is a share or a value, and its period does not end before it begins."""
        found = []
        if bool(self.numerator) != bool(self.denominator):
            found.append(("denominator", "A share has a numerator and a denominator."))
        elif bool(self.value) == bool(self.numerator):
            found.append(("value", "Give either a value, or a numerator and a denominator."))
        elif self.denominator and not float(self.denominator):
            found.append(("denominator", "A share cannot be out of zero."))
        if self.since is not None and self.since > self.on:
            found.append(("on", "The period ends before it begins."))
        return found
