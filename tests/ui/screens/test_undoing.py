"""Undo, redo and the history in the real window, by keys, and that every list is true after."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.history import HistoryDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.widgets.progress import ProgressDialog
from caseworker_app.ui.widgets.table import RowsTable
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, wait_until_still
from tests.support.commands import add_caseworker
from tests.support.sessions import incoming, incoming_case
from tests.support.window import activate, answer, named

Ask = Callable[[Callable[[Session], Any]], Any]
Go = Callable[[str], Any]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OTHER = "Renée O\u2019Dowd"


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Any = CTRL) -> None:
    """Press keys in the window and wait until what follows is done."""
    wait_until_still(window, qtbot)
    qtbot.keyClick(window, key, modifiers)
    wait_until_still(window, qtbot)


def text_of(window: MainWindow, action_id: str) -> str:
    return window.binder.actions[action_id].text().replace("&", "")


def wait_text(window: MainWindow, qtbot: QtBot, action_id: str, words: str) -> None:
    qtbot.waitUntil(lambda: text_of(window, action_id) == words, timeout=PATIENCE_MS)


def count(window: MainWindow, key: str) -> str:
    """What stands beside a place in the side bar, as it is read out."""
    item = window.side.list.item(PLACES.index(key))
    return str(item.data(Qt.ItemDataRole.AccessibleDescriptionRole) or "")


def everything_is_true(window: MainWindow, qtbot: QtBot) -> None:
    """Every count of the side bar is that of a fresh look, and every list as read anew."""
    wait_until_still(window, qtbot)
    fresh: list[Any] = []
    window.jobs.ask(lambda session: (session.cases(), session.reviews()), fresh.append)
    qtbot.waitUntil(lambda: bool(fresh), timeout=PATIENCE_MS)
    cases, reviews = fresh[0]
    late = sum(1 for row in reviews if row.tone in ("late", "soon"))
    wanted = [str(len(cases)), str(late)]
    qtbot.waitUntil(
        lambda: [count(window, key) for key in ("cases", "reviews")] == wanted, timeout=PATIENCE_MS
    )
    assert lists(window, qtbot) == lists(window, qtbot, anew=True)


def lists(window: MainWindow, qtbot: QtBot, *, anew: bool = False) -> dict[str, Any]:
    """What the lists hold, and the count beside Today."""
    here = window.page()
    found: dict[str, Any] = {}
    for key in ("cases", "reviews", "today"):
        screen = window.show_screen(key)
        wait_until_still(window, qtbot)
        if anew:
            screen.refresh()
            wait_until_still(window, qtbot)
        found[key] = sorted(map(repr, screen.table.rows_model.rows()))
    found["pressing"] = count(window, "today")
    window.show_screen(here.key)
    wait_until_still(window, qtbot)
    return found


def record(window: MainWindow, ask: Ask, child_id: str) -> None:
    seen = ask(lambda session: session.case(child_id)).child.version
    window.jobs.submit(
        do.RecordFact(
            child_id, seen, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}
        )
    )


def as_somebody_else(command: do.Command) -> Callable[[Session], Done]:
    """The command of another person at the same store."""

    def carry_out(session: Session) -> Done:
        assert isinstance(session, Session)
        other = Session(session.store, session.rules, session.clock, Person(OTHER))
        outcome = other.submit(command)
        assert isinstance(outcome, Done), outcome
        return outcome

    return carry_out


def test_ctrl_z_and_both_keys_of_redo(
    window: MainWindow, qtbot: QtBot, ask: Ask, borough: Borough
) -> None:
    activate(window, qtbot)
    key = borough.ids["Okafor"]
    before = ask(lambda session: session.case(key)).facts
    record(window, ask, key)
    words = "Decision after review sent 20 Nov 2026 (amend) recorded for Okafor, Grace"
    wait_text(window, qtbot, "undo", f"Undo: {words[0].lower()}{words[1:]}")
    assert not window.binder.actions["redo"].isEnabled()
    after = ask(lambda session: session.case(key)).facts

    for modifiers, redo in ((CTRL, Qt.Key.Key_Y), (CTRL | SHIFT, Qt.Key.Key_Z)):
        press(window, qtbot, Qt.Key.Key_Z)
        assert ask(lambda session: session.case(key)).facts == before
        assert window.bar.words.text().startswith("Undone: decision after review sent")
        qtbot.waitUntil(window.binder.actions["redo"].isEnabled, timeout=PATIENCE_MS)
        everything_is_true(window, qtbot)
        press(window, qtbot, redo, modifiers)
        assert ask(lambda session: session.case(key)).facts == after
        wait_text(window, qtbot, "redo", "Redo")
        everything_is_true(window, qtbot)


def test_who_is_gone_is_no_longer_stepped_to_and_comes_back_with_redo(
    window: MainWindow, qtbot: QtBot, ask: Ask, borough: Borough
) -> None:
    activate(window, qtbot)
    fields = {"surname": "Aaron", "forename": "Ola", "born": date(2014, 5, 6), "reference": "NB900"}
    window.jobs.submit(do.AddChild(fields))
    wait_until_still(window, qtbot)
    trail = tuple(row.id for row in ask(lambda session: session.cases()))
    case = window.show_screen("case")
    assert isinstance(case, CaseScreen)
    case.show_child(borough.ids["Okafor"], trail)
    wait_until_still(window, qtbot)
    place = case.context().counts
    assert place.endswith(f"of {len(trail)}")
    press(window, qtbot, Qt.Key.Key_Z)
    assert case.context().counts.endswith(f"of {len(trail) - 1}")
    press(window, qtbot, Qt.Key.Key_Y)
    assert case.context().counts == place


def test_redo_is_offered_after_a_restart_and_ended_by_a_new_change(
    window: MainWindow, qtbot: QtBot, ask: Ask, borough: Borough, tmp_path: Any
) -> None:
    activate(window, qtbot)
    key = borough.ids["Okafor"]
    record(window, ask, key)
    press(window, qtbot, Qt.Key.Key_Z)
    window.jobs.close()

    again = open_window(
        bootstrap.application(), borough.where, TODAY, Preferences(tmp_path / "options")
    )
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.jobs.is_open, timeout=PATIENCE_MS)
    qtbot.waitUntil(again.binder.actions["redo"].isEnabled, timeout=PATIENCE_MS)
    assert text_of(again, "redo").startswith("Redo: decision after review sent")
    again.jobs.submit(add_caseworker("Somebody New"))
    wait_text(again, qtbot, "undo", "Undo: Somebody New added")
    qtbot.waitUntil(lambda: not again.binder.actions["redo"].isEnabled(), timeout=PATIENCE_MS)
    again.jobs.close()


def test_an_import_is_asked_about_and_its_open_case_closes(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    activate(window, qtbot)
    given = incoming(*(incoming_case(row) for row in range(2, 14)))
    result = ask(lambda session: session.apply_import(given))
    window.jobs.tell(Done("Imported.", everything=True, undo=result.undo))
    new = next(one.id for one in ask(lambda session: session.cases()) if one.reference == "TH-5")
    window.show_screen("cases")
    wait_until_still(window, qtbot)
    window.open_case(new)
    wait_until_still(window, qtbot)

    press(window, qtbot, Qt.Key.Key_Z)
    assert answer(qtbot, "Leave it as it is") == (
        "This takes back the import of tracker.xlsx: 12 cases made. Take it back?"
    )
    wait_until_still(window, qtbot)
    assert len(ask(lambda session: session.cases())) == 15
    activate(window, qtbot)
    press(window, qtbot, Qt.Key.Key_Z)
    answer(qtbot, "Take it back")
    qtbot.waitUntil(lambda: not isinstance(window.page(), CaseScreen), timeout=PATIENCE_MS)
    assert window.page().key == "cases"
    assert window.bar.words.text() == "Undone: import of tracker.xlsx: 12 cases."
    everything_is_true(window, qtbot)
    assert len(ask(lambda session: session.cases())) == 3

    button(window.bar, "Redo").click()
    assert answer(qtbot, "Bring it back").startswith("This brings back the import of tracker.xlsx")
    qtbot.waitUntil(lambda: count(window, "cases") == "15", timeout=PATIENCE_MS)
    everything_is_true(window, qtbot)
    assert new in {one.id for one in ask(lambda session: session.cases())}


def test_what_was_typed_for_a_case_that_goes_stays_to_be_read(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    fields = {"surname": "Gone", "forename": "Ada", "born": date(2015, 1, 1)}
    made = ask(lambda session: session.submit(do.AddChild(fields)))
    window.jobs.tell(made)
    window.open_case(made.child_ids[0])
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    page.tabs.setCurrentWidget(page.details)
    field = page.details.findChildren(QLineEdit)[0]
    field.setText("Typed")
    assert page.details.has_changes

    window.run_action("undo")
    wait_until_still(window, qtbot)

    assert window.page() is page
    assert field.text() == "Typed"
    assert window.bar.words.text() == (
        "Gone, Ada is no longer in the store. What you typed is still here, and cannot be saved."
    )


def test_what_something_rests_on_is_not_undone_and_nothing_older_is(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    activate(window, qtbot)
    fields = {"surname": "New", "forename": "Ada", "born": date(2015, 1, 1)}
    made = ask(lambda session: session.submit(do.AddChild(fields)))
    window.jobs.tell(made)
    key = made.child_ids[0]
    window.jobs.tell(ask(as_somebody_else(do.ChangeChild(key, 1, {"need": "ASD"}))))
    before = ask(lambda session: session.history(1))

    press(window, qtbot, Qt.Key.Key_Z)

    assert window.bar.words.text() == (
        "“Case opened for New, Ada” cannot be undone: New, Ada was changed again since by "
        f"{OTHER} (primary need changed). An older change can be taken back from the history."
    )
    assert ask(lambda session: session.history(1)) == before


def test_somebody_elses_change_is_taken_back_from_the_history_alone(
    window: MainWindow, qtbot: QtBot, ask: Ask, borough: Borough
) -> None:
    activate(window, qtbot)
    key = borough.ids["Patel"]
    record(window, ask, borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    seen = ask(lambda session: session.case(key)).child.version
    window.jobs.tell(ask(as_somebody_else(do.ChangeChild(key, seen, {"need": "ASD"}))))
    wait_until_still(window, qtbot)
    assert text_of(window, "undo").startswith("Undo: decision after review sent")

    press(window, qtbot, Qt.Key.Key_H)
    shown = dialog(HistoryDialog)
    qtbot.waitUntil(lambda: shown.changes.model.rowCount() > 0, timeout=PATIENCE_MS)
    table = named(shown, RowsTable, "History")
    table.go_first()
    back = button(shown, "Take this change back…")
    assert back.isEnabled()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert answer(qtbot, "Take it back") == (
        f"This takes back a change by {OTHER}: primary need changed for Patel, Rohan. Take it back?"
    )
    wait_until_still(window, qtbot)
    assert ask(lambda session: session.case(key)).child.need == "SLCN"
    qtbot.waitUntil(lambda: _states(shown)[:2] == ["", "undone"], timeout=PATIENCE_MS)
    shown.close()


def test_the_history_of_a_case_offers_it_too(
    window: MainWindow, qtbot: QtBot, ask: Ask, borough: Borough
) -> None:
    key = borough.ids["Okafor"]
    window.open_case(key)
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    page.tabs.setCurrentWidget(page.history)
    page.history.table.go_first()
    before = len(ask(lambda session: session.case(key)).facts)
    page.history.back.click()
    wait_until_still(window, qtbot)
    assert len(ask(lambda session: session.case(key)).facts) == before - 1
    wait_until_still(window, qtbot)
    assert [row.state for _, row in page.history.model.rows()][:2] == ["", "undone"]


def button(parent: QWidget, words: str) -> QPushButton:
    found = [
        one for one in parent.findChildren(QPushButton) if one.text().replace("&", "") == words
    ]
    assert len(found) == 1
    return found[0]


def _states(shown: HistoryDialog) -> list[str]:
    return [row.state for _, row in shown.changes.model.rows()]


def test_taking_back_much_can_be_stopped(window: MainWindow, qtbot: QtBot, ask: Ask) -> None:
    activate(window, qtbot)
    brought = incoming(*(incoming_case(row) for row in range(2, 14)))
    cases = len(ask(lambda session: session.apply_import(brought) and session.cases()))
    window.undoing.ask()
    qtbot.waitUntil(window.binder.actions["undo"].isEnabled, timeout=PATIENCE_MS)
    press(window, qtbot, Qt.Key.Key_Z)
    held = threading.Event()
    window.jobs.ask(lambda _: held.wait(PATIENCE_MS / 1000), lambda _: None)
    answer(qtbot, "Take it back")
    (progress,) = window.findChildren(ProgressDialog)
    assert progress.windowTitle() == "Taking it back"
    progress.reject()
    held.set()
    qtbot.waitUntil(
        lambda: window.bar.words.text() == "Stopped. Nothing was changed.", timeout=PATIENCE_MS
    )
    assert len(ask(lambda session: session.cases())) == cases
