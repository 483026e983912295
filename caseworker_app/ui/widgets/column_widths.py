"""The columns of a table on the screen: fitted to its room, and kept as a person left them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QHeaderView,
    QLabel,
    QStyleOptionViewItem,
)

from caseworker_app.ui.delegates.row import PAD
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.widths import (
    EVERYTHING,
    LEAST_STRETCHED,
    Wish,
    fitted,
    in_words,
    kept_widths,
    weights,
)
from caseworker_app.ui.widgets.rows_view import RowsView

_SAMPLE = 240
_NAMES = 4000
"""So many rows are looked at for the longest name."""
_LONGEST_NAME = 300
_A_LITTLE = 1.35
"""A column whose words need up to so much more than it was made for gets what they need; how a row
stands, drawn as a chip, is never cut."""
_CHIP = 34
_ARROW = 16
_TOUCH = 2
_STRETCH, _FIXED = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Fixed
_NORMAL = 10.0
"""The points of the text that the widths of the columns are made for."""


class ColumnWidths(QObject):
    """Fits the columns of one table, and says below it what those hidden or cut say of the row.

    Attributes:
        hides: whether columns go where room is short; a table to type into is scrolled instead.
        tells_cut: whether what is cut is said below too; not where a table has words of its own.
        below: the line that says what is hidden or cut.
    """

    def __init__(self, table: RowsView) -> None:
        super().__init__(table)
        self._table = table
        self._columns: tuple[Column[Any], ...] = table.rows_model.columns
        self._spared: tuple[str, ...] = ()
        self._chosen: dict[str, int] = {}
        self._switched: dict[str, bool] = {}
        self._hidden: set[str] = set()
        self._needs: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._fitting = False
        self._total = -1
        self.hides = not any(one.edit for one in self._columns)
        self.tells_cut = True
        self._keep: Callable[[str], None] | None = None
        self.below = QLabel()
        self.below.setObjectName("dim")
        self.below.setAccessibleName("What the table has no room for")
        self.below.setTextFormat(Qt.TextFormat.PlainText)
        self.below.setWordWrap(True)
        self.below.hide()
        # Qt tells of a column that stretches while it still has its width of before.
        self._resizing = QTimer(self, singleShot=True)
        self._resizing.timeout.connect(self._tell_anew)
        head = table.horizontalHeader()
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(lambda *_: self._changed())
        head.sortIndicatorChanged.connect(lambda *_: self._measure_heads())
        table.rows_model.modelReset.connect(self._rows_came)
        table.chosen.connect(self.tell)

    def spare(self, keys: tuple[str, ...]) -> None:
        """Columns that go first, in this order, where room is short."""
        self._spared = keys
        self.fit()

    def switch(self, key: str, *, shown: bool) -> None:
        """Show or hide a column by choice."""
        self._switched[key] = shown
        self.fit()
        self._changed()

    def is_shown(self, key: str) -> bool:
        """Whether a column is to be seen, room or not."""
        at_first = not any(one.by_choice for one in self._columns if one.key == key)
        return self._switched.get(key, at_first)

    def shown(self) -> tuple[str, ...]:
        """The keys of the columns that are to be seen, room or not, as they stand."""
        head = self._table.horizontalHeader()
        order = [self._columns[head.logicalIndex(at)].key for at in range(len(self._columns))]
        return tuple(key for key in order if self.is_shown(key))

    def show(self, keys: Sequence[str]) -> None:
        """Show these columns and no others, in this order; none stands for those it came with."""
        made = [one.key for one in self._columns]
        order = [*keys, *(key for key in made if key not in keys)]
        head = self._table.horizontalHeader()
        self._switched = {key: key in keys for key in made} if keys else {}
        self._fitting = True
        for at, key in enumerate(order):
            head.moveSection(head.visualIndex(made.index(key)), at)
        self._fitting = False
        self.fit()
        self._changed()

    def reset(self) -> None:
        """Widths, order and columns as they were made."""
        self._chosen.clear()
        self._switched.clear()
        head = self._table.horizontalHeader()
        self._fitting = True
        for at in range(len(self._columns)):
            head.moveSection(head.visualIndex(at), at)
        self._fitting = False
        self.fit()
        self._changed()

    def remember(self, held: str, keep: Callable[[str], None]) -> None:
        """Take over what was kept, and hand over with `keep` what changes from now on."""
        try:
            found = json.loads(held or "{}")
        except ValueError:
            found = {}
        self._keep = keep
        if not isinstance(found, dict) or not found:
            return
        keys = [one.key for one in self._columns]
        self._chosen = {key: one for key, one in kept_widths(found).items() if key in keys}
        shown = found.get("shown", {})
        if isinstance(shown, dict):
            self._switched = {key: bool(on) for key, on in shown.items() if key in keys}
        order = [key for key in found.get("order", ()) if key in keys]
        head = self._table.horizontalHeader()
        self._fitting = True
        for at, key in enumerate(order):
            head.moveSection(head.visualIndex(keys.index(key)), at)
        self._fitting = False
        self.fit()

    def measure(self) -> None:
        """Measure anew, for another size of the text or other rows."""
        self._words = {}
        self._measure_heads()

    def _measure_heads(self) -> None:
        """Measure the headings anew: the one sorted by has an arrow; the words are the same."""
        self._needs = {}
        self.fit()

    def fit(self) -> None:
        """Give each column its width, and hide what has no room."""
        table = self._table
        room = table.viewport().width()
        if self._fitting or room < LEAST_STRETCHED:
            return
        self._needs = self._needs or self._measured()
        weight = weights(self._columns, self._spared)
        may = [
            (at, one)
            for at, one in enumerate(self._columns)
            if self.is_shown(one.key) and not self._is_hidden_by_others(at, one.key)
        ]
        wishes = [self._wish(one, weight[one.key]) for _, one in may]
        kept = [one.key for one in self._columns if self._switched.get(one.key)]
        widths = fitted(wishes, room, kept, hides=self.hides)
        self._hidden = {one.key for _, one in may if one.key not in widths}
        self._lay_out(widths, {at for at, _ in may}, stretches=sum(widths.values()) <= room)
        self._tell_anew()

    def _lay_out(self, widths: dict[str, int], places: set[int], *, stretches: bool) -> None:
        """Hide and size the columns; none stretches where the table is scrolled sideways.

        Nothing stretches while columns are hidden: Qt would keep the room of one hidden beside a
        stretching one until it next shares out the room, which it never does once none stretches.
        """
        table, head = self._table, self._table.horizontalHeader()
        stretching = [at for at, one in enumerate(self._columns) if one.stretch]
        self._fitting = True
        head.length()  # Asked for its length, Qt shares out what is still waiting.
        for at in stretching:
            head.setSectionResizeMode(at, _FIXED)
        for at, one in enumerate(self._columns):
            mine = one.key in self._hidden or not self.is_shown(one.key)
            if at in places or mine:
                table.setColumnHidden(at, mine)
            if one.key in widths:
                table.setColumnWidth(at, widths[one.key])
        for at in stretching if stretches else ():
            head.setSectionResizeMode(at, _STRETCH)
        self._fitting = False

    def tell(self) -> None:
        """Say below the table what is hidden, or cut, of the row the keyboard is on."""
        row = self._table.current_row()
        unseen = self._hidden | (self._cut() if self.tells_cut else set())
        words = in_words(self._columns, row, unseen) if row is not None else ""
        if words and self.below.parentWidget() is None and not self._put_below():
            return
        self.below.setText(words)
        if words:
            self.below.show()

    def _tell_anew(self) -> None:
        # Only here may the line go: from row to row it stays, so that the table does not jump.
        self.below.hide()
        self.tell()

    def _cut(self) -> set[str]:
        """The columns in which the row the keyboard is on has less room than its words need."""
        table = self._table
        model, line = table.rows_model, table.currentIndex().row()
        option = QStyleOptionViewItem()
        return {
            one.key
            for at, one in enumerate(self._columns)
            if not table.isColumnHidden(at)
            # Words that break have as many lines as they need.
            and not one.wraps
            and table.itemDelegate().sizeHint(option, model.index(line, at)).width()
            > table.columnWidth(at) + _TOUCH
        }

    def _put_below(self) -> bool:
        """Let the line stand under the table, where something lays both out one below another."""
        parent = self._table.parentWidget()
        layout = parent.layout() if parent is not None else None
        at = _place(layout, self._table) if layout is not None else None
        if at is None:
            return False
        at[0].insertWidget(at[1] + 1, self.below)
        return True

    def _is_hidden_by_others(self, at: int, key: str) -> bool:
        mine = key in self._hidden or key in self._switched or not self.is_shown(key)
        return self._table.isColumnHidden(at) and not mine

    def _wish(self, one: Column[Any], weight: int) -> Wish:
        need = self._needs.get(one.key, one.width)
        made = round(one.width * self._zoom())
        chosen = self._chosen.get(one.key)
        if chosen is not None and not one.stretch:
            wide = round(chosen * self._zoom())
            return Wish(one.key, wide, min(wide, max(need, 1)), weight)
        if one.stretch:
            asked = self._table.least_stretched
            least = need if one.style == "strong" else min(need, asked)
            if asked > LEAST_STRETCHED:
                least, weight = asked, EVERYTHING if one.weight is None else weight
            return Wish(one.key, max(need, least), least, weight, stretch=True)
        longest = max(self._longest[one.key], need) if one.key in self._longest else 0
        return Wish(one.key, max(made, need), need, weight, longest=longest)

    def _zoom(self) -> float:
        return self._table.font().pointSizeF() / _NORMAL

    def _measured(self) -> dict[str, int]:
        """What the heading and the words of each column need."""
        self._words = self._words or self._of_words()
        strong = QFont(self._table.font())
        strong.setWeight(QFont.Weight.DemiBold)
        heads, needs = QFontMetrics(strong), {}
        sorted_by = self._table.horizontalHeader().sortIndicatorSection()
        for at, one in enumerate(self._columns):
            title = heads.horizontalAdvance(one.title) + 2 * PAD if one.title else 0
            title += _ARROW if at == sorted_by else 0
            needs[one.key] = max(title, self._words[one.key])
        return needs

    def _of_words(self) -> dict[str, int]:
        """What the words of each column need; a sample of the rows is measured."""
        rows = self._table.rows_model.all_rows()
        some = rows[:: max(1, len(rows) // _SAMPLE)][:_SAMPLE]
        many = rows[:: max(1, len(rows) // _NAMES)]
        plain = self._table.font()
        strong = QFont(plain)
        strong.setWeight(QFont.Weight.DemiBold)
        heads, small = QFontMetrics(strong), QFontMetrics(plain)
        zoom, needs = self._zoom(), {}
        for one in self._columns:
            texts = [one.text(row) for row in (many if one.style == "strong" else some)]
            texts = sorted(set(texts), key=len)[-6:]
            measure = heads if one.tone is not None or one.style == "strong" else small
            words = max((measure.horizontalAdvance(text) for text in texts), default=0)
            words += 2 * PAD + 3 + (_CHIP if one.tone is not None and words else 0)
            made = round(one.width * zoom)
            if one.style == "strong" and not one.stretch:
                self._longest[one.key] = words
            if one.style == "strong" or one.stretch:
                words = min(words, round(_LONGEST_NAME * zoom))
            elif one.tone is None and words > made * _A_LITTLE:
                words = min(words, made)
            needs[one.key] = words
        return needs

    def _rows_came(self) -> None:
        total = self._table.rows_model.total
        if total != self._total:
            self._total = total
            self.measure()
        else:
            self.tell()

    def _resized(self, at: int, before: int, now: int) -> None:
        """A person drew a column wider or narrower."""
        if self._fitting or not before or not now:
            return
        if self._columns[at].stretch:
            self._resizing.start()
            return
        if not self._table.isVisible() or not self._table.horizontalHeader().underMouse():
            return
        self._chosen[self._columns[at].key] = round(now / self._zoom())
        self._changed()

    def _changed(self) -> None:
        if self._fitting or self._keep is None:
            return
        head = self._table.horizontalHeader()
        order = [self._columns[head.logicalIndex(at)].key for at in range(len(self._columns))]
        made = [one.key for one in self._columns]
        held = {
            "widths": self._chosen,
            "shown": self._switched,
            "order": order if order != made else [],
        }
        self._keep(json.dumps(held) if any(held.values()) else "")


def _place(layout: Any, table: RowsView) -> tuple[QBoxLayout, int] | None:  # noqa: ANN401
    """The box, and the place in it, that a table stands in; looked for in boxes within boxes."""
    if isinstance(layout, QBoxLayout):
        at = layout.indexOf(table)
        upright = layout.direction() in (
            QBoxLayout.Direction.TopToBottom,
            QBoxLayout.Direction.BottomToTop,
        )
        if at >= 0:
            return (layout, at) if upright else None
    for number in range(layout.count()):
        inner = layout.itemAt(number).layout()
        found = _place(inner, table) if inner is not None else None
        if found is not None:
            return found
    return None
