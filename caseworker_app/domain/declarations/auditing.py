"""Whether plans are good: the audit tool, audits, their actions, moderation and samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations import plan_versions
from caseworker_app.domain.kinds import (
    Coder,
    Kept,
    choice,
    coded,
    day,
    items,
    link,
    number,
    record,
    text,
)
from caseworker_app.domain.names import folded

MARKS = {"met": "Met", "partly": "Partly met", "not": "Not met", "na": "Does not apply"}
AUDIT_KINDS = {"desk": "Desk", "multi": "Multi-agency", "moderation": "Moderation"}
DRAWN_FROM = {
    "all": "All live plans",
    "need": "By need",
    "setting": "By setting",
    "auditor": "By auditor",
    "old": "Plans before April 2018 first",
    "transfer": "Phase transfers at review",
}
_SECTIONS = "ABCDEFGHIJK"

# Who is pointed at comes first.
assert plan_versions


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something an audit looks at.

    Attributes:
        code: what marks keep; it stays the same when the words change.
        section: a letter from A to K, or "" for the whole plan.
        words: the question.
        good: what good looks like.
        weight: how much it counts, 1 or more.
        service: the service it speaks of, or "".
    """

    code: str
    section: str
    words: str
    good: str = ""
    weight: int = 1
    service: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an auditor found of one criterion: a code of `MARKS`, and a note."""

    criterion: str
    mark: str
    note: str = ""


def _dump_criterion(one: Criterion) -> list[str | int]:
    return [one.code, one.section, one.words, one.good, one.weight, one.service]


def _load_criterion(value: Sequence[str]) -> Criterion:
    code, section, words, good, weight, service = value
    return Criterion(code, section, words, good, int(weight), service)


def _dump_mark(one: Mark) -> list[str]:
    return [one.criterion, one.mark, one.note]


_same_mark = lru_cache(maxsize=1024)(Mark)


def _load_mark(value: Sequence[str]) -> Mark:
    # A list has tens of thousands of marks, of a few dozen that differ where no note is written.
    return _same_mark(*value)


def _say_mark(one: Mark) -> str:
    note = f" ({one.note})" if one.note else ""
    return f"{one.criterion}: {MARKS.get(one.mark, one.mark)}{note}"


_MARK = re.compile(
    r"\s*(?P<criterion>[\w.-]+)\s*:\s*(?P<mark>[^,;()]+?)\s*(?:\((?P<note>.*?)\))?\s*"
    r"(?:[,;]\s*(?=[\w.-]+\s*:)|[,;]?\s*$)",
    re.DOTALL,
)
"""A mark as a list shows it, "advice: Met (well told)", and what parts it from the next."""


def read_marks(text: str) -> tuple[Mark, ...]:
    """Marks from what a cell says: each criterion by its code, and its mark by code or words.

    Raises:
        ValueError: it says something else; in a few words.
    """
    said = {folded(words): code for code, words in MARKS.items()}
    said |= {folded(code): code for code in MARKS}
    found, at = [], 0
    while at < len(text):
        one = _MARK.match(text, at)
        mark = "" if one is None else said.get(folded(one["mark"]), "")
        if one is None or not mark:
            raise ValueError('no marks such as "advice: Met, care: Partly met"')
        found.append(Mark(one["criterion"], mark, one["note"] or ""))
        at = one.end()
    return tuple(found)


def _mark_key(one: Mark) -> str:
    return one.criterion


def _criterion_key(one: Criterion) -> str:
    return one.code


@record(
    "audit_tool",
    "audit tool",
    "audit tools",
    area="audits",
    natural=("name", "edition"),
    title=lambda one: f"{one.name}, edition {one.edition}",
    about="The questions that audits of plans ask, and from which score on a plan is good enough.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTool(Kept):
    """An edition of the questions of an audit.

    Attributes:
        since: the first day on which audits use this edition.
        threshold: the score from which a plan meets the standard, per cent.
    """

    name: str = text("Name", needed=True, search=True)
    edition: int = number("Edition", needed=True, least=1, most=999)
    since: date = day("In force from", needed=True)
    threshold: int = number("Threshold, per cent", needed=True, least=1, most=100)
    criteria: tuple[Criterion, ...] = items(
        "Criteria",
        Coder(_dump_criterion, _load_criterion, lambda one: one.words, key=_criterion_key),
    )

    def faults(self) -> Sequence[tuple[str, str]]:
        """Each criterion has a code of its own, words, a section of the plan and a weight."""
        found = []
        codes = [one.code for one in self.criteria]
        twice = sorted({one for one in codes if codes.count(one) > 1})
        if twice:
            found.append(("criteria", f"Two criteria have the code {twice[0]}."))
        for one in self.criteria:
            if not one.code or not one.words:
                found.append(("criteria", "Each criterion needs a code and words."))
            elif one.section and one.section not in _SECTIONS:
                found.append(("criteria", f"{one.code}: a plan has sections A to K."))
            elif one.weight < 1:
                found.append(("criteria", f"{one.code}: a weight is 1 or more."))
        return found


@record(
    "plan_audit",
    "audit",
    "audits",
    area="audits",
    natural=("plan_version_id", "auditor", "on"),
    title=lambda one: f"audit of {day_words(one.on)}",
    mine="auditor",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAudit(Kept):
    """An audit of a version of a plan; score and grade are worked out from the marks.

    Attributes:
        marks: one for each criterion of the tool.
        themes: in words, separated by commas.
    """

    child_id: str = link("Child", "child", needed=True)
    plan_version_id: str = link("Plan version", "plan_version", needed=True)
    tool_id: str = link("Audit tool", "audit_tool", needed=True)
    auditor: str = text("Auditor", needed=True, search=True)
    on: date = day("Date", needed=True)
    kind: str = choice("Kind", AUDIT_KINDS, needed=True)
    marks: tuple[Mark, ...] = items(
        "Marks", Coder(_dump_mark, _load_mark, _say_mark, key=_mark_key, read=read_marks)
    )
    themes: str = text("Themes", search=True, hint="Separated by commas.")

    def faults(self) -> Sequence[tuple[str, str]]:
        """A criterion is marked once, with a mark that there is."""
        codes = [one.criterion for one in self.marks]
        twice = sorted({one for one in codes if codes.count(one) > 1})
        unknown = [one for one in self.marks if one.mark not in MARKS]
        found = [("marks", f"{one} is marked twice.") for one in twice]
        return found + [("marks", f"{one.criterion}: {one.mark!r} is no mark.") for one in unknown]


@record(
    "audit_action",
    "action from an audit",
    "actions from audits",
    area="audits",
    natural=("audit_id", "words"),
    title=lambda one: one.words,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAction(Kept):
    """What an audit asks to be done; `service` is whom it is sent back to."""

    child_id: str = link("Child", "child", needed=True)
    audit_id: str = link("Audit", "plan_audit", needed=True)
    criterion: str = text("Criterion")
    words: str = text("Action", needed=True, search=True)
    who: str = text("Who", search=True)
    service: str = text("Service", search=True)
    by_when: date = day("By when", needed=True, coming=True)
    done_on: date | None = day("Done on")


@record(
    "moderation",
    "moderation",
    "moderations",
    area="audits",
    natural=("audit_id", "moderator"),
    title=lambda one: f"moderation of {day_words(one.on)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation(Kept):
    """A second look at an audit: the marks that differ, and the grade agreed on."""

    child_id: str = link("Child", "child", needed=True)
    audit_id: str = link("Audit", "plan_audit", needed=True)
    moderator: str = text("Moderated by", needed=True, search=True)
    on: date = day("Date", needed=True)
    marks: tuple[Mark, ...] = items(
        "Marks that differ",
        Coder(_dump_mark, _load_mark, _say_mark, key=_mark_key, read=read_marks),
    )
    agreed_grade: str = text("Grade agreed")


def _dump_cases(value: tuple[str, ...]) -> list[str]:
    return list(value)


def _load_cases(value: Sequence[str]) -> tuple[str, ...]:
    return tuple(value)


@record(
    "audit_sample",
    "sample",
    "samples",
    area="audits",
    title=lambda one: f"sample of {day_words(one.on)}",
    about="A sample of plans to be audited, drawn by lot and by a number that draws it again.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSample(Kept):
    """Cases drawn for audit; the same seed draws the same from the same cases.

    Attributes:
        cases: the ids of those drawn, in the order drawn.
    """

    on: date = day("Drawn on", needed=True)
    how_many: int = number("How many", needed=True, least=1, most=9999)
    drawn_from: str = choice("From", DRAWN_FROM, needed=True)
    which: str = text("Which", hint="The need, setting or auditor it is drawn from.")
    seed: int = number("Seed", needed=True, least=0, most=999_999_999)
    cases: tuple[str, ...] = coded(
        "Cases", Coder(_dump_cases, _load_cases), by_hand=False, listed=False, blank=()
    )
