"""Every row of an import is accounted for, whatever it says and however often it says it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from caseworker_app.domain.incoming import ImportResult, Incoming
from caseworker_app.imports import reading
from caseworker_app.services.session import Session
from tests.imports.made import sen2
from tests.support.stores import TODAY, Places, session_at

HEAD = ("Ref", "Surname", "Forename", "DOB", "UPN", "Sex", "AR meeting held")
LATER = ("Ref", "Decision sent", "Outcome")
UPNS = ("", "J801200001002", "H801200001001")

rows = st.tuples(
    st.sampled_from(["", "F77", "f 077", "G5", "G6"]),
    st.sampled_from(["", "Okonedo", "Okonedoh", "Smith"]),
    st.sampled_from(["Taiwo", "Kehinde", "T", "Tawio"]),
    st.sampled_from(["", "15/05/2015", "16/05/2015", "01/01/2010", "soon"]),
    st.sampled_from(UPNS),
    st.sampled_from(["", "M", "F"]),
    st.sampled_from(["03/02/2026", "10/02/2025", ""]),
)
later = st.tuples(
    st.sampled_from(["F77", "77", "G5", "G9", ""]),
    st.sampled_from(["03/03/2026", "10/03/2025", "TBC"]),
    st.sampled_from(["Maintain", "Amend", ""]),
)
sheets = st.lists(st.lists(rows, min_size=1, max_size=5), min_size=1, max_size=2)


def adds_up(incoming: Incoming, result: ImportResult) -> bool:
    """Whether the rows read are all somewhere."""
    read = len(incoming.cases) + incoming.further_rows + len(incoming.parked)
    parked = len(incoming.parked) + len(result.parked)
    cases = result.cases_created + result.cases_updated + result.cases_unchanged
    told = cases + incoming.further_rows + result.further_rows + parked
    return read == incoming.rows_read == told


@pytest.fixture
def fresh(tmp_path: Path, empty_file: Path) -> Callable[[], Session]:
    """A way to get sessions on new empty store files."""

    def none() -> Any:
        raise AssertionError("a file needs no server")

    places = Places(tmp_path, empty_file, none, "file")
    return lambda: session_at(places.new())


slowly = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@slowly
@given(first=sheets, second=sheets, decisions=st.lists(later, max_size=4))
def test_the_rows_of_trackers_add_up_and_again_add_nothing(
    fresh: Callable[[], Session],
    first: list[list[tuple[str, ...]]],
    second: list[list[tuple[str, ...]]],
    decisions: list[tuple[str, ...]],
) -> None:
    session = fresh()
    with TemporaryDirectory() as folder:
        for number, each in enumerate((first, second)):
            path = Path(folder) / f"{number}.xlsx"
            _book(path, each, decisions if number else [])
            incoming = reading.read([path], today=TODAY)
            tried = session.apply_import(incoming, dry_run=True)
            result = session.apply_import(incoming)
            assert adds_up(incoming, result)
            assert (tried.cases_created, tried.doubts) == (result.cases_created, result.doubts)
            again = session.apply_import(incoming)
            assert adds_up(incoming, again)
            assert (again.cases_created, again.facts_added) == (0, 0)
    assert session.check() == ()
    session.close()


@slowly
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(["surname", "forename", "personbirthdate", "upn", "sex", "id"]),
            st.integers(0, 2),
        ),
        max_size=4,
    ),
    blank=st.sampled_from([None, "surname", "personbirthdate", "upn"]),
)
def test_the_rows_of_a_return_add_up(
    fresh: Callable[[], Session], changes: list[tuple[int, str, int]], blank: str | None
) -> None:
    modules = copy.deepcopy({name: [dict(one) for one in each] for name, each in sen2.ROWS.items()})
    persons = modules["person"]
    for to, item, source in changes:
        persons[to][item] = persons[source].get(item, "")
    if blank:
        persons[0][blank] = ""
    session = fresh()
    with TemporaryDirectory() as folder:
        sen2.exports(Path(folder), modules)
        incoming = reading.read([Path(folder)], today=TODAY)
    for _ in range(2):
        result = session.apply_import(incoming)
        assert adds_up(incoming, result)
    assert (result.cases_created, result.facts_added) == (0, 0)
    session.close()


def _book(
    path: Path, tables: list[list[tuple[str, ...]]], decisions: list[tuple[str, ...]]
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables):
        sheet = book.create_sheet(f"Year {number + 6}")
        # Two plain rows, so that every drawn table has columns that can be understood.
        plain = [
            (f"Z{number}{at}", f"Plain{at}", "Edith", "07/08/2012", "", "F", "14/01/2026")
            for at in "ab"
        ]
        for cells in (HEAD, *plain, *table):
            sheet.append(cells)
    if decisions:
        sheet = book.create_sheet("Decisions")
        for cells in (LATER, ("Z0a", "20/02/2026", "Maintain"), *decisions):
            sheet.append(cells)
    book.save(path)
