"""Rows under headings: one table that reads from top to bottom, for eyes, keys and readers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt

from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import DISPLAY, HEADING, SPOKEN, Index, RowsModel

Row = TypeVar("Row")
_FOLDED = (
    Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
)


def _how_many(rows: Sequence[Any]) -> str:
    return f"{len(rows):,}"


class Grouping(NamedTuple, Generic[Row]):
    """How rows are put under headings.

    Attributes:
        group: the number of the heading a row stands under.
        titles: the headings, in order.
        tell: what is said of a group's rows beside its title.
    """

    group: Callable[[Row], int]
    titles: Sequence[str]
    tell: Callable[[Sequence[Row]], str] = _how_many


class GroupedModel(RowsModel[Row], Generic[Row]):
    """A `RowsModel` with a heading before each group that has rows; a group can be folded.

    Headings stand in `_shown` as negative numbers, -1 for the first group. The heading of a folded
    group can be gone to, that of an open one is passed over.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], str],
        search: Callable[[Row], str],
        grouping: Grouping[Row],
        parent: QObject | None = None,
        natural: Callable[[Row], Any] | None = None,
    ) -> None:
        """Make an empty table."""
        super().__init__(columns, identity, search, parent, natural)
        self.grouping = grouping
        self._folded: frozenset[int] = frozenset()
        self._parts: list[list[int]] = [[] for _ in grouping.titles]
        self._groups = self.keep_beside(self._group_of)

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings, whether anything stands under them or not."""
        return tuple(self.grouping.titles)

    @property
    def folded(self) -> frozenset[int]:
        """The numbers of the groups that are folded."""
        return self._folded

    @property
    def shown(self) -> int:
        """How many rows there are in all groups, those of folded ones too."""
        return sum(map(len, self._parts))

    def set_grouping(self, grouping: Grouping[Row], folded: Collection[int] = ()) -> None:
        """Put the rows under other headings."""
        self.grouping, self._folded = grouping, frozenset(folded)
        self._groups.forget()
        self._refilter()

    def fold(self, group: int, *, on: bool) -> None:
        """Fold a group under its heading, or open it."""
        self._folded = self._folded | {group} if on else self._folded - {group}
        self._refilter()

    def heading_lines(self) -> list[int]:
        """The lines that are headings."""
        lines, line = [], 0
        for group, part in enumerate(self._parts):
            if part:
                lines.append(line)
                line += 1 if group in self._folded else 1 + len(part)
        return lines

    def group_at(self, line: int) -> int:
        """The group that a line stands in, be it its heading; -1 where there is no line."""
        if not 0 <= line < len(self._shown):
            return -1
        place = self._shown[line]
        return -1 - place if place < 0 else self.grouping.group(self._held.rows[place])

    def line_of_heading(self, group: int) -> int:
        """The line of a group's heading, or -1."""
        wanted = -1 - group
        return self._shown.index(wanted) if wanted in self._shown else -1

    def size(self, group: int) -> int:
        """How many rows a group has."""
        return len(self._parts[group])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A folded group's heading can be gone to; all else as in any list."""
        line = index.row()
        if line >= 0 and (place := self._shown[line]) < 0 and -1 - place in self._folded:
            return _FOLDED
        return super().flags(index)

    def _shown_places(self) -> list[int]:
        return [place for place in self._shown if place >= 0]

    def _group_of(self, row: Row) -> int:
        return self.grouping.group(row)

    def _arrange(self) -> None:
        super()._arrange()
        self._part(self._shown)
        self._shown = []
        for number, part in enumerate(self._parts):
            if part:
                self._shown.append(-1 - number)
                if number not in self._folded:
                    self._shown += part

    def _part(self, places: Iterable[int]) -> None:
        """Put places into their groups."""
        parts: list[list[int]] = [[] for _ in self.grouping.titles]
        groups, put = self._groups.of(self._held.rows), [part.append for part in parts]
        for place in places:
            put[groups[place]](place)
        self._parts = parts

    def _take_out(self, gone: Sequence[str]) -> None:
        super()._take_out(gone)
        self._part(self._held.shown())
        empty = {-1 - number for number, part in enumerate(self._parts) if not part}
        self._take_lines(empty & {place for place in self._shown if place < 0})

    def _redraw_all(self, touched: list[int]) -> None:
        super()._redraw_all(touched)
        # What a heading tells of its rows may read otherwise now, though none has moved.
        for line in self.heading_lines():
            self.dataChanged.emit(self.index(line, 0), self.index(line, len(self.columns) - 1))

    def _heading_data(self, place: int, column: int, role: int) -> Any:  # noqa: ANN401
        if role != HEADING and (column != 0 or role not in (DISPLAY, SPOKEN)):
            return None
        number = -1 - place
        rows = [self._held.rows[one] for one in self._parts[number]]
        if not rows:
            return self.grouping.titles[number]
        words = f"{self.grouping.titles[number]} · {self.grouping.tell(rows)}"
        if number not in self._folded:
            return words
        return f"{words}, folded" if role == SPOKEN else f"▸ {words}"
