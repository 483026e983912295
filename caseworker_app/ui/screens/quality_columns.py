"""The lists of Quality: audits, what waits, a sample, findings, second looks and actions."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.auditing.agreement import TwoLooks
from caseworker_app.domain.auditing.back_to_services import state
from caseworker_app.domain.auditing.scoring import GRADES
from caseworker_app.domain.auditing.themes import Tally
from caseworker_app.domain.auditing.waiting import REASONS, Waiting
from caseworker_app.domain.declarations.auditing import AUDIT_KINDS
from caseworker_app.services.quality.audits import ActionRow, AuditRow, Drawn
from caseworker_app.ui.models.column import (
    DONE,
    LATE,
    OK,
    QUIET,
    SOON,
    Column,
    long_date,
    no_date_last,
)

_WEEK = 7
_TONES = {"strong": DONE, "good": OK, "improve": SOON, "weak": LATE}


def _per_cent(value: int | None) -> str:
    return "" if value is None else f"{value} %"


def _number(value: int | None) -> int:
    return -1 if value is None else value


AUDITS: tuple[Column[AuditRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=150, style="strong"),
    Column(
        "on",
        "Audited",
        lambda row: long_date(row.result.audit.on),
        lambda row: row.result.audit.on,
        width=98,
    ),
    Column("auditor", "Auditor", lambda row: row.result.audit.auditor, width=116),
    Column("version", "Of", lambda row: row.version, width=84, style="dim"),
    Column(
        "score",
        "Score",
        lambda row: _per_cent(row.result.score.per_cent),
        lambda row: _number(row.result.score.per_cent),
        "right",
        width=62,
    ),
    Column(
        "grade",
        "Grade",
        lambda row: GRADES.get(row.result.grade, "Not complete"),
        lambda row: list(GRADES).index(row.result.grade) if row.result.grade else 9,
        tone=lambda row: _TONES.get(row.result.grade, QUIET),
        width=150,
    ),
    Column(
        "meets",
        "Standard",
        lambda row: {True: "Met", False: "Not met", None: ""}[row.result.meets],
        width=76,
    ),
    Column(
        "moderated",
        "Moderated",
        lambda row: row.result.moderated.moderator if row.result.moderated else "",
        width=104,
        style="dim",
    ),
    Column(
        "themes",
        "Themes",
        lambda row: row.result.audit.themes,
        width=150,
        style="dim",
        stretch=True,
    ),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
    Column(
        "kind",
        "Kind",
        lambda row: AUDIT_KINDS[row.result.audit.kind],
        width=90,
        style="dim",
        by_choice=True,
    ),
)

WAITING: tuple[Column[Waiting], ...] = (
    Column("child", "Child", lambda row: row.plan.name, width=160, style="strong"),
    Column(
        "why",
        "Waits as",
        lambda row: REASONS[row.reason],
        lambda row: (list(REASONS).index(row.reason), row.since or date.max),
        tone=lambda row: {"old": LATE, "transfer": SOON, "again": SOON}.get(row.reason, QUIET),
        width=180,
    ),
    Column(
        "first",
        "First issued",
        lambda row: long_date(row.plan.first_issued),
        lambda row: no_date_last(row.plan.first_issued),
        width=98,
    ),
    Column("need", "Need", lambda row: row.plan.need, width=64),
    Column(
        "setting", "Setting", lambda row: row.plan.setting, width=150, style="dim", stretch=True
    ),
    Column("caseworker", "Caseworker", lambda row: row.plan.caseworker, width=106, style="dim"),
)

SAMPLE: tuple[Column[Drawn], ...] = (
    Column("child", "Child", lambda row: row.plan.name, width=170, style="strong"),
    Column("reference", "Reference", lambda row: row.plan.reference, width=90, style="dim"),
    Column(
        "audited",
        "Audited",
        lambda row: long_date(row.audited_on) or "Not yet",
        lambda row: no_date_last(row.audited_on),
        tone=lambda row: DONE if row.audited_on else SOON,
        width=130,
    ),
    Column(
        "first",
        "First issued",
        lambda row: long_date(row.plan.first_issued),
        lambda row: no_date_last(row.plan.first_issued),
        width=98,
    ),
    Column("need", "Need", lambda row: row.plan.need, width=64),
    Column("setting", "Setting", lambda row: row.plan.setting, width=150, stretch=True),
    Column("caseworker", "Caseworker", lambda row: row.plan.caseworker, width=106, style="dim"),
)

THEMES: tuple[Column[Tally], ...] = (
    Column("what", "What", lambda row: row.words, width=320, style="strong", stretch=True),
    Column(
        "audits", "Audits", lambda row: f"{row.audits:,}", lambda row: row.audits, "right", width=70
    ),
    Column("met", "Met", lambda row: f"{row.met:,}", lambda row: row.met, "right", width=66),
    Column(
        "partly", "Partly", lambda row: f"{row.partly:,}", lambda row: row.partly, "right", width=66
    ),
    Column(
        "not", "Not", lambda row: f"{row.not_met:,}", lambda row: row.not_met, "right", width=66
    ),
    Column(
        "share",
        "Marks met",
        lambda row: _per_cent(row.share),
        lambda row: _number(row.share),
        "right",
        width=84,
    ),
    Column(
        "standard",
        "Plans at the standard",
        lambda row: f"{row.meeting:,} of {row.scored:,}" if row.scored else "",
        lambda row: row.meeting * 100 // row.scored if row.scored else -1,
        "right",
        width=140,
    ),
)

LOOKS: tuple[Column[TwoLooks], ...] = (
    Column(
        "on",
        "Audit of",
        lambda row: long_date(row.audit.on),
        lambda row: row.audit.on,
        width=110,
        style="strong",
    ),
    Column("auditor", "Auditor", lambda row: row.auditor, width=140),
    Column("other", "Second look", lambda row: row.other, width=140),
    Column(
        "same",
        "Alike",
        lambda row: f"{row.agreement.same} of {row.agreement.pairs}",
        lambda row: _number(row.agreement.per_cent),
        "right",
        width=90,
    ),
    Column(
        "kappa",
        "Kappa",
        lambda row: "" if row.agreement.kappa is None else f"{float(row.agreement.kappa):.2f}",
        lambda row: -9 if row.agreement.kappa is None else float(row.agreement.kappa),
        "right",
        width=76,
    ),
    Column(
        "differ",
        "Differ on",
        lambda row: "; ".join(row.differing_words),
        style="dim",
        stretch=True,
    ),
)


def action_columns(today: date) -> tuple[Column[ActionRow], ...]:
    """The columns of actions, as they stand on a day."""

    def tone(row: ActionRow) -> str:
        if row.action.done_on is not None:
            return DONE
        days = (row.action.by_when - today).days
        return LATE if days < 0 else SOON if days < _WEEK else OK

    return (
        Column("child", "Child", lambda row: row.name, width=150, style="strong"),
        Column("action", "Action", lambda row: row.action.words, width=240, style="", stretch=True),
        Column("who", "Who", lambda row: row.action.who, width=120),
        Column("service", "Service", lambda row: row.action.service, width=130),
        Column(
            "by",
            "By when",
            lambda row: long_date(row.action.by_when),
            lambda row: row.action.by_when,
            width=98,
        ),
        Column(
            "state",
            "State",
            lambda row: state(row.action, today),
            lambda row: (row.action.done_on is not None, row.action.by_when),
            tone=tone,
            width=150,
        ),
    )
