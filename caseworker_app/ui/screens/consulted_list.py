"""What Assessments and Phase transfer share beside figures: settings are asked about a child."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from caseworker_app.domain.phase_transfer import TransferRow
from caseworker_app.domain.twenty_weeks import TrackRow
from caseworker_app.ui.dialogs.consult import ReplyDialog, open_consult
from caseworker_app.ui.screens.figured_list import FiguredList

Asked = TypeVar("Asked", bound=TrackRow | TransferRow)


class ConsultedList(FiguredList[Asked]):
    """A list of which one or several children can be put to settings."""

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row, asking and answering among it."""
        offered = dict(super().offers())
        row = self.row()
        if row is not None:
            offered["transfer.consult"] = self.consult
            if row.asked:
                offered["transfer.reply"] = lambda: ReplyDialog(self.frame, row, self).open()
        return offered

    def consult(self) -> None:
        """Ask which settings the children selected were put to."""
        row = self.row()
        if row is not None:
            open_consult(self.frame, self.selected() or [row], self)
