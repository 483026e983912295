"""A caseworker's day at the keyboard: what they do in it, and the store they do it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import Place
from caseworker_app.services.drafts import drafts
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.school_pack import SchoolPackDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.widgets.problem_panel import ProblemPanel
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, dialog, shown, wait_until_still
from tests.support.commands import add_caseworker
from tests.support.hands import Hands
from tests.support.sessions import FILE, done, incoming, incoming_case
from tests.support.window import named

T = TypeVar("T")

FORENAMES = ("Ada", "Bram", "Cleo", "Dara", "Efe", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kit", "Lea")
SURNAMES = ("Ashwell", "Birchmore", "Coppard")


def found(path: Path) -> None:
    """Make a store of thirty-seven children with a review to be held, and a colleague."""
    names = [(surname, forename) for surname in SURNAMES for forename in FORENAMES]
    cases = [
        incoming_case(
            row,
            place=Place(FILE, "Reviews", row),
            surname=surname,
            forename=forename,
            born=date(2013, 1, 1) + timedelta(days=17 * row),
            facts=(Fact("plan_sent", date(2025, 11, 20) + timedelta(days=row)),),
        )
        for row, (surname, forename) in enumerate([*names, ("Quill", "Zoë")])
    ]
    session = bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY, create=True)
    try:
        done(session, add_caseworker("Sofia Miah"))
        session.apply_import(incoming(*cases))
    finally:
        session.close()


class Day:
    """The window on that store, with somebody at the keyboard."""

    def __init__(self, where: Path, options: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window: MainWindow = open_window(
            bootstrap.application(), str(where), TODAY, Preferences(options)
        )
        qtbot.waitUntil(lambda: self.window.jobs.is_open, timeout=PATIENCE_MS)
        wait_until_still(self.window, qtbot)
        self.hands = Hands(self.window, qtbot)

    def ask(self, call: Callable[[Session], T]) -> T:
        """Ask the open store."""
        got: list[Any] = []
        self.window.jobs.ask(call, got.append)
        self.qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
        return got[0]  # type: ignore[no-any-return]

    def said(self) -> str:
        """What the window said last."""
        return self.window.bar.words.text()

    def events(self, surname: str, forename: str) -> list[tuple[str, date]]:
        """The events of a child, as the store has them."""
        files = self.ask(lambda session: session.caseload())
        facts = next(
            one.facts
            for one in files
            if (one.child.surname, one.child.forename) == (surname, forename)
        )
        return [(fact.kind, fact.on) for fact in facts]

    def count(self, kind: str) -> int:
        """How many events of a kind the store has."""
        files = self.ask(lambda session: session.caseload())
        return sum(fact.kind == kind for one in files for fact in one.facts)

    def snapshot(self) -> set[tuple[Any, ...]]:
        """Everybody's events and caseworker."""
        files = self.ask(lambda session: session.caseload())
        rows = self.ask(lambda session: session.cases())
        snoozes = self.ask(lambda session: session.record_rows("snooze"))
        found: set[tuple[Any, ...]] = {(row.id, row.caseworker) for row in rows}
        found |= {(one.child.id, fact.kind, fact.on) for one in files for fact in one.facts}
        return found | {("snooze", one.id) for one in snoozes}

    def close(self) -> None:
        """Close the window as somebody who goes home."""
        self.hands.press("Ctrl+Q")
        self.qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=PATIENCE_MS)


def record_one_review(day: Day) -> None:
    hands = day.hands
    with hands.counting("meeting held for one child"):
        hands.press("Ctrl+K")
        hands.type("qui")
        hands.press("Return", "Ctrl+R", "Shift+Tab")
        assert hands.where == "What happened"
        hands.type("m")
        hands.press("Tab")
        hands.type("t")
        hands.press("Return")
    assert day.said().startswith("Review meeting held 22 Nov 2026 recorded for Quill, Zoë.")
    with hands.counting("report, decision to amend, notice and final plan of that child"):
        hands.press("Ctrl+R")
        hands.type("t")
        hands.press("Return", "Ctrl+R")
        hands.type("t")
        hands.press("Tab")
        assert hands.where == "Outcome"
        hands.type("am")
        hands.press("Return", "Ctrl+R")
        hands.type("t")
        hands.press("Return", "Ctrl+R")
        hands.type("t")
        hands.press("Return")
    assert {kind for kind, on in day.events("Quill", "Zoë") if on == TODAY} == {
        "review_meeting_held",
        "review_report_received",
        "review_decision_sent",
        "amendment_notice_sent",
        "amended_plan_sent",
    }


def paste_twenty(day: Day) -> None:
    hands = day.hands
    hands.press("Ctrl+3")
    held = day.count("review_meeting_held")
    days = [f"{1 + at}/10/2026" for at in range(20)]
    days[4], days[11] = "31/2/2026", "cancelled"
    hands.clip("\n".join(days) + "\n")
    with hands.counting("twenty meetings pasted, two of them bad"):
        hands.press("Ctrl+V")
    assert day.count("review_meeting_held") == held + 18
    refused = {
        one.text: one for one in named(day.window, ProblemPanel, "Not recorded").model.rows()
    }
    assert set(refused) == {"31/2/2026", "cancelled"}
    assert all(one.child for one in refused.values())
    assert "February 2026 has 28 days" in refused["31/2/2026"].why


def begin_a_note(day: Day) -> None:
    """The telephone rings in the middle of a note: what is typed stays as a draft."""
    hands = day.hands
    hands.press("Ctrl+J")
    hands.type("their mother rang")
    hands.press("Esc")
    kept = day.ask(drafts)
    assert [text for one in kept for text in one.typed.values() if "rang" in text]


def wait_for_draft(day: Day, words: str) -> None:
    """Wait until what is typed into the grid, or was refused there, is kept as a draft."""

    def kept() -> bool:
        return any(words in text for one in day.ask(drafts) for text in one.typed.values())

    day.qtbot.waitUntil(kept, timeout=PATIENCE_MS)


def decide_ten(day: Day) -> None:
    hands = day.hands
    decided = day.count("review_decision_sent")
    with hands.counting("ten decisions"):
        hands.press("Right", "Right")
        hands.type("t m")
        hands.press("Return", "Up")
        hands.press("Shift+Down", times=9)
        hands.press("Ctrl+D")
    assert day.count("review_decision_sent") == decided + 10


def snooze_one(day: Day) -> None:
    hands = day.hands
    hands.press("Ctrl+1")
    with hands.counting("a line snoozed for a week, with why"):
        hands.press("F7")
        assert hands.heads() == "Snooze"
        hands.type("on leave")
        hands.press("Return")
    assert day.said().startswith("Snooze added for ")


def reassign_thirty(day: Day) -> None:
    hands = day.hands
    hands.press("Ctrl+2")
    with hands.counting("thirty cases given to a colleague"):
        hands.press("Shift+Down", times=30)
        hands.press("Ctrl+Shift+A")
        hands.type("So")
        hands.press("Return")
    assert day.said() == "30 cases given to Sofia Miah."


def write_a_school_pack(day: Day, folder: Path) -> None:
    folder.mkdir()
    day.hands.press("Ctrl+Alt+B")
    day.qtbot.waitUntil(lambda: bool(shown(SchoolPackDialog)), timeout=PATIENCE_MS)
    # The folder is chosen in the system's own dialog.
    dialog(SchoolPackDialog).write_into(folder)
    day.qtbot.waitUntil(lambda: len(list(folder.iterdir())) == 2, timeout=PATIENCE_MS)
    day.hands.still()
    for left in shown(QDialog):
        left.close()
    day.hands.still()
    assert {one.suffix for one in folder.iterdir()} == {".xlsx", ".pdf"}


def undo_all(day: Day) -> None:
    """One key at a time; where more than ten cases are touched it is asked."""
    hands = day.hands
    while day.ask(lambda session: session.last_undo()):
        latest = day.ask(lambda session: session.last_undo())
        if latest is not None and "import" in latest[1].lower():
            return
        hands.press("Ctrl+Z")
        answer(day, "Take it back")


def redo_all(day: Day) -> None:
    while day.ask(lambda session: session.last_redo()):
        day.hands.press("Ctrl+Y")
        answer(day, "Bring it back")


def answer(day: Day, words: str) -> list[str]:
    """Answer the question that came, if one did; the value is the question."""
    asked = shown(QMessageBox)
    for box in asked:
        next(one for one in box.buttons() if one.text().replace("&", "") == words).click()
    words_asked = [box.text() for box in asked]
    day.qtbot.waitUntil(lambda: not shown(QMessageBox), timeout=PATIENCE_MS)
    if day.window.isVisible():
        day.hands.still()
    return words_asked
