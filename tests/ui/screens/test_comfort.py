"""Going on where one was: drafts in a list, the window as it was left, the guide and the tour."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.dialogs.draft_list import DraftList
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.dialogs.setting import SettingDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.dialog_keys import press_main
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.stores.dialogs import PassphraseDialog
from caseworker_app.ui.tour import STEPS, Tour
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, shown, wait_until_still
from tests.support.window import activate, answer, named


def test_what_was_begun_is_listed_opened_again_and_discarded(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("case.new")
    qtbot.waitUntil(lambda: bool(shown(ChildDialog)), timeout=PATIENCE_MS)
    form = dialog(ChildDialog)
    form.fields._fields["surname"].setText("Brown")  # type: ignore[attr-defined]
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(ChildDialog), timeout=PATIENCE_MS)
    window.run_action("drafts")
    drafts = dialog(DraftList)
    qtbot.waitUntil(lambda: drafts.model.total == 1, timeout=PATIENCE_MS)
    (row,) = drafts.model.all_rows()
    assert (row.draft.form, row.typed) == ("new child", "Brown")
    press_main(drafts)
    qtbot.waitUntil(lambda: bool(shown(ChildDialog)), timeout=PATIENCE_MS)
    again = dialog(ChildDialog)
    qtbot.waitUntil(again.offer.isVisible, timeout=PATIENCE_MS)
    again.offer.go_on.click()
    assert again.fields._fields["surname"].text() == "Brown"  # type: ignore[attr-defined]
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(ChildDialog), timeout=PATIENCE_MS)
    window.run_action("drafts")
    drafts = dialog(DraftList)
    qtbot.waitUntil(lambda: drafts.model.total == 1, timeout=PATIENCE_MS)
    drafts.discard.click()
    answer(qtbot, "Discard")
    qtbot.waitUntil(lambda: drafts.model.total == 0, timeout=PATIENCE_MS)
    drafts.reject()


def test_the_same_day_goes_on_at_the_screen_where_the_window_was_closed(
    window: MainWindow, borough: Borough, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_screen("reviews")
    wait_until_still(window, qtbot)
    window.close()
    options = tmp_path / "options"
    assert "Okafor" not in (options / "window.ini").read_text("utf-8")
    for day, place in ((TODAY, "reviews"), (TODAY.replace(day=23), "today")):
        made = open_window(bootstrap.application(), borough.where, day, Preferences(options))
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda made=made: made.jobs.is_open, timeout=PATIENCE_MS)  # type: ignore[misc]
        wait_until_still(made, qtbot)
        here = made.page()
        assert here is not None
        assert here.key == place
        made.show_screen("reviews")
        made.close()


def test_the_guide_opens_where_one_is_and_the_tour_goes_step_by_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_screen("reviews")
    window.run_action("help.guide")
    (guide,) = (one for one in window.findChildren(QTextBrowser) if one.isVisible())
    assert guide.textCursor().block().text() == "Annual reviews"
    guide.window().close()
    window.run_action("help.tour")
    (tour,) = window.findChildren(Tour)
    for step, words in enumerate(STEPS, 1):
        assert tour.words.text() == f"{step} of {len(STEPS)}: {words}"
        window.run_action("help.tour")
    qtbot.waitUntil(lambda: not window.findChildren(Tour), timeout=PATIENCE_MS)


def test_f1_in_a_form_opens_the_guide_at_forms(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    window.show_screen("settings")
    wait_until_still(window, qtbot)
    window.run_action("setting.new")
    form = dialog(SettingDialog)
    activate(form, qtbot)
    qtbot.keyClick(form.name, Qt.Key.Key_F1)
    (guide,) = form.findChildren(QTextBrowser)
    assert guide.textCursor().block().text() == "Forms"
    guide.window().close()
    form.reject()


def test_a_passphrase_is_shown_by_asking(qtbot: QtBot) -> None:
    form = PassphraseDialog("team.store", None)
    qtbot.addWidget(form)
    show = named(form, QPushButton, "Show the passphrase")
    assert form.passphrase.line.echoMode() == QLineEdit.EchoMode.Password
    show.click()
    assert form.passphrase.line.echoMode() == QLineEdit.EchoMode.Normal
    assert show.text() == "Hide"


def test_a_meeting_held_is_a_letter_a_day_and_enter(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    window.open_case(borough.ids["Patel"])
    wait_until_still(window, qtbot)
    window.run_action("record.fact")
    form = dialog(RecordFactDialog)
    activate(form, qtbot)
    qtbot.keyClick(form.on.line, Qt.Key.Key_Backtab)
    qtbot.keyClick(form.kind_box, Qt.Key.Key_M)
    assert form.kind_box.kind == "review_meeting_held"
    qtbot.keyClick(form.kind_box, Qt.Key.Key_Tab)
    qtbot.keyClick(form.on.line, Qt.Key.Key_T)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        qtbot.keyClick(form.on.line, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    assert "22 Nov 2026" in window.bar.words.text()
