"""Record what meets a date, straight from a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.ui.screens.base import Frame

if TYPE_CHECKING:
    from caseworker_app.domain.caseload import CaseFile
    from caseworker_app.domain.rules import Rulebook


DONE_ALREADY = "Done today already; Undo takes it back"
PASSES = "Nothing to record: this passes by itself on its day"


def passing_rules(book: Rulebook) -> frozenset[str]:
    """The rules whose dates no fact meets: the family's time to comment, an age reached."""
    return frozenset(one.rule for one in book.versions if one.lapses and not one.met_by)


def meeting_kind(case: CaseFile, rule: str, episode: str) -> str:
    """The kind of fact that meets a deadline, or "" where its rule does not say."""
    from caseworker_app.domain.facts import KINDS

    for deadline in case.deadlines:
        if (deadline.rule, deadline.episode) == (rule, episode):
            kind = deadline.version.met_by.partition(" ")[0].partition(".")[0]
            return kind if kind in KINDS else ""
    return ""


def open_record_dialog(
    frame: Frame, parent: QWidget, child_id: str, rule: str = "", episode: str = "", kind: str = ""
) -> None:
    """Fetch the child, then ask what happened.

    The kind of fact given, or else what meets the deadline named, is offered first.
    """

    def ask(case: CaseFile) -> None:
        _ask(frame, parent, case, kind or meeting_kind(case, rule, episode))

    frame.jobs.ask(lambda session: session.case(child_id), ask, owner=parent)


def record_today(frame: Frame, parent: QWidget, child_id: str, rule: str, episode: str) -> None:
    """Record that what meets a deadline was done today, and say so with Undo.

    Where the fact has an answer, an outcome say, or goes badly with what is recorded, it is asked.
    """

    def go(case: CaseFile) -> None:
        from caseworker_app.services.commands import RecordFact

        kind, today = meeting_kind(case, rule, episode), frame.today()
        if not kind or _has_to_ask(case, kind, today):
            _ask(frame, parent, case, kind)
            return

        def came(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                _ask(frame, parent, case, kind)

        command = RecordFact(case.child.id, case.child.version, kind, today)
        frame.jobs.submit(command, parent, came)

    frame.jobs.ask(lambda session: session.case(child_id), go, owner=parent)


DONE_ON = {"promise": "kept_on", "audit_action": "done_on"}
"""Kinds of record whose line on Today is done by giving a field the day."""


def keep_record(frame: Frame, parent: QWidget, record: str) -> None:
    """Record that a promise on Today was kept today, or that an action was done."""
    kind, _, key = record.partition("/")
    _change(frame, parent, kind, key, DONE_ON[kind])


def bring_back(frame: Frame, parent: QWidget, snooze: str) -> None:
    """End a snooze today; what it put off is on Today again, and the reason stays on record."""
    _change(frame, parent, "snooze", snooze, "until")


def _change(frame: Frame, parent: QWidget, kind: str, key: str, field: str) -> None:
    """Give a record's field the day of today, as it stands now."""
    from caseworker_app.services.commands import ChangeRecord

    def go(version: int) -> None:
        frame.jobs.submit(ChangeRecord(kind, key, version, {field: frame.today()}), parent)

    frame.jobs.ask(lambda session: session.version_of(kind, key), go, owner=parent)


def _has_to_ask(case: CaseFile, kind: str, today: date) -> bool:
    from caseworker_app.domain.event_order import doubts_about
    from caseworker_app.domain.facts import KINDS, Fact

    keys = KINDS[kind].keys
    if any(key.required or key.type == "choice" for key in keys):
        return True
    return bool(doubts_about(Fact(kind, today), case.facts, case.child.born))


def _ask(frame: Frame, parent: QWidget, case: CaseFile, kind: str) -> None:
    from caseworker_app.ui.dialogs.record_fact import RecordFactDialog

    RecordFactDialog(frame, case, parent, kind).open()
