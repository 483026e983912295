"""Retention in the window: the list, a hold, a disposal with its certificate, subject access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.services import commands as do
from caseworker_app.services import retention
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.certificates import CertificatesDialog
from caseworker_app.ui.dialogs.dispose import DisposeDialog
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.dialogs.subject_access import SubjectAccessDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.retention import RetentionScreen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still
from tests.support.sessions import add_child, done

Ask = Callable[[Callable[[Session], Any]], Any]


@pytest.fixture
def old(ask: Ask) -> str:
    """Somebody of 36, by the child's id."""

    def add(session: Session) -> str:
        born = date(1990, 5, 5)
        return add_child(session, "Quillfeather", forename="Zebedee", reference="QF-1", born=born)

    return str(ask(add))


def test_a_case_is_held_then_disposed_of_and_its_certificate_stands(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], ask: Ask, old: str
) -> None:
    screen: RetentionScreen = go("retention")
    assert [(row.id, row.state) for row in screen.model.rows()] == [(old, "due")]
    assert "31 years from birth" in screen.about.text()
    assert "kept until 5 May 2021" in screen.said.text()
    window.run_action("case.hold")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form = dialog(RecordDialog)
    form.fields["why"].setPlainText("A claim")
    form.fields["asked_by"].setText("Legal")
    form.fields["since"].set_value(date(2026, 1, 1))
    form.accept()
    qtbot.waitUntil(lambda: screen.model.rows()[0].state == "held", timeout=PATIENCE_MS)
    window.run_action("retention.dispose")
    qtbot.waitUntil(lambda: bool(shown(DisposeDialog)), timeout=PATIENCE_MS)
    asked = dialog(DisposeDialog)
    assert "Held, and cannot go: A claim (Legal)" in asked.shown.toPlainText()
    assert not asked.go.isEnabled()
    asked.sure.setChecked(True)
    asked.accept()
    wait_until_still(window, qtbot)
    assert shown(DisposeDialog)
    assert ask(lambda session: session.case(old).child.surname) == "Quillfeather"
    asked.reject()
    ended = {"until": date(2026, 1, 2)}
    ask(lambda session: done(session, do.ChangeRecord("legal_hold", "1", 1, ended)))
    screen = go("retention")
    screen.refresh()
    wait_until_still(window, qtbot)
    window.run_action("retention.dispose")
    qtbot.waitUntil(lambda: bool(shown(DisposeDialog)), timeout=PATIENCE_MS)
    asked = dialog(DisposeDialog)
    asked.sure.setChecked(True)
    asked.accept()
    qtbot.waitUntil(lambda: not shown(DisposeDialog), timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert screen.model.total == 0
    assert ask(lambda session: session.check()) == ()
    window.run_action("retention.certificates")
    qtbot.waitUntil(lambda: bool(shown(CertificatesDialog)), timeout=PATIENCE_MS)
    listed = dialog(CertificatesDialog)
    qtbot.waitUntil(lambda: listed.model.total == 1, timeout=PATIENCE_MS)
    assert len(ask(retention.disposals)) == 1
    listed.reject()


def test_who_is_struck_out_is_seen_before_everything_is_written(
    window: MainWindow, qtbot: QtBot, ask: Ask, old: str, borough: Borough, tmp_path: Path
) -> None:
    def add(session: Session) -> None:
        contact = {"child_id": old, "name": "Fatima Moss", "relation": "mother"}
        done(session, do.AddRecord("contact", contact))

    assert borough
    ask(add)
    window.open_case(old)
    wait_until_still(window, qtbot)
    window.run_action("case.subject")
    qtbot.waitUntil(lambda: bool(shown(SubjectAccessDialog)), timeout=PATIENCE_MS)
    asked = dialog(SubjectAccessDialog)
    item = asked.people.item(0)
    assert item.text() == "Fatima Moss, mother"
    assert item.checkState() == Qt.CheckState.Checked
    assert "Fatima" not in asked.text.toPlainText()
    item.setCheckState(Qt.CheckState.Unchecked)
    assert "Fatima Moss" in asked.text.toPlainText()
    item.setCheckState(Qt.CheckState.Checked)
    asked.write(tmp_path)
    qtbot.waitUntil(lambda: not shown(SubjectAccessDialog), timeout=PATIENCE_MS)
    [folder] = tmp_path.glob("Subject access*")
    said = (folder / "Everything.json").read_text("utf-8")
    assert "Quillfeather" in said
    assert "Fatima" not in said
