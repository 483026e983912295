"""The extra fields that a kind of fact asks for, shown in a form as the kind is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from caseworker_app.domain.facts import KINDS, Detail, ExtraKey
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import Form, choices


class FactFields:
    """Adds rows to a form for the kind shown, and reads them back."""

    def __init__(self, form: Form, today: Callable[[], date]) -> None:
        self._form = form
        self._today = today
        self._fields: dict[str, QWidget] = {}
        self._watched: list[QWidget] = []
        self._kind = ""

    def show_kind(self, kind: str, detail: Mapping[str, Detail] | None = None) -> None:
        """Show the fields of a kind, filled from `detail` where that is given."""
        self._show_rows(shown=False)
        self._kind = kind
        for key in KINDS[kind].keys:
            field = self._fields.get(self._name(key.name)) or self._add(key)
            if detail is not None:
                _fill(field, detail.get(key.name))
        self._show_rows(shown=True)

    def read(self) -> dict[str, Detail] | None:
        """The details as typed, empty fields left out; None after saying what is wrong."""
        detail: dict[str, Detail] = {}
        for key in KINDS[self._kind].keys:
            field = self._fields[self._name(key.name)]
            problem = field.problem if isinstance(field, DateField) else ""
            value = _value(field)
            if not problem and key.required and not value:
                problem = f"{key.label}: this is needed."
            if problem:
                self.show_problem(key.name, problem)
                return None
            if value:
                detail[key.name] = value
        return detail

    def typed(self) -> dict[str, Detail]:
        """The details that can be read, without saying what is missing."""
        fields = {key.name: self._fields[self._name(key.name)] for key in KINDS[self._kind].keys}
        return {name: value for name, field in fields.items() if (value := _value(field))}

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever a field shown now gets another value."""
        for key in KINDS[self._kind].keys:
            field = self._fields[self._name(key.name)]
            if field in self._watched:
                continue
            self._watched.append(field)
            if isinstance(field, DateField):
                field.changed.connect(changed)
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(changed)
            elif isinstance(field, QLineEdit):
                field.textChanged.connect(changed)

    def ask(self, name: str, sentence: str) -> bool:
        """Ask beside an extra field of the kind shown; True when it asks anything else now."""
        return self._form.ask(self._name(name), sentence)

    def show_problem(self, name: str, sentence: str) -> bool:
        """Say beside an extra field what is wrong. False when there is no such field."""
        return self._form.show_problem(self._name(name), sentence)

    def _name(self, key: str) -> str:
        return f"{self._kind}:{key}"

    def _add(self, key: ExtraKey) -> QWidget:
        field: QWidget
        if key.type == "date":
            field = DateField(self._today, coming=key.name in {"meeting", "move"})
        elif key.type == "choice":
            none = "Choose…" if key.required else "Not known"
            field = choices([("", none), *key.choices.items()])
        else:
            field = QLineEdit()
        self._fields[self._name(key.name)] = field
        return self._form.add(key.label, field, key=self._name(key.name))

    def _show_rows(self, *, shown: bool) -> None:
        for key in KINDS[self._kind].keys if self._kind else ():
            self._form.set_row_visible(self._name(key.name), shown)


def _fill(field: QWidget, value: Detail | None) -> None:
    if isinstance(field, DateField):
        field.set_value(value if isinstance(value, date) else None)
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(0, field.findData(value or "")))
    elif isinstance(field, QLineEdit):
        field.setText(value if isinstance(value, str) else "")


def _value(field: QWidget) -> Detail | None:
    if isinstance(field, DateField):
        return field.value
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    return field.text().strip() if isinstance(field, QLineEdit) else None
