"""Take several recorded dates back as mistakes, with one reason and one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import Command, RemoveFact, Together
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.lines_shown import LinesShown


class RemoveManyDialog(CommandDialog):
    """Shows what is to be removed and of whom, and asks why."""

    def __init__(
        self,
        frame: Frame,
        told: Sequence[tuple[str, str]],
        commands: Sequence[RemoveFact],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            told: for each, whose it is as `about_child` says it, and what is removed,
                "Report: 30 Oct 26".
            commands: as many, each with the version seen and no reason yet.
            parent: the window it stands over.
        """
        title = "Remove what was recorded" if len(told) == 1 else f"Remove {len(told):,} entries"
        name = told[0][0] if len(told) == 1 else ""
        super().__init__(frame, title, "Remove", parent, name)
        self._commands = tuple(commands)
        lines = [what for _, what in told] if name else [f"{child}, {what}" for child, what in told]
        self.form.add_wide(LinesShown("What is removed", lines))
        self.why = self.form.add(
            "&Reason", QLineEdit(), "The history keeps it; the deadlines follow.", key="why"
        )
        self.why.setPlaceholderText("Typed in the wrong row")
        self.why.setFocus()

    def command(self) -> Command | None:
        """The removals with their reason: all or none."""
        why = self.why.text().strip()
        if not why:
            self.form.show_problem("why", "Say in a few words why it is removed.")
            return None
        if len(self._commands) == 1:
            return replace(self._commands[0], why=why)
        commands = tuple(replace(one, why=why) for one in self._commands)
        return Together(commands, f"{len(commands):,} entries removed")

    def rebase(self, then: Callable[[], None]) -> None:
        """Remove them on top of what somebody else changed."""

        def newest(rows: tuple[ReviewRow, ...]) -> None:
            seen = {row.child_id: row.version for row in rows}
            self._commands = tuple(
                replace(one, seen=seen.get(one.child_id, one.seen)) for one in self._commands
            )
            then()

        ids = {one.child_id for one in self._commands}
        self.frame.jobs.ask(lambda session: session.reviews(ids), newest, owner=self)
