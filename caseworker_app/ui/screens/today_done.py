"""Record what meets a date, straight from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.ui.screens.base import Frame

if TYPE_CHECKING:
    from caseworker_app.domain.caseload import CaseFile
    from caseworker_app.domain.rules import Rulebook


PASSES = "Nothing to record: this date passes by itself on its day"


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
    frame: Frame, parent: QWidget, child_id: str, rule: str = "", episode: str = ""
) -> None:
    """Fetch the child, then ask what happened; what meets the deadline named is offered first."""

    def ask(case: CaseFile) -> None:
        from caseworker_app.ui.dialogs.record_fact import RecordFactDialog

        RecordFactDialog(frame, case, parent, meeting_kind(case, rule, episode)).open()

    frame.jobs.ask(lambda session: session.case(child_id), ask, owner=parent)
