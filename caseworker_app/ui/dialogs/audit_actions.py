"""The actions that an audit asks for: a list, and the form of one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.field_text import HoldsText


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action as it is typed, before there is a record of it."""

    words: str
    by_when: date
    who: str = ""
    service: str = ""
    criterion: str = ""

    def as_fields(self) -> dict[str, Any]:
        """As the fields of a record."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def line(self) -> str:
        """All of it in a line."""
        whom = ", ".join(filter(None, (self.who, self.service)))
        return f"{self.words} (by {long_date(self.by_when)}{f'; {whom}' if whom else ''})"


class ActionList(QListWidget, HoldsText):
    """What an audit asks to be done; Delete takes one out.

    Signals:
        changed: one came or went.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wanted: list[Wanted] = []
        self.setAccessibleName("Actions")
        self.setAccessibleDescription("What is to be done, with its date; Delete takes one out")
        self.setFixedHeight(58)

    def wanted(self) -> tuple[Wanted, ...]:
        """The actions, in the order they were typed."""
        return tuple(self._wanted)

    def put(self, one: Wanted) -> None:
        """Add an action."""
        self._show((*self._wanted, one))

    def held(self) -> str:
        """Every action."""
        rows = [{**one.as_fields(), "by_when": one.by_when.isoformat()} for one in self._wanted]
        return json.dumps(rows) if rows else ""

    def hold(self, text: str) -> bool:
        """Put the actions back."""
        rows = json.loads(text) if text else []
        self._show(Wanted(**{**row, "by_when": date.fromisoformat(row["by_when"])}) for row in rows)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the action in front out."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self._show(one for at, one in enumerate(self._wanted) if at != self.currentRow())
        else:
            super().keyPressEvent(event)

    def _show(self, some: Iterable[Wanted]) -> None:
        self._wanted = list(some)
        self.clear()
        self.addItems([one.line for one in self._wanted])
        self.changed.emit()


class ActionDialog(FormDialog):
    """Asks what is to be done, by whom and by when."""

    guide = "Quality"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        today: Callable[[], date],
        take: Callable[[Wanted], None],
        parent: QWidget | None = None,
        begin: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        """Ask for an action; `begin` is its words, its service and the criterion it is about."""
        super().__init__("Action from the audit", "Add", parent)
        words, service, self._criterion = begin
        self._take = take
        self.words = self.form.add("&Action", QLineEdit(words), key="words")
        self.who = self.form.add("&Who", QLineEdit(), key="who")
        self.service = self.form.add(
            "&Service", QLineEdit(service), "Whom it is sent back to, where it is a service's."
        )
        self.by_when = self.form.add("&By when", DateField(today, coming=True), key="by_when")
        self.words.setFocus()

    def accept(self) -> None:
        """Hand the action over where it says what and by when."""
        words, day = " ".join(self.words.text().split()), self.by_when.value
        self.form.clear_problems()
        if not words:
            self.form.show_problem("words", "Say what is to be done.")
        elif day is None:
            self.form.show_problem("by_when", self.by_when.lacking)
        else:
            who, service = (" ".join(one.text().split()) for one in (self.who, self.service))
            self._take(Wanted(words, day, who, service, self._criterion))
            self.succeed()
