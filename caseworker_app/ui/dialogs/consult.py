"""Consulting settings about a child: several at once, a reply, and the plan that names one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.consulting import REPLIED, Asked
from caseworker_app.domain.declarations.consultations import ANSWERS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Setting
from caseworker_app.domain.phase_transfer import PLANS, TransferRow
from caseworker_app.domain.twenty_weeks import TrackRow
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.cases.transfers import transfers
from caseworker_app.services.commands import (
    AddRecord,
    ChangeFact,
    ChangeRecord,
    Command,
    RecordFact,
    Together,
)
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.runtime.drafting import AND, LETTER
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.lines_shown import LinesShown
from caseworker_app.ui.widgets.setting_picker import SettingPicker

_FINAL = "amended_plan_sent"
CONSULT, REPLY, NAMING = "consult settings", "reply of a setting", "final plan naming a setting"
"""The forms, as their drafts are known; behind each stands which move or assessment it is of."""


class ConsultDialog(CommandDialog):
    """Sends consultations about one child, or several, to the settings ticked: one undo for all."""

    def __init__(
        self,
        frame: Frame,
        rows: Sequence[TransferRow | TrackRow],
        settings: Sequence[Setting],
        parent: QWidget | None = None,
    ) -> None:
        children = tuple(dict.fromkeys(row.child_id for row in rows))
        about = rows[0].name if len(children) == 1 else f"{len(children)} children"
        super().__init__(frame, "Consult settings", "Record as sent", parent, about)
        self._rows, self._settings = tuple(rows), {one.id: one for one in settings}
        shown = LinesShown("Who it is about", [row.name for row in rows])
        if len(children) > 1:
            self.form.add_wide(shown)
        self.name_children(children, shown)
        self.on = self.form.add("&Sent on", DateField(frame.today, frame.today()), key="sent_id")
        self.picker = self.form.add(
            "Se&ttings", SettingPicker(settings, _notes(rows, settings)), key="setting_id"
        )
        self.picker.setFocus()
        # Its one draft stands with the first of them, and goes when that child is forgotten.
        first, *_ = among = sorted(rows, key=lambda row: row.id)
        self.keep_draft(f"{CONSULT}:{AND.join(row.id for row in among)}", first.child_id)

    def command(self) -> Command | None:
        """One consultation a child and setting, all or none."""
        chosen, day = self.picker.chosen(), self.on.value
        if not chosen:
            self.form.show_problem("setting_id", "Tick the settings to consult.")
        if day is None:
            self.form.show_problem("sent_id", "Enter the day they were sent.")
        if not chosen or day is None:
            return None
        asked = tuple(
            AddRecord("consultation", {"child_id": row.child_id, "setting_id": key, "sent_id": day})
            for row in self._rows
            for key in chosen
        )
        many = f"{len(asked)} consultations" if len(asked) > 1 else "1 consultation"
        return Together(asked, f"{many} sent {long_date(day)}")

    def rebase(self, then: Callable[[], None]) -> None:
        """A new consultation rests on nothing that could have changed."""
        then()


class ReplyDialog(CommandDialog):
    """Records what a setting answered."""

    def __init__(
        self,
        frame: Frame,
        row: TransferRow | TrackRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Reply of a setting", "Record", parent, row.name)
        self.name_children([row.child_id])
        self._row, self._version = row, row.version
        self._take(row.asked)
        self.which = self.form.add(
            "Se&tting",
            choices([(key, one.words) for key, one in self._asked.items()]),
            key="setting_id",
        )
        self.on = self.form.add(
            "&Replied on", DateField(frame.today, frame.today()), key="replied_id"
        )
        self.answer = self.form.add(
            "&Answer",
            choices([("", "Not said"), *ANSWERS.items()]),
            key="answer",
        )
        self.reasons = self.form.add("Rea&sons", QPlainTextEdit(), key="reasons")
        self.reasons.setTabChangesFocus(True)
        self.reasons.setMaximumHeight(90)
        self.which.currentIndexChanged.connect(self._show)
        self._show()
        self.which.setFocus()
        self.keep_draft(f"{REPLY}:{row.id}", row.child_id, always=("setting_id",))

    def command(self) -> Command | None:
        """The reply of the setting chosen."""
        day, one = self.on.value, self._one()
        if day is None:
            self.form.show_problem("replied_id", "Enter the day of the reply.")
            return None
        if not one.id:
            detail = {"setting": one.setting}
            return RecordFact(self._row.child_id, self._version, REPLIED, day, detail)
        fields = {
            "replied_id": day,
            "answer": str(self.answer.currentData()),
            "reasons": self.reasons.toPlainText().strip(),
        }
        return ChangeRecord("consultation", one.id, one.version, fields)

    def rebase(self, then: Callable[[], None]) -> None:
        """Record on top of what somebody else changed."""
        child_id = self._row.child_id

        def look(session: Session) -> tuple[int, dict[str, int]]:
            kept = session.record_rows("consultation")
            return session.case(child_id).child.version, {
                one.id: one.record.version for one in kept
            }

        def newest(found: tuple[int, dict[str, int]]) -> None:
            self._version, versions = found
            self._take(
                replace(one, version=versions.get(one.id, one.version))
                for one in self._asked.values()
            )
            then()

        self.frame.jobs.ask(look, newest, owner=self)

    def _take(self, asked: Iterable[Asked]) -> None:
        # A place in the list would mean another setting once one more is asked.
        waiting_first = sorted(asked, key=lambda one: not one.waits)
        self._asked = {one.id or f"{one.setting}, {one.began}": one for one in waiting_first}

    def _one(self) -> Asked:
        return self._asked[str(self.which.currentData())]

    def _show(self) -> None:
        one = self._one()
        for key in ("answer", "reasons"):
            self.form.set_row_visible(key, bool(one.id))
        self.answer.setCurrentIndex(max(0, self.answer.findData(one.answer)))
        self.reasons.setPlainText(one.reasons)
        self.on.set_value(one.replied or self.frame.today())


class NameSettingDialog(CommandDialog):
    """Records the final plan of a move with the setting it names, or names it in one recorded."""

    def __init__(
        self,
        frame: Frame,
        row: TransferRow,
        case: CaseFile,
        settings: Sequence[Setting],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            frame, "Final plan naming a setting", "Record", parent, about_child(case.child)
        )
        self._row, self._case = row, case
        self._fact = self._recorded(case.facts)
        said = {folded(one.setting): one.words for one in row.asked}
        first = [one for one in settings if folded(one.name) in said]
        rest = [one for one in settings if folded(one.name) not in said]
        self.setting = self.form.add(
            "Se&tting named",
            choices(
                [
                    ("", "Choose a setting"),
                    *((one.name, said.get(folded(one.name), one.name)) for one in (*first, *rest)),
                ],
                row.named,
            ),
            key="setting",
        )
        self.setting.setEditable(False)
        sent = self._fact.on if self._fact is not None else frame.today()
        self.on = self.form.add("&Sent on", DateField(frame.today, sent), key="on")
        self.setting.setFocus()
        self.keep_draft(f"{NAMING}:{row.id}", row.child_id)

    def command(self) -> Command | None:
        """The final plan, with the setting it names."""
        name, day = str(self.setting.currentData()), self.on.value
        if not name:
            self.form.show_problem("setting", "Choose the setting that the plan names.")
        if day is None:
            self.form.show_problem("on", "Enter the day the plan was sent.")
        if not name or day is None:
            return None
        child, fact = self._case.child, self._fact
        if fact is None:
            return RecordFact(child.id, child.version, _FINAL, day, {"setting": name})
        detail = {**fact.detail, "setting": name}
        return ChangeFact(child.id, child.version, fact.id, day, detail)

    def rebase(self, then: Callable[[], None]) -> None:
        """Record on top of what somebody else changed."""

        def newest(case: CaseFile) -> None:
            self._case, self._fact = case, self._recorded(case.facts)
            then()

        self.frame.jobs.ask(lambda session: session.case(self._row.child_id), newest, owner=self)

    def _recorded(self, facts: Sequence[Fact]) -> Fact | None:
        """The final plan of the move that is on record, or None."""
        if self._row.settled is None:
            return None
        found = [one for one in facts if one.kind in PLANS and one.on >= self._row.settled]
        return found[-1] if found else None


def children_of(form: str) -> tuple[str, ...]:
    """The children that the draft of a form is about, where its name says them; else none."""
    name, _, ids = form.partition(":")
    if name not in (CONSULT, REPLY, NAMING, LETTER) or not ids:
        return ()
    return tuple(dict.fromkeys(one.partition(" ")[0] for one in ids.split(AND)))


def open_begun(frame: Frame, form: str, row_id: str, parent: QWidget) -> bool:
    """Open the form of a draft about a move or an assessment; False where it is none of these.

    Where that is no longer open, it is said: another one of the child is not taken for it.
    """
    about, ids = children_of(f"{form}:{row_id}"), row_id.split(AND)
    if not about:
        return False

    def look(session: Session) -> tuple[TransferRow | TrackRow, ...]:
        return (*transfers(session, about).rows, *tracks(session, about))

    def show(found: tuple[TransferRow | TrackRow, ...]) -> None:
        rows = [one for one in found if one.id in ids]
        row = rows[0] if len(rows) == len(ids) else None
        if row is not None and form == CONSULT:
            open_consult(frame, rows, parent)
        elif row is not None and form == REPLY and row.asked:
            ReplyDialog(frame, row, parent).open()
        elif isinstance(row, TransferRow) and form == NAMING:
            open_naming(frame, row, parent)
        else:
            frame.say(
                "What this was about is no longer open. The draft is kept until you discard it."
            )

    frame.jobs.ask(look, show, owner=parent)
    return True


def open_consult(frame: Frame, rows: Sequence[TransferRow | TrackRow], parent: QWidget) -> None:
    """Fetch the settings, then ask which are consulted."""

    def ask(settings: tuple[Setting, ...]) -> None:
        if settings:
            ConsultDialog(frame, rows, settings, parent).open()
        else:
            frame.say("There is no setting yet: add one under Schools and settings first.")

    frame.jobs.ask(lambda session: session.settings(), ask, owner=parent)


def open_naming(frame: Frame, row: TransferRow, parent: QWidget) -> None:
    """Fetch the case and the settings, then ask which one the plan names."""

    def ask(found: tuple[CaseFile, tuple[Setting, ...]]) -> None:
        NameSettingDialog(frame, row, *found, parent).open()

    frame.jobs.ask(
        lambda session: (session.case(row.child_id), session.settings()), ask, owner=parent
    )


def _notes(rows: Sequence[TransferRow | TrackRow], settings: Sequence[Setting]) -> dict[str, str]:
    """What is to be said behind a setting: that it was asked already, that the child is there."""
    notes: dict[str, str] = {}
    for one in settings:
        said = []
        if any(row.setting == one.name for row in rows):
            said.append("now there")
        asked = [
            each for row in rows for each in row.asked if folded(each.setting) == folded(one.name)
        ]
        if asked:
            said.append(f"asked {long_date(asked[-1].began)}")
        if said:
            notes[one.id] = ", ".join(said)
    return notes
