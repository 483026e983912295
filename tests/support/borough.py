"""A store with a few children whose dates are easy to work out, for tests of the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import CallbackBlocker

from caseworker_app import bootstrap
from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.commands import Command
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from tests.support.commands import add_caseworker, add_setting

TODAY = date(2026, 11, 22)
PASSPHRASE = "correct horse battery"
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Borough:
    """A store with two settings, a caseworker and three children.

    Okafor's review was held on 16 October without a decision; Patel's plan is of this year; Silva
    is being assessed. Nobody has said what kind of setting Ben Jonson is.

    Attributes:
        where: the store's path.
        ids: child ids by surname.
    """

    where: str
    ids: dict[str, str]


def found(where: Path) -> Borough:
    """Make the store."""
    session = bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY, create=True)
    try:
        return Borough(str(where), _fill(session))
    finally:
        session.close()


def wait_until_still(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every job asked so far, and what followed from them in turn, is done."""
    for _ in range(6):
        # Woken by the answer, where `waitUntil` would look for it every ten milliseconds.
        with CallbackBlocker(timeout=PATIENCE_MS) as came:
            window.jobs.ask(lambda session: session.today(), came)


def seen_unread(window: MainWindow, screen: Any) -> list[str]:
    """What is said while a list is read in parts: the count, and what an export of it is told.

    It stands in the list once that was so; to wait for it would miss what passes in a moment.
    """
    found: list[str] = []

    def look() -> None:
        if screen.unread and "so far" in screen.count.text() and not found:
            found.append(screen.count.text())
            window.run_action("export")
            assert window.bar.words.text() == screen.unread
            found.append(window.bar.words.text())

    screen.changed.connect(look)
    return found


def shown(kind: type[Any]) -> list[Any]:
    """The dialogs of a class that stand over the window now."""
    held = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    return [one for one in held if one.isVisible()]


def dialog(kind: type[Any]) -> Any:
    """The one dialog of a class that stands over the window now."""
    found = shown(kind)
    assert len(found) == 1, found
    return found[0]


def _fill(session: Session) -> dict[str, str]:
    _do(session, add_caseworker("R. Haque"))
    _do(session, add_setting("Mile End Gate", "secondary", 11, "100001"))
    _do(session, add_setting("Ben Jonson"))
    worker = session.caseworkers()[0].id
    settings = {one.name: one.id for one in session.settings()}
    ids = {}
    for surname, forename, born, setting in (
        ("Okafor", "Grace", date(2014, 3, 3), "Mile End Gate"),
        ("Patel", "Rohan", date(2019, 5, 6), "Ben Jonson"),
        ("Silva", "Leo", date(2018, 1, 2), "Ben Jonson"),
    ):
        fields = {
            "surname": surname,
            "forename": forename,
            "born": born,
            "reference": f"TH-{surname}",
            "need": "SLCN",
            "setting_id": settings[setting],
            "caseworker_id": worker,
        }
        ids[surname] = _do(session, do.AddChild(fields)).child_ids[0]
    for surname, kind, on, detail in (
        ("Okafor", "plan_sent", date(2024, 11, 14), {}),
        ("Okafor", "review_meeting_held", date(2025, 10, 2), {}),
        ("Okafor", "review_decision_sent", date(2025, 10, 30), {"outcome": "maintain"}),
        ("Okafor", "review_meeting_held", date(2026, 10, 16), {}),
        ("Patel", "plan_sent", date(2026, 2, 2), {}),
        ("Silva", "request_received", date(2026, 10, 1), {}),
    ):
        seen = session.case(ids[surname]).child.version
        _do(session, do.RecordFact(ids[surname], seen, kind, on, detail))
    return ids


def _do(session: Session, command: Command) -> Done:
    outcome = session.submit(command)
    assert isinstance(outcome, Done), outcome
    return outcome
