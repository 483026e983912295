"""Bring school closures in from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.rules import closures_file
from caseworker_app.services.session import Session
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_open

_KINDS = "CSV files (*.csv);;All files (*)"


def ask_closures(frame: Frame, parent: QWidget) -> None:
    """Ask for a file with a row a spell: setting, from, reopens."""
    ask_open(
        parent,
        "Import closures: setting, from, reopens",
        "closures.csv",
        _KINDS,
        lambda path: import_closures(frame, Path(path)),
    )


def import_closures(frame: Frame, path: Path) -> None:
    """Add the spells of a file to the settings it names, and say what came of it."""
    today = frame.today()

    def carry_out(session: Session) -> str:
        read = closures_file.read_file(path, today)
        commands, strange = closures_file.changes(read, session.settings())
        for command in commands:
            outcome = session.submit(command)
            if isinstance(outcome, Failed):
                raise Refused(outcome.sentence)
        return closures_file.said(len(commands), strange)

    frame.jobs.ask(
        carry_out, lambda words: frame.jobs.tell(Done(words, everything=True)), frame.tell_failed
    )
