"""Draws a sample of plans to audit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.declarations.auditing import DRAWN_FROM
from caseworker_app.domain.kind_values import whole
from caseworker_app.services.commands import AddRecord
from caseworker_app.services.quality.audits import auditors, draw_sample
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices

if TYPE_CHECKING:
    from caseworker_app.domain.outcome import Outcome
    from caseworker_app.services.session import Session

_SEEDS = 1_000_000
_MOST, _LONGEST = 9999, 1_000_000_000


class SampleDialog(FormDialog):
    """Asks how many, from which plans, and by which number."""

    guide = "Quality"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        settings: Sequence[str],
        auditors: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Draw a sample", "Draw", parent)
        self.frame = frame
        self._which: dict[str, list[tuple[str, str]]] = {
            "need": [(code, f"{code}, {words}") for code, words in NEEDS.items()],
            "setting": [(one, one) for one in settings],
            "auditor": [(one, one) for one in auditors],
        }
        self.how_many = self.form.add("&How many", QLineEdit("20"), key="how_many")
        self.drawn_from = self.form.add(
            "&From", choices(list(DRAWN_FROM.items()), "old"), key="drawn_from"
        )
        self.which = self.form.add("&Which", QComboBox(), key="which")
        self.which.setMinimumWidth(260)
        self.seed = self.form.add(
            "&Number",
            QLineEdit(str(secrets.randbelow(_SEEDS))),
            "The same number draws the same plans again.",
            key="seed",
        )
        self.drawn_from.currentIndexChanged.connect(self._offer)
        self._offer()
        self.how_many.setFocus()

    def accept(self) -> None:
        """Draw, and keep what was drawn."""
        self.form.clear_problems()
        how_many, seed = whole(self.how_many.text()), whole(self.seed.text())
        if how_many is None or not 1 <= how_many <= _MOST:
            self.form.show_problem("how_many", f"A whole number from 1 to {_MOST:,}.")
            return
        if seed is None or not 0 <= seed < _LONGEST:
            self.form.show_problem("seed", "A whole number of up to nine digits.")
            return
        drawn_from = str(self.drawn_from.currentData())
        which = str(self.which.currentData() or "") if drawn_from in self._which else ""
        self.busy(on=True)

        def look(session: Session) -> tuple[str, ...]:
            return draw_sample(session, how_many, drawn_from, which, seed)

        def keep(cases: tuple[str, ...]) -> None:
            self.busy(on=False)
            if not cases:
                self.form.show_problem("drawn_from", "No live plan is of these.")
                return
            fields = {
                "on": self.frame.today(),
                "how_many": how_many,
                "drawn_from": drawn_from,
                "which": which,
                "seed": seed,
                "cases": cases,
            }
            self.frame.jobs.submit(AddRecord("audit_sample", fields), self, self._came)

        self.frame.jobs.ask(look, keep, self._failed, self)

    def _came(self, outcome: Outcome) -> None:
        from caseworker_app.domain.outcome import Failed

        if isinstance(outcome, Failed):
            self._failed(outcome)
        else:
            self.succeed()

    def _failed(self, failed: object) -> None:
        from caseworker_app.domain.outcome import Failed

        self.busy(on=False)
        if isinstance(failed, Failed) and not self.form.show_failed(failed):
            self.frame.tell_failed(failed)

    def _offer(self) -> None:
        code = str(self.drawn_from.currentData())
        pairs = self._which.get(code, [])
        self.which.clear()
        for key, words in pairs:
            self.which.addItem(words, key)
        self.form.set_row_visible("which", bool(pairs))


def open_sample(frame: Frame, parent: QWidget, then: Callable[[], None]) -> None:
    """Read settings and auditors, then ask what to draw; `then` follows where one was drawn."""

    def read(session: Session) -> tuple[Sequence[str], Sequence[str]]:
        return [one.name for one in session.settings()], auditors(session)

    def show(read: tuple[Sequence[str], Sequence[str]]) -> None:
        dialog = SampleDialog(frame, *read, parent)
        dialog.saved.connect(then)
        dialog.open()

    frame.jobs.ask(read, show, frame.tell_failed, parent)
