"""The main window: side bar, pages, menus, message and status bars, and how they work together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTime, QTimer
from PySide6.QtGui import QCloseEvent

from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Person, Right
from caseworker_app.services.application import Application
from caseworker_app.ui.actions.binder import Binder
from caseworker_app.ui.actions.buttons import hide_all_but
from caseworker_app.ui.actions.catalogue import WHOSE_ACTIONS
from caseworker_app.ui.main_window_actions import WindowActions
from caseworker_app.ui.main_window_view import ViewActions
from caseworker_app.ui.runtime import last_store
from caseworker_app.ui.runtime.dialog_keys import DialogKeys
from caseworker_app.ui.runtime.early_opening import EarlyOpening, Opened
from caseworker_app.ui.runtime.painting import when_painted
from caseworker_app.ui.runtime.preferences import GEOMETRY, PLACE, Preferences
from caseworker_app.ui.screens import registry
from caseworker_app.ui.screens.base import Screen
from caseworker_app.ui.screens.specs import places, spec
from caseworker_app.ui.screens.today import TodayScreen
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.undoing import Undoing
from caseworker_app.ui.widgets.table import table_of
from caseworker_app.ui.window import Window

if TYPE_CHECKING:
    from caseworker_app.ui.runtime.backing_up import BackingUp
    from caseworker_app.ui.runtime.following_others import FollowingOthers
    from caseworker_app.ui.stores.locking import Locking

_MINUTE_MS = 60_000
_MENUS_MS = 1000
"""At the latest, what stands in the menus is there."""

SIZE = QSize(1366, 768)
"""The size the pictures are made at: the commonest screen of a council laptop."""

_LARGEST = QSize(1920, 1080)
"""A window that was never moved fills a screen up to this size, and no more of a larger one."""

_A_LIST = 2
"""So many rows copied at once are a list that leaves the store."""


class MainWindow(Window):
    """What the screens call their frame (`screens.base.Frame`)."""

    def __init__(
        self,
        application: Application,
        themes: Themes,
        preferences: Preferences,
        today: date | None = None,
        early: EarlyOpening | None = None,
    ) -> None:
        """Make the window, with nothing open yet.

        Args:
            application: the use cases.
            themes: the colours.
            preferences: the person's own options.
            today: stands in for the clock.
            early: a store that is being opened already.
        """
        super().__init__(application, themes, preferences, today, early)
        self._limited = False
        self._locking: Locking | None = None
        self.attended = False
        """Whether a person sits at it: then it backs up and follows others by itself."""
        DialogKeys(self)
        self._screens: dict[str, Screen] = {}
        self._before_case = "cases"
        self.undoing = Undoing(self)
        self._actions = WindowActions(self, self.undoing)
        self._view = ViewActions(self)
        self.binder = Binder(self, self.run_action, self._filled)
        self._actions.theme_marked()
        self._connect()
        self._restore()
        self.offer()
        # A store that is long in opening does not keep them waiting.
        QTimer.singleShot(_MENUS_MS, self, self.binder.fill)

    @cached_property
    def following(self) -> FollowingOthers:
        """Follows what others do to the store, from when the window was painted."""
        from caseworker_app.ui.runtime.following_others import FollowingOthers

        made = FollowingOthers(self.jobs, self.hub, self)
        made.lost.connect(partial(self.bar.say, stay=True))
        made.back.connect(self._connected_again)
        return made

    @cached_property
    def backing_up(self) -> BackingUp:
        """Backs the store up by itself, from when the window was painted."""
        from caseworker_app.ui.runtime.backing_up import BackingUp

        return BackingUp(self.jobs, self.preferences, partial(self.bar.say, stay=True), self)

    # What screens ask (Frame)

    def open_case(self, child_id: str, why: date | None = None) -> None:
        """Show a child's case, with the list it was opened from for Previous and Next.

        With a legal date in `why` it opens on why the deadline is that date.
        """
        here = self.page()
        if here is not None and not here.may_leave():
            return
        trail, came_from = (here.trail(), here.came_from()) if here is not None else ((), "")
        if here is not None and here.key != "case":
            self._before_case = here.key
        case = self._made("case")
        registry.show_child(case, child_id, trail, why, came_from)
        self._bring(case)

    def show_screen(self, key: str) -> Screen:
        """Go to a screen and return it; stays where it is when typed text would be lost."""
        here = self.page()
        wanted = self._made(key)
        if here is wanted or here is None or here.may_leave():
            self._bring(wanted)
        else:
            self.side.show_place(here.key)
        return wanted

    def enter(self, key: str) -> None:
        """Go to a screen with the keyboard, or leave it in the cell that cannot be left."""
        screen = self.show_screen(key)
        if screen is self.page():
            screen.take_focus()

    # The window's own

    def lock(self) -> None:
        """Hide everything until the same person gives their passphrase; see `stores.locking`."""
        self.locking().lock()

    def locking(self) -> Locking:
        """What locks the window, made once there is something to hide."""
        if self._locking is None:
            from caseworker_app.ui.stores.locking import Locking

            self._locking = Locking(self.keeper, self.preferences, self, self.offer)
        return self._locking

    def prepare(self) -> None:
        """Make Today while the store is being opened."""
        self._made("today")

    def back_to_list(self) -> None:
        """From a case to the row of the list it was opened from."""
        case = self.page()
        shown = case.context().child_ids if case is not None and case.key == "case" else ()
        screen = self.show_screen(self._before_case)
        if screen is self.page() and shown:
            screen.show_child_row(shown[0])

    def refresh(self) -> None:
        """Read everything anew."""
        self.hub.renewed.emit()
        self._actions.count_places()

    def offered(self) -> Mapping[str, Callable[[], None]]:
        """What can be done now, by the window and by the screen in front: action id to doing it."""
        if self._is_locked:
            return {"quit": self._close}
        screen = self.page()
        offered = {**self._actions.offers(), **self._view.offers()}
        here = ""
        if screen is not None:
            offered.update(screen.offers())
            here = screen.area
            if (table := table_of(screen)) is not None:
                offered.setdefault("print", partial(self._print, screen))
                offered.setdefault("sort.column", table.sort_here)
            for key in ("copy", "copy.headings"):
                if key in offered:
                    offered[key] = partial(self._copy, screen, offered[key])
        if not self.jobs.is_open:
            return offered
        return {key: go for key, go in offered.items() if self.binder.let(key, self.person, here)}

    def _print(self, screen: Screen) -> None:
        from caseworker_app.ui.list_printing import print_list

        print_list(self, screen)

    def run_action(self, action_id: str) -> None:
        """Do what an action says, if it is offered now."""
        do = self.offered().get(action_id)
        if do is not None:
            do()

    def offer(self) -> None:
        """Bring menus and status bar in line with the screen in front."""
        screen = self.page()
        self.binder.switch(self.offered())
        if screen is not None and self._limited:
            let = partial(self.binder.let, person=self.person, here=screen.area)
            hide_all_but(let, screen)
        self.counts.setText(screen.context().counts if screen is not None else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the person's options, wait for what is under way, and release the store."""
        here = self.page()
        if (here is not None and not here.may_leave()) or self.ask_unfinished(self.close):
            event.ignore()
            return
        self._minute.stop()
        self.following.end()
        if self._today is not None:
            self.preferences.keep(PLACE, f"{self._place()} {self._today.isoformat()}")
        self.preferences.keep(GEOMETRY, self.saveGeometry())
        # Here too, for what follows may be cut short by a computer that is shut down.
        self.preferences.save()
        # Gone from the screen at once; what is left to do takes a moment on a large store.
        self.hide()
        self.jobs.close(self.backing_up.at_the_end if self.attended else None)
        self.preferences.save()
        super().closeEvent(event)

    def ask_unfinished(self, go: Callable[[], object]) -> bool:
        """Ask before the store is left with something typed and not recorded; with a yes, `go`.

        It is kept as a draft, and back in its place when the store is open again; behind a lock
        without asking.

        False where there is nothing to ask, and `go` is left to the caller.
        """
        left = [(one, said) for one in self._screens.values() if (said := one.unfinished())]
        if not left:
            return False
        if self._is_locked:
            # The question would name a child to whoever stands there.
            for screen, _ in left:
                screen.keep_unfinished()
            return False
        from PySide6.QtWidgets import QMessageBox

        def leave() -> None:
            for screen, _ in left:
                screen.keep_unfinished()
            go()

        box = QMessageBox(QMessageBox.Icon.Question, "Caseworker", left[0][1], parent=self)
        keep = box.addButton("Go back to it", QMessageBox.ButtonRole.RejectRole)
        keep.clicked.connect(lambda: self.enter(left[0][0].key))
        box.addButton("Keep it as a draft", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            leave
        )
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.finished.connect(box.deleteLater)
        box.open()
        return True

    # Inside

    def _filled(self) -> None:
        self.side.whose.offer([self.binder.actions[one] for one in WHOSE_ACTIONS])

    @property
    def _is_locked(self) -> bool:
        return self._locking is not None and self._locking.locked

    def _close(self) -> None:
        self.close()

    def _copy(self, screen: Screen, copy: Callable[[], None]) -> None:
        """Copy one row, or several where that much of the list may be written out."""
        rows, ids = screen.copied(), screen.context().child_ids
        if rows < _A_LIST or self.person.may(screen.area, Right.EXPORT):
            copy()
            title = screen.title
            self.jobs.ask(lambda session: session.copied(title, ids), lambda _: None, owner=self)
            return
        from caseworker_app.domain.access import COPIED

        self.jobs.ask(
            lambda session: session.ask_export(screen.area, ids, COPIED, screen.title),
            lambda _: copy(),
            owner=self,
        )

    def _connect(self) -> None:
        self.begun.connect(self._begin)
        self.whose.changed.connect(self._actions.whose_changed)
        self.undone.connect(self.undoing.undo)
        self.redone.connect(self.undoing.redo)
        self.side.went.connect(self.show_screen)
        self.side.entered.connect(self.enter)
        self.hub.done.connect(lambda done, _: self._done(done))
        self.jobs.trouble.connect(self.tell_failed)
        self.keeper.opened.connect(self._opened)
        self.keeper.failed.connect(self._not_opened)
        self.keeper.told.connect(self.say)
        self.keeper.renewed.connect(self.refresh)
        self.keeper.rules_wait.connect(self._actions.offer_new_rules)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._look_at_the_day)

    def _connected_again(self) -> None:
        self.refresh()
        self.bar.say("Connected again.")

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.resize(_LARGEST.boundedTo(room))
        state = self.preferences.get(GEOMETRY)
        if not state.isEmpty():
            self.restoreGeometry(state)
        elif room.width() <= _LARGEST.width():
            self.setWindowState(Qt.WindowState.WindowMaximized)
        # Before it is shown: a control that was shown has to be styled again.
        self.fit_places(self.width())

    def _made(self, key: str) -> Screen:
        screen = self._screens.get(key)
        if screen is None:
            screen = self._screens[key] = registry.make(key, self)
            screen.changed.connect(partial(self._changed, screen))
            self.pages.addWidget(screen)
            self._view.remember_columns(screen, key)
        return screen

    def _bring(self, screen: Screen) -> None:
        self.pages.setCurrentWidget(screen)
        self.side.show_place(screen.key if spec(screen.key).place else self._before_case)
        screen.shown()
        if not self.side.list.hasFocus():
            screen.take_focus()
        self.offer()

    def _changed(self, screen: Screen) -> None:
        if screen is self.page():
            self.offer()
        if screen.key == "today":
            self._actions.count_today(screen)

    def _begin(self, choice: str) -> None:
        ways = {"new": self.keeper.make, "open": self.keeper.choose, "demo": self.keeper.look_round}
        ways[choice]()

    def _opened(self, where: str, opened: Opened) -> None:
        self.store.setText(where.rpartition("/")[2])
        self.store.setToolTip(where)
        if self.keeper.is_file:
            last_store.remember(self.preferences.folder, str(Path(where).absolute()))
        self._today = opened.day
        self._let(opened.person)
        self.undoing.forget()
        self.whose.opened(where)
        for screen in self._screens.values():
            screen.mark_stale()
        today = self._made("today")
        if isinstance(today, TodayScreen):
            today.receive(opened.alerts)
        self.side.show()
        self._bring(today)
        today.take_focus()
        self._go_where_it_was_left()
        self._minute.start()
        when_painted(self, self._look_further)

    def _look_further(self) -> None:
        """Begin what is not shown at first: it would keep the processor from drawing the list."""
        self.binder.fill()
        if self.attended:
            self.backing_up.begin()
            self.following.begin()
        if self.keeper.is_file:
            self.locking()
        self.whose.ask()
        self._actions.count_places()
        self._actions.offer_new_rules()

    def _place(self) -> str:
        """The place in the side bar that is in front, or the one a case was opened from."""
        here = self.page()
        if here is None:
            return "today"
        return here.key if spec(here.key).place else self._before_case

    def _go_where_it_was_left(self) -> None:
        """The same day goes on where it was left; another begins with Today."""
        place, _, day = self.preferences.get(PLACE).partition(" ")
        seen = [one.key for one in places() if self.person.may(one.area, Right.READ, own=True)]
        if place in seen and place != "today" and day == self.today().isoformat():
            self.enter(place)

    def _let(self, person: Person) -> None:
        """Offer what a person may do and see, and nothing else."""
        self.person = person
        self._limited = self.binder.permit(person)
        seen = [one.key for one in places() if person.may(one.area, Right.READ, own=True)]
        self.side.show_only(seen)

    def _not_opened(self, sentence: str) -> None:
        if self.jobs.is_open:
            if sentence:
                self.bar.say(sentence, stay=True)
        else:
            self._minute.stop()
            self.side.hide()
            if self._locking is not None:
                # There is nothing to hide any more, nor a store whose passphrase would open it.
                self._locking.open_up()
            first = self.first
            first.say(sentence)
            self.pages.setCurrentWidget(first)
            first.take_focus()
            self.offer()
            self.binder.fill()

    def _done(self, done: Done) -> None:
        if done.followed:
            self._actions.recount(done)
            return
        self.bar.say(done.message, done.undo, redo=done.redo)
        self.saved.setText(f"Saved {QTime.currentTime().toString('HH:mm')}")
        self.undoing.ask()
        self._actions.recount(done)

    def _look_at_the_day(self) -> None:
        """After midnight, or sleep, every list is read for the new day."""

        def told(day: date) -> None:
            if day != self._today:
                self._today = day
                self.refresh()

        self.jobs.ask(lambda session: session.today(), told, owner=self)
