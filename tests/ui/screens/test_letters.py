"""A letter written from the case page, letters for several cases, and templates that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord
from caseworker_app.services.drafts import drafts
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.letter import LetterDialog
from caseworker_app.ui.dialogs.stopped import StoppedDialog
from caseworker_app.ui.fitting import is_too_large
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still
from tests.support.papers import word

Ask = Callable[[Callable[[Session], Any]], Any]


def opened(window: MainWindow, qtbot: QtBot) -> LetterDialog:
    window.run_action("letter.new")
    qtbot.waitUntil(lambda: bool(shown(LetterDialog)), timeout=PATIENCE_MS)
    box: LetterDialog = dialog(LetterDialog)
    qtbot.waitUntil(box.go.isEnabled, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    return box


def parent_of(ask: Ask, child_id: str, name: str, **more: object) -> str:
    fields = {"child_id": child_id, "name": name, "relation": "mother", **more}
    fields.setdefault("parental_responsibility", "yes")
    outcome = ask(lambda session: session.carry_out(AddRecord("contact", fields)))
    return str(outcome.rows_of("contact")[0].id)


def test_a_letter_is_written_from_a_ready_template_past_the_guard_and_kept_as_sent(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    borough: Borough,
    ask: Ask,
    tmp_path: Path,
) -> None:
    templates = go("letter_templates")
    templates.take_in()
    qtbot.waitUntil(lambda: templates.model.total >= 4, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    templates.show_row(templates.model.rows()[0].id)
    qtbot.waitUntil(lambda: "Fills in" in templates.said.text(), timeout=PATIENCE_MS)
    child = borough.ids["Okafor"]
    parent_of(ask, child, "Ada Okafor", address="1 High Street")
    aunt = parent_of(ask, child, "Ngozi Okafor", parental_responsibility="no")
    window.open_case(child)
    wait_until_still(window, qtbot)
    box = opened(window, qtbot)
    assert box.template.currentText() == "Decision after review"
    assert box.to.keys() == (f"contact/{box.to.keys()[0].partition('/')[2]}",)
    box.to.tick(f"contact/{aunt}")
    box.accept()
    assert box.isVisible(), "the outcome is needed"
    outcome = box.form.field("review_decision_sent:outcome")
    outcome.setCurrentIndex(outcome.findData("maintain"))
    box._draw()
    wait_until_still(window, qtbot)
    # What the case does not say stands in the form as a field.
    assert "The template asks" not in box.pane.toPlainText()
    assert not box.field("council").isHidden()
    box.field("council").setPlainText("Our Council")
    box.field("to_address").setPlainText("2 Low Street")
    box.field("ask_our_reasons").setPlainText("As for Rohan Patel.")
    box._draw()
    wait_until_still(window, qtbot)
    assert "As for Rohan Patel." in box.pane.toPlainText()
    box.accept()
    assert not box.buttons.isEnabled(), box.form.texts()
    qtbot.waitUntil(lambda: bool(shown(StoppedDialog)), timeout=PATIENCE_MS)
    dialog(StoppedDialog).reject()
    assert not list(tmp_path.glob("*.docx"))
    box.field("ask_our_reasons").setPlainText("The outcomes are met.")
    order = box.order()
    application = window.application
    filled = ask(
        lambda session: application.fill_letters(
            session, order.template_id, application.draw_letters(session, order).letters
        )
    )
    assert len(filled) == 2
    # Left by Escape it is a draft of the case, which the form offers when it is back.
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(LetterDialog), timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    (draft,) = ask(drafts)
    assert (draft.form, draft.child_id) == ("letter", child)
    window.run_action("letter.new")
    qtbot.waitUntil(lambda: bool(shown(LetterDialog)), timeout=PATIENCE_MS)
    box = dialog(LetterDialog)
    qtbot.waitUntil(box.offer.isVisible, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert not box.go.isEnabled()
    box.offer.go_on.click()
    wait_until_still(window, qtbot)
    box._draw()
    wait_until_still(window, qtbot)
    assert box.order() == order
    box.write_into(order, filled, tmp_path)
    qtbot.waitUntil(lambda: not shown(LetterDialog), timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert not ask(drafts), "what was sent is no draft any more"
    assert len(list(tmp_path.glob("*.docx"))) == 2
    letters = ask(lambda session: session.record_rows("letter"))
    assert sorted(one.record.to_whom for one in letters) == ["Ada Okafor", "Ngozi Okafor"]
    assert len({one.record.fact_id for one in letters}) == 1
    window.run_action("undo")
    wait_until_still(window, qtbot)
    assert not ask(lambda session: session.record_rows("letter"))


def test_the_letter_is_seen_beside_its_form_in_a_low_window(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough, ask: Ask
) -> None:
    go("letter_templates").take_in()
    wait_until_still(window, qtbot)
    parent_of(ask, borough.ids["Okafor"], "Ada Okafor", address="1 High Street")
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    box = opened(window, qtbot)
    # A screen of 1366 by 768 at 150 per cent.
    low = QSize(902, 472)
    assert not is_too_large(box, low)
    box.resize(low)
    wait_until_still(window, qtbot)
    seen = QRect(QPoint(), box.size())
    for part in (box.pane, box.buttons, box.template):
        assert seen.contains(QRect(part.mapTo(box, QPoint()), part.size())), part
    assert box.pane.height() >= 150
    box.reject()


def test_letters_for_several_cases_show_who_gets_one_and_who_does_not(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    borough: Borough,
    ask: Ask,
    tmp_path: Path,
) -> None:
    for name, text in (
        ("Newsletter", "Dear {{ to_name }}, {{ ask_news }}"),
        ("Wrong", "{{ shoe_size }}"),
    ):
        file = word(tmp_path / f"{name}.docx", text)
        fields = {"name": name, "file": str(file), "kind": "other"}
        ask(lambda session, of=fields: session.carry_out(AddRecord("letter_template", of)))
    parent_of(ask, borough.ids["Okafor"], "Ada Okafor")
    cases = go("cases")
    cases.table.selectAll()
    box = opened(window, qtbot)
    said = box.pane.toPlainText()
    assert "1 letter would be written" in said
    assert "no contact with parental responsibility is recorded" in said
    assert box.windowTitle() == "Letters about 3 children"
    box.template.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "“shoe_size”" in box.pane.toPlainText(), timeout=PATIENCE_MS)
    assert not box.go.isEnabled()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
