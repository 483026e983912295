"""Saved views of a list: its filter, columns and order under a name, one's own or everyone's."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from caseworker_app.domain.declarations.working_together import WHOSE, SavedView
from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.commands import AddRecord, ChangeRecord, RemoveRecord
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices

KIND = "saved_view"


@dataclass(frozen=True, slots=True)
class ViewState:
    """How a list is shown, each part as its screen writes it."""

    filter: str = ""
    columns: str = ""
    order: str = ""

    def narrowed(self) -> dict[str, str]:
        """What the filter says, where a screen writes it as texts by name; else nothing."""
        try:
            found = json.loads(self.filter or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(key): one for key, one in found.items() if isinstance(one, str)}


class Viewed(Protocol):
    """A screen whose list can be kept as a view.

    Attributes:
        key: of the screen.
    """

    key: ClassVar[str]

    def view_state(self) -> ViewState:
        """How the list is shown now."""
        ...

    def show_view(self, state: ViewState) -> None:
        """Show the list so; an empty state is how it came."""
        ...


class SavedViews(QComboBox):
    """The views of one screen: choosing one shows the list so.

    Signals:
        counted: the views were read anew.
    """

    counted = Signal()

    def __init__(self, frame: Frame, screen: Viewed) -> None:
        super().__init__()
        self._frame, self._screen = frame, screen
        self._views: list[SavedView] = []
        self._who = ""
        self.setAccessibleName("Saved view")
        self.setToolTip("How this list is shown: filter, columns and order under a name")
        self.setPlaceholderText("Changed view")
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem("Standard view")
        self.activated.connect(self._chosen)
        frame.hub.done.connect(lambda done, _: self._done(done))

    def read(self) -> None:
        """Read the views of this screen: one's own first, then everyone's."""

        def ask(session: Session) -> tuple[str, tuple[RecordRow, ...]]:
            return session.person.name, session.record_rows(KIND)

        def show(found: tuple[str, tuple[RecordRow, ...]]) -> None:
            self._who, rows = found
            here = [row.record for row in rows if row.record.screen == self._screen.key]
            self._views = sorted(
                (one for one in here if one.person in ("", self._who)),
                key=lambda one: (not one.person, folded(one.name)),
            )
            self.clear()
            self.addItem("Standard view")
            for one in self._views:
                self.addItem(one.name if one.person else f"{one.name} (everyone's)")
            self.settle()
            self.counted.emit()

        self._frame.jobs.ask(ask, show, owner=self)

    def settle(self) -> None:
        """Show the name of the view that the list is in, if it is in one."""
        now = self._screen.view_state()
        self.setCurrentIndex(next((at for at in range(self.count()) if self._state(at) == now), -1))

    def choose(self) -> None:
        """Open the list of views, for the keyboard."""
        self.setFocus()
        self.showPopup()

    def offers(self) -> dict[str, Callable[[], None]]:
        """What can be done with views now, by action id."""
        offered: dict[str, Callable[[], None]] = {
            "view.choose": self.choose,
            "view.save": self.save,
        }
        if self.currentIndex() > 0:
            offered["view.remove"] = self.remove
        return offered

    def save(self) -> None:
        """Keep the list as it is shown, under a name."""
        dialog = SaveViewDialog(
            self._frame,
            self._screen.key,
            self._screen.view_state(),
            self._views,
            self._who,
            self.window(),
        )
        dialog.open()

    def remove(self) -> None:
        """Take the view chosen out; it can be undone."""
        at = self.currentIndex() - 1
        if 0 <= at < len(self._views):
            one = self._views[at]
            why = "no longer wanted"
            self._frame.jobs.submit(RemoveRecord(KIND, one.id, one.version, why), self)

    def _state(self, at: int) -> ViewState:
        if at <= 0:
            return ViewState()
        one = self._views[at - 1]
        return ViewState(one.filter, one.columns, one.order)

    def _chosen(self, at: int) -> None:
        self._screen.show_view(self._state(at))
        self.setCurrentIndex(at)

    def _done(self, done: Done) -> None:
        if KIND in done.kinds:
            self.read()


class SaveViewDialog(CommandDialog):
    """Asks for a name and whose the view is; one of that name is replaced."""

    def __init__(
        self,
        frame: Frame,
        screen: str,
        state: ViewState,
        views: Sequence[SavedView],
        who: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Save this view", "Save", parent)
        self._screen, self._state, self._views, self._who = screen, state, views, who
        self.name = self.form.add(
            "&Name",
            QLineEdit(),
            "Filter, columns and order are kept. A view of the same name is replaced.",
            key="name",
        )
        self.whose = self.form.add("&Whose", choices(list(WHOSE.items())), key="whose")
        self.name.setFocus()

    def command(self) -> AddRecord | ChangeRecord | None:
        """The view as it stands, new or in the place of one of that name."""
        name, whose = self.name.text().strip(), str(self.whose.currentData())
        if not name:
            self.form.show_problem("name", "Give the view a name.")
            return None
        person = self._who if whose == "mine" else ""
        shown = {
            "filter": self._state.filter,
            "columns": self._state.columns,
            "order": self._state.order,
        }
        for one in self._views:
            if folded(one.name) == folded(name) and one.person == person:
                return ChangeRecord(KIND, one.id, one.version, shown)
        fields = {"screen": self._screen, "name": name, "whose": whose, "person": person}
        return AddRecord(KIND, {**fields, **shown})

    def rebase(self, then: Callable[[], None]) -> None:
        """Replace what somebody else made of it."""

        def newest(rows: tuple[RecordRow, ...]) -> None:
            self._views = [row.record for row in rows if row.record.screen == self._screen]
            then()

        self.frame.jobs.ask(lambda session: session.record_rows(KIND), newest, owner=self)
