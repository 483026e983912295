"""Assessments and reassessments: a track of weeks a child, soonest to be in breach first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.twenty_weeks import TrackRow
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.session import Session
from caseworker_app.ui.delegates.track import LEGEND, TrackDelegate
from caseworker_app.ui.screens.assessments_columns import LIST
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.consulted_list import ConsultedList
from caseworker_app.ui.screens.figured_list import BY_CASEWORKER, dim_line
from caseworker_app.ui.screens.today_done import open_record_dialog

_TRACK = 300
"""A track says little in less room than this."""


class AssessmentsScreen(ConsultedList[TrackRow]):
    """Every assessment under way, with what is done, what is in, and what comes next."""

    key = "assessments"
    title = "Assessments"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        hint = "One row an assessment; Enter opens the case, Ctrl+Enter records the next step"
        super().__init__(frame, LIST, [BY_CASEWORKER], hint, parent)
        self.table.setItemDelegate(TrackDelegate(frame.theme, self.table))
        self.table.least_stretched = _TRACK
        self.table.spare("asked", "caseworker", "what", "due", "week", "advice")
        legend = dim_line("What the signs of the track mean")
        legend.setText(LEGEND)
        self.column.insertWidget(self.column.indexOf(self.said), legend)

    def look(self, session: Session, ids: Collection[str] | None = None) -> tuple[TrackRow, ...]:
        """The assessments under way."""
        return tracks(session, ids)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row; the form to record offers first what comes next."""
        offered = dict(super().offers())
        row = self.row()
        if row is not None:
            step = partial(open_record_dialog, self.frame, self, row.child_id, kind=row.step_kind)
            offered |= {"record.fact": step, "record.done": step}
        return offered
