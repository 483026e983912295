"""What is said of a kept return: sent on, withdrawn, and commentary on its measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.declarations.return_runs import Commentary, ReturnRun
from caseworker_app.services.commands import CommentOnMeasure, SendRun, WithdrawRun
from caseworker_app.services.wording import capital
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import check_box, choices

_WORDS_HEIGHT = 110
_WITHDRAWN = (
    "Whoever has it still has it: later returns are protected together with it all the same, "
    "unless it never left the house."
)
_COMMENT = (
    "It stands beside the measure in the next workbook, with your name and the day. In the Board's "
    "edition the sentences that tell a number are left out."
)


class _AboutReturn(CommandDialog):
    """A form about one kept return."""

    guide = "Returns"

    def __init__(
        self, frame: Frame, title: str, go: str, run: ReturnRun, parent: QWidget | None
    ) -> None:
        super().__init__(frame, title, go, parent, capital(f"{run.words}, number {run.id}"))
        self.run = run

    def tell(self, words: str) -> None:
        """Say in a paragraph what comes of it."""
        about = QLabel(words)
        about.setObjectName("dim")
        about.setWordWrap(True)
        self.form.add_wide(about)

    def rebase(self, then: Callable[[], None]) -> None:
        """What is said of a return rests on nothing that could have changed."""
        then()


class SentDialog(_AboutReturn):
    """Asks when and to whom."""

    def __init__(self, frame: Frame, run: ReturnRun, parent: QWidget | None = None) -> None:
        super().__init__(frame, "Sent on", "Save", run, parent)
        day = DateField(frame.today, run.sent_on or frame.today())
        self.on = self.form.add("&Sent on", day, "Left empty, it was not sent.", "on")
        self.to = self.form.add("&To", QLineEdit(run.sent_to), key="to")

    def command(self) -> SendRun | None:
        """The day and whom, as typed."""
        if self.on.value is None and self.on.line.text().strip():
            self.form.show_problem("on", self.on.problem or "Enter a day.")
            return None
        return SendRun(self.run.id, self.on.value, self.to.text())


class WithdrawDialog(_AboutReturn):
    """Asks why, and whether anybody outside has had it."""

    def __init__(self, frame: Frame, run: ReturnRun, parent: QWidget | None = None) -> None:
        super().__init__(frame, "Withdraw a published return", "Withdraw", run, parent)
        self.tell(_WITHDRAWN)
        self.why = self.form.add("&Why", QLineEdit(), "Kept in the audit trail.", "why")
        self.never_left = check_box(
            "It &never left the house", "Nobody outside the team has had it in any form"
        )
        self.form.add_wide(self.never_left)
        self.why.setFocus()

    def command(self) -> WithdrawRun | None:
        """The reason as typed."""
        why = self.why.text().strip()
        if not why:
            self.form.show_problem("why", "Say why it is withdrawn.")
            return None
        return WithdrawRun(self.run.id, why, self.never_left.isChecked())


class CommentDialog(_AboutReturn):
    """Asks what the owner of a measure says of it."""

    def __init__(
        self,
        frame: Frame,
        run: ReturnRun,
        measures: Sequence[tuple[str, str]],
        said: Mapping[str, Commentary],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Commentary", "Save", run, parent)
        self._said = said
        self.tell(_COMMENT)
        self.measure = self.form.add("&Measure", choices(list(measures)), key="measure")
        self.measure.setMinimumContentsLength(40)
        self.words = self.form.add(
            "&Commentary", QPlainTextEdit(), "Left empty, nothing is said any more.", "words"
        )
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(_WORDS_HEIGHT)
        self.measure.currentIndexChanged.connect(self._show)
        self._show()
        self.words.setFocus()
        self.keep_draft(f"commentary:{run.id}", always=("measure",))

    def command(self) -> CommentOnMeasure:
        """The words as typed."""
        ref = str(self.measure.currentData())
        return CommentOnMeasure(self.run.id, ref, self.words.toPlainText())

    def _show(self) -> None:
        """What was said of the measure already; what is typed is not written over."""
        kept = {one.words for one in self._said.values()}
        if self.words.toPlainText().strip() in ("", *kept):
            one = self._said.get(str(self.measure.currentData()))
            self.words.setPlainText(one.words if one is not None else "")
