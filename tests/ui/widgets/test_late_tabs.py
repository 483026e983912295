"""Tabs made when they are first shown, and brought up to date when they are seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.tabs import LateTabs


class Made:
    """What was made and filled, in order, of two tabs after one that stands at once."""

    def __init__(self, qtbot: QtBot) -> None:
        self.told: list[str] = []
        self.words = "Ama"
        self.tabs = LateTabs()
        qtbot.addWidget(self.tabs)
        self.first = QLabel("Clock")
        self.tabs.addTab(self.first, "Clock")
        self.late = self.tabs.place("Plan", TabPlace(lambda: self._make("plan"), self._fill, 0))
        details = TabPlace(lambda: self._make("details"), self._fill, 0, behind=True)
        self.behind = self.tabs.place("Details", details)
        self.tabs.show()

    def _make(self, name: str) -> QLabel:
        self.told.append(f"made {name}")
        return QLabel(objectName=name)

    def _fill(self, label: QLabel) -> None:
        self.told.append(f"filled {label.objectName()}")
        label.setText(self.words)

    def say(self, words: str) -> None:
        self.words = words
        self.late.renew()
        self.behind.renew()


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return Made(qtbot)


def test_nothing_is_made_before_its_tab_is_shown(made: Made) -> None:
    made.say("Kofi")
    assert made.told == []
    assert made.tabs.currentWidget() is made.first
    made.tabs.setCurrentIndex(1)
    assert made.told == ["made plan", "filled plan"]
    label = made.tabs.currentWidget()
    assert isinstance(label, QLabel)
    assert (label.text(), label.isVisible()) == ("Kofi", True)


def test_what_changed_is_taken_over_when_the_tab_is_seen_again(made: Made) -> None:
    made.tabs.setCurrentIndex(1)
    label = made.late.part()
    made.say("Kofi")
    assert label.text() == "Kofi"
    made.tabs.setCurrentIndex(0)
    made.say("Esi")
    made.say("Yaw")
    assert label.text() == "Kofi"
    made.tabs.setCurrentWidget(label)
    assert label.text() == "Yaw"
    assert made.told.count("filled plan") == 3
    assert made.tabs.indexOf(label) == 1


def test_what_holds_typed_text_follows_also_from_behind_once_it_is_made(made: Made) -> None:
    made.say("Kofi")
    label = made.behind.part()
    assert label.text() == "Kofi"
    made.say("Esi")
    assert label.text() == "Esi"
