"""One thing done to the cases selected: a field set, or a note written in each, with a preview."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Setting
from caseworker_app.domain.preview import Part, Preview
from caseworker_app.domain.rows import CaseRow
from caseworker_app.services.cases.bulk import SETTABLE
from caseworker_app.services.commands import AddRecord, SetOver, Together
from caseworker_app.services.wording import counted
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.note import NoteFields
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.preview import PreviewPane

_LEAST_PREVIEW = 90
_WIDE, _HIGH = 620, 500


class SetDialog(CommandDialog):
    """Which field, and what all of them get."""

    def __init__(
        self,
        frame: Frame,
        rows: Sequence[CaseRow],
        settings: Sequence[Setting],
        parent: QWidget | None = None,
    ) -> None:
        about = counted(len(rows), "case")
        super().__init__(frame, "Set a field", f"Set for {about}", parent, about)
        self._children: dict[str, int | None] = {row.id: row.version for row in rows}
        child = kind_named("child")
        self.field = self.form.add(
            "&Field", choices([(one, child.field(one).label) for one in SETTABLE]), key="field"
        )
        needs = [("", "Nothing"), *((code, f"{code}  {words}") for code, words in NEEDS.items())]
        places = [("", "None recorded"), *((one.id, one.name) for one in settings)]
        self.made: dict[str, QWidget] = {
            "setting_id": choices(places),
            "need": choices(needs),
            "secondary_need": choices(needs),
            "template": QLineEdit(),
            "history_from": DateField(frame.today),
        }
        for name in SETTABLE:
            made = self.made[name]
            if isinstance(made, QComboBox):
                # Nothing is chosen at first: emptying a field of many is never a slip of Enter.
                made.setPlaceholderText("Choose")
                made.setCurrentIndex(-1)
            self.form.add(child.field(name).label, made, key=name)
        self.pane = PreviewPane()
        _put_below(self, self.pane)
        self.field.currentIndexChanged.connect(self._chosen)
        for made in self.made.values():
            _signal(made).connect(self._preview)
        self.field.setFocus()
        self._chosen()

    def command(self) -> SetOver | None:
        """The field set for all of them."""
        name = str(self.field.currentData())
        made = self.made[name]
        if not _is_given(made):
            missing = made.problem if isinstance(made, DateField) else ""
            self.form.show_problem(name, missing or "Choose what all of them get.")
            return None
        return SetOver(self._children, {name: _value(made, name)})

    def rebase(self, then: Callable[[], None]) -> None:
        """Set it whatever somebody else changed meanwhile."""
        self._children = dict.fromkeys(self._children)
        then()

    def _chosen(self) -> None:
        for name in SETTABLE:
            self.form.set_row_visible(name, name == self.field.currentData())
        self._preview()

    def _preview(self) -> None:
        self.form.clear_problems()
        if not _is_given(self.made[str(self.field.currentData())]):
            self.pane.say("Choose a value to see who would get it.")
            return
        command = self.command()

        def show(preview: Preview) -> None:
            self.pane.show_preview(preview)

        def failed(why: Failed) -> None:
            self.pane.say(why.sentence)

        if command is not None:
            self.frame.jobs.ask(lambda session: session.preview(command), show, failed, owner=self)


class NoteOverDialog(CommandDialog):
    """One note, written in each of the cases selected."""

    def __init__(
        self, frame: Frame, rows: Sequence[CaseRow], parent: QWidget | None = None
    ) -> None:
        about = counted(len(rows), "case")
        super().__init__(frame, "Note in several cases", f"Write in {about}", parent, about)
        self._ids = [row.id for row in rows]
        hint = "Do not name anyone: every case gets the same words."
        self.fields = NoteFields(frame, self.form, hint=hint)
        self.words = self.fields.words
        # The preview below has the rest of the room.
        self.words.setFixedHeight(self.words.minimumHeight())
        pane = PreviewPane()
        lines = tuple(f"{row.name} ({row.reference})" for row in rows)
        pane.show_preview(
            Preview(
                f"{about} would get this note. One undo takes all of it back.",
                (Part("Written in", lines),),
            )
        )
        _put_below(self, pane)
        self.words.setFocus()

    def command(self) -> Together | None:
        """A note in each."""
        fields = self.fields.read()
        if fields is None:
            return None
        notes = tuple(AddRecord("note", {**fields, "child_id": one}) for one in self._ids)
        return Together(notes, f"note written in {counted(len(notes), 'case')}")

    def rebase(self, then: Callable[[], None]) -> None:
        """A new note rests on nothing that could have changed."""
        then()


def open_set_dialog(frame: Frame, rows: Sequence[CaseRow], parent: QWidget) -> None:
    """Fetch what can be chosen, then ask which field of the cases is to be what."""

    def ask(settings: Sequence[Setting]) -> None:
        SetDialog(frame, rows, settings, parent).open()

    frame.jobs.ask(lambda session: session.settings(), ask, owner=parent)


def open_set_over(frame: Frame, child_ids: Collection[str], parent: QWidget) -> None:
    """The same for a selection of any list, by the ids of the children."""
    _with_rows(frame, child_ids, parent, lambda rows: open_set_dialog(frame, rows, parent))


def open_note_over(frame: Frame, child_ids: Collection[str], parent: QWidget) -> None:
    """Ask for one note for a selection of any list, by the ids of the children."""
    _with_rows(frame, child_ids, parent, lambda rows: NoteOverDialog(frame, rows, parent).open())


def _with_rows(
    frame: Frame,
    child_ids: Collection[str],
    parent: QWidget,
    then: Callable[[Sequence[CaseRow]], None],
) -> None:
    """Read the cases as they stand now, with their versions."""
    wanted = frozenset(child_ids)
    frame.jobs.ask(
        lambda session: [row for row in session.cases() if row.id in wanted], then, owner=parent
    )


def _put_below(dialog: CommandDialog, pane: PreviewPane) -> None:
    """Give a preview the room below the form."""
    pane.setMinimumHeight(_LEAST_PREVIEW)
    dialog.column.insertWidget(dialog.column.indexOf(dialog.form) + 1, pane, 100)
    dialog.resize(_WIDE, _HIGH)


def _is_given(made: QWidget) -> bool:
    """Whether a value was chosen or typed."""
    if isinstance(made, DateField):
        return made.value is not None
    if isinstance(made, QLineEdit):
        return bool(made.text().strip())
    assert isinstance(made, QComboBox)
    return made.currentIndex() >= 0


def _value(made: QWidget, name: str) -> Any:  # noqa: ANN401  (of any field)
    if isinstance(made, DateField):
        return made.value
    if isinstance(made, QLineEdit):
        return made.text().strip()
    assert isinstance(made, QComboBox)
    chosen = str(made.currentData() or "")
    return chosen or (None if name == "setting_id" else "")


def _signal(made: QWidget) -> Any:  # noqa: ANN401  (a signal)
    if isinstance(made, DateField):
        return made.changed
    if isinstance(made, QLineEdit):
        return made.textChanged
    assert isinstance(made, QComboBox)
    return made.currentIndexChanged
