"""What an exception would come to, said while it is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.exception_effect import effect
from caseworker_app.domain.facts import Fact
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame

EXCEPTION = "exception"
_STAYS = "The dates stay where they are."
_NOTE = "Say in the note what happened and what shows it."


class ClaimEffect(QLabel):
    """A few sentences under the form; hidden for every other kind of fact.

    Signals:
        said: the sentences are others than before.
    """

    said = Signal()

    def __init__(self, frame: Frame, case: CaseFile) -> None:
        super().__init__()
        self._frame, self._case = frame, case
        self._asked = 0
        self.setObjectName("hint")
        self.setWordWrap(True)
        self.setAccessibleName("What the exception would excuse")
        self.hide()

    def weigh(self, claim: Fact | None) -> None:
        """Work out what a claim would excuse; None where it is not yet one."""
        self.setVisible(claim is not None and claim.kind == EXCEPTION)
        self._asked += 1
        if claim is None or claim.kind != EXCEPTION:
            return
        if not claim.text("ground"):
            self._say("Choose the ground to see what it would excuse.")
            return
        asked, case = self._asked, self._case

        def came(found: Sequence[Deadline]) -> None:
            if asked == self._asked:
                self._say(effect_words(claim, found))

        self._frame.jobs.ask(
            lambda session: session.calculate(case.child, case.setting, (*case.facts, claim)),
            came,
            owner=self,
        )

    def ask_for_day(self) -> None:
        """Say that the day is still needed."""
        self._asked += 1
        self.show()
        self._say("Enter the date to see what it would excuse.")

    def _say(self, words: str) -> None:
        self.setText(words)
        self.said.emit()


def effect_words(claim: Fact, deadlines: Sequence[Deadline]) -> str:
    """What a claim excuses among the deadlines counted with it, and why not more."""
    excused, failed = effect(claim, deadlines)
    dates = ", ".join(f"{one.version.title} ({long_date(one.due)})" for one in excused)
    said = [f"It would excuse: {dates}. {_STAYS}" if excused else "It would excuse no date."]
    said += [f"Not excused: {why}." for why in failed]
    if not claim.text("note"):
        said.append(_NOTE)
    return " ".join(said)
