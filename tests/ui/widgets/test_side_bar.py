from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.ui.theme import tokens
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.side_bar import NARROW, WIDTH, SideBar

KEYS = tuple(f"k{number}" for number in range(16))


@pytest.fixture
def bar(qapp: QApplication, qtbot: QtBot) -> SideBar:
    groups = [key in KEYS[:4] for key in KEYS]
    named = [(key, key.upper(), f"first {one}") for key, one in zip(KEYS, groups, strict=True)]
    made = SideBar(named, Themes(qapp, tokens.LIGHT))
    qtbot.addWidget(made)
    made.resize(WIDTH, 800)
    made.show()
    return made


def places(bar: SideBar) -> list[QRect]:
    return [bar.list.visualItemRect(bar.list.item(at)) for at in range(len(KEYS))]


def test_the_places_are_as_wide_as_the_bar_when_it_gets_narrow_and_wide_again(bar: SideBar) -> None:
    assert {place.width() for place in places(bar)} == {WIDTH}
    bar.set_narrow(True)
    assert {place.width() for place in places(bar)} == {NARROW}
    assert bar.list.itemAt(NARROW - 1, places(bar)[3].center().y()) is bar.list.item(3)
    bar.set_narrow(False)
    assert {place.width() for place in places(bar)} == {WIDTH}
    assert bar.list.itemAt(WIDTH - 1, places(bar)[3].center().y()) is bar.list.item(3)


def test_all_places_are_seen_in_a_low_window_and_stand_apart_where_few_are_shown(
    bar: SideBar,
) -> None:
    apart = places(bar)[0].height()
    bar.resize(WIDTH, 450)
    close = places(bar)
    assert close[0].height() < apart
    assert close[-1].bottom() < bar.list.viewport().height()
    bar.show_only(KEYS[:3])
    assert places(bar)[0].height() == apart


def test_a_line_parts_the_groups_of_what_is_shown(bar: SideBar) -> None:
    assert [at for at in range(len(KEYS)) if bar.begins_group(at)] == [4]
    line = places(bar)[4].top()
    picture = bar.list.viewport().grab().toImage()
    assert picture.pixel(WIDTH // 2, line) != picture.pixel(WIDTH // 2, line - 1)
    bar.show_only([*KEYS[:2], KEYS[7]])
    assert [at for at in (0, 1, 7) if bar.begins_group(at)] == [7]
    bar.show_only(KEYS[4:])
    assert not any(bar.begins_group(at) for at in range(4, len(KEYS)))
