"""From the catalogue to menus, keys and what is on at the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from caseworker_app.domain.permissions import Person
from caseworker_app.ui.actions.catalogue import (
    HERE,
    MENUS,
    ActionSpec,
    Asks,
    every_action,
)
from caseworker_app.ui.screens.specs import places

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Binder:
    """Makes the window's actions and menus, and switches them by what is offered."""

    def __init__(self, window: QMainWindow, run: Callable[[str], None]) -> None:
        """Fill the window's menu bar; `run` gets the id of an action that was triggered."""
        self.actions: dict[str, QAction] = {}
        self._asked: dict[str, Asks | None] = {}
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, int] = {}
        for title in MENUS:
            menu = QMenu(title, window)
            window.menuBar().addMenu(menu)
            self._menus[title] = menu
        for spec in every_action():
            self._add(window, spec, run)

    def switch(self, offered: Mapping[str, object]) -> None:
        """Turn on what is offered, and the rest off."""
        for action_id, action in self.actions.items():
            on = action_id in offered
            if action.isEnabled() != on:
                action.setEnabled(on)

    def let(self, action_id: str, person: Person, here: str) -> bool:
        """Whether a person may do an action where a screen of the area `here` is in front."""
        asked = self._asked.get(action_id)
        return asked is None or asked.let(person, here)

    def permit(self, person: Person) -> bool:
        """Show what a person may do and nothing else; tells whether that is less than anybody's."""
        for spec in every_action():
            let = spec.asks is None or spec.asks.area == HERE or spec.asks.let(person)
            action = self.actions[spec.id]
            # What says nothing new is work for every menu all the same.
            if action.isVisible() != let:
                action.setVisible(let)
        for menu in self._menus.values():
            shown = any(one.isVisible() for one in menu.actions() if not one.isSeparator())
            menu.menuAction().setVisible(shown)
        # What is asked of the screen in front is asked of any area.
        here, anybody = {one.area for one in places()}, Person("")
        asked = {spec.asks for spec in every_action() if spec.asks is not None}
        return any(
            one.let(anybody, area) and not one.let(person, area) for one in asked for area in here
        )

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Give the actions their icons, once the icon font is there or the colours changed."""
        for spec in every_action():
            if spec.icon:
                self.actions[spec.id].setIcon(icon(spec.icon))

    def _add(self, window: QMainWindow, spec: ActionSpec, run: Callable[[str], None]) -> None:
        text = f"{spec.text}\t{spec.hint}" if spec.hint else spec.text
        action = QAction(window)
        action.setText(text)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in (spec.keys, spec.also) if keys])
        if spec.tip:
            action.setStatusTip(spec.tip)
        action.triggered.connect(lambda: run(spec.id))
        menu = self._menu(window, spec.menu, spec.group)
        if self._groups.get(spec.menu, spec.group) != spec.group:
            menu.addSeparator()
        self._groups[spec.menu] = spec.group
        menu.addAction(action)
        self.actions[spec.id] = action
        self._asked[spec.id] = spec.asks

    def _menu(self, window: QMainWindow, path: str, group: int) -> QMenu:
        if path not in self._menus:
            parent, _, title = path.partition("/")
            above = self._menus[parent]
            if self._groups.get(parent, group) != group:
                above.addSeparator()
                self._groups[parent] = group
            self._menus[path] = QMenu(title, window)
            above.addMenu(self._menus[path])
        return self._menus[path]


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
}
