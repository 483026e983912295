"""Retention: the cases whose time to be kept is over or soon will be, holds, and disposal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.permissions import Right
from caseworker_app.domain.retention import RetentionRow
from caseworker_app.services.retention import ForReview, for_review
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.certificates import CertificatesDialog
from caseworker_app.ui.dialogs.dispose import open_dispose_dialog
from caseworker_app.ui.dialogs.legal_hold import hold
from caseworker_app.ui.screens import retention_columns as shown
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.figured_list import FiguredList, Filter, dim_line

_STATE: Filter[RetentionRow] = Filter("&State", "All", shown.state_of, shown.states)


class RetentionScreen(FiguredList[RetentionRow]):
    """One row a case; what is held cannot be disposed of."""

    key = "retention"
    title = "Retention"
    follows = frozenset({"legal_hold", "council_details"})

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        hint = "One row a case; Enter opens it; several may be selected"
        super().__init__(frame, shown.listed(), [_STATE], hint, parent)
        self.table.least_stretched = 120
        self.about = dim_line("How long cases are kept")
        self.column.insertWidget(self.column.indexOf(self.table), self.about)
        for action, words in (
            ("retention.certificates", "Certificates…"),
            ("case.hold", "Legal hold…"),
            ("retention.dispose", "Dispose of…"),
        ):
            button = stands_for(QPushButton(words), action)
            button.clicked.connect(lambda _=False, action=action: self._do(action))
            self.bar.addWidget(button)
        button.setObjectName("primary")

    def look(self, session: Session, ids: Collection[str] | None = None) -> ForReview:
        """The cases for review."""
        del ids
        return for_review(session)

    def rows_in(
        self, found: ForReview, touched: Collection[str] | None = None
    ) -> Sequence[RetentionRow]:
        """The cases for review."""
        return found.rows if touched is None else [one for one in found.rows if one.id in touched]

    def tell(self, found: ForReview, touched: Collection[str] | None = None) -> None:
        """How long cases are kept stands above them."""
        del touched
        said = f"Kept for {found.years} years from birth. Change it in Details of the council."
        if found.not_shown:
            many = counted(found.not_shown, "restricted case is", "restricted cases are")
            said += f" {many} due besides and not open to you."
        self.about.setText(said)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the rows selected."""
        offered = dict(super().offers())
        offered["retention.certificates"] = self._certificates
        rows = self.selected()
        if rows and self.frame.may("setup", Right.REMOVE, own=False):
            ids = [row.id for row in rows]
            offered["retention.dispose"] = lambda: open_dispose_dialog(self.frame, ids, self)
        row = self.row()
        if row is not None and row.status != shown.TAKEN_OUT:
            offered["case.hold"] = lambda: hold(self.frame, row.id, self.window())
        return offered

    def _certificates(self) -> None:
        CertificatesDialog(self.frame, self.window()).open()

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()
        else:
            self.frame.say("Choose a case in the list first.")
