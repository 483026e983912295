"""Disputes: mediation, tribunal, complaints and ombudsman beside the clock's own dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.declarations.families import DISPUTED, DISPUTES, Dispute
from caseworker_app.domain.disputes import DisputeRow, in_full, pounds
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.families.disputes import disputes
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.bring_in import ask_bring_in
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.models.column import LATE, SOON, Column, long_date
from caseworker_app.ui.models.figured import Figure, Figured
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.figured_list import BY_CASEWORKER, FiguredList, Filter


def _about(row: DisputeRow) -> str:
    if row.record is None:
        return ""
    where = f" ({row.record.sections})" if row.record.sections else ""
    return f"{DISPUTED[row.record.about]}{where}"


COLUMNS: tuple[Column[DisputeRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=156, style="strong"),
    Column("kind", "Kind", lambda row: DISPUTES[row.kind], width=138),
    Column("about", "About", _about, width=170, stretch=True),
    Column(
        "opened_on",
        "Opened",
        lambda row: long_date(row.opened_on),
        lambda row: row.opened_on,
        width=98,
    ),
    Column(
        "clock",
        "By the clock",
        lambda row: row.clock[0].version.title if row.open and row.clock else "",
        width=190,
        style="dim",
    ),
    Column(
        "state",
        "State",
        lambda row: row.state,
        lambda row: (not row.open, row.due is None, row.due or row.opened_on),
        tone=lambda row: row.tone,
        width=150,
    ),
    Column(
        "money",
        "Awarded",
        lambda row: pounds(row.record.money) if row.record and row.record.money else "",
        lambda row: -((row.record.money or 0) if row.record else 0),
        "right",
        width=88,
    ),
    Column(
        "lesson",
        "Lesson",
        lambda row: row.record.lesson if row.record else "",
        width=150,
        style="dim",
    ),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
)

LIST = Figured(
    COLUMNS,
    (
        Figure("all", "disputes", lambda _: True),
        Figure("open", "open", lambda row: row.open),
        Figure("late", "late", lambda row: row.due is not None and row.tone == LATE, LATE),
        Figure("soon", "in two weeks", lambda row: row.due is not None and row.tone == SOON, SOON),
        Figure("untold", "not recorded", lambda row: row.record is None, SOON),
        Figure("money", "with money", lambda row: bool(row.record and row.record.money)),
    ),
    lambda row: "\n".join(one.text(row) for one in COLUMNS) + f"\n{row.reference}",
    in_full,
    "dispute",
    "disputes",
    "No dispute is recorded, and the clock knows of none. Ctrl+Alt+N records one.",
)


def _kinds(numbers: Counter[str]) -> list[tuple[str, str]]:
    return [(key, f"{words} ({numbers[key]:,})") for key, words in DISPUTES.items() if numbers[key]]


def _states(numbers: Counter[str]) -> list[tuple[str, str]]:
    return [(key, f"{key.capitalize()} ({numbers[key]:,})") for key in ("open", "ended")]


class DisputesScreen(FiguredList[DisputeRow]):
    """One row a dispute, open ones first; Enter opens the case at the date."""

    key = "disputes"
    title = "Disputes"
    follows = frozenset({"dispute"})

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        filters = [
            Filter("Kin&d", "Every kind", lambda row: (row.kind,), _kinds),
            Filter("&State", "Any", lambda row: ("open" if row.open else "ended",), _states),
            BY_CASEWORKER,
        ]
        hint = "One row a dispute; Enter opens the case"
        super().__init__(frame, LIST, filters, hint, parent)
        self.area = "feedback"
        self.table.least_stretched = 130
        self.table.spare("lesson", "caseworker", "money", "opened_on")
        for action, words in (("entry.change", "Change…"), ("entry.new", "New dispute…")):
            button = stands_for(QPushButton(words), action)
            button.clicked.connect(lambda _=False, action=action: self._do(action))
            self.bar.addWidget(button)
        button.setObjectName("primary")

    def look(self, session: Session, ids: Collection[str] | None = None) -> tuple[DisputeRow, ...]:
        """Every dispute."""
        return disputes(session, ids)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered = {**super().offers(), "entry.new": self._new}
        if self.frame.may("bulk", Right.WRITE, own=False):
            offered["entry.import"] = lambda: ask_bring_in(self.frame, kind_named("dispute"), self)
        row = self.row()
        if row is not None and row.record is not None:
            record = row.record
            offered["entry.change"] = lambda: self._change(row.child_id, record)
            offered["entry.remove"] = lambda: self._remove(record)
        return offered

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()

    def _new(self) -> None:
        """A new dispute: of the fact in front that has none, or of a child to be chosen."""
        row, kind = self.row(), kind_named("dispute")
        if row is None or row.record is not None:
            open_record_dialog(self.frame, kind, None, self.window())
            return
        begin = Dispute(
            child_id=row.child_id,
            kind=row.kind,
            about="",
            opened_on=row.opened_on,
            fact_id=row.fact_id,
        )
        open_record_dialog(self.frame, kind, None, self.window(), row.child_id, begin)

    def _change(self, child_id: str, record: Dispute) -> None:
        open_record_dialog(self.frame, kind_named("dispute"), record, self.window(), child_id)

    def _remove(self, record: Dispute) -> None:
        kind = kind_named("dispute")
        row = RecordRow(record, {"title": kind.title(record)})
        RemoveRecordDialog(self.frame, kind, row, self.window()).open()
