"""The window as those know it who act in it: its parts, the page in front, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person, Right
from caseworker_app.services.application import Application
from caseworker_app.ui.actions.binder import Binder
from caseworker_app.ui.main_window_layout import WindowLayout
from caseworker_app.ui.runtime.early_opening import EarlyOpening
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.runtime.whose import WhoseCases
from caseworker_app.ui.screens.base import Screen
from caseworker_app.ui.stores.keeper import StoreKeeper
from caseworker_app.ui.theme.themes import Themes


class Window(WindowLayout):
    """The parts of the window that screens and actions share.

    What goes from page to page is the main window's, which is one of these. With it it is what
    screens call their frame (`screens.base.Frame`).

    Attributes:
        keeper: opens, makes and backs up stores.
        binder: the menus.
    """

    binder: Binder

    def __init__(
        self,
        application: Application,
        themes: Themes,
        preferences: Preferences,
        today: date | None,
        early: EarlyOpening | None,
    ) -> None:
        super().__init__(themes)
        self.application = application
        self.preferences = preferences
        self.hub = Hub(self)
        self.jobs = Jobs(self.hub, self, early)
        self.keeper = StoreKeeper(application, self.jobs, preferences, today, self)
        self.whose = WhoseCases(self.jobs, self.hub, preferences, self)
        self._today = today
        self.person = Person("")

    def today(self) -> date:
        """The day the open store's clock says."""
        if self._today is None:
            raise RuntimeError("no store is open")
        return self._today

    def may(self, area: str, right: Right, *, own: bool = True) -> bool:
        """Whether the person may do something, be it on their own cases alone; see `Frame`."""
        return self.person.may(area, right, own=own)

    def lock(self) -> None:
        """Hide everything until the same person gives their passphrase."""
        raise NotImplementedError

    def page(self) -> Screen | None:
        """The screen in front, or None on the first page."""
        widget = self.pages.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def say(self, message: str, undo: str = "") -> None:
        """Tell the person something in the message bar."""
        self.bar.say(message, undo)

    def tell_failed(self, failed: Failed) -> None:
        """Tell the person why something was not done."""
        if failed.why == "bug":
            self.show_bug(failed.reference, failed.sentence)
        elif failed.why == "unavailable":
            self._offer_retry(failed.sentence)
        else:
            self.bar.say(failed.sentence, stay=True)

    def show_bug(self, reference: str, sentence: str) -> None:
        """Tell of a bug: a sentence and a reference, nothing of any child."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Critical, "Caseworker", sentence, parent=self)
        box.setInformativeText(f"If you report it, quote reference {reference}.")
        if reference:
            report = box.addButton("Show the &report…", QMessageBox.ButtonRole.ActionRole)
            box.addButton(QMessageBox.StandardButton.Ok)
            report.clicked.connect(lambda: self._show_report(reference, sentence))
        box.open()

    def _show_report(self, reference: str, sentence: str) -> None:
        from caseworker_app.crash_report import of_bug
        from caseworker_app.ui.dialogs.crash import ReportDialog

        ReportDialog(sentence, of_bug(reference), self).open()

    def _offer_retry(self, sentence: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Warning, "Caseworker", sentence, parent=self)
        box.addButton("Try again", QMessageBox.ButtonRole.AcceptRole).clicked.connect(self.refresh)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()

    # What the main window does

    def open_case(self, child_id: str, why: date | None = None) -> None:
        """Show a child's case; see `Frame`."""
        raise NotImplementedError

    def show_screen(self, key: str) -> Screen:
        """Go to a screen by its key and return it."""
        raise NotImplementedError

    def enter(self, key: str) -> None:
        """Go to a screen with the keyboard."""
        raise NotImplementedError

    def back_to_list(self) -> None:
        """From a case to the list it was opened from."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read everything anew."""
        raise NotImplementedError

    def offer(self) -> None:
        """Bring menus and status bar in line with the screen in front."""
        raise NotImplementedError

    def offered(self) -> Mapping[str, Callable[[], None]]:
        """What can be done now: action id to doing it."""
        raise NotImplementedError

    def ask_unfinished(self, go: Callable[[], object]) -> bool:
        """Ask before what is typed and not recorded goes with the store; with a yes, `go`."""
        raise NotImplementedError
