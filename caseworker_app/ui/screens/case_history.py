"""The history of a case: who changed what, when and why, as the audit keeps it."""

from __future__ import annotations

from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.history_list import HistoryList


class CaseHistory(HistoryList):
    """The audit entries of one child, newest first."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame, "Nothing is overwritten silently: each change stands here and stays."
        )
