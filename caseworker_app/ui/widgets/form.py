"""Forms: one call makes a row with label, buddy, accessible name, hint and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.outcome import Failed
from caseworker_app.ui.widgets.announcing import announce
from caseworker_app.ui.widgets.doubt import DoubtLabel
from caseworker_app.ui.widgets.field_text import (
    as_date_field,
    offer_too,
    put_text,
    text_of,
    when_edited,
    words_of,
)
from caseworker_app.ui.widgets.theirs import Theirs

W = TypeVar("W", bound=QWidget)


class Form(QWidget):
    """Labelled fields, one below the other, each with what is wrong with it or asked of it.

    What is said to be wrong with a field goes as soon as something else is typed there.

    Signals:
        edited: what a field holds has changed; the field's key.
        problem_shown: beside which field it was said that something is wrong.
        entered: Enter was pressed where it has no other meaning; a dialog takes it as its button.
    """

    edited = Signal(str)
    problem_shown = Signal(QWidget)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layout_ = QFormLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setHorizontalSpacing(14)
        self.layout_.setVerticalSpacing(8)
        self.layout_.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.layout_.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._given: tuple[int, ...] = ()
        self._fields: dict[str, QWidget] = {}
        self._rows: dict[str, QWidget] = {}
        self._problems: dict[str, QLabel] = {}
        self._columns: dict[str, QVBoxLayout] = {}
        self._doubts: dict[str, DoubtLabel] = {}
        """Made when something is first asked: most fields never have one."""
        self._hints: dict[str, str] = {}
        self._theirs: dict[str, Theirs] = {}
        self._refused: set[str] = set()
        self._boxes: dict[str, QWidget] = {}

    def add(self, label: str, field: W, hint: str = "", key: str = "") -> W:
        """Add a field.

        Args:
            label: with its mnemonic, "&Surname".
            field: the control.
            hint: a sentence below it, also what a screen reader adds to the name.
            key: the command's field, for errors; the label in lower case when not given.

        Returns:
            The field.
        """
        # Made where they are to stand: whatever changes its parent is styled anew.
        words, below = QLabel(label, self), QWidget(self)
        name_field(field, words, hint)
        # As wide as the form, so that a sentence below a narrow field is not broken at its width.
        below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        grows = field.sizePolicy().expandingDirections() & Qt.Orientation.Horizontal
        narrow = isinstance(field, QComboBox) and not grows
        column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))
        if hint:
            under = QLabel(hint)
            under.setObjectName("hint")
            under.setWordWrap(True)
            column.addWidget(under)
        problem = QLabel()
        problem.setObjectName("problem")
        problem.setWordWrap(True)
        problem.hide()
        column.addWidget(problem)
        self.layout_.addRow(words, below)
        key = key or label.replace("&", "").lower()
        self._fields[key] = field
        self._rows[key] = below
        self._problems[key] = problem
        self._columns[key] = column
        self._hints[key] = hint
        when_edited(field, partial(self._edited, key))
        return field

    def event(self, event: QEvent) -> bool:
        """Give each row anew the height that its words need, when they are other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and (needs := self._needs()) != self._given:
            # Calling the layout invalid asks for all of this again, and so without end while the
            # form is shown: once is enough for the same words.
            self._given = needs
            # Qt shares the height out by what the rows needed before.
            self.layout_.invalidate()
            self.layout_.activate()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter, and let it go on to a dialog around."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        super().keyPressEvent(event)

    def _needs(self) -> tuple[int, ...]:
        """The room there is, and the height that each part of each row needs of it."""
        found = [self.width(), self.height()]
        for at in range(self.layout_.count()):
            item = self.layout_.itemAt(at)
            if item is None:
                continue
            high = item.heightForWidth(item.geometry().width()) if item.hasHeightForWidth() else -1
            found += (high, item.sizeHint().height(), item.minimumSize().height())
        return tuple(found)

    def field(self, key: str) -> QWidget | None:
        """A field by its key, or None."""
        return self._fields.get(key)

    def fields(self) -> list[QWidget]:
        """Every field, in order."""
        return list(self._fields.values())

    def texts(self) -> dict[str, str]:
        """What every field that is shown holds, as text, by key, in their order."""
        shown = {
            key: text_of(field)
            for key, field in self._fields.items()
            if not self._rows[key].isHidden()
        }
        return shown | {key: text_of(box) for key, box in self._boxes.items()}

    def put_texts(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Put back what `texts` gave, in its order; the keys of what has no place any more."""
        lost = []
        for key, text in texts.items():
            field = self._fields.get(key) or self._boxes.get(key)
            if field is None or not put_text(field, text):
                lost.append(key)
        return tuple(lost)

    def add_wide(self, widget: W) -> W:
        """Add something over the whole width, a note or a check box."""
        self.layout_.addRow(widget)
        if isinstance(widget, QCheckBox):
            key = widget.text().replace("&", "").lower()
            self._boxes[key] = widget
            when_edited(widget, partial(self.edited.emit, key))
        return widget

    def set_row_visible(self, key: str, visible: bool) -> None:
        """Show or hide a field with its label."""
        self.layout_.setRowVisible(self._rows[key], visible)

    def show_problem(self, key: str, sentence: str) -> bool:
        """Say beside a field what is wrong with it and put the keyboard there.

        Returns:
            False when the form has no such field.
        """
        problem = self._problems.get(key)
        if problem is None:
            return False
        field = self._fields[key]
        problem.setText(sentence)
        problem.show()
        _mark(field, wrong=True)
        self._describe(key)
        field.setFocus()
        announce(problem, sentence)
        self.problem_shown.emit(field)
        return True

    def ask(self, key: str, sentence: str) -> bool:
        """Ask beside a field about what is typed in it, or nothing with "".

        It hinders nothing: the keyboard stays where it is. The field's accessible description
        holds the sentence as long as it stands.

        Returns:
            Whether another sentence stands there now than before.
        """
        doubt = self._doubts.get(key)
        if doubt is None:
            if not sentence or key not in self._columns:
                return False
            doubt = self._doubts[key] = DoubtLabel()
            self._columns[key].addWidget(doubt)
        if not doubt.ask(sentence):
            return False
        self._describe(key)
        return True

    def asked(self, key: str) -> str:
        """What is asked beside a field now, or ""."""
        doubt = self._doubts.get(key)
        return "" if doubt is None else doubt.text()

    def show_theirs(self, key: str, theirs: QWidget) -> None:
        """Show beside a field what somebody else has put there meanwhile, to be taken or not.

        Args:
            key: of the field.
            theirs: a control like it, which holds that.
        """
        column, field = self._columns.get(key), self._fields.get(key)
        if column is None or field is None:
            return
        self._hide_theirs(key)
        offer_too(field, theirs)
        target = field.focusProxy() or field
        line = Theirs(target.accessibleName(), words_of(theirs))
        text = text_of(theirs)

        def take() -> None:
            put_text(field, text)
            field.setFocus()
            self._hide_theirs(key)

        line.taken.connect(take)
        self._theirs[key] = line
        column.addWidget(line)

    def hide_theirs(self) -> None:
        """Take away what somebody else has put into fields."""
        for key in tuple(self._theirs):
            self._hide_theirs(key)

    def _hide_theirs(self, key: str) -> None:
        line = self._theirs.pop(key, None)
        if line is not None:
            line.hide()
            line.deleteLater()

    def show_failed(self, failed: Failed) -> bool:
        """Show a refusal beside its field. False when it is about no field of this form."""
        shown = bool(failed.field) and self.show_problem(failed.field, failed.sentence)
        if shown:
            self._refused.add(failed.field)
        return shown

    def clear_problems(self) -> None:
        """Take every error away."""
        for key in self._problems:
            self._clear(key)

    def _edited(self, key: str) -> None:
        problem, field = self._problems[key], self._fields[key]
        if problem.text():
            if (day := as_date_field(field)) and day.problem:
                problem.setText(day.problem)
                self._describe(key)
            else:
                self._clear(key)
        # What was refused when it was saved may speak of several fields: the next save asks again.
        for refused in tuple(self._refused):
            self._clear(refused)
        self.edited.emit(key)

    def _clear(self, key: str) -> None:
        problem = self._problems[key]
        self._refused.discard(key)
        if problem.text():
            problem.clear()
            problem.hide()
            _mark(self._fields[key], wrong=False)
            self._describe(key)

    def _describe(self, key: str) -> None:
        """Give the field's accessible description what is wrong, the hint and what is asked."""
        field, wrong, doubt = self._fields[key], self._problems[key].text(), self.asked(key)
        if day := as_date_field(field):
            day.set_wrong(wrong)
            day.set_doubt(doubt)
        else:
            target = field.focusProxy() or field
            said = (wrong, self._hints[key], doubt)
            target.setAccessibleDescription(" ".join(filter(None, said)))


def name_field(field: QWidget, label: QLabel, hint: str = "") -> None:
    """Tie a label to a field: mnemonic, buddy, accessible name and description."""
    target = field.focusProxy() or field
    label.setBuddy(target)
    name = label.text().replace("&", "").rstrip(":")
    target.setAccessibleName(name)
    if hint:
        target.setAccessibleDescription(hint)


def labelled(label: str, field: QWidget, hint: str = "") -> QLabel:
    """A label for a field that stands in a bar and not in a form."""
    words = QLabel(label)
    name_field(field, words, hint)
    return words


def check_box(label: str, hint: str = "") -> QCheckBox:
    """A check box; its own text is its name."""
    box = QCheckBox(label)
    if hint:
        box.setAccessibleDescription(hint)
        box.setToolTip(hint)
    return box


def choices(pairs: list[tuple[str, str]], chosen: str = "") -> QComboBox:
    """A combo box of (code, words); `currentData()` is the code."""
    box = QComboBox()
    for code, words in pairs:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _mark(field: QWidget, *, wrong: bool) -> None:
    target = field.focusProxy() or field
    target.setProperty("wrong", wrong)
    target.style().unpolish(target)
    target.style().polish(target)
