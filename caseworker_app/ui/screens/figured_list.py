"""Lists of children with filters and figures above them, and a line about the row below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import Done
from caseworker_app.services.session import Session
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.figured import Figured
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import open_record_dialog
from caseworker_app.ui.widgets.cards import Cards
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.refilled import refill
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_NOBODY = "\0"


class Listed(Protocol):
    """What every such list asks of a row."""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        ...

    @property
    def child_id(self) -> str:
        """Whose it is."""
        ...

    @property
    def caseworker(self) -> str:
        """Who holds the case, or ""."""
        ...

    @property
    def caseworker_id(self) -> str:
        """Their id, or ""."""
        ...

    @property
    def due(self) -> date | None:
        """The legal date it is about, or None."""
        ...


Row = TypeVar("Row", bound=Listed)


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """A box of choices that narrows the list.

    Attributes:
        label: with its mnemonic.
        every: what it says while it narrows nothing.
        values: the codes that a row has.
        choices: the (code, words) to choose from, by how many rows have each code.
    """

    label: str
    every: str
    values: Callable[[Row], Collection[str]]
    choices: Callable[[Counter[str]], Iterable[tuple[str, str]]]


def by_name(numbers: Counter[str]) -> list[tuple[str, str]]:
    """The codes themselves, which are names, in the order of the alphabet."""
    return [(one, one) for one in sorted(numbers, key=folded)]


def _workers(numbers: Counter[str]) -> list[tuple[str, str]]:
    known = by_name(Counter(set(numbers) - {_NOBODY}))
    return [*known, *([(_NOBODY, "Unassigned")] if numbers[_NOBODY] else [])]


BY_CASEWORKER: Filter[Any] = Filter(
    "C&aseworker", "All", lambda row: (row.caseworker or _NOBODY,), _workers
)

Facet = tuple[Any, ...]
"""Of a row the codes it has for each box, then whether each figure counts it."""


class Ready(NamedTuple, Generic[Row]):
    """What was found, made ready on the database's thread: of a council it takes long.

    Attributes:
        found: as `look` gave it.
        rows: all of them.
        hay: what a search looks in, a text a row.
        facets: what boxes and figures go by, a row each.
    """

    found: Any
    rows: Sequence[Row]
    hay: list[str]
    facets: list[Facet]


class FiguredList(Screen, Generic[Row]):
    """A list of children with figures on top; each figure and each box narrows it.

    Attributes:
        follows: the kinds of record of a child that change what stands in their row.
    """

    follows: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        frame: Frame,
        listed: Figured[Row],
        filters: Sequence[Filter[Row]],
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty list.

        Args:
            frame: the window around it.
            listed: what it shows.
            filters: the boxes beside the search, in order.
            hint: what the keys do in the list.
            parent: as for any QWidget.
        """
        super().__init__(frame, parent)
        self._listed: Figured[Row] = listed
        self.model: RowsModel[Row] = RowsModel(
            with_cover(listed.columns, lambda: frame.whose.now.covered),
            attrgetter("id"),
            listed.search_text,
            self,
        )
        self.table = RowsTable(self.model, frame.theme, self.title, hint)
        self._loaded = False
        self._card = ""
        self.boxes = [(one, FilterBox(one.every)) for one in filters]
        self._facets = self.model.keep_beside(self._facet)
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id, row.due))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        frame.whose.changed.connect(self._name_choices)

    def look(self, session: Session, ids: Collection[str] | None = None) -> Any:  # noqa: ANN401
        """What there is of the children named, or of all; on the database thread."""
        raise NotImplementedError

    def rows_in(self, found: Any, touched: Collection[str] | None = None) -> Sequence[Row]:  # noqa: ANN401
        """The rows in what was found, of the children touched or of all; on any thread."""
        del touched
        rows: Sequence[Row] = found
        return rows

    def tell(self, found: Any, touched: Collection[str] | None = None) -> None:  # noqa: ANN401
        """Say what else was found, of the children touched or of all."""

    def begin(self) -> None:
        """Choose what is shown when the rows have been read for the first time."""

    def before_filters(self) -> Sequence[QWidget]:
        """What stands in the bar before the filters."""
        return ()

    def refresh(self) -> None:
        """Read every row anew."""
        self.frame.jobs.ask(lambda session: self.ready(self.look(session)), self._read, owner=self)

    def ready(self, found: Any) -> Ready[Row]:  # noqa: ANN401
        """Make what was found ready to be shown; on the database thread."""
        rows = self.rows_in(found)
        return Ready(found, rows, self.model.haystacks(rows), list(map(self._facet, rows)))

    def apply(self, done: Done) -> None:
        """Read the touched children's rows anew."""
        if self.follows & {name for name, some in done.gone.items() if some}:
            # Of what was taken out it is not told whose it was.
            self.mark_stale()
            return
        rows = (row for name in self.follows for row in done.rows_of(name))
        touched = frozenset({*done.child_ids, *(row.record.child_id for row in rows)})
        if touched:
            self.frame.jobs.ask(
                lambda session: self.look(session, touched), partial(self._put, touched), owner=self
            )

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        if self.model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        row = self.row()
        if row is not None:
            offered["case.open"] = lambda: self.frame.open_case(row.child_id)
            if row.due is not None:
                offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            offered["record.fact"] = lambda: open_record_dialog(self.frame, self, row.child_id)
            offered["copy"] = self.table.copy
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        filters = [box.currentText() for _, box in self.boxes if box.currentData()]
        words = " · ".join([self.count.text(), *filters, *self.chips.words()])
        ids = dict.fromkeys(row.child_id for row in self.selected() if row.child_id)
        return Context(tuple(ids), words)

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows() if row.child_id))

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def row(self) -> Row | None:
        """The row the keyboard is on."""
        row: Row | None = self.table.current_row()  # type: ignore[assignment]
        return row

    def selected(self) -> list[Row]:
        """The rows selected."""
        rows: list[Row] = self.table.selected_rows()  # type: ignore[assignment]
        return rows

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table, "Find a child", "Filters by name, reference, setting and caseworker", 220
        )
        self.chips = FilterChips(self.frame.whose)
        self.chips.removed.connect(self._remove_filter)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.cards = Cards([(one.key, one.words, one.tone) for one in self._listed.figures])
        self.cards.chosen.connect(self._choose_card)
        self.said = dim_line("About the row")
        self.empty = EmptyState(self.table)
        self.bar = ToolRow()
        self.bar.setSpacing(8)
        self.bar.addWidget(title)
        self.bar.addWidget(self.search)
        for part in self.before_filters():
            self.bar.addWidget(part)
        for one, box in self.boxes:
            box.currentIndexChanged.connect(self._filter)
            self.bar.addWidget(labelled(one.label, box))
            self.bar.addWidget(box)
        self.bar.addWidget(self.chips)
        self.bar.addStretch(1)
        self.bar.addWidget(self.count)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 10)
        self.column.setSpacing(8)
        self.column.addLayout(self.bar)
        self.column.addWidget(self.cards)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.said)

    def _read(self, ready: Ready[Row]) -> None:
        first, self._loaded = not self._loaded, True
        self.tell(ready.found)
        self.model.set_rows(ready.rows, ready.hay, {self._facets: ready.facets})
        self._name_choices()
        if first:
            self.begin()
        self.table.go_first()
        self._chosen()

    def _put(self, touched: Collection[str], found: Any) -> None:  # noqa: ANN401
        """Put the touched children's rows in their place."""
        held = [row.id for row in self.model.all_rows() if row.child_id in touched]
        self.tell(found, touched)
        self.model.upsert(self.rows_in(found, touched), held)
        self._name_choices()
        self._chosen()

    def _name_choices(self) -> None:
        """Offer in each box what there is; one whose choice is gone narrows the list no more."""
        facets = list(self.model.values(self._facets))
        before = [box.currentData() for _, box in self.boxes]
        for at, (one, box) in enumerate(self.boxes):
            numbers = Counter(chain.from_iterable(map(itemgetter(at), facets)))
            refill(box, [("", one.every), *one.choices(numbers)])
        if [box.currentData() for _, box in self.boxes] != before:
            self._filter()
        else:
            self._show_totals()

    def _facet(self, row: Row) -> Facet:
        boxes = (one.values(row) for one, _ in self.boxes)
        return (*boxes, *(bool(one.counts(row)) for one in self._listed.figures))

    def _fits(self) -> list[Callable[[Facet], bool]]:
        """What is asked of a row's facet by the boxes now."""
        chosen = [(at, box.currentData()) for at, (_, box) in enumerate(self.boxes)]
        return [_has(at, code) for at, code in chosen if code]

    def _filter(self) -> None:
        asked = self._fits()
        figures = self._listed.figures
        card = next((at for at, one in enumerate(figures) if at and one.key == self._card), 0)
        self.chips.set_chip("card", figures[card].words if card else "")
        if card:
            asked.append(itemgetter(len(self.boxes) + card))
        self.model.set_keep(_all_of(asked) if asked else None, self._facets)
        self._show_totals()

    def _show_totals(self) -> None:
        facets = list(self.model.values(self._facets))
        for asked in self._fits():
            facets = list(filter(asked, facets))
        for at, one in enumerate(self._listed.figures, len(self.boxes)):
            self.cards.set_number(one.key, sum(map(itemgetter(at), facets)))

    def _choose_card(self, key: str) -> None:
        self._card = key
        self._filter()

    def _remove_filter(self, key: str) -> None:
        del key
        self.cards.choose("")
        self._choose_card("")
        self.table.setFocus()

    def _chosen(self) -> None:
        row = self.row()
        self.said.setText("" if row is None else self._listed.in_full(row))
        self.changed.emit()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} {self._listed.one if total == 1 else self._listed.many}"
        words = words if shown == total else f"{shown:,} of {words}"
        self.count.setText(f"{words} so far" if self.unread else words)
        nothing = self.frame.whose.unseen(self.model) or self._listed.none_yet
        if total:
            nothing = f"No {self._listed.one} fits: take a filter away."
        self.empty.say("" if shown or not self._loaded else nothing)
        self._chosen()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def _has(at: int, code: str) -> Callable[[Facet], bool]:
    return lambda facet: code in facet[at]


def _all_of(asked: Sequence[Callable[[Facet], bool]]) -> Callable[[Facet], bool]:
    """One question instead of several; asked of each row of a council."""
    if len(asked) == 1:
        return asked[0]
    return lambda facet: all(one(facet) for one in asked)


def dim_line(name: str = "") -> QLabel:
    """A line of quiet words beside the list, as long as it needs to be."""
    line = QLabel()
    line.setObjectName("dim")
    line.setWordWrap(True)
    line.setAccessibleName(name)
    return line
