from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.case_columns import CASE_COLUMNS, folded, identity, search_text
from caseworker_app.ui.models.rows_model import DISPLAY, ROW, SPOKEN, RowsModel
from caseworker_app.ui.theme import tokens
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
SCHOOLS = ("Ash", "Birch", "Cedar")
NAMES = [("Okafor", "Grace"), ("Évans", "Zoë"), ("Kowalski", "Łukasz"), ("Miah", "Tariq")]
TITLES = {column.key: number for number, column in enumerate(CASE_COLUMNS)}


def case(number: int, **changes: object) -> CaseRow:
    surname, forename = NAMES[number % len(NAMES)]
    row = CaseRow(
        id=f"c{number}",
        version=1,
        reference=f"TH{1000 + number}",
        surname=surname,
        forename=forename,
        born=date(2012, 1, 1) + timedelta(days=37 * number),
        nc_year=number % 14 - 1,
        upn=f"A{number:012}",
        setting=f"{SCHOOLS[number % 3]} School",
        need="ASD",
        caseworker="R. Haque",
        status="live",
        next_what="Annual review complete",
        next_due=date(2026, 11, 1) + timedelta(days=number) if number % 2 else None,
        next_state=State.DUE,
    )
    return dataclasses.replace(row, **changes)


@pytest.fixture
def model(qtmodeltester: object) -> RowsModel[CaseRow]:
    made: RowsModel[CaseRow] = RowsModel(CASE_COLUMNS, identity, search_text)
    # The tester listens to every signal from here on and fails the test on the first wrong one.
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


def shown(model: RowsModel[CaseRow]) -> list[str]:
    return [model.id_at(line) for line in range(model.rowCount())]


def test_shows_rows_in_the_order_they_came(model: RowsModel) -> None:
    model.set_rows([case(3), case(1), case(2)])
    assert shown(model) == ["c3", "c1", "c2"]
    assert model.index(0, TITLES["reference"]).data(DISPLAY) == "TH1003"
    assert model.index(0, 0).data(ROW) == case(3)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoe", ["c1", "c5"]),
        ("ZOË", ["c1", "c5"]),
        ("lukasz kowalski", ["c2"]),
        ("kowalski lukasz", ["c2"]),
        ("th1004", ["c4"]),
        ("a000000000003", ["c3"]),
        ("cedar evans tariq", []),
        ("okafor school birch", ["c4"]),
        ("", ["c0", "c1", "c2", "c3", "c4", "c5"]),
    ],
)
def test_every_word_typed_must_be_found_case_and_accents_apart(
    model: RowsModel, typed: str, found: list[str]
) -> None:
    model.set_rows([case(number) for number in range(6)])
    model.set_filter(typed)
    assert shown(model) == found
    assert (model.shown, model.total) == (len(found), 6)


def test_letter_by_letter_and_back_shows_what_the_whole_text_would(
    model: RowsModel[CaseRow],
) -> None:
    model.set_rows([case(number) for number in range(60)])
    text = "zoe th10 birch evans"
    for end in (*range(len(text) + 1), *range(len(text), -1, -1)):
        model.set_filter(text[:end])
        fresh: RowsModel[CaseRow] = RowsModel(CASE_COLUMNS, identity, search_text)
        fresh.set_rows(model.all_rows())
        fresh.set_filter(text[:end])
        assert shown(model) == shown(fresh), text[:end]


def test_texts_folded_ahead_are_those_folded_on_the_way(model: RowsModel) -> None:
    rows = tuple(case(number) for number in range(6))
    model.set_rows(rows, folded(rows))
    model.set_filter("evans")
    assert shown(model) == ["c1", "c5"]


def test_sorts_text_without_accents_and_rows_without_a_date_last(model: RowsModel) -> None:
    model.set_rows([case(number) for number in range(4)])
    model.sort(TITLES["child"], UP)
    assert shown(model) == ["c1", "c2", "c3", "c0"]
    model.sort(TITLES["due"], UP)
    assert shown(model)[:2] == ["c1", "c3"]
    model.sort(TITLES["due"], DOWN)
    assert shown(model)[-2:] == ["c3", "c1"]
    model.sort(-1, UP)
    assert shown(model) == ["c0", "c1", "c2", "c3"]


def test_filter_and_keep_hold_together_and_a_new_row_obeys_both(model: RowsModel) -> None:
    model.set_rows([case(number) for number in range(8)])
    model.set_keep(lambda row: row.setting == "Birch School")
    model.set_filter("okafor")
    assert shown(model) == ["c4"]
    model.upsert([case(12, setting="Birch School"), case(13, setting="Birch School")])
    assert shown(model) == ["c4", "c12"]
    model.set_keep(None)
    assert shown(model) == ["c0", "c4", "c12"]


def test_rows_are_kept_by_what_is_kept_beside_them(model: RowsModel) -> None:
    schools = model.keep_beside(lambda row: row.setting)
    rows = [case(number) for number in range(8)]
    # What was made ahead is taken as it is, not worked out again.
    model.set_rows(rows, beside={schools: ["Ash School"] * 2 + [row.setting for row in rows[2:]]})
    model.set_keep(lambda school: school == "Ash School", schools)
    assert shown(model) == ["c0", "c1", "c3", "c6"]
    model.set_within(lambda row: row.id != "c0")
    assert shown(model) == ["c1", "c3", "c6"]
    assert model.counts(schools)["Ash School"] == 3
    model.upsert([case(2, setting="Ash School"), case(3, setting="Birch School")])
    assert shown(model) == ["c1", "c2", "c6"]
    model.set_filter("okafor")
    assert shown(model) == []
    model.set_filter("")
    model.set_rows(rows)
    assert shown(model) == ["c3", "c6"]


def test_a_changed_row_moves_to_its_place_and_indexes_follow_it(model: RowsModel) -> None:
    model.set_rows([case(number) for number in range(4)])
    model.sort(TITLES["child"], UP)
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(
        model.index(model.line_of("c1"), 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    model.upsert([case(1, surname="Zahir")])
    assert shown(model) == ["c2", "c3", "c0", "c1"]
    assert model.id_at(selection.currentIndex().row()) == "c1"


def test_a_row_that_keeps_its_line_is_only_drawn_anew(model: RowsModel, qtbot: QtBot) -> None:
    model.set_rows([case(number) for number in range(4)])
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.dataChanged) as told:
        model.upsert([case(2, caseworker="J. Whitfield")])
    assert told.args[0].row() == told.args[1].row() == 2
    assert not resets
    assert model.index(2, TITLES["caseworker"]).data(DISPLAY) == "J. Whitfield"


def test_rows_of_other_people_are_not_counted_when_they_come_or_change(model: RowsModel) -> None:
    model.set_rows([case(0), case(1)])
    model.set_within(lambda row: row.caseworker == "R. Haque")
    assert model.total == 2
    model.upsert([case(1, caseworker="S. Miah"), case(2), case(3, caseworker="S. Miah")])
    assert (model.total, shown(model)) == (2, ["c0", "c2"])
    model.set_rows([case(5)])
    assert model.total == 1
    model.set_within(None)
    model.upsert([case(6, caseworker="S. Miah")])
    assert model.total == 2


def test_a_selection_of_many_rows_is_carried_over_a_filter(
    model: RowsModel, qapp: QApplication, qtbot: QtBot
) -> None:
    table = RowsTable(model, Themes(qapp, tokens.LIGHT), "Cases")
    qtbot.addWidget(table)
    model.set_rows([case(number) for number in range(12)])
    table.select_id("c1")
    ids = ["c1", "c2", "c3", "c7", "c9", "c10"]
    table._select(model.lines_of(ids))
    assert [row.id for row in table.selected_rows()] == ids
    model.set_filter("ash")
    assert [row.id for row in table.selected_rows()] == ["c3", "c9"]
    model.set_filter("")
    assert [row.id for row in table.selected_rows()] == ["c3", "c9"]
    # As they are now, not as they were when they were selected.
    model.upsert([case(3, need="SEMH")])
    assert [row.need for row in table.selected_rows()] == ["SEMH", "ASD"]
    model.upsert([], dropped=["c3"])
    assert [row.id for row in table.selected_rows()] == ["c9"]


def test_dropped_rows_go_and_unknown_ones_do_not_matter(model: RowsModel) -> None:
    model.set_rows([case(number) for number in range(4)])
    model.upsert([case(1, surname="Zahir")], dropped=["c2", "nobody"])
    assert shown(model) == ["c0", "c1", "c3"]
    assert model.line_of("c2") == -1


def test_a_cell_that_cannot_be_edited_refuses_and_the_reader_hears_whole_words(
    model: RowsModel,
) -> None:
    model.set_rows([case(1)])
    assert not model.setData(model.index(0, 0), "other")
    whose = f"{case(1).forename} {case(1).surname}"
    spoken = model.index(0, TITLES["year"]).data(SPOKEN)
    assert spoken == f"Year, {whose}, Reception"
    assert model.index(0, TITLES["year"]).data(DISPLAY) == "R"
    assert (
        model.index(0, TITLES["need"]).data(SPOKEN) == f"Need, {whose}, Autistic spectrum disorder"
    )
    model.set_rows([case(1, caseworker="")])
    assert model.index(0, TITLES["caseworker"]).data(SPOKEN) == f"Caseworker, {whose}, empty"
    assert model.index(0, TITLES["child"]).data(SPOKEN) == case(1).name


def test_every_column_has_a_title_text_and_a_key_to_sort_by() -> None:
    rows = [case(0), case(1), case(2, born=None, nc_year=None, next_due=None)]
    for column in CASE_COLUMNS:
        assert column.title
        assert all(isinstance(column.text(row), str) for row in rows)
        assert sorted(rows, key=column.order)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("filter"), st.sampled_from(["", "okafor", "zoe th10", "birch"])),
        st.tuples(st.just("sort"), st.integers(-1, len(CASE_COLUMNS) - 1)),
        st.tuples(st.just("up"), st.lists(st.integers(0, 30), max_size=5)),
        st.tuples(st.just("drop"), st.lists(st.integers(0, 30), max_size=3)),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(steps, st.booleans())
def test_any_run_of_changes_ends_as_a_fresh_table_would(
    qapp: QApplication, run: object, ordered: bool
) -> None:
    def name(row: CaseRow) -> tuple[str, str]:
        return row.surname, row.id

    natural = name if ordered else None
    model: RowsModel[CaseRow] = RowsModel(CASE_COLUMNS, identity, search_text, natural=natural)
    letters = model.keep_beside(lambda row: row.surname[:2])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    held = {f"c{number}": case(number) for number in range(12)}
    model.set_rows(sorted(held.values(), key=name) if ordered else held.values())
    assert model.counts(letters).total() == 12
    words, column, version = "", -1, 1
    for what, value in run:
        if what == "filter":
            words = value
            model.set_filter(value)
        elif what == "sort":
            column = value
            model.sort(value, UP)
        elif what == "up":
            version += 1
            rows = [case(n, version=version, surname=f"N{n * version % 7}") for n in set(value)]
            held.update((row.id, row) for row in rows)
            model.upsert(rows)
        else:
            gone = [f"c{number}" for number in value]
            held = {row_id: row for row_id, row in held.items() if row_id not in gone}
            model.upsert([], gone)
    fresh: RowsModel[CaseRow] = RowsModel(CASE_COLUMNS, identity, search_text)
    fresh.set_rows(held.values())
    fresh.set_filter(words)
    fresh.sort(column, UP)
    assert sorted(shown(model)) == sorted(shown(fresh))
    assert model.counts(letters) == Counter(row.surname[:2] for row in held.values())
    assert [model.id_at(model.line_of(one)) for one in shown(model)] == shown(model)
    if column < 0 and ordered:
        assert model.rows() == sorted(model.rows(), key=name)
    if column >= 0:
        key = CASE_COLUMNS[column].order
        assert [key(row) for row in model.rows()] == [key(row) for row in fresh.rows()]
    assert {row.id: row for row in model.all_rows()} == held
    del tester


@pytest.mark.parametrize(
    ("surname", "typed"),
    [
        ("O\u2019Brien", "o'brien"),
        ("O'Brien", "obrien"),
        ("D\u2019Andre", "dandre"),
        ("Łukasz", "lukasz"),
        ("Mary-Ann", "maryann"),
        ("Mary-Ann", "mary ann"),
        ("Maryann", "mary-ann"),
    ],
)
def test_a_filter_finds_a_name_however_it_is_typed(
    model: RowsModel[CaseRow], surname: str, typed: str
) -> None:
    model.set_rows([case(1, surname="Other"), case(2, surname=surname)])
    model.set_filter(typed)
    assert shown(model) == ["c2"]
