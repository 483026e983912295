"""From a draft to the form it was typed into, which offers it again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.kinds import Kind
from caseworker_app.domain.people import Setting
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.drafts import Draft
from caseworker_app.ui.dialogs.consult import open_begun
from caseworker_app.ui.runtime.drafting import PLAN, REVIEW, REVIEWS_FORM
from caseworker_app.ui.screens.base import Frame

_GONE = (
    "What you began to change is no longer in the store. The draft is kept until you discard it."
)


def open_form(frame: Frame, draft: Draft, window: QWidget) -> None:
    """Open the form of a draft, over the window."""
    name, _, key = draft.form.partition(":")
    if name == "record":
        from caseworker_app.ui.screens.today_done import open_record_dialog

        open_record_dialog(frame, window, draft.child_id)
    elif name == "note":
        from caseworker_app.ui.dialogs.note import open_note_dialog

        open_note_dialog(frame, draft.child_id, window)
    elif name == "details":
        _open_details(frame, draft.child_id)
    elif name in (PLAN, REVIEW):
        _open_plan(frame, name, draft.child_id)
    elif name == "change fact":
        _open_fact(frame, draft.child_id, key, window)
    elif name == REVIEWS_FORM:
        frame.show_screen("reviews").show_child_row(draft.child_id)
    elif name == "new child":
        from caseworker_app.ui.dialogs.child import open_child_dialog

        open_child_dialog(frame, window)
    elif name in ("audit of a plan", "moderation"):
        _open_audit(frame, name, key, draft.child_id, window)
    elif name == "audit tool":
        from caseworker_app.ui.dialogs.audit_tool import open_tool

        open_tool(frame, window)
    elif not open_begun(frame, name, key, window):
        what = name.partition(" ")[2]
        kind = next((one for one in every_kind() if one.one == what), None)
        if kind is None:
            frame.say("That form is not in this version of Caseworker. Its draft stays.")
        else:
            _open_record(frame, kind, key, draft.child_id, window)


def _open_audit(frame: Frame, name: str, key: str, child_id: str, window: QWidget) -> None:
    from caseworker_app.ui.dialogs.audit import open_audit, open_moderation

    def show(rows: tuple[RecordRow, ...]) -> None:
        audit = next((row.record for row in rows if row.id == key), None)
        if audit is None:
            frame.say(_GONE)
        elif name == "moderation":
            open_moderation(frame, audit, window)
        else:
            open_audit(frame, child_id, window, audit)

    if key:
        frame.jobs.ask(lambda session: session.record_rows("plan_audit"), show, owner=window)
    else:
        open_audit(frame, child_id, window)


def _open_details(frame: Frame, child_id: str) -> None:
    from caseworker_app.ui.screens.case import CaseScreen

    frame.open_case(child_id)
    case = frame.show_screen("case")
    if isinstance(case, CaseScreen):
        case.tabs.setCurrentWidget(case.details)


def _open_plan(frame: Frame, name: str, child_id: str) -> None:
    from caseworker_app.ui.screens.case import CaseScreen

    frame.open_case(child_id)
    case = frame.show_screen("case")
    if isinstance(case, CaseScreen):
        case.show_plan(review=name == REVIEW)


def _open_fact(frame: Frame, child_id: str, fact_id: str, window: QWidget) -> None:
    def show(case: CaseFile) -> None:
        from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog

        fact = next((one for one in case.facts if one.id == fact_id), None)
        if fact is None:
            frame.say(_GONE)
        else:
            ChangeFactDialog(frame, case, fact, window).open()

    frame.jobs.ask(lambda session: session.case(child_id), show, owner=window)


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
