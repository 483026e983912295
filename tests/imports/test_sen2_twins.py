"""Twins in a SEN2 return: two children, and nothing of one lands on the other."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports import reading as imports
from tests.imports.made import sen2
from tests.support.stores import TODAY


def _read(folder: Path, rows: Any) -> Incoming:
    sen2.exports(folder, rows)
    return imports.read([folder], today=TODAY)


def _twins(**second: str) -> dict[str, list[dict[str, str]]]:
    """The return with its third child made a twin of the first, whose plan has ended."""
    rows = copy.deepcopy({name: [dict(one) for one in each] for name, each in sen2.ROWS.items()})
    first = rows["person"][0]
    shared = {name: first[name] for name in ("surname", "personbirthdate", "upn")}
    rows["person"][2] |= shared | second
    return rows


def _ceased(got: Incoming) -> dict[str, bool]:
    return {
        case.forename: any(fact.kind == "plan_ceased" for fact in case.facts) for case in got.cases
    }


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"upn": ""},
        {"upn": "B211354723099"},
        {"sex": "F"},
        {"forename": "Ana Maria", "sex": "M"},
        {"forename": "A", "sex": "M"},
    ],
)
def test_the_plan_that_ended_is_one_twins_alone(second: dict[str, str], tmp_path: Path) -> None:
    got = _read(tmp_path, _twins(**second))

    assert len(got.cases) == got.rows_read == 3
    assert list(_ceased(got).values()) == [True, False, False]
    assert got.further_rows == 0


@pytest.mark.parametrize("turn", [1, 2])
def test_rows_are_joined_by_their_ids_whatever_their_order(turn: int, tmp_path: Path) -> None:
    rows = _twins()
    turned = {name: each[turn:] + each[:turn] for name, each in rows.items()}

    assert _ceased(_read(tmp_path, turned)) == {"Ana": True, "Al": False, "Bo": False}


def test_an_id_that_two_children_share_gives_neither_a_request(tmp_path: Path) -> None:
    rows = _twins()
    rows["person"][2]["id"] = rows["person"][0]["id"]

    got = _read(tmp_path, rows)

    assert len(got.cases) == 3
    assert not any(_ceased(got).values())
    assert [(one.column, one.value) for one in got.problems if "not one child" in one.why] == [
        ("persontableid", "1")
    ]


def test_an_id_of_requests_that_two_children_share_gives_neither_a_plan(tmp_path: Path) -> None:
    rows = _twins()
    rows["requests"][3]["id"] = "11"

    got = _read(tmp_path, rows)

    assert not any(_ceased(got).values())
    assert {one.value for one in got.problems} >= {"11"}


def test_a_person_without_an_id_is_given_nobodys_requests(tmp_path: Path) -> None:
    rows = _twins()
    rows["person"][0]["id"] = ""
    rows["requests"][0]["up"] = ""

    got = _read(tmp_path, rows)

    assert not any(_ceased(got).values())
    assert ("persontableid", "") in [(one.column, one.value) for one in got.problems]


def test_another_surname_on_a_second_row_is_proposed_and_told(tmp_path: Path) -> None:
    rows = _twins(forename="Ana", sex="F", surname="Nowak")

    got = _read(tmp_path, rows)

    assert (len(got.cases), got.further_rows) == (2, 1)
    (doubt,) = got.doubts
    assert (doubt.column, doubt.value, doubt.case) == ("surname", "Nowak", "Nowak, Ana")
    assert "W\u00f3jcik" in doubt.why
    assert [(one.field, one.value) for one in got.cases[0].proposals] == [("surname", "Nowak")]
