"""SEN2: what the checks of the return find, its files, and what differs from last year's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.sen2.building import KINDS
from caseworker_app.domain.sen2.check_rows import CheckRow
from caseworker_app.domain.sen2.checks import TITLES
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.check_list import shown_differences
from caseworker_app.services.returns.sen2_layouts import layout, years
from caseworker_app.services.returns.sen2_return import Made, made_again
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.checks_list import ChecksList, listed
from caseworker_app.ui.screens.figured_list import Ready, dim_line
from caseworker_app.ui.widgets.form import choices, labelled

_NONE = "The checks find nothing: the return is clean as far as they see."
_DRAFT = "The XML is a draft: no schema was to hand to try it against. Send the template."


class Sen2Screen(ChecksList):
    """The SEN2 return of a year."""

    key = "sen2"
    title = "SEN2"
    follows = frozenset(KINDS)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        self._made: Made | None = None
        self._last: Path | None = None
        self._asked: tuple[int, Path | None] = (years()[-1], None)
        known = [(str(one), str(one)) for one in reversed(years())]
        self.year: QComboBox = choices(known)
        self.state = dim_line("About the return")
        super().__init__(frame, listed(TITLES, _NONE, of_council=True), parent)
        self.year.currentIndexChanged.connect(self._other_year)
        for action, words in (
            ("sen2.codes", "Confirm codes…"),
            ("sen2.compare", "Compare…"),
            ("export", "Export…"),
        ):
            button = stands_for(QPushButton(words), action)
            button.clicked.connect(lambda _=False, action=action: self._do(action))
            self.bar.addWidget(button)
        button.setObjectName("primary")
        self.column.insertWidget(1, self.state)

    def before_filters(self) -> tuple[QWidget, ...]:
        """The year of the survey day."""
        label: QLabel = labelled("&Year", self.year)
        return label, self.year

    def make(self, session: Session, progress: Progress) -> Made:
        """The return of the year chosen."""
        sen2 = self.frame.application.sen2
        return sen2(session, self._asked[0], last=self._asked[1], progress=progress)

    def make_again(self, session: Session, old: Made, changed: Collection[str]) -> Made:
        """The same after some cases changed."""
        return made_again(session, old, changed, self.frame.application.version)

    def keep(self, made: Made) -> None:
        """Keep the return."""
        self._made = made

    def refresh(self) -> None:
        """Make the return anew and check it."""
        self._asked = self._year(), self._last
        super().refresh()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = {**super().offers(), "sen2.compare": self.compare}
        if self.frame.may("setup", Right.WRITE, own=False):
            offered["sen2.codes"] = self.confirm
        return offered

    def export(self) -> None:
        """Ask where to, and write the template or the draft XML."""
        if self._made is None:
            return
        if self._made.readings.refusal:
            self.frame.say(self._made.readings.refusal)
            return
        kinds = "Submission template (*.xlsx);;Draft XML (*.xml)"
        self.ask_where("SEN2 return", f"SEN2 {self._year()}.xlsx", kinds, self.write)

    def write(self, target: Path) -> None:
        """Write the return, with progress."""
        application, year, last = self.frame.application, self._year(), self._last

        def make(session: Session, progress: Progress) -> Path:
            made = application.sen2(session, year, last=last, progress=progress)
            application.write_sen2(session, made, target, progress=progress)
            return target

        self.frame.jobs.long(
            "Writing the return", make, self.tell_saved, self.frame.tell_failed, self
        )

    def confirm(self) -> None:
        """Show the codes that no public source settles, for an administrator to confirm."""
        from caseworker_app.ui.dialogs.sen2_codes import open_codes_dialog

        open_codes_dialog(self.frame, self._year(), self.window())

    def compare(self) -> None:
        """Ask for last year's submitted return, and show what differs from it."""
        dialog = QFileDialog(self.window(), "Last year's submitted return")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Template, XML, or one of the exported files (*.xlsx *.xml *.csv)")
        dialog.fileSelected.connect(lambda chosen: self.compare_with(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def compare_with(self, chosen: Path) -> None:
        """Compare with a file; an exported CSV file stands for the folder it is in."""
        self._last = chosen.parent if chosen.suffix.lower() == ".csv" else chosen
        self._asked = self._year(), self._last
        self.look_into(self._compared, self._not_compared)

    def _compared(self, ready: Ready[CheckRow]) -> None:
        from caseworker_app.ui.dialogs.sen2_differences import show_differences

        self._read(ready)
        if self._made is not None and self._last is not None:
            differs = shown_differences(self._made.differs, self._holders)
            show_differences(self.frame, differs, self._last.name, self._made.notes, self.window())

    def _not_compared(self, failed: Failed) -> None:
        self._last = None
        self.frame.tell_failed(failed)

    def _other_year(self) -> None:
        self._last = None
        if self._loaded:
            self.refresh()

    def _year(self) -> int:
        return int(str(self.year.currentData()))

    def _do(self, action: str) -> None:
        offered = self.offers().get(action)
        if offered is not None:
            offered()

    def _show_totals(self) -> None:
        super()._show_totals()
        if self._made is None:
            return
        of_year = layout(self._made.return_.layout.year)
        submit = f", to be submitted by {long_date(of_year.submit)}" if of_year.submit else ""
        children = f"{len(self._made.return_.persons):,} children"
        told = f"{children}, survey day {long_date(of_year.survey)}{submit}."
        self.state.setText(f"{told} {self._made.readings.refusal or _DRAFT}")
