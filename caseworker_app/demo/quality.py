"""Audits, samples, what families say and disputes of an invented borough, drawn from references.

The same store is given the same: each child is drawn from their own reference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app import paths
from caseworker_app.demo.around import Fields, Wanted
from caseworker_app.domain.auditing.sampling import draw
from caseworker_app.domain.auditing.waiting import LivePlan
from caseworker_app.domain.declarations.auditing import AuditTool, Mark, PlanAudit
from caseworker_app.domain.rows import CaseRow

_WORSE = {"met": "partly", "partly": "not", "not": "not", "na": "na"}
_SEED = 2018
_STEPS = ["strongly_agree", "agree", "agree", "neither", "disagree", "strongly_disagree"]
_GOOD = frozenset({"very_good", "good"})


@dataclass(frozen=True, slots=True)
class Said:
    """What is found and said, from `resources/demo/quality.toml`, as the file has it."""

    auditors: list[tuple[str, int]]
    findings: list[tuple[str, int, str, str, str]]
    services: dict[str, str]
    said: list[tuple[str, str, str]]
    responses: list[tuple[str, str]]
    disputes: list[tuple[str, str, str, str, bool, int, str]]


def load_said() -> Said:
    """Read the lists."""
    path = paths.resources() / "demo" / "quality.toml"
    return Said(**tomllib.loads(path.read_text(encoding="utf-8")))


def audited(plans: Sequence[LivePlan]) -> list[LivePlan]:
    """Which plans have been audited: one in twelve, old ones and those at a move more often."""
    found = []
    for one in plans:
        chance = 0.35 if one.transfer_review else 0.16 if one.candidate().is_old else 0.06
        if one.newest is not None and _draw(one.reference, "audit").random() < chance:
            found.append(one)
    return found


def audits(
    plans: Sequence[LivePlan], versions: Mapping[str, str], tool: AuditTool, today: date, said: Said
) -> Wanted:
    """An audit of each of some plans, by one of three auditors, over the last fourteen months.

    Args:
        plans: which.
        versions: the version of each plan, by the id of the child.
        tool: the edition they are made by.
        today: no audit is later.
        said: notes and themes.
    """
    for one in plans:
        draw_of = _draw(one.reference, "marks")
        auditor, severe = said.auditors[draw_of.randrange(len(said.auditors))]
        newest = one.newest or today
        since = max(newest, one.transfer_review or newest, today - timedelta(days=420))
        on = since + timedelta(days=draw_of.randint(0, min(60, max(0, (today - since).days))))
        marks, themes = _marks(draw_of, one, tool, severe, said)
        yield (
            "plan_audit",
            {
                "child_id": one.child_id,
                "plan_version_id": versions[one.child_id],
                "tool_id": tool.id,
                "auditor": auditor,
                "on": on,
                "kind": "multi" if draw_of.random() < 0.25 else "desk",
                "marks": marks,
                "themes": ", ".join(dict.fromkeys(themes)),
            },
        )


def actions_and_moderations(kept: Sequence[PlanAudit], today: date, said: Said) -> Wanted:
    """What audits asked for, and a second look at one in five of them."""
    words = {code: (action, note) for code, _, note, action, _ in said.findings}
    for audit in kept:
        draw_of = _draw(audit.child_id, f"action {audit.on}")
        short = [one for one in audit.marks if one.mark == "not"][:3]
        for one in short:
            by_when = audit.on + timedelta(days=draw_of.choice((14, 28, 42)))
            done = by_when - timedelta(days=draw_of.randint(-6, 8))
            finished = done <= today and ((today - by_when).days > 30 or draw_of.random() < 0.7)
            yield (
                "audit_action",
                {
                    "child_id": audit.child_id,
                    "audit_id": audit.id,
                    "criterion": one.criterion,
                    "words": words[one.criterion][0],
                    "who": "Caseworker",
                    "service": said.services.get(one.criterion, ""),
                    "by_when": by_when,
                    "done_on": done if finished else None,
                },
            )
        if draw_of.random() < 0.2:
            yield "moderation", _moderation(draw_of, audit, today, said)


def sample(plans: Sequence[LivePlan], today: date) -> Wanted:
    """The sample of last month, plans before April 2018 first."""
    cases = draw([one.candidate() for one in plans], 20, "old", "", _SEED)
    if cases:
        yield (
            "audit_sample",
            {
                "on": today - timedelta(days=30),
                "how_many": 20,
                "drawn_from": "old",
                "seed": _SEED,
                "cases": cases,
            },
        )


def families(plans: Sequence[LivePlan], today: date, said: Said) -> Wanted:
    """Invitations of the last year, two in five of them answered, and what was done."""
    for one in plans:
        draw_of = _draw(one.reference, "family")
        if one.newest is None or not 10 < (today - one.newest).days < 365:
            continue
        if draw_of.random() > 0.3:
            continue
        first = one.newest == one.first_issued
        about = "assessment" if first else "review"
        sent = one.newest + timedelta(days=draw_of.randint(3, 10))
        token = f"{draw_of.randrange(16**8):08x}"
        yield (
            "invitation",
            {
                "child_id": one.child_id,
                "about": about,
                "sent_on": sent,
                "way": draw_of.choice(("e-mail", "e-mail", "message", "letter")),
                "token": token,
            },
        )
        if draw_of.random() < 0.42:
            yield "feedback", _answer(draw_of, about, sent, token, today, said)
    for number, (theme, done) in enumerate(said.responses):
        day = today - timedelta(days=40 + 60 * number)
        yield "response", {"theme": theme, "done": done, "on": day}


_NEXT_STEPS = {"mediation": "Mediation meeting", "tribunal": "Hearing"}
_REPLY = "Our reply is due"


def disputes(rows: Sequence[CaseRow], today: date, said: Said) -> Wanted:
    """A dispute of one in seventy cases, three in four of them ended."""
    for row in rows:
        draw_of = _draw(row.reference, "dispute")
        if row.status not in ("live", "assessment") or draw_of.random() > 0.015:
            continue
        kind, about, sections, outcome, conceded, pounds, lesson = said.disputes[
            draw_of.randrange(len(said.disputes))
        ]
        opened = today - timedelta(days=draw_of.randint(20, 330))
        ended = opened + timedelta(days=draw_of.randint(25, 200))
        fields: dict[str, Any] = {
            "child_id": row.id,
            "kind": kind,
            "about": about,
            "sections": sections,
            "opened_on": opened,
        }
        if ended <= today:
            fields |= {
                "ended_on": ended,
                "outcome": outcome,
                "conceded": conceded,
                "money": pounds * 100 or None,
                "lesson": lesson,
            }
        else:
            fields["next_on"] = today + timedelta(days=draw_of.randint(4, 40))
            fields["next_step"] = _NEXT_STEPS.get(kind, _REPLY)
        yield "dispute", fields


def _marks(
    draw_of: Random, plan: LivePlan, tool: AuditTool, severe: int, said: Said
) -> tuple[tuple[Mark, ...], list[str]]:
    found: list[Mark] = []
    themes: list[str] = []
    told = {code: (often, note, theme) for code, often, note, _, theme in said.findings}
    for one in tool.criteria:
        often, note, theme = told[one.code]
        if one.code == "adulthood" and draw_of.random() < 0.6:
            found.append(Mark(one.code, "na"))
            continue
        often += 18 if plan.candidate().is_old else 0
        mark = "met"
        if draw_of.random() * 100 < often:
            mark = "not" if draw_of.random() < 0.35 else "partly"
        if draw_of.random() * 100 < severe:
            mark = _WORSE[mark]
        found.append(Mark(one.code, mark, "" if mark == "met" else note))
        if mark == "not":
            themes.append(theme)
    return tuple(found), themes


def _moderation(draw_of: Random, audit: PlanAudit, today: date, said: Said) -> Fields:
    others = [name for name, _ in said.auditors if name != audit.auditor]
    differing = tuple(
        Mark(one.criterion, _WORSE[one.mark], one.note)
        for one in audit.marks
        if one.mark in ("met", "partly") and draw_of.random() < 0.12
    )
    return {
        "child_id": audit.child_id,
        "audit_id": audit.id,
        "moderator": draw_of.choice(others),
        "on": min(today, audit.on + timedelta(days=7)),
        "marks": differing,
    }


def _answer(draw_of: Random, about: str, sent: date, token: str, today: date, said: Said) -> Fields:
    rating, words, themes = draw_of.choice(said.said)
    good = rating in _GOOD

    def step() -> str:
        if draw_of.random() < 0.08:
            return ""
        return draw_of.choice(_STEPS[:3] if good and draw_of.random() < 0.85 else _STEPS[2:])

    return {
        "about": about,
        "on": min(today, sent + timedelta(days=draw_of.randint(1, 25))),
        "given_by": "young_person" if draw_of.random() < 0.15 else "parent",
        "token": token,
        "known": draw_of.random() < 0.5,
        "rating": rating,
        "involved": step(),
        "reflects": step(),
        "informed": step(),
        "words": words,
        "themes": themes,
    }


def _draw(reference: str, what: str) -> Random:
    return Random(f"{reference}:{what}")  # noqa: S311  (invented data, not secrets)


def new_versions(told: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Fields]]:
    """The versions that only events tell of, to be recorded before an audit points at them."""
    for fields in told.values():
        yield "plan_version", fields
