"""What audits found goes back to the services: a page each, with its marks and its actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from caseworker_app.domain.auditing.scoring import Result
from caseworker_app.domain.auditing.themes import gathered
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.auditing import AuditAction
from caseworker_app.domain.lateness import days_words
from caseworker_app.domain.names import folded
from caseworker_app.domain.paper import Paper, PaperTable, Part


def services_of(results: Iterable[Result], actions: Iterable[AuditAction]) -> tuple[str, ...]:
    """The services of which audits speak, or which have an action to do, by name."""
    found: dict[str, str] = {}
    for one in results:
        for criterion in one.tool.criteria:
            if criterion.service:
                found.setdefault(folded(criterion.service), criterion.service)
    for action in actions:
        if action.service:
            found.setdefault(folded(action.service), action.service)
    return tuple(found[key] for key in sorted(found))


def service_page(
    service: str,
    results: Sequence[Result],
    actions: Sequence[AuditAction],
    references: Mapping[str, str],
    today: date,
    foot: str = "",
) -> Paper:
    """The page of one service. It names no child: cases stand by their reference.

    Args:
        service: its name.
        results: the audits of the time it is about.
        actions: all actions; those of the service stand on the page, open ones first.
        references: of the children, by id.
        today: the day it is seen on.
        foot: who made it and when.
    """
    mine = folded(service)
    codes = {
        criterion.code
        for one in results
        for criterion in one.tool.criteria
        if folded(criterion.service) == mine
    }
    own = [one for one in gathered(results, "criterion") if one.key in codes]
    marks = PaperTable(
        ("What was looked at", "Audits", "Met", "Partly met", "Not met", "Met, per cent"),
        tuple((one.words, one.audits, one.met, one.partly, one.not_met, one.share) for one in own),
        empty="No audit of this time looked at anything of this service.",
    )
    notes = PaperTable(
        ("Case", "What was looked at", "Mark", "Note of the auditor"),
        tuple(_notes(results, codes, references)),
        empty="The auditors left no notes.",
    )
    due = [one for one in actions if folded(one.service) == mine]
    due.sort(key=lambda one: (one.done_on is not None, one.by_when, one.id))
    asked = PaperTable(
        ("Case", "Action", "Who", "By when", "State"),
        tuple(
            (references.get(one.child_id, ""), one.words, one.who, one.by_when, state(one, today))
            for one in due
        ),
        strong=1,
        empty="No action is asked of this service.",
    )
    spell = _spell(results)
    about = (
        f"What {len(results):,} {'audit' if len(results) == 1 else 'audits'} of EHC plans{spell} "
        "found of this service's part, and what was promised."
    )
    parts = (Part("Findings", (), marks), Part("Notes", (), notes), Part("Actions", (), asked))
    return Paper(f"Audits of plans: {service}", about, parts, foot)


def state(action: AuditAction, today: date) -> str:
    """How an action stands, in words."""
    if action.done_on is not None:
        return f"done {day_words(action.done_on)}"
    days = (action.by_when - today).days
    if days < 0:
        return f"{days_words(-days)} late"
    return "due today" if days == 0 else f"due in {days_words(days)}"


def _notes(
    results: Iterable[Result], codes: set[str], references: Mapping[str, str]
) -> Iterable[tuple[str, str, str, str]]:
    words = {"partly": "Partly met", "not": "Not met", "met": "Met", "na": "Does not apply"}
    for one in results:
        asked = {each.code: each.words for each in one.tool.criteria}
        for mark in one.marks:
            if mark.criterion in codes and mark.note:
                reference = references.get(one.audit.child_id, "")
                yield reference, asked[mark.criterion], words[mark.mark], mark.note


def _spell(results: Sequence[Result]) -> str:
    days = [one.audit.on for one in results]
    if not days:
        return ""
    first, last = day_words(min(days)), day_words(max(days))
    return f" on {first}" if first == last else f" from {first} to {last}"
