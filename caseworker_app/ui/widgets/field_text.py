"""What a control of a form holds, as text that can be kept and put back, and when it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.day_words import day_words

if TYPE_CHECKING:
    from caseworker_app.ui.widgets.date_field import DateField

_ON, _OFF = "yes", "no"


class HoldsText:
    """A control of several parts that says itself what it holds.

    Signals:
        changed: what it holds changed.
    """

    changed: Signal

    def held(self) -> str:
        """What it holds, as text."""
        raise NotImplementedError

    def hold(self, text: str) -> bool:
        """Put back what `held` gave. False where it cannot hold all of it any more."""
        raise NotImplementedError


def as_date_field(field: QWidget) -> DateField | None:
    """A control as the one for a day, or None where it is none; the window starts without any."""
    from caseworker_app.ui.widgets.date_field import DateField

    return field if isinstance(field, DateField) else None


def text_of(field: QWidget) -> str:
    """What a control holds; a date typed as "t" or "mon" is kept as the day it meant."""
    if day := as_date_field(field):
        return day.value.isoformat() if day.value is not None else day.line.text().strip()
    if isinstance(field, HoldsText):
        return field.held()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText() if field.isEditable() else _code(field.currentData())
    if isinstance(field, QCheckBox):
        return _ON if field.isChecked() else _OFF
    inner = field.focusProxy()
    return "" if inner is None else text_of(inner)


def words_of(field: QWidget) -> str:
    """What a control holds, as one reads it."""
    if (day := as_date_field(field)) and day.value is not None:
        return day_words(day.value)
    if isinstance(field, QComboBox):
        return field.currentText()
    return text_of(field)


def put_text(field: QWidget, text: str) -> bool:
    """Put back what `text_of` gave. False where the control cannot hold it any more."""
    if day := as_date_field(field):
        day.put_text(text)
    elif isinstance(field, HoldsText):
        return field.hold(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QComboBox):
        return _choose(field, text)
    elif isinstance(field, QCheckBox):
        field.setChecked(text == _ON)
    else:
        inner = field.focusProxy()
        return inner is not None and put_text(inner, text)
    return True


def offer_too(field: QWidget, like: QWidget) -> None:
    """Have a box offer what another like it has chosen, where it does not yet."""
    if isinstance(field, QComboBox) and isinstance(like, QComboBox):
        code = like.currentData()
        if like.currentIndex() >= 0 and field.findData(code) < 0:
            field.addItem(like.currentText(), code)


def when_edited(field: QWidget, call: Callable[[], None]) -> None:
    """Call something whenever what a control holds changes."""
    if day := as_date_field(field):
        day.line.textChanged.connect(lambda _: call())
    elif isinstance(field, HoldsText):
        field.changed.connect(call)
    elif isinstance(field, QLineEdit):
        field.textChanged.connect(lambda _: call())
    elif isinstance(field, QPlainTextEdit):
        field.textChanged.connect(call)
    elif isinstance(field, QComboBox):
        field.currentIndexChanged.connect(lambda _: call())
        field.editTextChanged.connect(lambda _: call())
    elif isinstance(field, QCheckBox):
        field.toggled.connect(lambda _: call())
    elif (inner := field.focusProxy()) is not None:
        when_edited(inner, call)


def _code(data: object) -> str:
    return "" if data is None else str(data)


def _choose(box: QComboBox, text: str) -> bool:
    found = (at for at in range(box.count()) if _code(box.itemData(at)) == text)
    at = box.findText(text) if box.isEditable() else next(found, -1)
    if at < 0 and box.isEditable():
        box.setEditText(text)
        return True
    if at >= 0:
        box.setCurrentIndex(at)
    return at >= 0
