"""What the window itself offers: going to places, stores, themes, undo, help, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from caseworker_app.domain.outcome import CASES, REVIEWS, Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.whose import Scope, Whose
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.preferences import THEME, Preferences
from caseworker_app.ui.screens.base import Screen
from caseworker_app.ui.screens.specs import places
from caseworker_app.ui.screens.today import TodayScreen
from caseworker_app.ui.theme import tokens
from caseworker_app.ui.undoing import Undoing
from caseworker_app.ui.window import Window

if TYPE_CHECKING:
    from caseworker_app.domain.rows import CaseRow, ReviewRow
    from caseworker_app.ui.theme.icons import Icons

_COUNT_AFTER_MS = 400
"""Counting waits until Today is drawn."""
_LATE_TONES = ("late", "soon")

_WAITING = (
    "This Caseworker has newer rules than this store counts by: somebody who may change the rules "
    "has to put them in force. Until then the dates stay as they are."
)


class WindowActions:
    """Actions that work whatever screen is in front."""

    def __init__(self, window: Window, undoing: Undoing) -> None:
        self._window = window
        self._undoing = undoing
        self._counting = QTimer(window)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count)
        self._counted = False
        self._cases = Holders({})
        self._late = Holders({})
        self._icons: Icons | None = None
        window.theme.changed.connect(self._draw_icons)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done now, by action id."""
        window, keeper = self._window, self._window.keeper
        offered: dict[str, Callable[[], None]] = {
            "store.new": self._leaving(keeper.make),
            "store.open": self._leaving(keeper.choose),
            "quit": self._quit,
            "view.side": self._toggle_side,
            "help.guide": self._guide,
            "help.tour": self._tour,
            "help.keys": self._keys,
            "help.about": self._about,
            **{
                f"theme.{choice}": partial(self._choose_theme, choice)
                for choice in (*tokens.NAMES, tokens.SYSTEM)
            },
        }
        if keeper.is_file or not window.jobs.is_open:
            offered["store.restore"] = self._leaving(keeper.restore)
        if window.jobs.is_open and window.page() is not None:
            offered.update(self._with_store())
        return offered

    def theme_marked(self) -> None:
        """Tick the theme chosen in the View menu."""
        binder = self._window.binder
        for choice in (*tokens.NAMES, tokens.SYSTEM):
            binder.tick(f"theme.{choice}", on=choice == self._window.theme.choice)
        binder.tick("view.side", on=not self._window.side.isHidden())

    def count_places(self) -> None:
        """Count what the side bar shows, a moment from now."""
        self._counted = False
        self._counting.start()

    def offer_new_rules(self) -> None:
        """Show what newer rules would change in the store just opened, to whoever may let them.

        Who may not is told that they wait.
        """
        may = self._window.person.may("setup", Right.WRITE)

        def ask(changed: bool) -> None:
            if changed and may:
                from caseworker_app.ui.dialogs.new_rules import offer_new_rules

                offer_new_rules(self._window, self._window)
            elif changed:
                self._window.bar.say(_WAITING, stay=True)
            if may and self._window.application.has_folder_rules():
                from caseworker_app.ui.dialogs.folder_rules import offer_folder

                offer_folder(self._window, self._window.keeper.where, self._window)

        self._window.jobs.ask(lambda session: session.rules_changed(), ask, owner=self._window)

    def recount(self, done: Done) -> None:
        """Count again after a change: of a few children their rows tell, and nothing is read."""
        if done.everything or (done.child_ids and not self._counted):
            self._counting.start()
        elif done.child_ids:
            self._cases.put(done.child_ids, _held(done.rows_of(CASES)))
            self._late.put(done.child_ids, _late(done.rows_of(REVIEWS)))
            self._show_counts()

    def whose_changed(self) -> None:
        """Say whose cases are shown, and count them."""
        window = self._window
        window.side.whose.say(window.whose.now.words)
        for scope in Scope:
            window.binder.tick(f"whose.{scope}", on=scope is window.whose.now.choice.scope)
        if self._counted:
            self._show_counts()

    def count_today(self, today: Screen) -> None:
        """Show how much of Today presses."""
        if isinstance(today, TodayScreen):
            urgent = today.urgent()
            self._window.side.set_count("today", None, urgent)

    def _with_store(self) -> dict[str, Callable[[], None]]:
        window, keeper = self._window, self._window.keeper
        offered: dict[str, Callable[[], None]] = {
            "import": self._import,
            "palette": self._palette,
            "calendar": self._calendar,
            "school.pack": self._school_pack,
            "case.handover": self._handover,
            "store.backup": keeper.backup,
            "tools.calculator": self._calculator,
            "tools.check": keeper.check,
            "tools.left": self._left,
            "tools.recompute": keeper.recompute,
            "case.new": self._new_case,
            "drafts": self._drafts,
            "refresh": window.refresh,
            "looked": self._looked,
            "retention.certificates": self._certificates,
            "whose.me": self._this_is_me,
            **{f"whose.{scope}": partial(self._look, scope) for scope in Scope},
            **{f"go.{key}": partial(self._go, key) for key in (one.key for one in places())},
            "store.backups": self._backups,
            **self._undoing.offers(),
        }
        if keeper.is_file:
            offered["store.passphrase"] = keeper.change_passphrase
            offered["store.forget"] = keeper.forget
            offered["store.recovery"] = self._recovery
            offered["store.lock"] = window.lock
            offered["store.lock_after"] = self._lock_after
            offered["tools.people"] = self._people
        screen = window.page()
        chosen = screen.context().child_ids if screen is not None else ()
        if chosen:
            offered["note.new"] = partial(self._note, chosen)
            offered["letter.new"] = partial(self._letter, chosen)
            offered["case.set"] = partial(self._set_over, chosen)
        if screen is not None and screen.key == "case":
            offered["case.back"] = window.back_to_list
        return offered

    def _leaving(self, go: Callable[[], None]) -> Callable[[], None]:
        """`go`, unless something typed in the screen in front would be lost by it."""

        def ask() -> None:
            here = self._window.page()
            if (here is None or here.may_leave()) and not self._window.ask_unfinished(go):
                go()

        return ask

    def _people(self) -> None:
        from caseworker_app.ui.stores.people import open_people

        open_people(self._window.keeper, self._window)

    def _recovery(self) -> None:
        from caseworker_app.ui.stores.people import ask_recovery

        ask_recovery(self._window.keeper, self._window)

    def _lock_after(self) -> None:
        from caseworker_app.ui.stores.locking import ask_lock_after

        ask_lock_after(self._window.preferences, self._window)

    def _quit(self) -> None:
        self._window.close()

    def _this_is_me(self) -> None:
        from caseworker_app.ui.dialogs.this_is_me import open_this_is_me

        open_this_is_me(self._window, self._window)

    def _look(self, scope: Scope) -> None:
        """Show somebody's cases, and ask first who one is where nobody has said."""
        whose = self._window.whose
        if scope in (Scope.MINE, Scope.TEAM) and not whose.now.choice.me:
            self._this_is_me()
        else:
            whose.choose(scope)
        self.whose_changed()

    def _draw_icons(self) -> None:
        if self._icons is not None:
            self._window.binder.set_icons(self._icons.menu)
            for one in places():
                self._window.side.set_icon(one.key, self._icons.side(one.icon))

    def _go(self, key: str) -> None:
        self._window.enter(key)

    def _choose_theme(self, choice: str) -> None:
        self._window.theme.choose(choice)
        self._window.preferences.keep(THEME, choice)
        self.theme_marked()

    def _toggle_side(self) -> None:
        self._window.side.setVisible(self._window.side.isHidden())
        self.theme_marked()

    def _import(self) -> None:
        from caseworker_app.ui.screens.import_files import open_import

        open_import(self._window)

    def _calculator(self) -> None:
        from caseworker_app.ui.dialogs.calculator import open_calculator

        open_calculator(self._window, self._window)

    def _left(self) -> None:
        from caseworker_app.ui.dialogs.left import open_left_dialog

        open_left_dialog(self._window, self._window)

    def _looked(self) -> None:
        from caseworker_app.ui.dialogs.who_looked import WhoLookedDialog

        screen = self._window.page()
        chosen = screen.context().child_ids if screen is not None else ()
        child = chosen[0] if len(chosen) == 1 else ""
        WhoLookedDialog(self._window, child, self._window).open()

    def _certificates(self) -> None:
        from caseworker_app.ui.dialogs.certificates import CertificatesDialog

        CertificatesDialog(self._window, self._window).open()

    def _backups(self) -> None:
        from caseworker_app.ui.dialogs.backups import BackupsDialog

        window = self._window
        made_here = window.keeper.is_file
        BackupsDialog(window, window.preferences, window, made_here=made_here).open()

    def _calendar(self) -> None:
        from caseworker_app.ui.dialogs.calendar import open_calendar

        open_calendar(self._window, self._window)

    def _handover(self) -> None:
        from caseworker_app.ui.dialogs.handover import open_handover

        page = self._window.page()
        selected = page.context().child_ids if page is not None else ()
        open_handover(self._window, tuple(dict.fromkeys(selected)), self._window)

    def _school_pack(self) -> None:
        from caseworker_app.ui.dialogs.school_pack import open_school_pack

        page = self._window.page()
        table = getattr(page, "table", None)
        row = table.current_row() if table is not None else None
        record = getattr(row, "record", None)
        of_list = record.name if getattr(page, "key", "") == "settings" and record else ""
        chosen = str(getattr(row, "setting", "")) or of_list
        open_school_pack(self._window, self._window, chosen)

    def _palette(self) -> None:
        from caseworker_app.ui.palette import Palette

        offered = {key: do for key, do in self._window.offered().items() if key != "palette"}
        Palette(self._window, offered, self._window).open()

    def _note(self, child_ids: Sequence[str]) -> None:
        if len(set(child_ids)) > 1:
            from caseworker_app.ui.dialogs.bulk import open_note_over

            open_note_over(self._window, child_ids, self._window)
            return
        from caseworker_app.ui.dialogs.note import open_note_dialog

        open_note_dialog(self._window, child_ids[0], self._window)

    def _letter(self, child_ids: Sequence[str]) -> None:
        from caseworker_app.ui.dialogs.letter import open_letter

        open_letter(self._window, child_ids, self._window)

    def _set_over(self, child_ids: Sequence[str]) -> None:
        from caseworker_app.ui.dialogs.bulk import open_set_over

        open_set_over(self._window, child_ids, self._window)

    def _new_case(self) -> None:
        from caseworker_app.ui.dialogs.child import open_child_dialog

        open_child_dialog(self._window, self._window)

    def _guide(self) -> None:
        from caseworker_app.ui.help import section_of, show_guide
        from caseworker_app.ui.screens.specs import spec

        here = self._window.page()
        show_guide(self._window, "" if here is None else section_of(spec(here.key)))

    def _tour(self) -> None:
        from caseworker_app.ui.tour import tour

        tour(self._window)

    def _drafts(self) -> None:
        from caseworker_app.ui.dialogs.draft_list import open_drafts

        open_drafts(self._window, self._window)

    def _keys(self) -> None:
        from caseworker_app.ui.help import show_keys

        show_keys(self._window)

    def _about(self) -> None:
        from caseworker_app.ui.help import show_about

        show_about(self._window, self._window.application.version)

    def _count(self) -> None:
        if not self._window.jobs.is_open:
            return
        if self._icons is None:
            from caseworker_app.ui.runtime.warming import Warming
            from caseworker_app.ui.theme.icons import Icons

            self._icons = Icons(self._window.theme)
            self._draw_icons()
            Warming(self._window)
        self._undoing.ask()

        def ask(session: Session) -> tuple[dict[str, str], dict[str, str]]:
            return _held(session.cases()), _late(session.reviews())

        def show(found: tuple[dict[str, str], dict[str, str]]) -> None:
            self._cases, self._late = map(Holders, found)
            self._counted = True
            self._show_counts()

        self._window.jobs.ask(ask, show, owner=self._window)

    def _show_counts(self) -> None:
        whose, side = self._window.whose.now, self._window.side
        for key, held in (("cases", self._cases), ("reviews", self._late)):
            side.set_count(key, held.among(whose))


class Holders:
    """Some children, and how many of them each caseworker holds: counted anew by what changes."""

    def __init__(self, of_child: dict[str, str]) -> None:
        self._of_child = of_child
        self._many = Counter(of_child.values())

    def put(self, touched: Iterable[str], of_child: Mapping[str, str]) -> None:
        """Of the children touched, these are among them now, each with who holds the case."""
        for one in touched:
            if (holder := self._of_child.pop(one, None)) is not None:
                self._many[holder] -= 1
        self._of_child |= of_child
        self._many.update(of_child.values())

    def among(self, whose: Whose) -> int:
        """How many of them are cases that are shown."""
        return sum(many for holder, many in self._many.items() if whose.has(holder))


def _held(rows: Iterable[CaseRow]) -> dict[str, str]:
    """The children, each with the id of who holds the case."""
    return {row.id: row.caseworker_id for row in rows}


def _late(rows: Iterable[ReviewRow]) -> dict[str, str]:
    """The same of those whose review is late, or soon will be."""
    return {row.child_id: row.caseworker_id for row in rows if row.tone in _LATE_TONES}


def theme_choice(preferences: Preferences) -> str:
    """The theme the person chose, or the system's."""
    return preferences.get(THEME)
