"""What stands before an auditor: the plan section by section, its versions, and the questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.auditing import AuditTool, PlanAudit
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import in_order
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.plan_history import unrecorded
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.gate import ask_of, asks_itself
from caseworker_app.services.quality.shipped_tool import shipped_tool, tool_in_force
from caseworker_app.services.record_lists import record_rows
from caseworker_app.services.wording import capital

if TYPE_CHECKING:
    from caseworker_app.domain.people import Child
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

SECTIONS = {
    "A": "A  Views, interests and aspirations",
    "B": "B  Special educational needs",
    "C": "C  Health needs",
    "D": "D  Social care needs",
    "E": "E  Outcomes",
    "F": "F  Educational provision",
    "G": "G  Health provision",
    "H": "H  Social care provision",
    "I": "I  Placement",
    "J": "J  Personal budget",
    "K": "K  Advice",
}
"""The sections of a plan, in order. Source: SEND Regulations 2014, regulation 12."""

_ENDS = ("until", "ended_on")


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version of the plan that can be audited.

    Attributes:
        version_id: the record; "" where only an event tells of it.
        fact_id: the event that dates it.
    """

    words: str
    version_id: str
    fact_id: str

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.version_id or f"event {self.fact_id}"


@dataclass(frozen=True, slots=True)
class AuditForm:
    """All an auditor needs.

    Attributes:
        tool: the edition to audit by; without an id where the store has none yet.
        versions: the newest final plan first, then drafts.
        sections: a title of `SECTIONS` with the lines that the plan says there.
        audits: earlier ones, in words.
    """

    child: Child
    tool: AuditTool
    versions: tuple[VersionChoice, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    audits: tuple[str, ...]


@asks_itself
def audit_form(session: Session, child_id: str, audit: PlanAudit | None = None) -> AuditForm:
    """What an audit of a child's plan needs.

    Args:
        session: the store.
        child_id: whose plan.
        audit: the one that is changed or moderated: its own edition then counts.

    Raises:
        Refused: there is no such child, there is no plan, or one may see no audit of theirs.
    """
    today = session.today()
    with session.store.reading() as reading:
        ask_of(session.person, "audits", Right.READ, (child_id,), reading, today)
        record = reading.records((child_id,)).get(child_id)
        if record is None:
            raise Refused("This child is no longer in the store.")
        held = {
            name: _rows(reading, name, child_id) for name in (*_SHOWN, "plan_version", "plan_audit")
        }
        if audit is not None:
            tool = reading.all_of(kind_of(AuditTool), (audit.tool_id,))[audit.tool_id]
        else:
            tool = tool_in_force(reading, today) or shipped_tool(today)
        kept = [row.record for row in held["plan_version"]]
        days = {one.id: one.on for one in in_order(record.facts)}
        versions = _versions(
            held["plan_version"], unrecorded(record.child, record.facts, kept), days
        )
        setting = next(
            (one.name for one in reading.settings() if one.id == record.child.setting_id), ""
        )
    if not versions:
        raise Refused(
            "There is no plan to audit yet: record that a draft or a final plan was sent."
        )
    return AuditForm(
        record.child,
        tool,
        versions,
        tuple((title, tuple(_lines(key, held, setting, today))) for key, title in SECTIONS.items()),
        tuple(f"{day_words(row.record.on)}, {row.record.auditor}" for row in held["plan_audit"]),
    )


def _versions(
    rows: Sequence[RecordRow], told: Sequence[Any], days: dict[str, date]
) -> tuple[VersionChoice, ...]:
    kinds = kind_named("plan_version").field("kind").choices
    found = [
        (one.kind != "draft", days[one.fact_id], one)
        for one in (*(row.record for row in rows), *told)
        if one.fact_id in days
    ]
    found.sort(key=lambda each: each[:2], reverse=True)
    return tuple(
        VersionChoice(f"{kinds[one.kind]}, {day_words(day)}", one.id, one.fact_id)
        for _, day, one in found
    )


_SHOWN = ("aspiration", "described_need", "outcome", "provision", "personal_budget")


def _lines(
    section: str, held: dict[str, Sequence[RecordRow]], setting: str, today: date
) -> Iterator[str]:
    """What the plan says in a section, a line each."""
    if section == "I" and setting:
        yield setting
    for name in _SHOWN:
        for row in held[name]:
            if _ended(row.record, today):
                continue
            if _section(name, row.record) == section:
                yield _said(name, row)


def _section(name: str, record: Any) -> str:  # noqa: ANN401
    where = {"aspiration": "A", "outcome": "E", "personal_budget": "J"}
    return where.get(name) or str(record.section)[:1]


def _ended(record: Any, today: date) -> bool:  # noqa: ANN401
    day = next((getattr(record, one) for one in _ENDS if getattr(record, one, None)), None)
    return day is not None and day < today


def _said(name: str, row: RecordRow) -> str:
    """A record of the plan in one line: its own words first, then what else it says."""
    first = {"provision": "what", "personal_budget": "part"}.get(name, "words")
    fields = [one for one in kind_named(name).fields if one.listed and one.by_hand]
    rest = [
        f"{one.label}: {row.words[one.name]}" if one.type == "yes or no" else row.words[one.name]
        for one in fields
        if one.name not in (first, "child_id", "section")
        and getattr(row.record, one.name) != one.blank
    ]
    said = [row.words[first] or capital(kind_named(name).one), *filter(None, rest)]
    return " · ".join(" ".join(one.split()) for one in said)


def _rows(reading: Reading, name: str, child_id: str) -> Sequence[RecordRow]:
    kind = kind_named(name)
    ids = reading.pointing(kind, kind.owner, (child_id,))
    rows = record_rows(reading, kind, ids) if ids else ()
    return sorted(rows, key=lambda row: (getattr(row.record, "place", None) or 0, int(row.id)))
