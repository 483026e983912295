"""A table over a tuple of frozen rows that sorts and filters itself.

A proxy model calls back into Python for every comparison; a list of row numbers, sorted once a
column and then kept, is a hundred times faster at 50,000 rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.ordering import FEW, Ordering, PerRow

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
ROW = int(Qt.ItemDataRole.UserRole)
"""The role that gives the frozen row itself, or None for a heading."""
COLUMN = ROW + 1
"""The role that gives the `Column`."""
HEADING = ROW + 2
"""The role that gives a group's heading, or None for an ordinary row."""

ASCENDING = Qt.SortOrder.AscendingOrder
DESCENDING = Qt.SortOrder.DescendingOrder
HORIZONTAL = Qt.Orientation.Horizontal
_CAN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_CAN_EDIT = _CAN | Qt.ItemFlag.ItemIsEditable
_HEADING_FLAGS = Qt.ItemFlag.ItemNeverHasChildren
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignCenter,
}


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows, their order, and which of them are shown.

    Attributes:
        still: rows that change stay where they are and in view, whatever order and filter say,
            until all rows are replaced, sorted or filtered anew.
        kept_in_view: the ids of the rows that changed so.

    Signals:
        counted: how many rows are shown or held has changed.
        altering, altered: before and after a few rows change, come or go; lines in between them do.
        edited: (row, column key, what was typed), for a column with `edit`.
    """

    counted = Signal()
    altering = Signal()
    altered = Signal()
    edited = Signal(object, str, str)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], str],
        search: Callable[[Row], str],
        parent: QObject | None = None,
        natural: Callable[[Row], Any] | None = None,
    ) -> None:
        """Make an empty table.

        Args:
            columns: in the order shown.
            identity: a row's id, unique among the rows.
            search: the text a filter looks in, in the lines of `names.haystack`; folded once a row.
            parent: as for any QObject.
            natural: the key of the order in which rows come, see `Ordering`; a new one finds its
                line by it.
        """
        super().__init__(parent)
        self.columns = tuple(columns)
        self.named = next((one for one in self.columns if one.style == "strong"), None)
        # Where no column is a name, the longest words tell a row from the others.
        self._spoken_of = self.named or next((one for one in self.columns if one.stretch), None)
        self.editable = True
        self._edits = any(one.edit is not None for one in self.columns)
        self.still = False
        self.kept_in_view: set[str] = set()
        self._held = Ordering(self.columns, identity, search, natural)
        self._shown: list[int] = []

    def rank_hits(self) -> None:
        """Let what a search finds come by how near it is, surnames first."""
        self._held.ranks = True

    # What is held and shown

    @property
    def total(self) -> int:
        """How many rows there are to show, by whose cases are shown; see `set_within`."""
        return len(self._held.counted())

    @property
    def changes(self) -> int:
        """How often the rows, or which of them count, have changed: counts hold as long."""
        return self._held.changes

    @property
    def shown(self) -> int:
        """How many rows are shown, headings apart."""
        return len(self._shown)

    def rows(self) -> list[Row]:
        """The rows shown, in order, without any headings."""
        rows = self._held.rows
        return [rows[place] for place in self._shown_places()]

    def all_rows(self) -> tuple[Row, ...]:
        """Every row held, in no order."""
        return tuple(self._held.rows)

    def counted_rows(self) -> list[Row]:
        """Every row held that is of the cases shown, filtered or not, in no order."""
        return self._held.counted()

    def row_at(self, line: int) -> Row | None:
        """The row on a line of the view, or None where there is a heading or nothing."""
        if 0 <= line < len(self._shown):
            place = self._shown[line]
            return self._held.rows[place] if place >= 0 else None
        return None

    def id_at(self, line: int) -> str:
        """The id of the row on a line, or "" for none."""
        row = self.row_at(line)
        return "" if row is None else self._held.identity(row)

    def line_of(self, row_id: str) -> int:
        """The line a row is shown on, or -1."""
        place = self._held.place.get(row_id)
        if place is None:
            return -1
        try:
            return self._shown.index(place)
        except ValueError:
            return -1

    def lines_of(self, ids: Collection[str]) -> list[int]:
        """The lines that rows are shown on, from top to bottom; those not shown have none."""
        places = {self._held.place[one] for one in ids if one in self._held.place}
        return [line for line, place in enumerate(self._shown) if place in places]

    def keep_beside(self, worked_out: Callable[[Row], Any]) -> PerRow[Row]:
        """Keep something that is worked out of each row in step with the rows; see `counts`."""
        return self._held.keep_beside(worked_out)

    def counts(self, of: PerRow[Row]) -> Counter[Any]:
        """How often each value of what `keep_beside` keeps is among the rows of the cases shown."""
        return Counter(self.values(of))

    def values(self, of: PerRow[Row]) -> Iterable[Any]:
        """What `keep_beside` keeps of the rows of the cases shown, filtered or not, in no order."""
        return self._held.counts(of)

    def count_shown(self, of: PerRow[Row]) -> int:
        """Of how many of the rows shown that is true what `keep_beside` keeps."""
        values = of.of(self._held.rows)
        return sum([bool(values[place]) for place in self._shown_places()])

    # Changing it

    def haystacks(self, rows: Iterable[Row]) -> list[str]:
        """The folded texts of rows, for `set_rows`; to be made on the database thread."""
        return self._held.haystacks(rows)

    def set_rows(
        self,
        rows: Iterable[Row],
        hay: list[str] | None = None,
        beside: Mapping[PerRow[Row], list[Any]] | None = None,
        *,
        still: bool = False,
    ) -> None:
        """Replace all rows; order and filter stay.

        Args:
            rows: in the order they come.
            hay: their folded texts, where made ahead.
            beside: the values of what `keep_beside` keeps, a row each, where made ahead.
            still: those shown stay where they are too, and only new ones come between.
        """
        self.beginResetModel()
        before = [self.id_at(line) for line in range(len(self._shown))] if still else []
        was = self._by_id() if still else {}
        kept = self.kept_in_view
        self._held.replace(rows, hay, beside)
        self._arrange()
        if still:
            places = [self._held.place[key] for key in before if key in self._held.place]
            self._shown = _as_before(places, self._shown)
            self.kept_in_view = kept | {one for one in before if one and self._differs(one, was)}
        self.endResetModel()
        self.counted.emit()

    def upsert(self, rows: Iterable[Row], dropped: Iterable[str] = ()) -> None:
        """Put changed rows in their place and take dropped ids out, with the least signals.

        A changed row that keeps its line is only drawn anew; so the selection and the scroll
        position stay.
        """
        fresh = list(rows)
        held = self._held
        ids = {held.identity(row) for row in fresh}
        gone = [one for one in dict.fromkeys(dropped) if one in held.place and one not in ids]
        if len(gone) > FEW or (gone and len(fresh) > FEW):
            self.set_rows(held.without(fresh, gone), still=self.still)
            return
        if not (gone or fresh):
            return
        self.altering.emit()
        if gone:
            self._take_out(gone)
        if fresh:
            if self.still:
                self.kept_in_view |= ids
            self._show_changes(list(self._shown), held.put(fresh))
        else:
            self._redraw_all([])
        self.altered.emit()
        self.counted.emit()

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of `text`, case and accents apart."""
        if self._held.look_for(text):
            self._refilter()

    def set_keep(self, keep: Callable[[Any], bool] | None, by: PerRow[Row] | None = None) -> None:
        """Show only rows that `keep` is true of, besides the filter; None shows all.

        Args:
            keep: is asked about a row, or where `by` is given about its value there.
            by: what `keep_beside` keeps.
        """
        if self._held.keep(keep, by):
            self._refilter()

    def set_within(self, within: Callable[[Row], bool] | None) -> None:
        """Show and count only rows that `within` is true of, whatever else is filtered."""
        if self._held.within(within):
            self._refilter()

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Order by a column; -1 gives back the order the rows came in."""
        down = order == DESCENDING
        if (column, down) == self.sorted_by:
            return
        if self.kept_in_view:
            # Some may no longer fit the filter, so that more than the order changes.
            self.beginResetModel()
            self._held.sort(column, down=down)
            self._arrange()
            self.endResetModel()
            self.counted.emit()
            return
        self.layoutAboutToBeChanged.emit()
        before = self._shown
        self._held.sort(column, down=down)
        self._arrange()
        self._follow(before)
        self.layoutChanged.emit()

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """(column or -1, whether downwards)."""
        return self._held.column, self._held.down

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """What a cell is in one role."""
        if not index.isValid():
            return None
        place = self._shown[index.row()]
        if place < 0:
            return self._heading_data(place, index.column(), role)
        row = self._held.rows[place]
        if role == ROW:
            return row
        column = self.columns[index.column()]
        if role == DISPLAY:
            return column.text(row)
        if role == COLUMN:
            return column
        if role == SPOKEN:
            return column.full(row, self._spoken_of)
        if role == ALIGN:
            return _ALIGNS[column.align]
        if role == EDIT:
            return (column.edit or column.text)(row)
        return None

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:  # noqa: ANN401
        """Tell by `edited` what was typed. The cell changes when the store says it did."""
        row = self.row_at(index.row())
        column = self.columns[index.column()]
        if role != EDIT or row is None or column.edit is None or value == column.edit(row):
            return False
        self.edited.emit(row, column.key, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Whether a cell can be selected and edited."""
        # Asked three times for each cell that is drawn.
        line = index.row()
        if line < 0:
            return Qt.ItemFlag.NoItemFlags
        if self._shown[line] < 0:
            return _HEADING_FLAGS
        if not self._edits:
            return _CAN
        edited = self.editable and self.columns[index.column()].edit is not None
        return _CAN_EDIT if edited else _CAN

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """The columns' titles."""
        if orientation != HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        if role == ALIGN:
            return _ALIGNS[self.columns[section].align]
        return None

    # Inside

    def _shown_places(self) -> list[int]:
        """The places of the rows shown, in order."""
        return self._shown

    def _heading_data(self, place: int, column: int, role: int) -> Any:  # noqa: ANN401, ARG002
        return None

    def _show_changes(self, before: list[int], touched: list[int]) -> None:
        if self.still and all(place in before for place in touched):
            self._redraw_all(touched)
            return
        kept = self.kept_in_view
        self._arrange()
        after, self._shown = self._shown, before
        if self.still:
            after, self.kept_in_view = _as_before(before, after), kept
        if before == after:
            self._redraw_all(touched)
            return
        went, came = set(before) - set(after), set(after) - set(before)
        if len(went) + len(came) <= FEW and _without(before, went) == _without(after, came):
            self._take_lines(went)
            self._put_lines(after, came)
            self._redraw_all([one for one in touched if one not in came])
            return
        if not (went or came):
            self.layoutAboutToBeChanged.emit()
            self._shown = after
            self._follow(before)
            self.layoutChanged.emit()
            return
        self.beginResetModel()
        self._shown = after
        self.endResetModel()

    def _take_out(self, gone: Sequence[str]) -> None:
        """Take rows out, with the lines they stand on."""
        held = self._held
        self._take_lines({held.place[one] for one in gone})
        self.kept_in_view -= set(gone)
        moved = held.drop(gone)
        # The last rows have the places of those that went: no line is another row for it.
        shown = self._shown
        lines = [(shown.index(was), now) for was, now in moved.items() if was in shown]
        for line, now in lines:
            assert now is not None
            shown[line] = now

    def _take_lines(self, places: Collection[int]) -> None:
        """Take the lines of some places out of the view, one after the other."""
        for place in places:
            if place in self._shown:
                line = self._shown.index(place)
                self.beginRemoveRows(QModelIndex(), line, line)
                del self._shown[line]
                self.endRemoveRows()

    def _put_lines(self, after: list[int], places: Collection[int]) -> None:
        """Put lines of some places into the view, each where it stands in `after`."""
        for line in sorted(after.index(place) for place in places):
            self.beginInsertRows(QModelIndex(), line, line)
            self._shown.insert(line, after[line])
            self.endInsertRows()

    def _follow(self, before: list[int]) -> None:
        """Let the indexes the views hold follow their rows from `before` to where they are now."""
        old = self.persistentIndexList()
        places = {before[index.row()] for index in old}
        if len(places) <= FEW:
            lines = {place: self._shown.index(place) for place in places}
        else:
            lines = {place: line for line, place in enumerate(self._shown)}
        new = [self.index(lines[before[index.row()]], index.column()) for index in old]
        self.changePersistentIndexList(old, new)

    def _redraw_all(self, touched: list[int]) -> None:
        last = len(self.columns) - 1
        if len(touched) > FEW:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, last))
            return
        for place in touched:
            if place in self._shown:
                line = self._shown.index(place)
                self.dataChanged.emit(self.index(line, 0), self.index(line, last))

    def _refilter(self) -> None:
        self.beginResetModel()
        self._arrange()
        self.endResetModel()
        self.counted.emit()

    def _arrange(self) -> None:
        """Work out `_shown` from order and filter."""
        self.kept_in_view = set()
        self._shown = self._held.shown()

    def _by_id(self) -> dict[str, Row]:
        return {key: self._held.rows[at] for key, at in self._held.place.items()}

    def _differs(self, row_id: str, was: dict[str, Row]) -> bool:
        at = self._held.place.get(row_id)
        return at is not None and was.get(row_id) != self._held.rows[at]


def _without(shown: list[int], some: set[int]) -> list[int]:
    return [place for place in shown if place not in some] if some else shown


def _as_before(stay: list[int], sorted_now: list[int]) -> list[int]:
    """The places shown before, as they stood; what is new stands before what follows it now."""
    staying, run = set(stay), list[int]()
    ahead: dict[int, list[int]] = {}
    for at in sorted_now:
        if at not in staying:
            run.append(at)
        elif run:
            ahead[at], run = run, []
    found: list[int] = []
    for at in stay:
        found += (*ahead.get(at, ()), at)
    return found + run
