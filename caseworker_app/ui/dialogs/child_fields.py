"""The fields of a child as a form: the same when a case is opened and when it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from caseworker_app.domain import uln, upn
from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.ui.dialogs.year_box import YearBox
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import Form, choices

_TEMPLATES = ("", "V2", "V3", "Conversion")
_SHORT, _LONG = 20, 34
"""So many capital letters have room in a box of choices at least, and at most."""
Value = str | int | date | None


Lists = tuple[Sequence[Setting], Sequence[Caseworker]]


class ChildFields(QObject):
    """Puts a child into two forms side by side and reads it back.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(
        self,
        frame: Frame,
        left: Form,
        right: Form,
        settings: Sequence[Setting],
        caseworkers: Sequence[Caseworker],
        child: Child | None = None,
    ) -> None:
        """Add the fields.

        Args:
            frame: the window around them.
            left: takes who the child is.
            right: takes need, setting, caseworker and what the clock reads besides.
            settings: to choose from.
            caseworkers: to choose from; those who have left stay only where they hold this child.
            child: fills the fields; None leaves them empty.
        """
        super().__init__(left)
        self._forms = (left, right)
        self._fields: dict[str, QWidget] = {}
        self._who(frame, left)
        self._needs(right)
        self._places(right, settings, caseworkers, child)
        self.fill(child)
        for field in self._fields.values():
            _changed(field).connect(self.edited)

    def fill(self, child: Child | None) -> None:
        """Show a child, or nothing; what somebody else has put there goes."""
        self.hide_theirs()
        for name, field in self._fields.items():
            _put(field, None if child is None else getattr(child, name))
        self._before = self._all() if child is not None else {}

    def read(self) -> dict[str, Value] | None:
        """What differs from what was filled in; None after saying what is wrong."""
        self.clear_problems()
        for name, sentence in self._problems():
            self.show_problem(name, sentence)
            return None
        now = self._all()
        return {name: value for name, value in now.items() if self._before.get(name) != value}

    @property
    def has_changes(self) -> bool:
        """Whether anything differs from what was filled in."""
        return self._all() != self._before or any(
            isinstance(field, DateField) and field.problem for field in self._fields.values()
        )

    def show_problem(self, name: str, sentence: str) -> bool:
        """Say beside a field what is wrong with it. False when there is no such field."""
        return any(form.show_problem(name, sentence) for form in self._forms)

    def clear_problems(self) -> None:
        """Take every error away."""
        for form in self._forms:
            form.clear_problems()

    def show_theirs(self, frame: Frame, found: Child, lists: Lists) -> None:
        """Show beside each field that both have changed what somebody else has put there.

        Args:
            frame: the window around them.
            found: the child as it stands in the store now.
            lists: settings and caseworkers, as they are now.
        """
        forms = Form(), Form()
        now = ChildFields(frame, *forms, *lists, found)
        for name in self._fields:
            was, theirs, mine = self._before.get(name), now.value(name), self.value(name)
            if theirs != was and mine not in (was, theirs):
                for form in self._forms:
                    form.show_theirs(name, now.control(name))
        for form in forms:
            form.deleteLater()

    def hide_theirs(self) -> None:
        """Take away what somebody else has put there."""
        for form in self._forms:
            form.hide_theirs()

    def value(self, name: str) -> Value:
        """What a field holds."""
        return self._all()[name]

    def control(self, name: str) -> QWidget:
        """The control of a field."""
        return self._fields[name]

    def focus(self, name: str = "surname") -> None:
        """Put the keyboard into a field."""
        self._fields[name].setFocus()

    def _problems(self) -> list[tuple[str, str]]:
        names = ("surname", "forename")
        found = [(name, f"Enter the {name}.") for name in names if not _get(self._fields[name])]
        born = self._fields["born"]
        if isinstance(born, DateField) and (born.problem or born.value is None):
            found.append(("born", born.problem or "Enter the date of birth."))
        if _get(self._fields["actual_year"]) is not None and not _get(
            self._fields["actual_year_why"]
        ):
            found.append(("actual_year_why", "Say why it is not the year by date of birth."))
        return found

    def _all(self) -> dict[str, Value]:
        values = {name: _get(field) for name, field in self._fields.items()}
        return {name: value or None if name in _KEYS else value for name, value in values.items()}

    def _add(self, form: Form, name: str, label: str, field: QWidget) -> None:
        if isinstance(field, QComboBox):
            _widen(field)
        self._fields[name] = form.add(label, field, key=name)

    def _who(self, frame: Frame, form: Form) -> None:
        self._add(form, "surname", "&Surname", QLineEdit())
        self._add(form, "forename", "Foren&ame", QLineEdit())
        self._add(form, "born", "&Born", DateField(frame.today))
        self._add(form, "sex", "Se&x", choices([("", ""), ("F", "Female"), ("M", "Male")]))
        reference = QLineEdit()
        reference.setPlaceholderText("the next free one")
        self._add(form, "reference", "Refere&nce", reference)
        for name, label, doubt in (("upn", "&UPN", upn.doubt), ("uln", "ULN", uln.doubt)):
            number = QLineEdit()
            self._add(form, name, label, number)
            # Mistyped numbers are asked about; what was given stands.
            number.editingFinished.connect(
                lambda name=name, number=number, doubt=doubt: form.ask(name, doubt(number.text()))
            )
        comment = QPlainTextEdit()
        comment.setTabChangesFocus(True)
        comment.setFixedHeight(84)
        comment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._add(form, "comment", "Co&mment", comment)

    def _needs(self, form: Form) -> None:
        needs = [("", ""), *((code, f"{code}  {words}") for code, words in NEEDS.items())]
        self._add(form, "need", "&Primary need", choices(needs))
        self._add(form, "secondary_need", "Sec&ond need", choices(needs))

    def _places(
        self,
        form: Form,
        settings: Sequence[Setting],
        caseworkers: Sequence[Caseworker],
        child: Child | None,
    ) -> None:
        places = [("", "None recorded"), *((one.id, one.name) for one in settings)]
        holder = None if child is None else child.caseworker_id
        people = [
            ("", "Unassigned"),
            *((one.id, one.name) for one in caseworkers if one.active or one.id == holder),
        ]
        self._add(form, "setting_id", "Settin&g", choices(places))
        self._add(form, "caseworker_id", "Casewor&ker", choices(people))
        template = "" if child is None else child.template
        known = list(dict.fromkeys((*_TEMPLATES, template)))
        self._add(form, "template", "Plan template", choices([(one, one) for one in known]))
        year = YearBox("From date of birth")
        self._add(form, "actual_year", "&Year taught in", year)
        self._add(form, "actual_year_why", "Why that year", QLineEdit())


_KEYS = frozenset({"setting_id", "caseworker_id"})
"""Fields that hold a key of the store, where nothing chosen is None and not ""."""


def _get(field: QWidget) -> Value:
    if isinstance(field, DateField):
        return field.value
    if isinstance(field, QLineEdit):
        return field.text().strip()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip()
    if isinstance(field, YearBox):
        return field.year
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    raise TypeError(type(field).__name__)


def _put(field: QWidget, value: Any) -> None:  # noqa: ANN401
    if isinstance(field, DateField):
        field.set_value(value)
    elif isinstance(field, QLineEdit):
        field.setText(value or "")
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value or "")
    elif isinstance(field, YearBox):
        field.choose(value)
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(0, field.findData(value or "")))


def _changed(field: QWidget) -> Any:  # noqa: ANN401
    if isinstance(field, DateField):
        return field.line.textChanged
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    if isinstance(field, QLineEdit | QPlainTextEdit):
        return field.textChanged
    raise TypeError(type(field).__name__)


def _widen(box: QComboBox) -> None:
    """As wide as the form and as what is chosen, however long its longest entry."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit() -> None:
        letters = box.fontMetrics()
        need = letters.horizontalAdvance(box.currentText()) / letters.horizontalAdvance("X")
        letters_shown = max(_SHORT, min(ceil(need), _LONG))
        if letters_shown != box.minimumContentsLength():
            box.setMinimumContentsLength(letters_shown)

    box.currentIndexChanged.connect(fit)
    fit()
