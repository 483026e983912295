"""Mediation and tribunal as the return asks of them: about which decision, yes or no.

The record of a dispute says what it is about. Where there is none, what was recorded after a
refusal and before what came of it is about that refusal; what came after the plan is about
something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.families import Dispute
from caseworker_app.domain.facts import Fact

MEDIATION = frozenset({"mediation_requested", "mediation_held", "mediation_agreement"})
TRIBUNAL = frozenset({"appeal_registered", "tribunal_order", "appeal_conceded"})
WAYS = {"Mediation": ("mediation", MEDIATION), "Tribunal": ("tribunal", TRIBUNAL)}
"""The end of an item's name, the kind of dispute, and the kinds of fact."""

ASSESS, ISSUE, OTHER = "assess", "issue", "other"
_ABOUT = {"assess": ASSESS, "issue": ISSUE}
"""What a dispute may be about, where it is not about another decision."""


def disputed(
    file: CaseFile,
    facts: Sequence[Fact],
    way: str,
    about: str,
    since: date | None,
    until: date,
) -> bool:
    """Whether there was a mediation or an appeal about something between two days, both counted.

    Args:
        file: the case, with its disputes.
        facts: those known.
        way: a key of `WAYS`.
        about: `ASSESS`, `ISSUE`, or `OTHER` for any other decision.
        since: None where there was no such decision.
        until: the last day.
    """
    if since is None:
        return False
    kind, kinds = WAYS[way]
    told: set[str | None] = set()
    for one in file.kept.get("dispute", ()):
        if isinstance(one, Dispute) and one.kind == kind:
            told.add(one.fact_id)
            found = _ABOUT.get(one.about, OTHER)
            if found == about and since <= one.opened_on <= until:
                return True
    return any(
        fact.kind in kinds and since <= fact.on <= until and fact.id not in told for fact in facts
    )
