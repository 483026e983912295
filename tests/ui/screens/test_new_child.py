from __future__ import annotations

from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from tests.support.borough import dialog, wait_until_still


def test_a_new_child_opens_their_case(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("case.new")
    wait_until_still(window, qtbot)
    form = dialog(ChildDialog)
    form.go.click()
    assert form.fields._forms[0]._problems["surname"].text() == "Enter the surname."
    fields = form.fields._fields
    fields["surname"].setText("Évans")
    fields["forename"].setText("Siân")
    fields["born"].line.setText("1/2/2016")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        form.go.click()
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    assert page.banner.name.text() == "ÉVANS, Siân"


def test_a_year_that_differs_needs_its_reason(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("case.new")
    wait_until_still(window, qtbot)
    form = dialog(ChildDialog)
    fields = form.fields._fields
    fields["surname"].setText("Évans")
    fields["forename"].setText("Siân")
    fields["born"].line.setText("1/2/2016")
    fields["actual_year"].choose(4)
    form.go.click()
    assert "Say why" in form.fields._forms[1]._problems["actual_year_why"].text()
    form.reject()
