"""Prove that an installation is whole: do the main job once, small, in a folder of its own."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from caseworker_app import paths
from caseworker_app.domain.errors import CaseworkerError, Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.application import Application
from caseworker_app.services.commands import RecordFact
from caseworker_app.services.session import Session

_log = logging.getLogger("caseworker.selfcheck")

TODAY = date(2026, 11, 22)
"""The day the small tracker was written for."""


_PASSPHRASE = "CASEWORKER_PASSPHRASE"  # noqa: S105  (the name of a variable)
_TEMP = "CASEWORKER_TEMP"


class _Wrong(CaseworkerError):
    """A step came out, but not as it should."""


def self_check(
    application: Application, folder: Path, show_window: Callable[[str], None]
) -> tuple[str, ...]:
    """Go through the main job; what is wrong, a sentence a step, empty when all is well.

    Args:
        application: every way in.
        folder: an empty or missing folder, the only place written to.
        show_window: draws the window on a store without a screen, and closes it.

    Raises:
        Refused: the folder holds something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(f"{folder} is not empty; the self-check wants a folder of its own.")
    run = _Run(application, folder, show_window)
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("The rules", run.load_rules),
        ("A new store", run.make_store),
        ("The import of a tracker", run.bring_tracker_in),
        ("The window", run.draw_window),
        ("Recording a fact", run.record),
        ("The board return", run.export_board),
        ("The proof of the store", run.prove_store),
    )
    kept = {name: os.environ.get(name) for name in (_PASSPHRASE, _TEMP)}
    os.environ[_PASSPHRASE] = secrets.token_hex(16)
    os.environ[_TEMP] = str(folder.absolute() / "temp")
    try:
        for words, step in steps:
            try:
                step()
            except CaseworkerError as error:
                return (f"{words} failed: {error.sentence}",)
            except Exception as error:  # noqa: BLE001  (whatever it is, it is what was asked for)
                _log.exception("self-check")
                return (f"{words} failed: {type(error).__name__}: {error}",)
    finally:
        run.close()
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return ()


@dataclass(slots=True)
class _Run:
    application: Application
    folder: Path
    show_window: Callable[[str], None]
    sessions: list[Session] = field(default_factory=list)

    @property
    def where(self) -> str:
        return str(self.folder / "self-check.store")

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    def load_rules(self) -> None:
        if not self.application.rules()[1]:
            raise _Wrong("the rule pack is empty.")

    def make_store(self) -> None:
        for create in (True, False):
            self.close()
            self.sessions.append(
                self.application.open_session(self.where, today=TODAY, create=create)
            )

    def bring_tracker_in(self) -> None:
        tracker = paths.resources() / "selfcheck" / "tracker.xlsx"
        incoming = self.application.read_files([tracker], today=TODAY)
        result = self.session.apply_import(incoming)
        if (result.cases_created, len(incoming.problems), len(incoming.parked)) != (3, 1, 1):
            raise _Wrong("the tracker was not understood as it should be.")

    def draw_window(self) -> None:
        self.show_window(self.where)

    def record(self) -> None:
        review = next(row for row in self.session.reviews() if row.meeting and not row.decision)
        outcome = self.session.submit(
            RecordFact(
                review.child_id,
                review.version,
                "review_decision_sent",
                TODAY,
                {"outcome": "maintain"},
            )
        )
        if isinstance(outcome, Failed):
            raise _Wrong(outcome.sentence)

    def export_board(self) -> None:
        target = self.folder / "board.xlsx"
        self.application.board(self.session, date(2026, 9, 1), TODAY, target=target)
        if target.stat().st_size == 0:
            raise _Wrong("the workbook is empty.")

    def prove_store(self) -> None:
        wrong = self.session.check()
        if wrong:
            raise _Wrong(" ".join(wrong))

    def close(self) -> None:
        while self.sessions:
            self.sessions.pop().close()
