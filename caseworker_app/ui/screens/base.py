"""What every screen is: a page that reads once, then lives on what changes bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import Person, Right
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.runtime.whose import WhoseCases
from caseworker_app.ui.theme.themes import Themes

if TYPE_CHECKING:
    from caseworker_app.services.application import Application


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Frame(Protocol):
    """What a screen may ask of the window around it.

    Attributes:
        jobs: the way to the store.
        hub: where changes are told; a `Screen` is connected already.
        theme: the colours now, and a signal when they change.
        application: the use cases that need no open store.
        preferences: the person's own options, as `application` keeps them.
        whose: whose cases every list and count shows; `whose.follow` lets a list do so.
        person: who is at the keyboard, with their roles.
    """

    jobs: Jobs
    hub: Hub
    theme: Themes
    application: Application
    preferences: Preferences
    whose: WhoseCases
    person: Person

    @property
    def pages(self) -> QWidget:
        """Where screens stand."""
        ...

    def today(self) -> date:
        """The day the window works on."""
        ...

    def may(self, area: str, right: Right, *, own: bool = True) -> bool:
        """Whether the person may do something; with `own` on their own cases at least."""
        ...

    def open_case(self, child_id: str, why: date | None = None) -> None:
        """Show a child's case; with a legal date in `why`, why the deadline is that date."""
        ...

    def show_screen(self, key: str) -> Screen:
        """Go to a screen by its key and return it."""
        ...

    def back_to_list(self) -> None:
        """From a case to the list it was opened from."""
        ...

    def say(self, message: str, undo: str = "") -> None:
        """Tell the person something in the message bar; with `undo` an audit group, offer Undo."""
        ...

    def tell_failed(self, failed: Failed) -> None:
        """Tell the person why something was not done."""
        ...


class Context(NamedTuple):
    """What is selected, for actions and the status bar.

    Attributes:
        child_ids: the children selected, in the order shown.
        counts: words for the status bar, "247 of 2,041 cases".
        trail: see `Screen.trail`, for screens where it costs nothing.
    """

    child_ids: tuple[str, ...] = ()
    counts: str = ""
    trail: tuple[str, ...] = ()


_CHANGED_BY_OTHERS = "Somebody else changed much at once. Press F5 to see it."


class Screen(QWidget):
    """A page of the window.

    Subclasses set `key` and `title`, and build their controls in the constructor. `refresh` runs
    when the screen is first shown and whenever a store is opened. `area` is as `specs` says.

    Signals:
        changed: the selection, the counts or what the screen offers changed.
    """

    key: ClassVar[str] = ""
    area: str = "children"
    title: ClassVar[str] = ""
    unread: str = ""
    """A sentence that says so while the list in front is not whole yet: nothing of it may leave."""
    changed = Signal()

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        # In its place from the first: whoever gets a parent is styled anew, with all in it.
        super().__init__(parent or frame.pages)
        self.frame = frame
        self.setObjectName("screen")
        self.setAccessibleName(self.title)
        self._stale = True
        self._waiting: list[Done] = []
        frame.hub.done.connect(self._done)
        frame.hub.renewed.connect(self.mark_stale)

    def refresh(self) -> None:
        """Read everything anew through `frame.jobs.ask`."""
        raise NotImplementedError

    def apply(self, done: Done) -> None:
        """Bring the touched rows up to date. The default reads everything anew."""
        del done
        self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here now: action id to what does it. Menus follow this."""
        return {}

    def context(self) -> Context:
        """What is selected now."""
        return Context()

    def copied(self) -> int:
        """How many rows a copy would take."""
        table = getattr(self, "table", None)
        return len(table.selected_rows()) if table is not None else 0

    def trail(self) -> tuple[str, ...]:
        """Every child shown, in order, for Previous and Next on the case page."""
        return self.context().trail

    def came_from(self) -> str:
        """The list and what it is filtered by, for the case page: "Cases, R. Haque, Plans"."""
        chips = getattr(self, "chips", None)
        words = chips.words() if chips is not None else []
        now = self.frame.whose.now
        whose = [] if now.holders is None or now.words in words else [now.words]
        return ", ".join((self.title, *whose, *words))

    def show_child_row(self, child_id: str) -> None:
        """Go to the row of a child, when one comes back from their case, or from a later one."""
        table: Any = getattr(self, "table", None)
        model = getattr(table, "rows_model", None)
        if model is None or _is_of(table.current_row(), child_id):
            return
        for line in range(model.rowCount()):
            if _is_of(model.row_at(line), child_id):
                table.select_id(model.id_at(line))
                return

    def on_shown(self) -> None:
        """Called each time the screen comes to the front, after a first or due `refresh`."""

    def take_focus(self) -> None:
        """Put the keyboard where work starts."""
        self.setFocus()

    def show_row(self, row_id: str) -> None:
        """Go to a row by its id, as soon as it has been read; most screens have none."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a box of choices goes on to the list that it narrows."""
        if event.key() in _ENTER and isinstance(self.focusWidget(), QComboBox):
            self.take_focus()
        else:
            super().keyPressEvent(event)

    def may_leave(self) -> bool:
        """Whether the screen can be left now; False when typed text would be lost."""
        return True

    def unfinished(self) -> str:
        """What was typed here and is recorded by nothing, a sentence; or ""."""
        return ""

    def keep_unfinished(self) -> None:
        """Keep what `unfinished` tells of as drafts, before the store is left."""

    def shown(self) -> None:
        """The window calls this when the screen comes to the front."""
        self._catch_up()
        if self._stale:
            self._stale = False
            self.refresh()
        self.on_shown()

    def mark_stale(self) -> None:
        """Read anew: at once when in front, else when next shown."""
        self._waiting.clear()
        if self.isVisible():
            self._stale = False
            self.refresh()
        else:
            self._stale = True

    def _done(self, done: Done, initiator: QObject | None) -> None:
        del initiator
        if self._stale:
            return
        if done.everything and done.followed and self.isVisible():
            self.frame.say(_CHANGED_BY_OTHERS)
        elif done.everything:
            self.mark_stale()
        elif self.isVisible() and not self._waiting:
            self._apply(done)
        else:
            # What nobody sees is brought up to date once what is seen has been painted.
            self._waiting.append(done)
            self.frame.jobs.afterwards(self._catch_up, self)

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for done in waiting:
            if not self._stale:
                self._apply(done)

    def _apply(self, done: Done) -> None:
        """Bring rows up to date; where somebody else changed them, none moves that is in view."""
        model = getattr(getattr(self, "table", None), "rows_model", None)
        if model is None or not done.followed:
            self.apply(done)
            return
        was, model.still = model.still, True
        try:
            self.apply(done)
        finally:
            model.still = was


def _is_of(row: object, child_id: str) -> bool:
    """Whether a row of a list is a child's."""
    return getattr(row, "child_id", None) == child_id
