"""A legal hold: why a case is not disposed of, who asked for it, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.ui.dialogs.record import open_record_dialog

if TYPE_CHECKING:
    from caseworker_app.domain.rows import RecordRow
    from caseworker_app.ui.screens.base import Frame

_KIND = "legal_hold"


def hold(frame: Frame, child_id: str, parent: QWidget) -> None:
    """Open the form of a case's legal hold: the one that stands, or a new one."""

    def ask(rows: tuple[RecordRow, ...]) -> None:
        today = frame.today()
        standing = [
            row.record
            for row in rows
            if row.record.child_id == child_id and row.record.holds(today)
        ]
        newest = standing[-1] if standing else None
        open_record_dialog(frame, kind_named(_KIND), newest, parent, child_id)

    frame.jobs.ask(lambda session: session.record_rows(_KIND), ask, owner=parent)
