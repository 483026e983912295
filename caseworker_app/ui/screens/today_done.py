"""Record what meets a date, straight from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.ui.screens.base import Frame

if TYPE_CHECKING:
    from caseworker_app.domain.alert_row import AlertRow
    from caseworker_app.domain.caseload import CaseFile
    from caseworker_app.domain.kinds import Kept
    from caseworker_app.domain.rules import Rulebook
    from caseworker_app.services.commands import Command


DONE_ALREADY = "Done today already; Undo takes it back"
PASSES = "Nothing to record: this passes by itself on its day"
NOT_YOURS = "Whoever it was given to, whoever holds the case, or whoever keeps audits marks it done"


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


def end_record(frame: Frame, parent: QWidget, row: AlertRow) -> None:
    """End what a record asks for: a promise is kept, an action done, a dispute asked about."""
    kind, _, key = row.record.partition("/")
    ENDS[kind](frame, parent, row.child_id, key)


def bring_back(frame: Frame, parent: QWidget, snooze: str) -> None:
    """End a snooze today; what it put off is on Today again, and the reason stays on record."""
    from caseworker_app.services.commands import ChangeRecord

    def command(version: int) -> ChangeRecord:
        return ChangeRecord("snooze", snooze, version, {"until": frame.today()})

    _submit(frame, parent, "snooze", snooze, command)


def _keep_promise(frame: Frame, parent: QWidget, child_id: str, key: str) -> None:
    from caseworker_app.services.commands import ChangeRecord

    del child_id

    def command(version: int) -> ChangeRecord:
        return ChangeRecord("promise", key, version, {"kept_on": frame.today()})

    _submit(frame, parent, "promise", key, command)


def _finish_action(frame: Frame, parent: QWidget, child_id: str, key: str) -> None:
    from caseworker_app.services.commands import FinishAction

    del child_id
    _submit(
        frame,
        parent,
        "audit_action",
        key,
        lambda version: FinishAction(key, version, frame.today()),
    )


def _ask_about_dispute(frame: Frame, parent: QWidget, child_id: str, key: str) -> None:
    """Ask how a dispute ended, or what comes next."""
    from caseworker_app.domain.kinds import kind_named
    from caseworker_app.ui.dialogs.record import open_record_dialog as open_form

    kind = kind_named("dispute")

    def show(found: Kept) -> None:
        open_form(frame, kind, found, parent, child_id)

    frame.jobs.ask(lambda session: session.one_record(kind.name, key), show, owner=parent)


ENDS: Mapping[str, Callable[[Frame, QWidget, str, str], None]] = MappingProxyType(
    {
        "promise": _keep_promise,
        "audit_action": _finish_action,
        "dispute": _ask_about_dispute,
    }
)
"""How the line of a record ends, by its kind: of the others none can be ended from Today."""


def _submit(
    frame: Frame, parent: QWidget, kind: str, key: str, command: Callable[[int], Command]
) -> None:
    """Give a command for a record by its version as it stands now."""

    def go(version: int) -> None:
        frame.jobs.submit(command(version), parent)

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
