"""Places: pupils beside places commissioned, a forecast of plans, its own past, and scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.declarations.places import Commissioned
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.place_planning.assumptions import Assumptions, read_assumptions
from caseworker_app.domain.place_planning.back_test import Compared
from caseworker_app.domain.place_planning.kinds_of_place import KINDS, census_day
from caseworker_app.domain.place_planning.projection import read_projection
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.yeargroup import year_words
from caseworker_app.services import commands as do
from caseworker_app.services.places.expected import beside_expected
from caseworker_app.services.places.planning import (
    NO_HISTORY,
    SHOWN_YEARS,
    Forecast,
    Places,
    forecast_of,
    places,
)
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.screens import places_columns as columns
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.places_columns import Scenario
from caseworker_app.ui.screens.quality import Listed
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow

KINDS_HERE = frozenset({"commissioned", "population", "places_scenario", "placement", "setting"})
"""The kinds of record that change what stands here."""

Read = tuple[Places, tuple[Scenario, ...], tuple[str, ...]]
"""What was read: places, scenarios, and why some of these cannot be read."""

_USUAL = Assumptions()
_AHEAD = 5
_HERE = "This page"


class PlacesScreen(Screen):
    """Four lists on tabs; a forecast is worked out when it is asked for."""

    key = "places"
    title = "Places"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.area = "improvement"
        self.found: Places | None = None
        self.forecast: Forecast | None = None
        self._kept: tuple[Scenario, ...] = ()
        self.simulations = _USUAL.simulations
        self._make_assumptions()
        self._make_lists()
        self._build()
        for one in self.lists:
            one.chosen.connect(self._chosen)
        self.tabs.currentChanged.connect(self._chosen)

    @property
    def table(self) -> RowsTable:
        """The list in front."""
        return self.front().table

    def front(self) -> Listed:
        """The tab in front."""
        found = self.tabs.currentWidget()
        return found if isinstance(found, Listed) else self.filled

    def refresh(self) -> None:
        """Read what is known of places anew; a forecast stays until it is worked out again."""
        self.frame.jobs.long("Reading places", _read, self._show, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Read anew where what is counted changed."""
        if done.everything or KINDS_HERE & set(done.kinds) or done.gone.keys() & KINDS_HERE:
            self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row in front, and on the page."""
        offered: dict[str, Callable[[], None]] = {
            "find": self._find,
            "places.forecast": self.work_out,
        }
        if self.table.rows_model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
            offered["copy"] = self.table.copy
        if not self.frame.may("improvement", Right.WRITE):
            return offered
        if self.forecast is not None:
            offered["places.keep"] = self.keep
        row = self.front().row()
        if self.front() is self.filled:
            offered["entry.new"] = lambda: self._commission(row)
            if row is not None:
                offered["entry.change"] = lambda: self._change(row)
        if isinstance(row, Scenario) and row.id != columns.HERE:
            offered["entry.remove"] = lambda: self._remove(row)
        return offered

    def context(self) -> Context:
        """How many rows there are."""
        return Context((), self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list in front, or where one goes on when there is none."""
        self.tabs.take_focus()

    def assumed(self) -> Assumptions:
        """What is typed. Raises `Refused` where a figure is out of bounds."""
        return Assumptions(
            growth=self.growth.value(),
            ceasing=self.ceasing.value(),
            special=self.special.value(),
            rates_from=max(1, int(self.rates_from.value())),
            trend=self.trend.isChecked(),
            ahead=_AHEAD,
            simulations=self.simulations,
            seed=int(self.seed.value()),
        )

    def work_out(self) -> None:
        """Work the forecast out, away from the window's thread, and show it."""
        found = self.found
        if found is None:
            return
        if not found.history.moves:
            self.frame.say(NO_HISTORY)
            return
        assumed, history = self.assumed(), found.history

        def simulate(_: Session, progress: Progress) -> Forecast:
            return forecast_of(history, assumed, progress)

        self.frame.jobs.long(
            "Working out the forecast", simulate, self._show_forecast, self.frame.tell_failed, self
        )

    def keep(self) -> None:
        """Keep the forecast on the page as a scenario, by the name typed."""
        made, name = self.forecast, self.name.text().strip()
        if made is None:
            return
        if not name:
            self.frame.say("Give the scenario a name first.")
            self.tabs.setCurrentWidget(self.ahead)
            self.name.setFocus()
            return
        fields = {
            "name": name,
            "seed": made.assumed.seed,
            "assumptions": made.assumed.text,
            "result": made.projection.text,
        }

        def kept(outcome: Any) -> None:  # noqa: ANN401
            if isinstance(outcome, Done):
                self.name.clear()
                self.frame.say(f"Kept as “{name}”.", outcome.undo)
            else:
                self.frame.tell_failed(outcome)

        self.frame.jobs.submit(do.AddRecord("places_scenario", fields), self, kept)

    def _make_assumptions(self) -> None:
        self.growth = _percent(-50, 100, _USUAL.growth)
        self.ceasing = _percent(0, 300, _USUAL.ceasing)
        self.special = _percent(0, 300, _USUAL.special)
        self.rates_from = _whole(20, _USUAL.rates_from)
        self.seed = _whole(999_999_999, _USUAL.seed)
        self.trend = QCheckBox("Carry clear &trends on")
        self.trend.setChecked(_USUAL.trend)
        self.trend.setToolTip(
            "Where ceasing or joining clearly rose or fell, let it go on by half as much each year"
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of a scenario")
        self.name.setMinimumWidth(150)
        self.name.returnPressed.connect(self.keep)
        self.by = choices(
            [("settings", "Setting"), ("needs", "Need"), ("years_taught", "Year group")]
        )
        self.by.currentIndexChanged.connect(self._show_lines)

    def _make_lists(self) -> None:
        frame, today = self.frame, self.frame.today()
        start = today.year if census_day(today.year) <= today else today.year - 1
        self.filled = Listed(
            *(frame, "Places filled", columns.filled_columns(start - SHOWN_YEARS, SHOWN_YEARS + 2)),
            "Enter changes the places commissioned there, or records the first",
            "No pupil is at a special school or college yet, and no place is commissioned. "
            "Record places with New.",
            rows=("setting", "settings"),
        )
        self.ahead = Listed(
            frame,
            "Forecast",
            columns.forecast_columns(start, _AHEAD),
            "The middle of the simulations, and the band of 80 %",
            "Work the forecast out: it takes a few seconds.",
            self._beside_forecast(),
            ("line", "lines"),
        )
        self.ahead.begun.connect(self._keep_years)
        self.past = Listed(
            frame,
            "Past forecast",
            columns.past_columns(self._name_of),
            "What would have been forecast, beside what came",
            "Work the forecast out to see what one made some years ago would have said.",
            rows=("figure", "figures"),
        )
        self.scenarios = Listed(
            frame,
            "Scenarios",
            columns.SCENARIOS,
            "Enter puts what a scenario assumes on the page",
            "No scenario has been kept yet. Work a forecast out, name it, and keep it.",
            rows=("scenario", "scenarios"),
        )
        # Nothing is worked out before it is asked for, and these say so.
        self.ahead.show_rows(())
        self.past.show_rows(())
        self.lists = (self.filled, self.ahead, self.past, self.scenarios)
        self.filled.opened.connect(self._open_filled)
        self.scenarios.opened.connect(self._take_up)

    def _keep_years(self) -> None:
        """A year without room is scrolled to: a hidden one would be missed."""
        self.ahead.table.widths.hides = False

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("dim")
        bar = ToolRow()
        bar.addWidget(title)
        bar.addStretch(1)
        bar.addWidget(self.count)
        go = QPushButton("Work out the forecast")
        go.setObjectName("primary")
        go.clicked.connect(self.work_out)
        bar.addWidget(stands_for(go, "places.forecast"))
        self.tabs = Tabs(self)
        self.tabs.setAccessibleName("Parts of places")
        self.tabs.setDocumentMode(True)
        words = ("&Places filled", "F&orecast", "&Against the past", "&Scenarios")
        for part, said in zip(self.lists, words, strict=True):
            self.tabs.addTab(part, said)
        inner = self.ahead.layout()
        assert isinstance(inner, QVBoxLayout)
        inner.insertLayout(0, self._assumption_row())
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)

    def _assumption_row(self) -> ToolRow:
        row = ToolRow()
        for label, field, hint in (
            ("&Growth a year", self.growth, "Of new plans, beyond the population"),
            ("&Ceasing", self.ceasing, "How often plans cease, beside how often they did"),
            ("To specia&l", self.special, "How often somebody joins or moves to special"),
            ("&Years of rates", self.rates_from, "How many of the latest years give the rates"),
            ("See&d", self.seed, "The same seed gives the same figures"),
        ):
            row.addWidget(labelled(label, field, hint))
            row.addWidget(field)
            field.setToolTip(hint)
        row.addWidget(self.trend)
        return row

    def _beside_forecast(self) -> tuple[QWidget, ...]:
        """What stands above the list of the forecast, beside its search."""
        keep = QPushButton("Keep as scenario")
        keep.clicked.connect(self.keep)
        return (
            labelled("&By", self.by),
            self.by,
            labelled("&Name", self.name),
            self.name,
            stands_for(keep, "places.keep"),
        )

    def _show(self, read: Read) -> None:
        self.found, self._kept, unread = read
        found = self.found
        if unread:
            self.frame.say(" ".join(unread))
        self.filled.show_rows(found.filled)
        self.filled.said.setText(
            "Pupils with a plan of this council on the census day of each school year, of the "
            "places commissioned; today stands for a census that is still to come."
        )
        if not found.history.moves:
            self.ahead.said.setText(NO_HISTORY)
        self._show_scenarios()
        self._chosen()

    def _show_forecast(self, made: Forecast) -> None:
        self.forecast = made
        self._show_lines()
        said = [made.assumed.words, *made.projection.notes, beside_expected(made.projection)]
        self.ahead.said.setText("\n".join(one for one in said if one))
        self.past.show_rows([] if made.past is None else list(made.past.compared))
        self.past.said.setText(
            "The history is too short to hold a forecast against it."
            if made.past is None
            else made.past.words
        )
        self._show_scenarios()
        if self.front() is self.filled:
            self.tabs.setCurrentWidget(self.ahead)
        self._chosen()

    def _show_lines(self) -> None:
        if self.forecast is None:
            return
        part = str(self.by.currentData())
        self.ahead.show_rows(columns.lines_of(self.forecast.projection, part, self._name))

    def _show_scenarios(self) -> None:
        rows = list(self._kept)
        if self.forecast is not None:
            made = self.forecast.projection
            rows.insert(0, Scenario(columns.HERE, _HERE, self.forecast.assumed, made))
        self.scenarios.show_rows(rows)

    def _name(self, code: str) -> str:
        """A setting, a need or a year group in words."""
        if code.removeprefix("-").isdigit():
            return year_words(int(code))
        words = "" if self.found is None else self.found.history.words(code)
        return words or KINDS.get(code, code)

    def _name_of(self, row: Compared) -> str:
        return "All plans" if row.part == "total" else self._name(row.code)

    def _open_filled(self, row: object) -> None:
        if self.frame.may("improvement", Right.WRITE):
            self._change(row)

    def _change(self, row: object) -> None:
        """The form of the places last commissioned there; of new ones where there are none."""
        if not isinstance(row, columns.Filled):
            return
        kind = kind_named("commissioned")

        def show(found: Sequence[RecordRow]) -> None:
            there = [
                one.record
                for one in found
                if (one.record.setting_id, one.record.kind) == (row.setting_id, row.kind)
            ]
            last = max(there, key=lambda one: int(one.year), default=None)
            if last is None:
                self._commission(row)
            else:
                open_record_dialog(self.frame, kind, last, self.window())

        self.frame.jobs.ask(
            lambda session: session.record_rows(kind.name), show, self.frame.tell_failed, self
        )

    def _commission(self, row: object) -> None:
        """The form for places to be commissioned, begun as of the setting in front."""
        begin = None
        if isinstance(row, columns.Filled):
            begin = Commissioned(
                setting_id=row.setting_id,
                year=row.years[-1].year,
                kind=row.kind or "special",
                places=(row.now.places if row.now else None) or 0,
            )
        open_record_dialog(self.frame, kind_named("commissioned"), None, self.window(), begin=begin)

    def _take_up(self, row: object) -> None:
        """Put what a scenario assumes on the page."""
        if not isinstance(row, Scenario):
            return
        assumed = row.assumed
        self.growth.setValue(assumed.growth)
        self.ceasing.setValue(assumed.ceasing)
        self.special.setValue(assumed.special)
        self.rates_from.setValue(assumed.rates_from)
        self.trend.setChecked(assumed.trend)
        self.seed.setValue(assumed.seed)
        self.tabs.setCurrentWidget(self.ahead)

    def _remove(self, row: Scenario) -> None:
        kept = () if self.found is None else self.found.scenarios
        record = next((one for one in kept if one.id == row.id), None)
        if record is not None:
            kind = kind_named("places_scenario")
            shown = RecordRow(record, {"title": record.name})
            RemoveRecordDialog(self.frame, kind, shown, self.window()).open()

    def _chosen(self) -> None:
        front = self.front()
        shown, total = front.model.shown, front.model.total
        words = f"{total:,} {front.one if total == 1 else front.many}"
        self.count.setText(words if shown == total else f"{shown:,} of {words}")
        self.changed.emit()

    def _find(self) -> None:
        self.front().search.setFocus()
        self.front().search.selectAll()


def _read(session: Session, progress: Progress) -> Read:
    """What is known of places, with the scenarios kept as they are compared."""
    found = places(session, progress)
    kept, unread = [], []
    for one in found.scenarios:
        try:
            made = read_projection(one.result)
            kept.append(Scenario(one.id, one.name, read_assumptions(one.assumptions), made))
        except Refused as refused:
            unread.append(f"{one.name}: {refused.sentence}")
    return found, tuple(kept), tuple(unread)


def _percent(least: float, most: float, value: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(least, most)
    field.setDecimals(1)
    field.setSuffix(" %")
    field.setValue(value)
    field.setMinimumWidth(92)
    return field


def _whole(most: int, value: int) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0, most)
    field.setDecimals(0)
    field.setValue(value)
    field.setMinimumWidth(64)
    return field
