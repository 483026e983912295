"""Record what meets a date, straight from the list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.ui.screens.base import Frame

_MET_BY: Mapping[str, str] = MappingProxyType(
    {
        "NA-02": "assessment_decision_sent",
        "NA-03": "advice_received",
        "NA-05": "refusal_to_issue_sent",
        "NA-09": "plan_sent",
        "AR-01": "review_decision_sent",
        "AR-02": "review_decision_sent",
        "AR-06": "review_report_received",
        "AR-07": "review_decision_sent",
        "AR-09": "amended_plan_sent",
        "AR-11": "amended_plan_sent",
        "PT-01": "amended_plan_sent",
        "PT-02": "amended_plan_sent",
        "PT-03": "amended_plan_sent",
    }
)


def meeting_kind(rule: str) -> str:
    """The kind of fact that meets a rule, or "" to offer what is likely next."""
    return _MET_BY.get(rule, "")


def open_record_dialog(frame: Frame, parent: QWidget, child_id: str, kind: str) -> None:
    """Fetch the child, then ask what happened; `kind` is offered first."""

    def ask(case: CaseFile) -> None:
        from caseworker_app.ui.dialogs.record_fact import RecordFactDialog

        RecordFactDialog(frame, case, parent, kind).open()

    frame.jobs.ask(lambda desk: desk.case(child_id), ask, owner=parent)
