"""Writes letters from a template: about one child to whoever is ticked, or about many at once.

What is typed is kept as a draft: of the one child, or with the first of several.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from caseworker_app.domain.declarations.letters import WAYS, LetterTemplate
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.letters import (
    Addressee,
    Asked,
    Drawn,
    FilledLetter,
    Order,
    details_of,
    fields_for,
    question_words,
)
from caseworker_app.domain.preview import Part as Shown
from caseworker_app.domain.preview import Preview
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.letters.asking import LetterForm, letter_form
from caseworker_app.services.wording import capital, counted
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.fact_fields import FactFields
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.runtime.drafting import AND, LETTER
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.field_text import HoldsText
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.preview import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from caseworker_app.domain.outcome import Done, Failed
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session

_PAUSE_MS = 300
"""So long after the last key the letter is drawn again."""

_NOTHING = "nothing"
"""Chosen where no event is recorded with the letter."""

_LINES_HIGH, _TO_HIGH = 52, 62
_WIDE, _HIGH = 980, 640
_FORM_WIDE, _PANE_WIDE, _PANE_HIGH = 400, 300, 150
_ASKED = "field:"
"""Before the name of a question of the template, or of what the case does not say, as its key."""

MOST_KEPT = 100
"""About more children than this no draft is kept: it is known by all of them."""


class ToList(QListWidget, HoldsText):
    """Whom a letter goes to; Space ticks and unticks one.

    Signals:
        changed: somebody was ticked, or not.
    """

    changed = Signal()

    def __init__(self, known: Sequence[Addressee]) -> None:
        super().__init__()
        self.setFixedHeight(_TO_HIGH)
        # A bar across would take the last line of a list this low; the tool tip says all of it.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in known:
            item = QListWidgetItem(one.line, self)
            item.setToolTip(one.line)
            item.setData(Qt.ItemDataRole.UserRole, one.key)
            item.setCheckState(Qt.CheckState.Checked if one.usual else Qt.CheckState.Unchecked)
        if known:
            self.setCurrentRow(0)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def held(self) -> str:
        """The keys of those ticked, one a line."""
        return "\n".join(self.keys())

    def hold(self, text: str) -> bool:
        """Tick those alone. False where one may not get letters any more."""
        wanted = text.splitlines()
        there = [str(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count())]
        for key in there:
            self.tick(key, on=key in wanted)
        return set(wanted) <= set(there)

    def keys(self) -> tuple[str, ...]:
        """The keys of those ticked."""
        items = (self.item(row) for row in range(self.count()))
        ticked = (one for one in items if one.checkState() is Qt.CheckState.Checked)
        return tuple(str(one.data(Qt.ItemDataRole.UserRole)) for one in ticked)

    def tick(self, key: str, *, on: bool = True) -> None:
        """Tick somebody, or not."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == key:
                state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                self.item(row).setCheckState(state)


class LetterDialog(CommandDialog):
    """The template's own questions stand in the form; what would be written stands beside it."""

    guide = "Letters"
    """The section of the guide that F1 opens."""

    question = "Leave without writing the letter?"

    def __init__(
        self,
        frame: Frame,
        child_ids: Sequence[str],
        begins: LetterForm,
        parent: QWidget | None = None,
    ) -> None:
        self._many = len(child_ids) > 1
        what = f"Letters about {counted(len(child_ids), 'child', 'children')}"
        super().__init__(frame, what if self._many else "Letter", "Write…", parent)
        self._ids, self._begins = tuple(child_ids), begins
        self._asked: Asked | None = None
        self._typed: dict[str, QPlainTextEdit] = {}
        self._open: tuple[str, ...] = ()
        """The names of those of them that stand in the form now."""
        self._begun_before: dict[str, str] = {}
        """Texts of a draft whose fields have not come into the form yet."""
        self._turn = 0
        self.drawn = Drawn()
        form = self.form
        pairs = [(one.id, one.name) for one in begins.templates]
        self.template = form.add("&Template", choices(pairs), key="template_id")
        self.to: ToList | QComboBox
        if self._many:
            sorts = [("", "Everybody with parental responsibility"), ("setting", "The setting")]
            self.to = form.add("T&o", choices(sorts), "A letter each.", "to")
        else:
            self.to = form.add("T&o", ToList(begins.known), "A letter each.", "to")
        self.on = form.add("&Dated", DateField(frame.today), key="on")
        self.on.set_value(frame.today())
        self.way = form.add("&Way", choices(list(WAYS.items()), "letter"), key="way")
        self.recorded = form.add("&Recorded as", QComboBox(), key="event")
        self.detail = FactFields(form, frame.today)
        self.pane = PreviewPane()
        self.pane.setMinimumSize(_PANE_WIDE, _PANE_HIGH)
        self._put_side_by_side()
        if not self._many:
            self.name_children(self._ids)
        self.resize(_WIDE, _HIGH)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        self.template.currentIndexChanged.connect(self._turn_to)
        for signal in (
            self.on.changed,
            self.way.currentIndexChanged,
            self.recorded.currentIndexChanged,
            self.to.changed if isinstance(self.to, ToList) else self.to.currentIndexChanged,
        ):
            signal.connect(self._changed)
        self._turn_to()
        self.template.setFocus()
        if len(self._ids) <= MOST_KEPT:
            among = sorted(self._ids, key=int)
            name = f"{LETTER}:{AND.join(among)}" if self._many else LETTER
            self.keep_draft(name, among[0], always=("template_id",))

    def _put_side_by_side(self) -> None:
        """The form scrolls beside the letter: below it nobody would see that in a low window."""
        self.form.layout_.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumSize(_FORM_WIDE, _PANE_HIGH)
        at = self.column.indexOf(self.form)
        self.column.removeWidget(self.form)
        area.setWidget(self.form)
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(area, 1)
        sides.addWidget(self.pane, 1)
        self.column.insertLayout(at, sides, 100)
        self.form.problem_shown.connect(lambda field: area.ensureWidgetVisible(field, 0, 60))

    def order(self) -> Order:
        """What is wanted, as the form stands."""
        template = self._template()
        to: tuple[str, ...] | None
        if isinstance(self.to, ToList):
            to = self.to.keys()
        else:
            to = (str(self.to.currentData()),) if self.to.currentData() else None
        chosen = str(self.recorded.currentData() or "")
        records = bool(template.fact) and not chosen
        return Order(
            template.id,
            self._ids,
            self.on.value or self.frame.today(),
            str(self.way.currentData()),
            None if chosen == _NOTHING else chosen,
            self.detail.typed() if records else {},
            {name: self._typed[name].toPlainText().strip() for name in self._open},
            to,
        )

    def accept(self) -> None:
        """Fill the letters, look them through, and ask where to."""
        if not self._is_whole():
            return
        order, application = self.order(), self.frame.application
        self.busy(on=True)

        def make(session: Session, progress: Progress) -> tuple[FilledLetter, ...]:
            drawn = application.draw_letters(session, order)
            return application.fill_letters(session, order.template_id, drawn.letters, progress)

        def made(letters: tuple[FilledLetter, ...]) -> None:
            self.busy(on=False)
            if letters:
                self._let_leave(order, letters)
            else:
                self.form.show_problem("to", "There is nobody to write to.")

        self.frame.jobs.long("Preparing letters", make, made, self._failed, self)

    def write_into(self, order: Order, letters: Sequence[FilledLetter], folder: Path) -> None:
        """Write letters that may leave into a folder, and keep them as sent."""
        application, frame, drafting = self.frame.application, self.frame, self._drafting
        self.busy(on=True)
        ends = drafting.send(long=True) if drafting is not None else ()

        def make(session: Session, progress: Progress) -> Done:
            return application.send_letters(session, order, letters, folder, progress, ends)

        def came(*, done: bool) -> None:
            if drafting is not None:
                drafting.came(done=done)

        def made(done: Done) -> None:
            self.busy(on=False)
            came(done=True)
            frame.jobs.tell(done, self)
            self.succeed(done)

        def failed(why: Failed) -> None:
            came(done=False)
            self._failed(why)

        frame.jobs.long("Writing letters", make, made, failed, self)

    def put_later(self, texts: Mapping[str, str]) -> Collection[str]:
        """The template's questions are not read yet: their texts wait for the fields."""
        later = {
            key: text
            for key, text in texts.items()
            if key.startswith(_ASKED) and self.form.field(key) is None
        }
        self._begun_before |= later
        return later.keys()

    def field(self, name: str) -> QPlainTextEdit:
        """The field of a question, or of what the case does not say."""
        return self._typed[name]

    @property
    def has_typed(self) -> bool:
        """Whether anything is typed; the questions that a template brings along are nothing yet."""
        return bool(self._typed_texts())

    def _all_texts(self) -> dict[str, str]:
        return self._begun_before | super()._all_texts()

    def _template(self) -> LetterTemplate:
        return self._begins.templates[self.template.currentIndex()]

    def _turn_to(self) -> None:
        """Another template: read what it asks for."""
        self.form.clear_problems()
        self._asked = None
        template = self._template()
        self._offer_events(template)
        self.pane.say("Reading the template.")
        self.go.setEnabled(False)
        self._turn += 1
        turn, asks = self._turn, self.frame.application.template_asks

        def came(asked: Asked) -> None:
            if turn == self._turn:
                self._asked = asked
                self._show_fields(asked.questions)
                self.go.setEnabled(self._draft is None)
                self._draw()

        def failed(why: Failed) -> None:
            if turn == self._turn:
                self._show_fields(())
                self.pane.say(why.sentence)
                self.form.show_problem("template_id", why.sentence)

        self.frame.jobs.ask(lambda session: asks(session, template.id), came, failed, self)

    def _offer_events(self, template: LetterTemplate) -> None:
        """What sending it records: its event, one on record already, or nothing."""
        self.recorded.blockSignals(True)  # noqa: FBT003
        self.recorded.clear()
        if template.fact in KINDS:
            self.recorded.addItem(f"{capital(KINDS[template.fact].label)}, on that day", "")
            for key, words in self._begins.events.get(template.fact, ()):
                self.recorded.addItem(f"Already on record: {words}", key)
            self.recorded.addItem("Nothing", _NOTHING)
            self.detail.show_kind(template.fact)
            self.detail.watch(self._changed)
        self.recorded.blockSignals(False)  # noqa: FBT003
        self.form.set_row_visible("event", template.fact in KINDS)
        self._show_detail()

    def _show_detail(self) -> None:
        """The details of the event stand there only where it is recorded with the letter."""
        chosen = self._template().fact if not self.recorded.currentData() else ""
        for one in {each.fact for each in self._begins.templates if each.fact in KINDS}:
            for key in KINDS[one].keys:
                name = f"{one}:{key.name}"
                if self.form.field(name) is not None:
                    self.form.set_row_visible(name, one == chosen)

    def _show_fields(self, names: Sequence[str]) -> None:
        """The questions of the template, and what the case does not say of it."""
        words = fields_for(self._template().fact)
        for name in names:
            if name not in self._typed:
                made = QPlainTextEdit()
                made.setTabChangesFocus(True)
                made.setFixedHeight(_LINES_HIGH)
                made.textChanged.connect(self._changed)
                hint = "" if name not in words else "The case does not say it."
                label = words.get(name) or question_words(name)
                self._typed[name] = self.form.add(label, made, hint, key=f"{_ASKED}{name}")
        # What another template asked for stays as it was typed, for whoever comes back to it.
        self._open = tuple(names)
        for name in self._typed:
            self.form.set_row_visible(f"{_ASKED}{name}", name in names)
        for name in names:
            begun = self._begun_before.pop(f"{_ASKED}{name}", "")
            if begun and not self._typed[name].toPlainText():
                self._typed[name].setPlainText(begun)

    def _changed(self) -> None:
        self._show_detail()
        self._timer.start()

    def _draw(self) -> None:
        """Show what would be written as the form stands."""
        if self._asked is None:
            return
        order, application, turn = self.order(), self.frame.application, self._turn

        def make(session: Session) -> tuple[Drawn, str]:
            drawn = application.draw_letters(session, order)
            first = application.fill_letters(session, order.template_id, drawn.letters[:1])
            return drawn, first[0].body if first else ""

        def came(found: tuple[Drawn, str]) -> None:
            if turn == self._turn:
                self._show(*found)

        def failed(why: Failed) -> None:
            self.pane.say(why.sentence)

        self.frame.jobs.ask(make, came, failed, self)

    def _show(self, drawn: Drawn, first: str) -> None:
        self.drawn = drawn
        if not self._many and self._asked is not None:
            # Details of the event that is recorded have fields of their own.
            own = details_of(self._template().fact) if not self.recorded.currentData() else ()
            gaps = [gap for one in drawn.letters for gap in one.gaps if gap not in own]
            open_ = [
                name
                for name in self._open
                if name not in self._asked.questions and self._typed[name].toPlainText().strip()
            ]
            names = dict.fromkeys((*self._asked.questions, *open_, *gaps))
            self._show_fields(tuple(names))
        letters = drawn.letters
        doubts = tuple(dict.fromkeys(said for one in letters for said in one.doubts))
        said = counted(len(letters), "letter") if letters else ""
        summary = f"{capital(said)} would be written." if said else "Nobody would get a letter."
        if not self._many and letters:
            doubted = "".join(f"\u26a0 {one}.\n" for one in doubts)
            self.pane.say(f"{doubted}{summary} To {letters[0].to.name}:\n\n{first}")
            return
        more = " One undo takes all of it back as sent; the files stay." if letters else ""
        heading = f"The letter to {letters[0].to.name} says" if letters else ""
        parts = (
            Shown("Look at this first", doubts, doubtful=True),
            Shown("Nothing is written for", _left(drawn), doubtful=True),
            Shown("Written to", tuple(f"{one.to.name}, about {one.child}" for one in letters)),
            Shown(heading, _lines(first)),
        )
        self.pane.show_preview(Preview(summary + more, tuple(one for one in parts if one.lines)))

    def _is_whole(self) -> bool:
        """Whether everything is there that a letter needs; says beside the field what is not."""
        self.form.clear_problems()
        if self._asked is None:
            return False
        if self.on.value is None:
            return not self.form.show_problem("on", self.on.problem or "The date is needed.")
        if isinstance(self.to, ToList) and not self.to.keys():
            return not self.form.show_problem("to", "Tick whoever gets it.")
        records = self._template().fact in KINDS and not self.recorded.currentData()
        if records and self.detail.read() is None:
            return False
        needed = self._asked.needed
        for name in self._open:
            if name in needed and not self._typed[name].toPlainText().strip():
                return not self.form.show_problem(
                    f"{_ASKED}{name}", "The template asks for this: type it."
                )
        return True

    def _let_leave(self, order: Order, letters: Sequence[FilledLetter]) -> None:
        """Past the table of rights and the guard against the wrong child; then ask for a folder."""
        what = f"{counted(len(letters), 'letter')}, {self._template().name}"
        ids = tuple(dict.fromkeys(one.draft.child_id for one in letters))
        leaving = Leaving(
            capital(what),
            "children",
            ids,
            "\n".join(one.text for one in letters),
            "written",
            tuple(Part(one.text, f"letter to {one.draft.to.name}") for one in letters),
            tuple((one.draft.child_id, f"{one.draft.child}\n{one.text}") for one in letters),
        )

        def ask() -> None:
            dialog = QFileDialog(self, "Write the letters into a folder")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.fileSelected.connect(lambda name: self.write_into(order, letters, Path(name)))
            dialog.open()

        before_leaving(self.frame, leaving, ask, self)

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        self.show_failed(failed)


def _left(drawn: Drawn) -> tuple[str, ...]:
    return tuple(f"{one.child}: {one.why}" for one in drawn.left)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def open_letter(frame: Frame, child_ids: Sequence[str], parent: QWidget) -> None:
    """Read what the form begins with, then show it; says how to get a template where none is."""
    ids = tuple(dict.fromkeys(child_ids))

    def show(begins: LetterForm) -> None:
        if begins.templates:
            LetterDialog(frame, ids, begins, parent).open()
        else:
            frame.say(
                "There is no letter template yet: Letter templates takes in those that come with "
                "Caseworker, and your own."
            )

    frame.jobs.ask(lambda session: letter_form(session, ids), show, frame.tell_failed, parent)
