"""From the catalogue to menus, keys and what is on at the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from caseworker_app.domain.permissions import Person
from caseworker_app.ui.actions.catalogue import (
    HERE,
    MENUS,
    ActionSpec,
    every_action,
)
from caseworker_app.ui.screens.specs import places

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Binder:
    """Makes the window's actions and menus, and switches them by what is offered.

    The titles of the menus are there at once. What stands in them, and the keys, come when they
    are filled, or first looked at: to make them all takes as long as drawing a list, and a start
    draws its list first. What is said of an action before then is kept until it is there.
    """

    def __init__(
        self, window: QMainWindow, run: Callable[[str], None], filled: Callable[[], None]
    ) -> None:
        """Put the titles in the window's menu bar.

        Args:
            window: whose actions they are.
            run: gets the id of an action that was triggered.
            filled: called once every action is there.
        """
        self._window = window
        self._run = run
        self._filled = filled
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, int] = {}
        self._asked = {spec.id: spec.asks for spec in every_action()}
        self._offered: Mapping[str, object] | None = None
        self._said: dict[str, str] = {}
        self._ticked: dict[str, bool] = {}
        self._person: Person | None = None
        for title in MENUS:
            menu = QMenu(title, window)
            menu.aboutToShow.connect(self.fill)
            window.menuBar().addMenu(menu)
            self._menus[title] = menu

    @property
    def actions(self) -> Mapping[str, QAction]:
        """Every action by its id."""
        self.fill()
        return self._actions

    def fill(self) -> None:
        """Make the actions and put them in their menus, where that is not done yet."""
        if self._actions:
            return
        for spec in every_action():
            self._add(spec)
        for action_id, words in self._said.items():
            self._actions[action_id].setText(words)
        for action_id, on in self._ticked.items():
            self._actions[action_id].setChecked(on)
        if self._person is not None:
            self._show_what(self._person)
        if self._offered is not None:
            self.switch(self._offered)
        self._filled()

    def switch(self, offered: Mapping[str, object]) -> None:
        """Turn on what is offered, and the rest off."""
        self._offered = offered
        for action_id, action in self._actions.items():
            on = action_id in offered
            if action.isEnabled() != on:
                action.setEnabled(on)

    def say(self, action_id: str, words: str) -> None:
        """Call an action something else."""
        self._said[action_id] = words
        if self._actions:
            self._actions[action_id].setText(words)

    def tick(self, action_id: str, *, on: bool) -> None:
        """Tick an action that can be ticked, or take the tick away."""
        self._ticked[action_id] = on
        if self._actions:
            self._actions[action_id].setChecked(on)

    def let(self, action_id: str, person: Person, here: str) -> bool:
        """Whether a person may do an action where a screen of the area `here` is in front."""
        asked = self._asked.get(action_id)
        return asked is None or asked.let(person, here)

    def permit(self, person: Person) -> bool:
        """Show what a person may do and nothing else; tells whether that is less than anybody's."""
        self._person = person
        self._show_what(person)
        # What is asked of the screen in front is asked of any area.
        here, anybody = {one.area for one in places()}, Person("")
        asked = {one for one in self._asked.values() if one is not None}
        return any(
            one.let(anybody, area) and not one.let(person, area) for one in asked for area in here
        )

    def _show_what(self, person: Person) -> None:
        seen = [spec for spec in every_action() if _shows(spec, person)]
        ids, menus = {spec.id for spec in seen}, {one for spec in seen for one in _above(spec)}
        for title, menu in self._menus.items():
            menu.menuAction().setVisible(title in menus)
        for action_id, action in self._actions.items():
            # What says nothing new is work for every menu all the same.
            if action.isVisible() != (action_id in ids):
                action.setVisible(action_id in ids)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Give the actions their icons, once the icon font is there or the colours changed."""
        for spec in every_action():
            if spec.icon:
                self.actions[spec.id].setIcon(icon(spec.icon))

    def _add(self, spec: ActionSpec) -> None:
        text = f"{spec.text}\t{spec.hint}" if spec.hint else spec.text
        action = QAction(self._window)
        action.setText(text)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in (spec.keys, spec.also) if keys])
        if spec.tip:
            action.setStatusTip(spec.tip)
        action.triggered.connect(lambda: self._run(spec.id))
        menu = self._menu(spec.menu, spec.group)
        if self._groups.get(spec.menu, spec.group) != spec.group:
            menu.addSeparator()
        self._groups[spec.menu] = spec.group
        menu.addAction(action)
        self._actions[spec.id] = action

    def _menu(self, path: str, group: int) -> QMenu:
        if path not in self._menus:
            parent, _, title = path.partition("/")
            above = self._menus[parent]
            if self._groups.get(parent, group) != group:
                above.addSeparator()
                self._groups[parent] = group
            self._menus[path] = QMenu(title, self._window)
            above.addMenu(self._menus[path])
        return self._menus[path]


def _shows(spec: ActionSpec, person: Person) -> bool:
    """Whether a person sees an action: what is asked of the screen in front is seen by all."""
    return spec.asks is None or spec.asks.area == HERE or spec.asks.let(person)


def _above(spec: ActionSpec) -> Iterator[str]:
    """The menus an action stands in, the one around the other."""
    path = spec.menu
    while path:
        yield path
        path = path.rpartition("/")[0]


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
}
