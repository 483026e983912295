"""The plan as one tree, section by section: typed in place, with what is missing at its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.plan_thread import ENDED, KIND_OF_SECTION, Line, Section, Tie
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.commands import AddRecord, ChangeRecord
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_plan_cells import (
    ADD,
    CELLS,
    COST,
    HEADINGS,
    MARKS,
    MISSING,
    NEEDED,
    SMART_CELL,
    WHO,
    WORDS,
    Lists,
    Node,
    cell_words,
    column_of,
    in_words,
    marks_in_words,
    new_fields,
    read_typed,
    spec_of,
    text_now,
    tie_words,
)
from caseworker_app.ui.screens.case_plan_delegate import PlanDelegate
from caseworker_app.ui.widgets.doubt import SIGN, draw_sign
from caseworker_app.ui.widgets.field_text import put_text, text_of, when_edited
from caseworker_app.ui.widgets.form import choices

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[str, str]
"""A row by its key, and a field."""

_NODE = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.DecorationRole
_HELD = (
    *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, _ICON, _NODE),
    *(Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ForegroundRole),
)
"""All that rows of one sort differ by; an icon is there or not, and always the same sign."""
_WIDTHS = (300, 176, 128, 136, 92, 104, 84)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MONEY = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_BETWEEN = "|"


class PlanTree(QTreeWidget):
    """Sections, their lines, and below a line what it is tied to.

    Attributes:
        typed: the text of each cell that is typed and not recorded.
        lists: what the council's own lists offer for outcomes, by field.

    Signals:
        problem: why what was typed cannot be kept, or "".
        chosen: another row is selected.
        edited: something was typed, recorded or given up.
        submitted: the command that what was typed gives, and the cells it is of.
    """

    problem = Signal(str)
    chosen = Signal()
    edited = Signal()
    submitted = Signal(object, object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.child_id = ""
        self.lists: Lists = {}
        self.typed: dict[Cell, str] = {}
        self._sent: set[Cell] = set()
        self._rows: Mapping[str, RecordRow] = {}
        self._sections: Sequence[Section] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._told: dict[str, object] = {}
        """By the key of a row, all that what stands in it was made of."""
        self._shut: set[str] = set()
        self._building, self._due = False, False
        self._drawn: tuple[QColor, float, QIcon] | None = None
        self._open: tuple[Node, str, QWidget] | None = None
        """The cell that is typed into now, with its control."""
        self._arrange()
        self.delegate = PlanDelegate(self, self)
        self.setItemDelegate(self.delegate)
        self.delegate.closeEditor.connect(self._closed)
        self.itemCollapsed.connect(self._was_shut)
        self.itemExpanded.connect(self._was_opened)
        self.currentItemChanged.connect(self._moved)
        frame.theme.changed.connect(self._draw_anew)

    def _arrange(self) -> None:
        self.setColumnCount(len(HEADINGS))
        self.setHeaderLabels(HEADINGS)
        self.setObjectName("plan")
        self.setAccessibleName("The plan, section by section")
        self.header().setAccessibleName("Columns of the plan")
        self.setAccessibleDescription(
            "Type to change a cell, Enter keeps it, Tab goes to the next, Escape gives it up."
        )
        self.setWordWrap(True)
        self.setIndentation(16)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.header().setStretchLastSection(False)
        self.header().sectionResized.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words of the plan take what the other columns leave."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(one) for one in range(len(HEADINGS)) if one != WORDS)
        self.setColumnWidth(WORDS, max(_WIDTHS[WORDS], self.viewport().width() - others))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The sign that folds a line stands at its first words."""
        high = self.fontMetrics().height() + 8
        super().drawBranches(painter, QRect(rect.topLeft(), QSize(rect.width(), high)), index)

    # What is shown

    def show_plan(
        self, child_id: str, sections: Sequence[Section], rows: Mapping[str, RecordRow]
    ) -> None:
        """Show a plan; `rows` are the words of each record, by key.

        While a cell is typed into, what is shown stays, and follows when the cell is left.
        """
        another = child_id != self.child_id
        if another:
            self.child_id, self._shut, self.typed, self._sent = child_id, set(), {}, set()
            self._open, self._items = None, {}
        same = not another and rows == self._rows and sections == self._sections
        self._rows, self._sections = dict(rows), sections
        if not same or self._due:
            self._build()

    def _build(self) -> None:
        """Show what there is now: row by row where the rows are the same, else all of it anew."""
        if self._open is not None:
            self._due = True
            return
        self._due = False
        told = self._to_tell()
        if self._items and list(told) == list(self._items):
            self._renew(told)
        else:
            self._draw()
        self._told = told
        self.chosen.emit()

    def _draw_anew(self) -> None:
        """Show all of it again, in other colours."""
        self._items = {}
        self._build()

    def _draw(self) -> None:
        at, scrolled = self.place(), self.verticalScrollBar().value()
        self._building = True
        self.setUpdatesEnabled(False)
        try:
            self.clear()
            self._items = {}
            self.addTopLevelItems([self._section(one) for one in self._sections])
            self._unfold()
            self._go_to(*at)
        finally:
            self.setUpdatesEnabled(True)
            self._building = False
        self.verticalScrollBar().setValue(scrolled)

    def _to_tell(self) -> dict[str, object]:
        """By the keys of the rows, in their order, all that what stands in each is made of."""
        typed: dict[str, list[object]] = defaultdict(list)
        for cell, text in self.typed.items():
            typed[cell[0]].append((cell, text, cell in self._sent))
        lists = self.lists if typed else None
        found: dict[str, object] = {}
        for section in self._sections:
            letter = section.letter
            found[letter] = section
            for line in section.lines:
                row = self._rows.get(line.key)
                words = None if row is None else row.words
                found[line.key] = letter, line, words, typed.get(line.key), lists
                for tie in line.ties:
                    found[_tied(line, tie)] = line, tie
            kind = KIND_OF_SECTION.get(letter, "")
            if kind and self._may_write(kind):
                found[_new_key(letter)] = typed.get(_new_key(letter)), lists
        return found

    def _renew(self, told: Mapping[str, object]) -> None:
        """Write anew the rows of which something else is told; the others stay as they are drawn.

        To make every row again, and to find out how high each is, takes as long as all the rest
        of keeping a cell.
        """
        items = self._items
        changed = [key for key, one in told.items() if self._told.get(key) != one]
        self._items = {}
        try:
            for section in self._sections:
                letter = section.letter
                if letter in changed:
                    _write_over(items[letter], self._head(section))
                for line in section.lines:
                    if line.key in changed:
                        # With what ties it, which stands below it.
                        whole = self._line(letter, line)
                        _write_over(items[line.key], whole)
                        for key in (_tied(line, tie) for tie in line.ties):
                            _write_over(items[key], self._items[key])
                if _new_key(letter) in changed:
                    _write_over(items[_new_key(letter)], self._new(letter, KIND_OF_SECTION[letter]))
        finally:
            self._items = items

    def place(self) -> tuple[str, int]:
        """The key and the column of the cell the keyboard is in."""
        node = self.node()
        return (node.key if node is not None else ""), max(0, self.currentColumn())

    def node(self) -> Node | None:
        """What the row selected is of."""
        item = self.currentItem()
        return None if item is None else node_of(item)

    def row_of(self, node: Node) -> RecordRow | None:
        """The record of a row, with its words."""
        return self._rows.get(node.line.key) if node.line is not None else None

    def go_to(self, key: str) -> bool:
        """Go to a row by its key. False where there is none."""
        item = self._items.get(key)
        if item is None:
            return False
        self.setCurrentItem(item, WORDS)
        self.scrollToItem(item)
        return True

    def begin(self, letter: str) -> None:
        """Begin a new line of a section."""
        item = self._items.get(_new_key(letter))
        if item is not None:
            self.expandItem(self._items[letter])
            self._type_in(item, WORDS)

    def _section(self, section: Section) -> QTreeWidgetItem:
        item = self._head(section)
        for line in section.lines:
            item.addChild(self._line(section.letter, line))
        kind = KIND_OF_SECTION.get(section.letter, "")
        if kind and self._may_write(kind):
            item.addChild(self._new(section.letter, kind))
        return item

    def _head(self, section: Section) -> QTreeWidgetItem:
        many = sum(one.state != ENDED for one in section.lines)
        faults = sum(len(one.faults) for one in section.lines)
        item = QTreeWidgetItem([f"{section.letter}  {section.title}"])
        missing = [one.words for one in section.faults]
        if faults:
            missing.append(f"{faults} to look at")
        item.setText(WHO, f"{many} line{'' if many == 1 else 's'}" if many else "")
        item.setText(MISSING, " ".join(missing))
        font = item.font(WORDS)
        font.setBold(True)
        item.setFont(WORDS, font)
        if missing:
            item.setIcon(MISSING, self._sign())
        self._put(item, Node("section", section.letter, section.letter))
        return item

    def _line(self, letter: str, line: Line) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        node = Node("line", letter, line.key, line)
        row = self._rows.get(line.key)
        words = row.words if row is not None else {}
        for column in range(len(HEADINGS)):
            item.setText(column, cell_words(line, letter, column, words))
        if letter == "E":
            spoken = marks_in_words(line.record)
            item.setData(MARKS, Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(MARKS, spoken)
        if line.faults:
            item.setIcon(MISSING, self._sign())
            said = "\n".join(one.words for one in line.faults)
            item.setToolTip(MISSING, said)
            item.setData(MISSING, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setTextAlignment(COST, _MONEY)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if line.state == ENDED:
            self._dim(item)
        self._put(item, node)
        self._say_typed(item, node)
        for tie in line.ties:
            below = QTreeWidgetItem([tie_words(tie)])
            below.setForeground(WORDS, self.frame.theme.colour("dim"))
            self._put(below, Node("tie", letter, _tied(line, tie), line, tie))
            item.addChild(below)
        return item

    def _new(self, letter: str, kind: str) -> QTreeWidgetItem:
        item, node = QTreeWidgetItem(), Node("new", letter, _new_key(letter))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setText(WORDS, ADD[kind])
        self._dim(item)
        self._put(item, node)
        self._say_typed(item, node)
        return item

    def _put(self, item: QTreeWidgetItem, node: Node) -> None:
        item.setData(0, _NODE, node)
        self._items[node.key] = item

    def _say_typed(self, item: QTreeWidgetItem, node: Node) -> None:
        """Show what is typed in a row and not recorded, and say that it is not."""
        for cell in [one for one in self.typed if one[0] == node.key and one not in self._sent]:
            if self.typed[cell] == self._stored(node, cell[1]):
                # It was recorded since by somebody else, or the draft of it outlived that.
                del self.typed[cell]
        typed = {field: text for (key, field), text in self.typed.items() if key == node.key}
        if not typed:
            return
        for field, text in typed.items():
            column = column_of(node.kind, field)
            item.setText(column, in_words(node.kind, field, text, self.lists))
            item.setForeground(column, self.frame.theme.colour("text"))
        waits = [field for field in typed if (node.key, field) not in self._sent]
        if not waits:
            return
        said = ", ".join(HEADINGS[column_of(node.kind, one)].lower() for one in waits)
        words = f"Typed and not kept yet: {said}."
        if node.sort == "new":
            words = f"Not kept yet: say {_listed(self._lacking(node, typed))}."
        item.setText(MISSING, "\n".join(filter(None, (words, item.text(MISSING)))))
        item.setIcon(MISSING, self._sign())

    def _lacking(self, node: Node, typed: Mapping[str, str]) -> list[str]:
        cells = CELLS[node.kind]
        lacks = [one for one in NEEDED[node.kind] if not typed.get(cells[one])]
        return [spec_of(node.kind, cells[one], self.lists).words for one in lacks]

    def _dim(self, item: QTreeWidgetItem) -> None:
        for column in range(len(HEADINGS)):
            item.setForeground(column, self.frame.theme.colour("dim"))

    def _may_write(self, kind: str) -> bool:
        return self.frame.may(kind_named(kind).area, Right.WRITE)

    def _unfold(self) -> None:
        for _, item in self.every("tie"):
            item.setFirstColumnSpanned(True)
        # All at once: each line opened by itself is laid out by itself.
        self.expandAll()
        for key in self._shut & self._items.keys():
            self._items[key].setExpanded(False)

    def _go_to(self, key: str, column: int) -> None:
        item = self._items.get(key) or self.topLevelItem(0)
        if item is not None:
            self.setCurrentItem(item, column if key in self._items else 0)

    def _moved(self) -> None:
        if not self._building:
            self.chosen.emit()

    def _was_shut(self, item: QTreeWidgetItem) -> None:
        if not self._building:
            self._shut.add(node_of(item).key)

    def _was_opened(self, item: QTreeWidgetItem) -> None:
        if not self._building:
            self._shut.discard(node_of(item).key)

    def _sign(self) -> QIcon:
        colour, ratio = self.frame.theme.colour("amber"), self.devicePixelRatioF()
        if self._drawn is None or self._drawn[:2] != (colour, ratio):
            self._drawn = colour, ratio, _sign(colour, ratio)
        return self._drawn[2]

    # What is typed

    def texts(self) -> dict[str, str]:
        """What is typed and not recorded, as a draft keeps it."""
        found = {_BETWEEN.join(cell): text for cell, text in self.typed.items()}
        if self._open is not None:
            node, field, control = self._open
            text = text_of(control)
            if text != self._stored(node, field):
                found[_BETWEEN.join((node.key, field))] = text
        return found

    def put_texts(self, texts: Mapping[str, str]) -> int:
        """Put back what `texts` gave, where nothing is typed since; how many cells."""
        count = 0
        for name, text in texts.items():
            key, _, field = name.rpartition(_BETWEEN)
            if (key, field) not in self.typed and _is_cell(key, field):
                self.typed[key, field] = text
                count += 1
        if count:
            self._build()
        return count

    def field_at(self, index: Index) -> tuple[Node, str] | None:
        """The row and the field that a cell is typed into, or None where nothing can be."""
        if not index.isValid():
            return None
        node = node_of(self.itemFromIndex(index))
        field = node.field(index.column())
        return (node, field) if field and self._may_write(node.kind) else None

    def editor(self, index: Index, parent: QWidget) -> QWidget | None:
        """A control for a cell, with what it holds now."""
        found = self.field_at(index)
        if found is None:
            return None
        node, field = found
        made = self._control(node, field)
        text = self.typed.get((node.key, field), self._stored(node, field))
        put_text(made, text)
        made.setParent(parent)
        line = "New line" if node.sort == "new" else self.itemFromIndex(index).text(WORDS)[:80]
        made.setAccessibleName(f"{HEADINGS[index.column()]}, {line}")
        when_edited(made, self.edited.emit)
        self._open = node, field, made
        return made

    def _control(self, node: Node, field: str) -> QWidget:
        if field == SMART_CELL:
            line = QLineEdit()
            line.setPlaceholderText("SMART")
            return line
        spec = spec_of(node.kind, field, self.lists)
        if spec.choices:
            blank = [] if spec.needed and node.sort == "line" else [("", "Not said")]
            pairs, now = [*blank, *spec.choices.items()], self._stored(node, field)
            if now and now not in spec.choices:
                pairs.append((now, f"{now} (ended)"))
            return choices(pairs)
        if spec.long:
            box = QPlainTextEdit()
            box.setTabChangesFocus(True)
            return box
        line = QLineEdit()
        hints = {"day": "31/7, 31 jul 2027", "money": "1,250.00"}
        line.setPlaceholderText(hints.get(spec.type, ""))
        return line

    def _stored(self, node: Node, field: str) -> str:
        row = self.row_of(node)
        return "" if row is None else text_now(node.kind, field, row.record)

    def refusal(self, index: Index, editor: QWidget) -> str:
        """Why what an editor holds cannot be kept, or ""."""
        found = self.field_at(index)
        if found is None:
            return ""
        node, field = found
        text = text_of(editor)
        if node.sort == "new" and not text.strip():
            return ""
        try:
            read_typed(node.kind, field, text, self.frame.today(), self.lists)
        except Refused as refused:
            return refused.sentence
        return ""

    def keep(self, index: Index, editor: QWidget) -> None:
        """Keep what was typed in a cell; what cannot be read stays there, marked."""
        found = self.field_at(index)
        if found is None:
            return
        node, field = found
        cell, text = (node.key, field), text_of(editor)
        if text == self._stored(node, field):
            self.give_up(cell)
            return
        wrong = self.refusal(index, editor)
        self.typed[cell] = text
        self._due = True
        self.problem.emit(wrong)
        self.edited.emit()
        if wrong:
            return
        if node.sort == "new":
            self._keep_new(node)
        else:
            self._keep_line(node, field)

    def give_up(self, cell: Cell) -> None:
        """Let what is typed in a cell go; what stands there is as stored."""
        if self.typed.pop(cell, None) is not None:
            self._due = True
            self.problem.emit("")
            self.edited.emit()

    def give_up_new(self, letter: str) -> bool:
        """Let a new line that is begun go. False where none is."""
        key = _new_key(letter)
        if self._open is not None and self._open[0].key == key:
            control, self._open = self._open[2], None
            self.closeEditor(control, self.delegate.EndEditHint.NoHint)
        cells = [cell for cell in self.typed if cell[0] == key]
        for cell in cells:
            self.give_up(cell)
        self._build()
        return bool(cells)

    def say(self, problem: str) -> None:
        """Tell why what was typed cannot be kept."""
        self.problem.emit(problem)

    def escape(self) -> None:
        """The cell that is typed into is given up."""
        if self._open is not None:
            node, field, _ = self._open
            self.give_up((node.key, field))

    def _keep_line(self, node: Node, field: str) -> None:
        row, cell = self.row_of(node), (node.key, field)
        if row is None:
            return
        read = read_typed(node.kind, field, self.typed[cell], self.frame.today(), self.lists)
        record = row.record
        changed = {name: value for name, value in read.items() if getattr(record, name) != value}
        if not changed:
            self.give_up(cell)
            return
        if field == SMART_CELL:
            changed["marked_by"] = self.frame.person.name
        self._submit(ChangeRecord(node.kind, record.id, record.version, changed), (cell,))

    def _keep_new(self, node: Node) -> None:
        typed = {field: text for (key, field), text in self.typed.items() if key == node.key}
        cells = CELLS[node.kind]
        missing = [one for one in NEEDED[node.kind] if not typed.get(cells[one])]
        if missing:
            # The next cell opens once this one is shut.
            QTimer.singleShot(0, self, lambda: self._go_on(node.key, missing[0]))
            return
        fields = new_fields(node.kind, node.letter, self.child_id, self.frame.today())
        for field, text in typed.items():
            try:
                fields |= read_typed(node.kind, field, text, self.frame.today(), self.lists)
            except Refused as refused:
                self.problem.emit(refused.sentence)
                return
        if SMART_CELL in typed:
            fields["marked_by"] = self.frame.person.name
        self._submit(AddRecord(node.kind, fields), tuple((node.key, field) for field in typed))

    def _submit(self, command: AddRecord | ChangeRecord, cells: tuple[Cell, ...]) -> None:
        self._sent.update(cells)
        self.submitted.emit(command, cells)

    def came(self, cells: Sequence[Cell], *, done: bool) -> None:
        """What some cells held was recorded, or stays typed; `show_plan` shows it."""
        self._sent.difference_update(cells)
        if done:
            for cell in cells:
                self.typed.pop(cell, None)
        self._due = True
        self.edited.emit()

    def _go_on(self, key: str, column: int) -> None:
        item = self._items.get(key)
        if item is not None and self._open is None:
            self._follow()
            self._type_in(self._items[key], column)

    def _type_in(self, item: QTreeWidgetItem, column: int) -> None:
        self.setCurrentItem(item, column)
        self.scrollToItem(item)
        self.editItem(item, column)

    def _closed(self) -> None:
        self._open = None
        # Qt is not done with the control that is shut.
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """Show what changed while a cell was typed into."""
        if self._due and self._open is None:
            self._build()

    def step(self, by: int) -> None:
        """Go to the next cell that can be typed into, and open it."""
        self._follow()
        item, column = self.currentItem(), self.currentColumn()
        while item is not None:
            column += by
            if not 0 <= column < len(HEADINGS):
                item = self.itemBelow(item) if by > 0 else self.itemAbove(item)
                column = -1 if by > 0 else len(HEADINGS)
            elif node_of(item).field(column):
                self._type_in(item, column)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a cell, or folds what is no line."""
        if event.key() in _ENTER and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            item = self.currentItem()
            if item is not None and self.field_at(self.currentIndex()) is not None:
                self.editItem(item, self.currentColumn())
            elif item is not None:
                item.setExpanded(not item.isExpanded())
            return
        super().keyPressEvent(event)

    def every(self, sort: str) -> Iterator[tuple[Node, QTreeWidgetItem]]:
        """The rows of one sort, in their order."""
        for item in self._items.values():
            node = node_of(item)
            if node.sort == sort:
                yield node, item


def _tied(line: Line, tie: Tie) -> str:
    """The key of the row of a tie below a line."""
    return f"{line.key}>{tie.key}"


def _new_key(letter: str) -> str:
    """The key of the row in which a new line of a section is begun."""
    return f"new/{letter}"


def _write_over(item: QTreeWidgetItem, fresh: QTreeWidgetItem) -> None:
    """Let a row hold what another does; what is the same already is not drawn again."""
    for column in range(max(item.columnCount(), fresh.columnCount())):
        for role in _HELD:
            held, was = fresh.data(column, role), item.data(column, role)
            if held != was if role != _ICON else (held is None) != (was is None):
                item.setData(column, role, held)
    if item.flags() != fresh.flags():
        item.setFlags(fresh.flags())


def node_of(item: QTreeWidgetItem) -> Node:
    """What a row is of."""
    found = item.data(0, _NODE)
    assert isinstance(found, Node)
    return found


def _is_cell(key: str, field: str) -> bool:
    """Whether a row, by its key, has a field that is typed in the tree."""
    sort, _, rest = key.partition("/")
    kind = KIND_OF_SECTION.get(rest, "") if sort == "new" else sort
    return field in CELLS.get(kind, {}).values()


def _listed(words: Sequence[str]) -> str:
    return " and ".join(f"the {one}" for one in words)


def _sign(colour: QColor, ratio: float) -> QIcon:
    made = QPixmap(QSize(SIGN + 2, SIGN + 2) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw_sign(painter, QRectF(1, 1, SIGN, SIGN), colour)
    painter.end()
    return QIcon(made)
