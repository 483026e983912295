"""Signing in, the people of a store, and the lock, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from caseworker_app import bootstrap
from caseworker_app.domain.errors import CaseworkerError, Unavailable
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.services.drafts import drafts
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import LOCK_AFTER, Preferences
from caseworker_app.ui.screens.reviews import ReviewsScreen
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.stores.dialogs import ChangePassphraseDialog, PassphraseDialog
from caseworker_app.ui.stores.locking import LockAfterDialog, LockPage
from caseworker_app.ui.stores.people import (
    EndDialog,
    GiveDialog,
    PeopleDialog,
    PersonDialog,
    RecoveryDialog,
    RolesDialog,
)
from caseworker_app.ui.widgets.progress import ProgressDialog
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, Borough, dialog, shown
from tests.support.borough import wait_until_still as still
from tests.support.window import named

ANN, HERS = "Ann Lee", "seven very plain ducks swim"


def _problems(within: object) -> str:
    labels = within.findChildren(QLabel, "problem")  # type: ignore[attr-defined]
    return " ".join(one.text() for one in labels if not one.isHidden())


def _with_ann(where: str) -> str:
    session = bootstrap.open_session(where, today=TODAY)
    bootstrap.add_person(session, ANN, ["caseworker"], new=HERS)
    session.close()
    return session.who


def _type(form: object, **texts: str) -> None:
    for name, text in texts.items():
        getattr(form, name).setText(text)
    form.go.click()  # type: ignore[attr-defined]


def test_somebody_is_let_in_given_roles_and_a_passphrase_and_let_go(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    window.run_action("tools.people")
    still(window, qtbot)
    people = dialog(PeopleDialog)
    assert "one passphrase" in people.empty.text()
    assert not people.end.isEnabled()
    people.add.click()
    form = dialog(PersonDialog)
    _type(form, name=ANN, new="password", again="password", own=PASSPHRASE)
    assert "weak" in _problems(form)
    _type(form, new=HERS, again=HERS, own="not mine")
    qtbot.waitUntil(lambda: "does not open" in _problems(form), timeout=PATIENCE_MS)
    _type(form, own=PASSPHRASE)
    qtbot.waitUntil(lambda: bool(shown(RecoveryDialog)), timeout=PATIENCE_MS)
    code = dialog(RecoveryDialog).code.text()
    dialog(RecoveryDialog).accept()
    still(window, qtbot)
    assert {row.person.name for row in people.model.all_rows()} == {ANN, window.person.name}

    people.table.select_id(people.model.all_rows()[0].person.id)
    assert people.chosen().person.name == ANN
    people.roles.click()
    roles = dialog(RolesDialog)
    roles.boxes["caseworker"].setChecked(False)
    roles.go.click()
    assert "Tick a role" in _problems(roles)
    roles.boxes["data"].setChecked(True)
    roles.go.click()
    still(window, qtbot)
    assert people.model.all_rows()[0].person.roles == {"data"}
    people.table.select_id(people.model.all_rows()[0].person.id)
    people.give.click()
    _type(dialog(GiveDialog), new=f"{HERS} on", again=f"{HERS} on", own=PASSPHRASE)
    still(window, qtbot)
    assert not shown(GiveDialog)

    people.end.click()
    _type(dialog(EndDialog), own=PASSPHRASE)
    qtbot.waitUntil(lambda: "another key" in window.bar.words.text(), timeout=PATIENCE_MS)
    still(window, qtbot)
    assert not shown(PeopleDialog)
    page = window.page()
    assert page is not None
    assert page.key == "today"
    window.close()
    for passphrase, opens in ((code, True), (PASSPHRASE, True), (f"{HERS} on", False)):
        try:
            bootstrap.open_session(borough.where, passphrase=passphrase, today=TODAY).close()
        except Unavailable:
            assert not opens
        else:
            assert opens


def test_ending_somebody_while_a_colleague_has_the_store_open_leaves_it_open_here(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    _with_ann(borough.where)
    window.run_action("tools.people")
    still(window, qtbot)
    people = dialog(PeopleDialog)
    theirs = bootstrap.open_session(borough.where, passphrase=HERS, person=ANN, today=TODAY)
    try:
        people.table.select_id(people.model.all_rows()[0].person.id)
        people.end.click()
        _type(dialog(EndDialog), own=PASSPHRASE)
        qtbot.waitUntil(lambda: "open" in window.bar.words.text(), timeout=PATIENCE_MS)
        still(window, qtbot)
    finally:
        theirs.close()
    assert window.page() is not None
    window.run_action("tools.people")
    still(window, qtbot)
    people = dialog(PeopleDialog)
    people.table.select_id(people.model.all_rows()[0].person.id)
    assert people.chosen().state == "left, still has a key"
    assert (people.end.isEnabled(), people.roles.isEnabled()) == (True, False)
    people.end.click()
    _type(dialog(EndDialog), own=PASSPHRASE)
    qtbot.waitUntil(lambda: "another key" in window.bar.words.text(), timeout=PATIENCE_MS)
    still(window, qtbot)


def test_who_opens_a_store_of_several_says_who_they_are(
    borough: Borough, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = _with_ann(borough.where)
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    options = Preferences(tmp_path / "options")
    for last in ("", ANN):
        window = open_window(bootstrap.application(), borough.where, TODAY, options)
        qtbot.addWidget(window)
        qtbot.waitUntil(lambda: bool(shown(PassphraseDialog)), timeout=PATIENCE_MS)
        form = dialog(PassphraseDialog)
        names = [form.person.itemText(at) for at in range(form.person.count())]
        assert set(names) == {me, ANN}
        assert form.person.currentText() == (last or min(names, key=str.casefold))
        form.person.setCurrentText(me)
        _type(form, passphrase=HERS)
        qtbot.waitUntil(lambda: "does not open" in _problems(form), timeout=PATIENCE_MS)  # noqa: B023
        form.person.setCurrentText(ANN)
        form.passphrase.shown.click()
        assert form.passphrase.line.echoMode() is QLineEdit.EchoMode.Normal
        _type(form, passphrase=HERS)
        qtbot.waitUntil(lambda: window.jobs.is_open, timeout=PATIENCE_MS)  # noqa: B023
        still(window, qtbot)
        assert window.person == Person(ANN, frozenset({"caseworker"}), known=True)
        # What she may not do is not there.
        assert not window.binder.actions["store.recovery"].isVisible()
        assert "tools.people" in window.offered()
        window.close()
        window.jobs.close()


def test_a_lock_hides_everything_and_keeps_what_is_half_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("case.new")
    still(window, qtbot)
    form = dialog(ChildDialog)
    form.fields._fields["surname"].setText("Évans")
    before = window.centralWidget()

    window.run_action("store.lock")

    assert not form.isVisible()
    assert not before.isVisible()
    assert set(window.offered()) == {"quit"}
    assert not window.binder.actions["store.lock"].isEnabled()
    assert not window.menuBar().isEnabled()
    page = window.centralWidget()
    assert isinstance(page, LockPage)
    assert named(page, QLineEdit, "Passphrase").text() == ""
    _type(page, passphrase="not this one")
    qtbot.waitUntil(lambda: "does not open" in _problems(page), timeout=PATIENCE_MS)
    window.show_screen("cases")
    assert window.centralWidget() is page
    _type(page, passphrase=PASSPHRASE)
    qtbot.waitUntil(lambda: window.centralWidget() is before, timeout=PATIENCE_MS)
    assert form.isVisible()
    assert form.fields._fields["surname"].text() == "Évans"
    assert window.menuBar().isEnabled()
    form.reject()
    # The wrong one went on record.
    said: list[str] = []
    window.jobs.ask(lambda session: session.history(3)[0].what, said.append)
    still(window, qtbot)
    assert said[0].startswith("Wrong passphrase as ")


def test_what_ends_behind_the_lock_is_gone_and_what_is_half_typed_still_asks(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("case.new")
    still(window, qtbot)
    form = dialog(ChildDialog)
    form.fields._fields["surname"].setText("Évans")
    working = ProgressDialog("Counting", lambda: None, window)
    working.show()
    ended = QMessageBox(window)
    ended.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    ended.open()
    window.run_action("store.lock")
    working.finish()
    ended.accept()
    qtbot.waitUntil(lambda: not isValid(working) and not isValid(ended), timeout=PATIENCE_MS)

    window.locking().open_up()

    assert window.binder.actions["store.lock"].isEnabled()
    assert form.isVisible()
    assert not isValid(ended)
    assert form.has_typed
    assert set(form._typed_texts()) == {"surname"}
    form.reject()


def test_behind_the_lock_the_window_closes_without_a_question_and_keeps_drafts(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    reviews = window.show_screen("reviews")
    assert isinstance(reviews, ReviewsScreen)
    still(window, qtbot)
    row = reviews.model.rows()[0]
    reviews.changes.typed(row, "meeting", "cancelled")
    still(window, qtbot)
    assert row.name in reviews.unfinished()
    window.run_action("store.lock")

    assert window.close()

    assert not window.findChildren(QMessageBox)
    session = bootstrap.open_session(borough.where, today=TODAY)
    kept = [text for one in drafts(session) for text in one.typed.values()]
    session.close()
    assert "cancelled" in " ".join(kept)


def test_a_lock_opens_where_the_store_behind_it_is_lost(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    def lost(_: object) -> Session:
        raise Unavailable("The disk is gone.")

    window.run_action("store.lock")
    window.keeper.open_instead(borough.where, lost, lambda: "")
    qtbot.waitUntil(lambda: not window.locking().locked, timeout=PATIENCE_MS)
    assert "The disk is gone." in window.first.words.text()
    assert window.pages.currentWidget() is window.first


def test_it_locks_by_itself_after_a_while_that_one_chooses(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("store.lock_after")
    form = dialog(LockAfterDialog)
    form.after.setCurrentText("5 minutes")
    form.go.click()
    assert window.preferences.get(LOCK_AFTER) == "5"
    locking = window.locking()
    locking.used()
    locking.look()
    assert not locking.locked
    locking._last = tuple(one - 299 for one in locking._last)
    locking.look()
    assert not locking.locked
    # As after a sleep: the one clock stood still.
    locking._last = (locking._last[0] + 200, locking._last[1] - 2)
    locking.look()
    assert locking.locked
    locking.open_up()
    window.preferences.keep(LOCK_AFTER, "0")
    locking._last = (0.0, 0.0)
    locking.look()
    assert not locking.locked
    locking.session.changed(on=True)
    assert locking.locked
    locking.open_up()
    still(window, qtbot)


def test_a_passphrase_that_leaked_gives_the_file_another_key(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    old = Path(f"{borough.where}.key").read_bytes()
    window.run_action("store.passphrase")
    form = dialog(ChangePassphraseDialog)
    form.leaked.setChecked(True)
    _type(form, old=PASSPHRASE, new=HERS, again=HERS)
    qtbot.waitUntil(lambda: "another key" in window.bar.words.text(), timeout=PATIENCE_MS)
    still(window, qtbot)
    assert window.person.roles == frozenset(ROLES)
    window.close()
    window.jobs.close()
    for name in ("key", "key.copy"):
        Path(f"{borough.where}.{name}").write_bytes(old)
    with pytest.raises(CaseworkerError):
        bootstrap.open_session(borough.where, passphrase=PASSPHRASE, today=TODAY)
