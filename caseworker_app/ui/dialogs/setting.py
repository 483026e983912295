"""Add a school, college or nursery, or say more of one that an import only named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Closure, Setting
from caseworker_app.domain.typed_dates import read
from caseworker_app.services.commands import AddRecord, ChangeRecord
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.record_fields import control, held
from caseworker_app.ui.dialogs.year_box import YearBox
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices

LAST_YEAR = {
    "early_years": -1,
    "infant": 2,
    "junior": 6,
    "first": 4,
    "middle": 8,
    "primary": 6,
    "secondary": 11,
    "all_through": 13,
    "special": 14,
}
"""The last year a kind of setting teaches as a rule; offered, and the caseworker may change it."""


_KIND = kind_of(Setting)
_MORE = {
    "head_teacher": "&Head teacher",
    "senco": "S&ENCO",
    "email": "E-&mail",
    "opened": "&Opened",
    "closed": "Closed for goo&d",
}


class SettingDialog(CommandDialog):
    """Name, kind, last year group, URN, the spells it is closed, and who to speak to."""

    def __init__(
        self, frame: Frame, setting: Setting | None = None, parent: QWidget | None = None
    ) -> None:
        title = "New setting" if setting is None else "Setting"
        super().__init__(frame, title, "Save", parent)
        self._setting = setting
        self._seen = 0 if setting is None else setting.version
        self.name = self.form.add("&Name", QLineEdit(), key="name")
        kinds = [("", "Not known yet"), *SETTING_KINDS.items()]
        self.kind = self.form.add("&Kind", choices(kinds), key="kind")
        self.last_year = self.form.add(
            "&Last year group",
            YearBox("Not known"),
            "Phase transfer follows from it.",
            "last_year",
        )
        self.urn = self.form.add("&URN", QLineEdit(), "Six digits.", "urn")
        self.closures = self.form.add(
            "&Closed",
            QPlainTextEdit(),
            "A line for each closure: first closed day, then the day it opens again, as in "
            "22 Jul 2027 to 1 Sep 2027. Exceptions for closure are tested against these.",
            "closures",
        )
        self.closures.setTabChangesFocus(True)
        self.closures.setMaximumHeight(76)
        self.more: dict[str, QWidget] = {}
        for key, label in _MORE.items():
            spec = _KIND.field(key)
            value = spec.blank if setting is None else getattr(setting, key)
            made = control(spec, value, frame.today, {})
            self.more[key] = self.form.add(label, made, key=key)
        if setting is not None:
            self._fill(setting)
        self.kind.activated.connect(self._offer_last_year)
        self.name.setFocus()
        self.keep_draft("new setting" if setting is None else f"change setting:{setting.id}")

    def command(self) -> AddRecord | ChangeRecord | None:
        """The setting as typed."""
        name = self.name.text().strip()
        if not name:
            self.form.show_problem("name", "Enter the name.")
            return None
        try:
            closures = read_closures(self.closures.toPlainText(), self.frame.today())
        except Refused as refused:
            self.form.show_problem("closures", refused.sentence)
            return None
        kind = str(self.kind.currentData()) or None
        last = self.last_year.year
        urn = self.urn.text().strip()
        fields: dict[str, object] = {"name": name, "kind": kind, "last_year": last, "urn": urn}
        fields["closures"] = closures
        for key, field in self.more.items():
            try:
                fields[key] = held(_KIND.field(key), field)
            except Refused as refused:
                self.form.show_problem(key, refused.sentence)
                return None
        if self._setting is None:
            return AddRecord("setting", fields)
        return ChangeRecord("setting", self._setting.id, self._seen, fields)

    def rebase(self, then: Callable[[], None]) -> None:
        """Save on top of what somebody else changed."""

        def newest(settings: tuple[Setting, ...]) -> None:
            own = self._setting
            found = next((one for one in settings if own is not None and one.id == own.id), own)
            self._seen = 0 if found is None else found.version
            then()

        self.frame.jobs.ask(lambda session: session.settings(), newest, owner=self)

    def _fill(self, setting: Setting) -> None:
        self.name.setText(setting.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(setting.kind or "")))
        self.last_year.choose(setting.last_year)
        self.urn.setText(setting.urn)
        self.closures.setPlainText("\n".join(map(closure_words, setting.closures)))
        hint = QLabel(
            "An import only named this setting. Say what kind it is, so that its leavers get the "
            "right phase transfer."
        )
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        hint.setVisible(setting.kind is None)
        self.column.insertWidget(0, hint)

    def _offer_last_year(self) -> None:
        usual = LAST_YEAR.get(str(self.kind.currentData()))
        if usual is not None and self.last_year.year is None:
            self.last_year.choose(usual)


def closure_words(closure: Closure) -> str:
    """A closed spell as it is typed."""
    return f"{long_date(closure.first)} to {long_date(closure.reopens)}"


def read_closures(text: str, today: date) -> tuple[Closure, ...]:
    """Closed spells, a line each. Raises `Refused` naming the line that cannot be read."""
    closures = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        first, _, reopens = line.partition(" to ")
        start, end = read(first, today), read(reopens, today)
        if start.day is None or end.day is None:
            why = f'"{line.strip()}" is not a date, "to" and a date.'
            if reopens.strip():
                why = start.problem or end.problem
            raise Refused(f"Line {number}: {why}", "closures")
        if end.day <= start.day:
            raise Refused(f"Line {number}: it opens again before it closes.", "closures")
        closures.append(Closure(start.day, end.day))
    return tuple(closures)
