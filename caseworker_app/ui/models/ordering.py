"""Rows in an order, and which of them are shown: plain lists of row numbers, without Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, Generic, TypeVar

from caseworker_app.domain.searching import hay_of, rank, sought
from caseworker_app.ui.models.column import Column

Row = TypeVar("Row")

_MANY = 24
"""So many results of a search are kept, for the next letter and for taking one back."""

_RANKED = 2000
"""Up to so many hits are put by how near they are; of more, another letter is awaited."""

FEW = 40
"""Up to so many rows are placed one by one; more, all at once."""


class PerRow(Generic[Row]):
    """What is worked out of each row, by place: of all when it is asked for, then as they change.

    To go over a whole council's rows again takes longer than a save may.
    """

    def __init__(self, worked_out: Callable[[Row], Any]) -> None:
        self._worked_out = worked_out
        self._values: list[Any] | None = None

    @property
    def known(self) -> bool:
        """Whether the values are there, and are kept as rows change."""
        return self._values is not None

    def of_row(self, row: Row) -> Any:  # noqa: ANN401
        """The value of a row, whether it is among those kept or not."""
        return self._worked_out(row)

    def of(self, rows: Sequence[Row]) -> list[Any]:
        """The values of all rows. The list is not to be changed."""
        if self._values is None:
            self._values = list(map(self._worked_out, rows))
        return self._values

    def forget(self, values: list[Any] | None = None) -> None:
        """Other rows are held; their values, where they are known."""
        self._values = values

    def put(self, place: int, row: Row) -> None:
        """A row was changed, or added at the end."""
        if self._values is not None:
            self._values[place : place + 1] = [self._worked_out(row)]

    def drop(self, place: int) -> None:
        """A row was taken out; the last one took its place."""
        if self._values is not None:
            last = self._values.pop()
            if place < len(self._values):
                self._values[place] = last


class Ordering(Generic[Row]):
    """Holds rows, sorts them once a column, and filters them.

    A row's *place* is its number in `rows`; it stays the same until all rows are replaced, or the
    last one takes the place of one that goes.

    Attributes:
        rows: every row, by place.
        place: id to place.
        column, down: what they are sorted by; column -1 is the order they came in.
        ranks: whether what a search finds comes by how near it is, surnames first.
        changes: how often the rows, or which of them count, have changed.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], str],
        search: Callable[[Row], str],
        natural: Callable[[Row], Any] | None = None,
    ) -> None:
        """Hold nothing yet; `natural` is the key of the order in which rows come, if they have one.

        By it a new row finds its line where no column is chosen; without it, it comes last.
        """
        self._columns = columns
        self.identity = identity
        self._search = search
        self._natural = natural
        self.rows: list[Row] = []
        self.place: dict[str, int] = {}
        self.column, self.down = -1, False
        self.ranks = False
        self.changes = 0
        self._hay: list[str] | None = None
        self._words: tuple[str, ...] = ()
        self._keep: Callable[[Any], bool] | None = None
        self._keeps_by: PerRow[Row] | None = None
        self._within: Callable[[Row], bool] | None = None
        self._kept = PerRow[Row](self._passes)
        self._inside = PerRow[Row](self._is_within)
        self._beside = [self._kept, self._inside]
        self._counted: list[Row] | None = None
        self._came: list[int] | None = None
        """The places in the order the rows came in; None while that is the order of the places."""
        self._orders: dict[int, tuple[list[Any], list[int]]] = {}
        self._found: dict[tuple[str, ...], list[int]] = {}

    def replace(
        self,
        rows: Iterable[Row],
        hay: list[str] | None = None,
        beside: Mapping[PerRow[Row], list[Any]] | None = None,
    ) -> None:
        """Take other rows. The texts of rows that are there again are kept.

        Args:
            rows: in the order they come.
            hay: their folded texts, where made ahead.
            beside: what is kept beside them, a value a row, where made ahead.
        """
        before, was = self.rows, self._hay
        self.rows = list(rows)
        if hay is None and was is not None:
            known = {id(row): text for row, text in zip(before, was, strict=True)}
            hay = [known.get(id(row)) or self._hay_of(row) for row in self.rows]
        # Without a step of Python's own for each row, where the identity needs none.
        self.place = dict(zip(map(self.identity, self.rows), range(len(self.rows)), strict=True))
        self._hay, self._counted, self._came = hay, None, None
        made = beside or {}
        for one in self._beside:
            one.forget(made.get(one))
        self.changes += 1
        self._orders.clear()
        self._found.clear()

    def keep_beside(self, worked_out: Callable[[Row], Any]) -> PerRow[Row]:
        """Keep something that is worked out of each row, in step with the rows from now on."""
        made = PerRow(worked_out)
        self._beside.append(made)
        return made

    def haystacks(self, rows: Iterable[Row]) -> list[str]:
        """The folded texts of rows; slow enough to be made on the database thread."""
        return [self._hay_of(row) for row in rows]

    def put(self, rows: Iterable[Row]) -> list[int]:
        """Take changed and new rows; the value is their places."""
        self._counted = None
        self.changes += 1
        self._found.clear()
        touched = [self._put(row) for row in rows]
        self._keep_orders_for(len(touched))
        self._reorder(touched)
        return touched

    def _keep_orders_for(self, many: int) -> None:
        """Let orders go that take longer to keep than to make again when they are asked for."""
        if many > FEW:
            self._orders.clear()
        elif many * len(self._orders) > FEW:
            self._orders = {at: one for at, one in self._orders.items() if at == self.column}

    def drop(self, ids: Iterable[str]) -> dict[int, int | None]:
        """Take rows out.

        Returns:
            For each place whose row is another now or gone, by what it was before all of them
            went: where that row is, or None.
        """
        moved: dict[int, int | None] = {}
        at: dict[int, int] = {}
        going = list(ids)
        self._keep_orders_for(len(going))
        for row_id in going:
            place = self.place.pop(row_id)
            last = len(self.rows) - 1
            moved[at.pop(place, place)] = None
            if place != last:
                was = at.pop(last, last)
                at[place] = was
                moved[was] = place
            self._drop(place, last)
        self._counted = None
        self.changes += 1
        self._found.clear()
        return moved

    def without(self, rows: Iterable[Row], gone: Iterable[str]) -> list[Row]:
        """What the rows would be with these changed or new, and those ids gone."""
        held = {self.identity(self.rows[at]): self.rows[at] for at in self._as_they_came()}
        held.update((self.identity(row), row) for row in rows)
        for row_id in gone:
            held.pop(row_id, None)
        left = list(held.values())
        if self._natural is not None:
            left.sort(key=self._natural)
        return left

    def look_for(self, text: str) -> bool:
        """Show only rows that hold every word of `text`. False when that is what is looked for."""
        words = sought(text)
        changed = words != self._words
        self._words = words
        return changed

    def keep(self, keep: Callable[[Any], bool] | None, by: PerRow[Row] | None = None) -> bool:
        """Show only rows that `keep` is true of, or of whose value in `by` it is, where given.

        False when nothing was kept back, nor will be.
        """
        changed = keep is not None or self._keep is not None
        self._keep, self._keeps_by = keep, by
        self._kept.forget()
        self._found.clear()
        return changed

    def within(self, within: Callable[[Row], bool] | None) -> bool:
        """Hold back every row that `within` is not true of, as if it were not there."""
        changed = within is not None or self._within is not None
        self._within = within
        self._kept.forget()
        self._inside.forget()
        self._counted = None
        self.changes += 1
        self._found.clear()
        return changed

    def counted(self) -> list[Row]:
        """The rows that are not held back, in no order. The list is not to be changed."""
        if self._within is None:
            return self.rows
        if self._counted is None:
            self._counted = list(compress(self.rows, self._inside.of(self.rows)))
        return self._counted

    def counts(self, of: PerRow[Row]) -> Iterable[Any]:
        """What is kept beside the rows, of those that are not held back."""
        values = of.of(self.rows)
        return values if self._within is None else compress(values, self._inside.of(self.rows))

    def _is_within(self, row: Row) -> bool:
        return self._within is None or self._within(row)

    def _passes(self, row: Row) -> bool:
        if self._within is not None and not self._within(row):
            return False
        if self._keep is None:
            return True
        return self._keep(row if self._keeps_by is None else self._keeps_by.of_row(row))

    def sort(self, column: int, *, down: bool) -> None:
        """Order by a column, -1 as the rows came."""
        self.column, self.down = column, down
        self._found.clear()

    def shown(self) -> list[int]:
        """The places of the rows to show, in order. The list is not to be changed."""
        found = self._found.get(self._words)
        if found is None:
            found = self._search_in(self._narrowest())
            if len(self._found) >= _MANY:
                self._found.clear()
            self._found[self._words] = found
        return self._ranked(found)

    def _ranked(self, found: list[int]) -> list[int]:
        """The nearest first, unless there are too many to look through or another order is on."""
        by_name = self.column < 0 or self._columns[self.column].style == "strong"
        if not (self.ranks and self._words and by_name) or self.down or len(found) > _RANKED:
            return found
        hay = self._hay or []
        return sorted(found, key=lambda place: rank(hay[place], self._words))

    def _narrowest(self) -> Iterable[int]:
        """The shortest list kept that must hold all that is looked for: one letter less, mostly."""
        narrowest: list[int] | None = None
        for words, found in self._found.items():
            holds = all(any(word in longer for longer in self._words) for word in words)
            if holds and (narrowest is None or len(found) < len(narrowest)):
                narrowest = found
        return self._kept_back() if narrowest is None else narrowest

    def _kept_back(self) -> Iterable[int]:
        places = self._order()
        if self._keep is None and self._within is None:
            return places
        if self._keep is not None and self._keeps_by is not None and not self._kept.known:
            self._kept.forget(self._kept_by(self._keep, self._keeps_by))
        kept = self._kept.of(self.rows)
        return [place for place in places if kept[place]]

    def _kept_by(self, keep: Callable[[Any], bool], by: PerRow[Row]) -> list[bool]:
        """Of which rows that is true what is asked of the values kept beside them."""
        kept = list(map(keep, by.of(self.rows)))
        if self._within is None:
            return kept
        return [
            one and inside for one, inside in zip(kept, self._inside.of(self.rows), strict=True)
        ]

    def _search_in(self, places: Iterable[int]) -> list[int]:
        if not self._words:
            return list(places)
        if self._hay is None:
            self._hay = [self._hay_of(row) for row in self.rows]
        hay = self._hay
        for word in self._words:
            places = [place for place in places if word in hay[place]]
        return list(places)

    def _order(self) -> Iterable[int]:
        if self.column < 0:
            places = self._as_they_came()
            return reversed(places) if self.down else places
        kept = self._orders.get(self.column)
        if kept is None:
            key = self._columns[self.column].order
            keys = [key(row) for row in self.rows]
            kept = keys, sorted(range(len(keys)), key=keys.__getitem__)
            self._orders[self.column] = kept
        return reversed(kept[1]) if self.down else kept[1]

    def _as_they_came(self) -> Sequence[int]:
        return range(len(self.rows)) if self._came is None else self._came

    def _hay_of(self, row: Row) -> str:
        return hay_of(self._search(row), getattr(row, "born", None))

    def _put(self, row: Row) -> int:
        row_id = self.identity(row)
        place = self.place.get(row_id)
        if place is None:
            place = self.place[row_id] = len(self.rows)
            self._come(place, row)
            self.rows.append(row)
            if self._hay is not None:
                self._hay.append("")
        else:
            moves = self._natural is not None and self._natural(row) != self._natural(
                self.rows[place]
            )
            if moves:
                self._came = list(self._as_they_came())
                self._came.remove(place)
                self._come(place, row)
            self.rows[place] = row
        if self._hay is not None:
            self._hay[place] = self._hay_of(row)
        for one in self._beside:
            one.put(place, row)
        return place

    def _come(self, place: int, row: Row) -> None:
        """Give a row its line in the order rows come in."""
        natural = self._natural
        if natural is None:
            if self._came is not None:
                self._came.append(place)
            return
        if self._came is None:
            self._came = list(range(len(self.rows)))
        at = bisect_right(self._came, natural(row), key=lambda one: natural(self.rows[one]))
        self._came.insert(at, place)

    def _drop(self, place: int, last: int) -> None:
        """Take the row out of a place, and put the last one there."""
        if self._came is None and place != last:
            self._came = list(range(len(self.rows)))
        if self._came is not None:
            _renumber(self._came, place, last)
        for keys, order in self._orders.values():
            _renumber(order, place, last)
            keys[place] = keys[last]
            keys.pop()
        for one in self._beside:
            one.drop(place)
        if self._hay is not None:
            self._hay[place] = self._hay[last]
            self._hay.pop()
        row = self.rows.pop()
        if place != last:
            self.rows[place] = row
            self.place[self.identity(row)] = place

    def _reorder(self, touched: list[int]) -> None:
        """Move touched rows to where they belong in every order kept."""
        for number, (keys, order) in self._orders.items():
            column = self._columns[number]
            for place in touched:
                key = column.order(self.rows[place])
                if place < len(keys):
                    order.remove(place)
                    keys[place] = key
                else:
                    keys.append(key)
                spot = bisect_left(order, (key, place), key=_key_of(keys))
                order.insert(spot, place)


def _renumber(order: list[int], place: int, last: int) -> None:
    """Take a place out of an order, and call the last one by it."""
    order.remove(place)
    if place != last:
        order[order.index(last)] = place


def _key_of(keys: list[Any]) -> Callable[[int], tuple[Any, int]]:
    return lambda place: (keys[place], place)
