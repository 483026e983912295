"""The control for each type of declared field: what it shows, and what is read back from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain import typed_dates
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kind_values import pence, whole
from caseworker_app.domain.kinds import FACT, FieldSpec
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices

Choices = Sequence[tuple[str, str]]
"""Id and words of what can be pointed at."""

_EVENT_WIDTH = 260
_DAY = "day"
"""The property of a box that keeps the day by which "t" and "-3" are read."""

_UNSEEN = "One that is not open to you, or gone"

_HELD_TYPES = frozenset({"text", "day", "number", "money", "choice", "yes or no", "link"})


def has_control(spec: FieldSpec) -> bool:
    """Whether a form can show a field; what only a coder understands has a form of its own."""
    return spec.by_hand and spec.type in _HELD_TYPES


def control(
    spec: FieldSpec, value: object, today: Callable[[], date], pointed: Mapping[str, Choices]
) -> QWidget:
    """A control that shows a value.

    Args:
        spec: the field.
        value: what it holds now.
        today: the day the window works on.
        pointed: what can be pointed at, by kind; facts by the field that points at them.
    """
    if spec.type == "day":
        return DateField(today, value if isinstance(value, date) else None, coming=spec.coming)
    if spec.type == "choice":
        blank = [] if spec.needed else [("", "Not said")]
        return choices([*blank, *spec.choices.items()], str(value or ""))
    if spec.type == "yes or no":
        return choices([("no", "No"), ("yes", "Yes")], "yes" if value else "no")
    if spec.type == "link":
        if spec.to == FACT:
            return _event(value, pointed.get(spec.name, ()), today())
        return _link(spec, value, pointed.get(spec.to, ()))
    if spec.long:
        box = QPlainTextEdit(str(value or ""))
        box.setTabChangesFocus(True)
        box.setMaximumHeight(140)
        return box
    line = QLineEdit("" if value is None else _typed(spec, value))
    if spec.type == "money":
        line.setPlaceholderText("1,250.00")
    return line


def held(spec: FieldSpec, field: QWidget) -> object:
    """What a control says. Raises `Refused` with what is wrong, naming the field."""
    if isinstance(field, DateField):
        if field.problem:
            raise Refused(field.problem, spec.name)
        return field.value
    if isinstance(field, QComboBox):
        return _chosen(spec, field)
    text = field.toPlainText() if isinstance(field, QPlainTextEdit) else _line(field)
    if spec.type == "number":
        return _whole(spec, text)
    if spec.type == "money":
        return _pence(spec, text)
    return text.strip()


def _link(spec: FieldSpec, value: object, pointed: Choices) -> QComboBox:
    offered = [("", "Unassigned" if spec.to == "caseworker" else "None"), *pointed]
    key = str(value or "")
    if all(code != key for code, _ in offered):
        # It would be taken for none, and saved so.
        offered.append((key, _UNSEEN))
    box = choices(offered, key)
    # Thousands to choose from are found by a few letters.
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    box.setCompleter(completer)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def _event(value: object, events: Choices, today: date) -> QComboBox:
    """An event chosen, or a day typed, which finds or records one."""
    box = choices([("", ""), *events], str(value or ""))
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(_EVENT_WIDTH)
    line = box.lineEdit()
    if line is not None:
        line.setPlaceholderText("15/10, 15 oct, t, or choose")
    box.setProperty(_DAY, today.isoformat())
    return box


def _day_typed(spec: FieldSpec, box: QComboBox, text: str) -> date:
    """The day that stands in the place of an event. Raises `Refused`."""
    found = typed_dates.read(text, date.fromisoformat(str(box.property(_DAY))))
    if found.day is None:
        raise Refused(found.problem, spec.name)
    return found.day


def _chosen(spec: FieldSpec, box: QComboBox) -> object:
    if spec.type == "yes or no":
        return box.currentData() == "yes"
    if spec.type == "link":
        at = box.currentIndex()
        if at < 0 or box.itemText(at) != box.currentText():
            # Typed and not chosen; of two that are called the same, one was chosen.
            at = box.findText(box.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if at < 0 and spec.to == FACT:
            return _day_typed(spec, box, box.currentText().strip())
        if at < 0:
            raise Refused(f'"{box.currentText().strip()}" is not in the store.', spec.name)
        return str(box.itemData(at)) or None
    return str(box.currentData()) or spec.blank


def _line(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else ""


def _typed(spec: FieldSpec, value: object) -> str:
    if spec.type == "money" and isinstance(value, int):
        return f"{value / 100:,.2f}"
    return str(value)


def _whole(spec: FieldSpec, text: str) -> int | None:
    if not text.strip():
        return None
    number = whole(text)
    if number is None:
        raise Refused(f'"{text.strip()}" is not a whole number.', spec.name)
    return number


def _pence(spec: FieldSpec, text: str) -> int | None:
    if not text.strip():
        return None
    amount = pence(text)
    if amount is None:
        raise Refused(f'"{text.strip()}" is not an amount: type 1,250.00.', spec.name)
    return amount
