"""The people around a child: contacts, professionals involved, brothers and sisters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line

PEOPLE = ("contact", "involvement", "sibling")
_REACHED_BY = ("telephone", "email", "preferred_way", "format", "language")
_TOLD = (
    ("do_not_contact", "do not contact"),
    ("interpreter", "interpreter needed"),
)


def who(line: Line) -> str:
    """Their name."""
    if line.kind.name == "involvement":
        return line.words("professional_id")
    return line.words("name")


def as_what(line: Line) -> str:
    """What they are to the child."""
    if line.kind.name == "involvement":
        return line.words("as_what") or "Professional"
    return line.words("relation") or line.what


def reached_by(line: Line) -> str:
    """How they are reached, and what is to be minded."""
    said = [words for name, words in _TOLD if getattr(line.row.record, name, False)]
    if getattr(line.row.record, "parental_responsibility", "") == "yes":
        said.append("parental responsibility")
    return " · ".join([*said, *filter(None, map(line.words, _REACHED_BY))])


COLUMNS: tuple[Column[Line], ...] = (
    Column("who", "Who", who, width=220, style="strong"),
    Column("what", "As what", as_what, width=160),
    Column("reached", "Reached by", reached_by, stretch=True),
    Column(
        "since",
        "From",
        lambda line: long_date(getattr(line.row.record, "since", None)),
        width=104,
        style="dim",
    ),
    Column(
        "until",
        "To",
        lambda line: long_date(getattr(line.row.record, "until", None)),
        width=104,
        style="dim",
    ),
)


class CasePeople(CaseRecords):
    """Everybody around a child; a brother or sister with a case of their own is opened by Enter."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "People around",
            "Family, carers, professionals, brothers and sisters.",
            PEOPLE,
            COLUMNS,
            "Nobody is recorded yet. Add a parent or carer first: letters go to them.",
        )
        self.table.spare("until", "since")
        self.opening = stands_for(QPushButton("Open their case"), "case.open")
        self.put_button(self.opening, self.open_sibling)
        self.opening.setEnabled(False)
        self.chosen.connect(lambda: self.opening.setEnabled(bool(self._sibling())))

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A brother or sister is the other child of the two, from whichever side it was said."""
        made = super().line(name, row, days)
        if name == "sibling":
            other = "child_id" if row.record.sibling_id == self.child_id else "sibling_id"
            words = {**row.words, "name": row.words[other]}
            return replace(made, row=replace(row, words=words))
        return made

    def in_order(self, lines: list[Line]) -> list[Line]:
        """Family first, then professionals; who has left after who is there."""
        order = {name: at for at, name in enumerate(("contact", "sibling", "involvement"))}
        return sorted(
            lines,
            key=lambda line: (
                getattr(line.row.record, "until", None) is not None,
                order[line.kind.name],
                who(line),
            ),
        )

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        if self._sibling():
            offered["case.open"] = self.open_sibling
        return offered

    def open_line(self) -> None:
        """Open a brother's or sister's case, or change the line."""
        if self._sibling():
            self.open_sibling()
        else:
            self.change()

    def open_sibling(self) -> None:
        """Open the case of the brother or sister selected."""
        if self._sibling():
            self.frame.open_case(self._sibling())

    def _sibling(self) -> str:
        line = self.current()
        if line is None or line.kind.name != "sibling":
            return ""
        record = line.row.record
        both = (record.child_id, record.sibling_id)
        return str(both[0] if both[1] == self.child_id else both[1])
