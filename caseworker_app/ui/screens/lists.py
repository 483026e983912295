"""Lists: the council's own choices, those that came with the program among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from caseworker_app.domain.outcome import Done
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.session import Session
from caseworker_app.services.wording import capital
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.screens.records import RecordsScreen


class ListsScreen(RecordsScreen):
    """Every list in its order; changing what came with the program keeps it as the council's."""

    sorted_at_first = False

    def columns(self) -> tuple[Column[RecordRow], ...]:
        """The list in words, not by the name it has in files."""
        return tuple(
            one._replace(text=lambda row: capital(row.record.of_list.replace("_", " ")))
            if one.key == "of_list"
            else one
            for one in super().columns()
        )

    def identity(self, row: RecordRow) -> str:
        """List and code: what only came along has no id yet."""
        return f"{row.record.of_list}/{row.record.code}"

    def read(self, session: Session) -> Sequence[RecordRow]:
        """Every choice of every list."""
        return session.own_lists()

    def apply(self, done: Done) -> None:
        """Read anew where a choice changed: it may stand in another's place."""
        if self.kind.name in done.kinds:
            self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What every list offers but writing it out: what came along is no record to export."""
        return {key: go for key, go in super().offers().items() if key != "export"}

    def open_record(self, row: RecordRow | None) -> None:
        """Show the form; what came along begins a choice of the council's own."""
        record = None if row is None else row.record
        if record is None or record.id:
            super().open_record(row)
        else:
            open_record_dialog(self.frame, self.kind, None, self.window(), begin=record)

    def _remove(self, row: RecordRow) -> None:
        if row.record.id:
            super()._remove(row)
        else:
            self.frame.say("This came with Caseworker: change it and say that it has ended.")
