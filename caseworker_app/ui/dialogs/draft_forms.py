"""From a draft to the form it was typed into, which offers it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.kinds import Kind
from caseworker_app.domain.people import Setting
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.drafts import Draft
from caseworker_app.ui.dialogs.consult import open_begun
from caseworker_app.ui.runtime.drafting import AND, LETTER, PLAN, REVIEW, REVIEWS_FORM
from caseworker_app.ui.screens.base import Frame

_GONE = (
    "What you began to change is no longer in the store. The draft is kept until you discard it."
)


def open_form(frame: Frame, draft: Draft, window: QWidget) -> None:
    """Open the form of a draft, over the window."""
    name, _, key = draft.form.partition(":")
    known = _OPENS.get(name)
    if known is not None:
        known(frame, draft, key, window)
    elif not open_begun(frame, name, key, window):
        what = name.partition(" ")[2]
        kind = next((one for one in every_kind() if one.one == what), None)
        if kind is None:
            frame.say("That form is not in this version of Caseworker. Its draft stays.")
        else:
            _open_record(frame, kind, key, draft.child_id, window)


def _open_event(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.screens.today_done import open_record_dialog

    del key
    open_record_dialog(frame, window, draft.child_id)


def _open_note(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.note import open_note_dialog

    del key
    open_note_dialog(frame, draft.child_id, window)


def _open_letter(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.letter import open_letter

    open_letter(frame, key.split(AND) if key else (draft.child_id,), window)


def _open_child(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.child import open_child_dialog

    del draft, key
    open_child_dialog(frame, window)


def _open_tool(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.audit_tool import open_tool

    del draft, key
    open_tool(frame, window)


def _open_reviews(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    del key, window
    frame.show_screen("reviews").show_child_row(draft.child_id)


def _open_audit(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.audit import open_audit, open_moderation

    def show(rows: tuple[RecordRow, ...]) -> None:
        audit = next((row.record for row in rows if row.id == key), None)
        if audit is None:
            frame.say(_GONE)
        elif draft.form.startswith(_MODERATION):
            open_moderation(frame, audit, window)
        else:
            open_audit(frame, draft.child_id, window, audit)

    if key:
        frame.jobs.ask(lambda session: session.record_rows("plan_audit"), show, owner=window)
    else:
        open_audit(frame, draft.child_id, window)


def _open_details(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.screens.case import CaseScreen

    del key, window
    frame.open_case(draft.child_id)
    case = frame.show_screen("case")
    if isinstance(case, CaseScreen):
        case.tabs.setCurrentWidget(case.details)


def _open_plan(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    from caseworker_app.ui.screens.case import CaseScreen

    del key, window
    frame.open_case(draft.child_id)
    case = frame.show_screen("case")
    if isinstance(case, CaseScreen):
        case.show_plan(review=draft.form == REVIEW)


def _open_fact(frame: Frame, draft: Draft, key: str, window: QWidget) -> None:
    def show(case: CaseFile) -> None:
        from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog

        fact = next((one for one in case.facts if one.id == key), None)
        if fact is None:
            frame.say(_GONE)
        else:
            ChangeFactDialog(frame, case, fact, window).open()

    frame.jobs.ask(lambda session: session.case(draft.child_id), show, owner=window)


def _open_record(frame: Frame, kind: Kind, key: str, child_id: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.record import ANY_CHILD, open_record_dialog

    if key == ANY_CHILD:
        open_record_dialog(frame, kind, None, window)
        return

    def show(rows: tuple[RecordRow, ...]) -> None:
        record = next((row.record for row in rows if row.id == key), None)
        if key and record is None:
            frame.say(_GONE)
        elif kind.name == "setting":
            from caseworker_app.ui.dialogs.setting import SettingDialog

            SettingDialog(frame, record if isinstance(record, Setting) else None, window).open()
        else:
            open_record_dialog(frame, kind, record, window, child_id)

    if key:
        frame.jobs.ask(lambda session: session.record_rows(kind.name), show, owner=window)
    else:
        show(())


_MODERATION = "moderation"
_OPENS: Mapping[str, Callable[[Frame, Draft, str, QWidget], None]] = MappingProxyType(
    {
        "record": _open_event,
        "note": _open_note,
        "details": _open_details,
        PLAN: _open_plan,
        REVIEW: _open_plan,
        "change fact": _open_fact,
        REVIEWS_FORM: _open_reviews,
        "new child": _open_child,
        "audit of a plan": _open_audit,
        _MODERATION: _open_audit,
        "audit tool": _open_tool,
        LETTER: _open_letter,
    }
)
"""How a form is opened from its draft, by name; those of records and moves say it themselves."""
