"""A review of a plan in one pass by keyboard: each outcome, the provision, what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.thread import PROGRESS, Outcome, Provision
from caseworker_app.domain.plan_thread import STANDS, Line, Section, section_of
from caseworker_app.services.commands import Judged, ReviewPlan
from caseworker_app.services.plans.reviewing import NOT_RIGHT
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.runtime.drafting import REVIEW
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.review_table import Asked, ReviewTable, Said

VIEWS = {
    "child": ("Views of the &child or young person", "Views of the child or young person"),
    "family": ("Views of the &family", "Views of the family"),
}
_MEETING = "review_meeting_held"
_HIGH, _TALL, _MOST = 58, 190, 50


class PlanReviewDialog(CommandDialog):
    """Asks how far each outcome has come, whether it is kept, and whether provision is right."""

    guide = "A plan"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        case: CaseFile,
        sections: Sequence[Section],
        parent: QWidget | None = None,
    ) -> None:
        """Make the form.

        Args:
            frame: the window around it.
            case: whose plan, with their review meetings.
            sections: the plan as it stands.
            parent: the window it stands over.
        """
        about = about_child(case.child)
        super().__init__(frame, "Review of the plan", "Save the review", parent, about)
        self._child_id = case.child.id
        meetings = [
            (one.id, f"Held on {day_words(one.on)}")
            for one in reversed(case.facts)
            if one.kind == _MEETING
        ]
        lines = [
            one
            for section in sections
            for one in section.lines
            if one.state == STANDS and isinstance(one.record, Outcome | Provision)
        ]
        self._lines = {one.key: one for one in lines}
        self.meeting = self.form.add("&Meeting", choices(meetings), key="review_id")
        self.table = ReviewTable([_asked(one) for one in lines])
        self.form.add(
            "&Outcomes and provision",
            self.table,
            "Of an outcome: A achieved, T on track, S some progress, N no progress, X not looked "
            "at; then K kept or R rewritten. Of provision: Y still right, N not right. Enter "
            "writes words.",
            "outcomes",
        )
        self.views = {
            code: self.form.add(label, _text_box(), key=f"views_{code}")
            for code, (label, _) in VIEWS.items()
        }
        self.form.layout_.setRowWrapPolicy(self.form.layout_.RowWrapPolicy.WrapAllRows)
        around = self.table.parentWidget()
        if around is not None:
            around.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column.setStretch(self.column.indexOf(self.form), _MOST)
        self.table.setMinimumHeight(_TALL)
        self.setMinimumSize(780, 480)
        self.table.setFocus()
        self.keep_draft(REVIEW, self._child_id)

    def first_field(self) -> QWidget:
        """The keyboard begins at the first outcome."""
        return self.table

    def command(self) -> ReviewPlan | None:
        """What the review said, as typed."""
        said = self.table.said()
        judged: list[Judged] = []
        for key, one in said.items():
            line = self._lines[key]
            if not isinstance(line.record, Outcome):
                continue
            if not self._is_whole(key, one, line.record):
                return None
            judged.append(
                Judged(line.record.id, line.record.version, one.said, one.kept, one.words, one.anew)
            )
        if not self.meeting.currentData():
            self.form.show_problem("review_id", "Record the review meeting first, under the clock.")
            return None
        views = self._views(said)
        if not judged and not views:
            self._say("Say how far an outcome has come, or what was said.")
            return None
        return ReviewPlan(self._child_id, str(self.meeting.currentData()), tuple(judged), views)

    def _is_whole(self, key: str, one: Said, outcome: Outcome) -> bool:
        """Whether enough is said of an outcome; says what is missing, and goes there."""
        anew = False
        if not one.said:
            words = "Say how far this outcome has come"
        elif one.kept == "rewritten" and one.anew in ("", outcome.words.strip()):
            words, anew = "Write the outcome anew, or keep it", True
        else:
            return True
        self._say(f"{words}: {_short(outcome.words)}")
        self.table.go_to(key, anew=anew)
        return False

    def _views(self, said: Mapping[str, Said]) -> str:
        typed = {code: field.toPlainText().strip() for code, field in self.views.items()}
        lines = [f"{VIEWS[code][1]}: {text}" for code, text in typed.items() if text]
        given = [key for key, one in self._lines.items() if isinstance(one.record, Provision)]
        right = [key for key in given if key in said and said[key].said == "yes"]
        for key in given:
            one = said.get(key, Said())
            words = f": {one.words}" if one.words else ""
            if one.said == "no":
                lines.append(f"{NOT_RIGHT}: {self._lines[key].words}{words}")
            elif one.words:
                lines.append(f"{self._lines[key].words}{words}")
        if given and len(right) == len(given):
            lines.append("All provision is still right.")
        return "\n".join(lines)

    def rebase(self, then: Callable[[], None]) -> None:
        """An outcome was changed meanwhile: it has to be looked at before it is judged."""
        del then
        self.frame.say("An outcome has changed meanwhile: look at the plan, then go on.")
        self.leave()


def _asked(line: Line) -> Asked:
    before = ""
    if line.judged is not None:
        judged, on = line.judged
        when = f" on {day_words(on)}" if on is not None else ""
        before = f"Last time{when}: {PROGRESS[judged.progress].lower()}"
    return Asked(line.key, section_of(line.record), line.words, before)


def _text_box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setMinimumHeight(_HIGH)
    box.setMaximumHeight(_HIGH)
    return box


def _short(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
