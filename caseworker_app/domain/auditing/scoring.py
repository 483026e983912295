"""What an audit comes to: its score and grade, whether the plan meets the standard, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.auditing import (
    AuditTool,
    Criterion,
    Mark,
    Moderation,
    PlanAudit,
)

POINTS: Mapping[str, int] = {"met": 2, "partly": 1, "not": 0}
"""What a mark is worth, times the weight of its criterion. What does not apply is not counted."""

GRADES: Mapping[str, str] = {
    "strong": "Strong",
    "good": "Good",
    "improve": "Needs improvement",
    "weak": "Weak",
}
MEETING = frozenset({"strong", "good"})
"""The grades of a plan that meets the standard."""

STRONG, NEAR = 90, 25
"""A strong plan has so many per cent; one that needs improvement is so near the threshold."""


@dataclass(frozen=True, slots=True)
class Score:
    """What some marks come to by a tool.

    Attributes:
        points, possible: weighted, of the criteria that apply.
        unmarked: criteria of the tool that have no mark yet.
        unknown: marks of criteria that this edition does not have.
        not_met: criteria that are not met.
        threshold: per cent, of the tool.
    """

    points: int
    possible: int
    unmarked: tuple[Criterion, ...]
    unknown: tuple[Mark, ...]
    not_met: tuple[Criterion, ...]
    threshold: int

    @property
    def complete(self) -> bool:
        """Whether every criterion is marked, and one at least applies."""
        return not self.unmarked and self.possible > 0

    @property
    def per_cent(self) -> int | None:
        """The score, rounded down so that 74.9 never reads as 75; None while it is not complete."""
        return self.points * 100 // self.possible if self.complete else None

    @property
    def grade(self) -> str:
        """A code of `GRADES`; "" while it is not complete."""
        score = self.per_cent
        if score is None:
            return ""
        if score >= max(STRONG, self.threshold) and not self.not_met:
            return "strong"
        if score >= self.threshold:
            return "good"
        return "improve" if score >= self.threshold - NEAR else "weak"

    @property
    def meets(self) -> bool | None:
        """Whether the plan meets the standard; None while the audit is not complete."""
        return None if self.per_cent is None else self.grade in MEETING

    def why(self) -> str:
        """How score and grade came about, in sentences."""
        if self.unmarked:
            left = len(self.unmarked)
            return f"{left} of the criteria {'is' if left == 1 else 'are'} not marked yet."
        if not self.possible:
            return "No criterion applies, so there is no score."
        score = self.per_cent or 0
        said = [
            f"{self.points} of {self.possible} points: met counts 2, partly met 1, each times its",
            f"weight; what does not apply is left out. That is {score} %.",
            f"The standard is {self.threshold} %.",
        ]
        if score >= max(STRONG, self.threshold) and self.not_met:
            words = ", ".join(one.words for one in self.not_met)
            said.append(f"Good and not strong, since something is not met: {words}.")
        elif self.grade == "strong":
            said.append(f"Strong: {STRONG} % or more, and nothing is not met.")
        elif self.grade == "improve":
            said.append(f"Needs improvement: less than {NEAR} points below the standard.")
        elif self.grade == "weak":
            said.append(f"Weak: more than {NEAR} points below the standard.")
        return " ".join(said)


def score(tool: AuditTool, marks: Iterable[Mark]) -> Score:
    """What some marks come to by a tool."""
    held = {one.criterion: one for one in marks}
    known = {one.code for one in tool.criteria}
    points = possible = 0
    unmarked: list[Criterion] = []
    not_met: list[Criterion] = []
    for one in tool.criteria:
        mark = held.get(one.code)
        if mark is None:
            unmarked.append(one)
            continue
        worth = POINTS.get(mark.mark)
        if worth is not None:
            points += worth * one.weight
            possible += POINTS["met"] * one.weight
            if mark.mark == "not":
                not_met.append(one)
    unknown = tuple([one for code, one in held.items() if code not in known])
    return Score(points, possible, tuple(unmarked), unknown, tuple(not_met), tool.threshold)


@dataclass(frozen=True, slots=True)
class Result:
    """An audit with what it comes to, after moderation where there was one.

    Attributes:
        marks: with those of the last moderation in place of the audit's own.
        score: by these marks.
        grade: the one agreed on in moderation, else the one worked out; a code of `GRADES` or "".
        meets: whether the plan meets the standard by that grade; None while nobody can tell.
        moderated: the last moderation, or None.
    """

    audit: PlanAudit
    tool: AuditTool
    marks: tuple[Mark, ...]
    score: Score
    grade: str
    meets: bool | None
    moderated: Moderation | None

    @property
    def why(self) -> str:
        """How score and grade came about, in sentences."""
        why = [self.score.why()]
        last, tool = self.moderated, self.tool
        if last is not None:
            why.append(f"Moderated by {last.moderator} on {day_words(last.on)}.")
            agreed, made = grade_code(last.agreed_grade), self.score.grade
            if agreed and made and agreed != made:
                why.append(
                    f"The grade agreed on is {GRADES[agreed]}; the marks alone would give "
                    f"{GRADES[made]}."
                )
        if self.score.unknown:
            codes = ", ".join(one.criterion for one in self.score.unknown)
            why.append(
                f"Not counted, since {tool.name} edition {tool.edition} has no such criterion: "
                f"{codes}."
            )
        return " ".join(why)

    def mark(self, code: str) -> str:
        """The mark of a criterion, or "" where the audit does not have it."""
        return next((one.mark for one in self.marks if one.criterion == code), "")


def result(audit: PlanAudit, tool: AuditTool, moderations: Iterable[Moderation] = ()) -> Result:
    """What an audit comes to; the last moderation of it counts, and its agreed grade before all."""
    last = max(
        (one for one in moderations if one.audit_id == audit.id),
        key=lambda one: (one.on, one.id),
        default=None,
    )
    marks = moderated(audit.marks, last.marks if last else ())
    made = score(tool, marks)
    grade = (grade_code(last.agreed_grade) if last else "") or made.grade
    return Result(audit, tool, marks, made, grade, grade in MEETING if grade else None, last)


def results(
    audits: Iterable[PlanAudit],
    tools: Mapping[str, AuditTool],
    moderations: Iterable[Moderation],
) -> tuple[Result, ...]:
    """Every audit with what it comes to, the newest first."""
    of: dict[str, list[Moderation]] = {}
    for one in moderations:
        of.setdefault(one.audit_id, []).append(one)
    made = [result(one, tools[one.tool_id], of.get(one.id, ())) for one in audits]
    return tuple(sorted(made, key=lambda one: (one.audit.on, one.audit.id), reverse=True))


def moderated(marks: Sequence[Mark], differing: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks with those of a moderation in their place; what only the moderation has comes last."""
    other = {one.criterion: one for one in differing}
    if not other:
        return tuple(marks)
    kept = []
    for one in marks:
        new = other.pop(one.criterion, None)
        kept.append(one if new is None else replace(new, note=new.note or one.note))
    return (*kept, *other.values())


def grade_code(words: str) -> str:
    """A grade by its code or words, as somebody typed it; "" for none of them."""
    text = " ".join(words.casefold().split())
    return next((code for code, said in GRADES.items() if text in (code, said.casefold())), "")


def tool_on(tools: Iterable[AuditTool], day: date) -> AuditTool | None:
    """The edition in force on a day: of those begun by then, the newest."""
    begun = [one for one in tools if one.since <= day]
    return max(begun, key=lambda one: (one.since, one.edition, one.id), default=None)
