"""Lists of what checks of a return find: a row a finding, each opened where it is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.sen2.check_rows import CheckRow, rows_of
from caseworker_app.domain.sen2.checking import ERROR, LEVELS, QUERY, Hit
from caseworker_app.domain.sen2.mending import mend_of
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.check_list import Holder, holders, shown
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.models.column import LATE, QUIET, SOON, Column
from caseworker_app.ui.models.figured import Figure, Figured
from caseworker_app.ui.runtime.jobs import WhenFailed
from caseworker_app.ui.screens import today_done
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.figured_list import BY_CASEWORKER, FiguredList, Filter, Ready
from caseworker_app.ui.widgets.files import ask_save


class Checked(Protocol):
    """What was made and checked."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the checks find."""
        ...


_FOR_MANY = ("setting", "caseworker")
"""Kinds of record that stand in the rows of many children."""

_TONES = {ERROR: LATE, QUERY: SOON}


def _columns(titles: Mapping[str, str]) -> tuple[Column[CheckRow], ...]:
    return (
        Column("rule", "Rule", lambda row: row.hit.rule, width=64, style="dim"),
        Column(
            "level",
            "Level",
            lambda row: row.level,
            lambda row: row.hit.level,
            tone=lambda row: _TONES.get(row.hit.level, QUIET),
            width=86,
        ),
        Column("child", "Child", lambda row: row.name, width=150, style="strong"),
        Column("reference", "Reference", lambda row: row.reference, width=88, style="dim"),
        Column("words", "What is wrong", lambda row: row.hit.words, width=240, stretch=True),
        Column("field", "Item", lambda row: row.hit.field, width=130, style="dim"),
        Column("title", "Check", lambda row: titles.get(row.hit.rule, ""), width=190, style="dim"),
        Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
    )


def listed(
    titles: Mapping[str, str], none_yet: str, *, of_council: bool = False
) -> Figured[CheckRow]:
    """What such a list shows.

    Args:
        titles: what each rule asks for, in words.
        none_yet: what it says while nothing is found.
        of_council: whether rules speak of the council itself too.
    """
    columns = _columns(titles)
    council: Figure[CheckRow] = Figure(
        "council", "of the council itself", lambda row: not row.child_id
    )
    return Figured(
        columns,
        (
            Figure("all", "findings", lambda _: True),
            Figure("errors", "errors", lambda row: row.hit.level == ERROR, LATE),
            Figure("queries", "queries", lambda row: row.hit.level == QUERY, SOON),
            *((council,) if of_council else ()),
        ),
        lambda row: "\n".join(one.text(row) for one in columns),
        lambda row: row.in_full,
        "finding",
        "findings",
        none_yet,
    )


def _rules(numbers: Counter[str]) -> list[tuple[str, str]]:
    """Each rule that found something, with how often."""
    return [(rule, f"{rule} ({numbers[rule]:,})") for rule in sorted(numbers)]


def _levels(numbers: Counter[str]) -> list[tuple[str, str]]:
    return [(code, f"{words} ({numbers[code]:,})") for code, words in LEVELS.items()]


Rows = Sequence[CheckRow]
Moved = tuple[list[CheckRow], list[str]]
"""Rows that are new or read otherwise now, and the ids of those that have gone."""


def _moved(known: Rows, rows: Rows) -> Moved:
    before = {row.id: row for row in known}
    gone = before.keys() - {row.id for row in rows}
    return [row for row in rows if before.get(row.id) != row], sorted(gone)


class ChecksList(FiguredList[CheckRow]):
    """A row a finding; Enter opens it where it is mended, and it goes once it is."""

    def __init__(
        self, frame: Frame, shown_as: Figured[CheckRow], parent: QWidget | None = None
    ) -> None:
        filters = [
            Filter("R&ule", "Every rule", lambda row: (row.hit.rule,), _rules),
            Filter("Error or &query", "Both", lambda row: (row.hit.level,), _levels),
            BY_CASEWORKER,
        ]
        hint = "One row a finding; Enter opens it where it is mended"
        super().__init__(frame, shown_as, filters, hint, parent)
        self.area = "returns"
        self._checked: Checked | None = None
        self._anew = 0
        self._waits: Counter[str] = Counter()
        self._holders: dict[str, Holder] = {}
        self.table.opened.disconnect()
        self.table.opened.connect(self._mend_row)
        self.table.least_stretched = 260
        self.table.spare("title", "field", "caseworker", "reference")
        self.search.setPlaceholderText("Find")

    def make(self, session: Session, progress: Progress) -> Checked:
        """Make the return and check it; on the database thread."""
        raise NotImplementedError

    def make_again(self, session: Session, old: Any, changed: Collection[str]) -> Checked:  # noqa: ANN401
        """The same again after some cases changed; on the database thread."""
        raise NotImplementedError

    def keep(self, made: Any) -> None:  # noqa: ANN401
        """Keep what was made, to say what it is of."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Make the return anew and check it."""
        self.look_into(self._read)

    def look_into(
        self, then: Callable[[Ready[CheckRow]], None], failed: WhenFailed | None = None
    ) -> None:
        """Make the return anew, with progress, and go on with its findings."""

        def make(
            session: Session, progress: Progress
        ) -> tuple[Checked, dict[str, Holder], Ready[CheckRow]]:
            checked, held = self.make(session, progress), holders(session)
            return checked, held, self.ready(rows_of(shown(checked.hits, held), held))

        def show(found: tuple[Checked, dict[str, Holder], Ready[CheckRow]]) -> None:
            self._checked, self._holders, ready = found
            self._anew += 1
            self._waits.clear()
            self.keep(self._checked)
            then(ready)

        title = "Checking the return"
        self.frame.jobs.long(title, make, show, failed or self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Check again: what is mended goes, and the place in the list stays."""
        old = self._checked
        if old is None:
            return
        if not self.follows.isdisjoint(name for name, some in done.gone.items() if some) or any(
            done.rows_of(name) for name in _FOR_MANY
        ):
            # Whose was what is gone is not told; and a setting is that of many children.
            self.mark_stale()
            return
        of_child = (row for name in self.follows for row in done.rows_of(name))
        touched = frozenset({*done.child_ids, *(row.record.child_id for row in of_child)})
        # With those of the changes before that are not shown yet: what is held knows none of them.
        self._waits.update(touched)
        asked, anew = frozenset(self._waits), self._anew
        known, changes, before = self.model.all_rows(), self.model.changes, {**self._holders}

        def again(session: Session) -> tuple[Checked, dict[str, Holder], Rows, Moved]:
            # Here, for a council has thousands of findings, and a save must not hold the window.
            checked, theirs = self.make_again(session, old, asked), holders(session, asked)
            held = before | theirs
            rows = rows_of(shown(checked.hits, held), held)
            return checked, theirs, rows, _moved(known, rows)

        def show(found: tuple[Checked, dict[str, Holder], Rows, Moved]) -> None:
            # All of it was made anew meanwhile, with this in it or before this: once more is sure.
            if anew != self._anew:
                self._waits.clear()
                self.mark_stale()
                return
            self._waits.subtract(touched)
            self._waits = +self._waits
            self._checked, theirs, rows, moved = found
            self._holders |= theirs
            self.keep(self._checked)
            as_looked_at = self.model.changes == changes
            self.model.upsert(*(moved if as_looked_at else _moved(self.model.all_rows(), rows)))
            self._name_choices()
            self._chosen()

        self.frame.jobs.ask(again, show, self.frame.tell_failed, self)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered = {**super().offers()}
        row = self.row()
        if row is None or not row.child_id:
            offered.pop("case.open", None)
            offered.pop("record.fact", None)
        if row is not None:
            offered["checks.mend"] = lambda: self._mend_row(row)
        if self.frame.may(self.area, Right.EXPORT, own=False):
            offered["export"] = self.export
        else:
            offered.pop("export", None)
        return offered

    def export(self) -> None:
        """Ask where to, and write the return."""
        raise NotImplementedError

    def ask_where(self, title: str, name: str, kinds: str, write: Callable[[Path], None]) -> None:
        """Ask for a file to write."""
        ask_save(self.window(), title, name, kinds, lambda chosen: write(Path(chosen)))

    def tell_saved(self, target: Path) -> None:
        """Say that the file is written, and offer to open it."""
        box = QMessageBox(
            QMessageBox.Icon.Information, self.title, f"Saved {target.name}.", parent=self
        )
        box.setInformativeText(f"It is in {target.parent}. Open it?")
        box.addButton("Open it", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
        )
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(box.deleteLater)
        box.open()
        self.frame.say(f"Saved {target}.")

    def _mend_row(self, row: CheckRow) -> None:
        """Open a finding where it is mended."""
        mend = mend_of(row.hit)
        if mend.kind:
            self._mend_record(row, mend.kind)
        elif mend.fact and row.child_id:
            today_done.open_record_dialog(self.frame, self, row.child_id, kind=mend.fact)
        elif row.child_id:
            self._open_case(row.child_id, mend.field)

    def _open_case(self, child_id: str, field: str) -> None:
        from caseworker_app.ui.screens.case import CaseScreen

        self.frame.open_case(child_id)
        case = self.frame.show_screen("case")
        if field and isinstance(case, CaseScreen) and case.child_id == child_id:
            case.show_field(field)

    def _mend_record(self, row: CheckRow, name: str) -> None:
        """Show the form of the child's record of a kind: the one that holds now, or a new one."""
        kind, child_id = kind_named(name), row.child_id
        if not child_id:
            self.frame.jobs.ask(
                lambda session: session.record_rows(name),
                lambda rows: self._show_form(name, rows, ""),
                self.frame.tell_failed,
                self,
            )
            return

        def look(session: Session) -> list[RecordRow]:
            return [one for of, one in session.belonging(child_id) if of == name]

        def show(rows: list[RecordRow]) -> None:
            if len(rows) > 1 and kind.ranged:
                rows = [one for one in rows if one.record.until is None][-1:] or rows[-1:]
            self._show_form(name, rows, child_id)

        self.frame.jobs.ask(look, show, self.frame.tell_failed, self)

    def _show_form(self, name: str, rows: Sequence[RecordRow], child_id: str) -> None:
        record = rows[0].record if rows and name != "commissioned" else None
        if name == "commissioned":
            self.frame.show_screen("places")
            return
        open_record_dialog(self.frame, kind_named(name), record, self.window(), child_id)
