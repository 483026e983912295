"""The four files of a model of transitions: read as they are, refused in one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.place_planning.history import OUT
from caseworker_app.services.places.four_files import read_files
from tests.support.four_files import COSTS, MOVES, PEOPLE, VALID, written


def test_they_are_read_as_they_are(tmp_path: Path) -> None:
    history = read_files(*written(tmp_path))
    assert [one.year for one in history.moves] == [2013, 2013, 2013]
    assert [(one.joins, one.leaves) for one in history.moves] == [
        *((True, False), (False, False)),
        (False, True),
    ]
    assert history.moves[0].setting == OUT
    assert history.stock(2014) == {("A", "T", 0): 1, ("B", "T", 7): 1}
    assert history.teaches["A"].needs == {"T", "U"}
    assert history.costs["T", "A"] == 1000.5
    assert history.people(2013, 0) == 700
    assert history.people(2030, 0) == 710
    assert history.people(2013, 12) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("moves", MOVES.replace("2013,B", "x,B"), r"moves.csv, row 4: calendar-year is “x”"),
        ("moves", MOVES.replace("B,T,12", "Z,T,12"), "row 4: Z is not among the settings"),
        ("moves", MOVES.replace("B,T,12", "B,Q,12"), "row 4: B does not take the need Q"),
        ("moves", MOVES.replace(f"{OUT},{OUT},13", f"{OUT},T,13"), "row 4: NONSEND stands for"),
        ("moves", MOVES.replace("need-2", "need"), "moves.csv has no column need-2"),
        ("moves", MOVES.splitlines()[0], "moves.csv has no row"),
        ("people", PEOPLE.replace("710", "-5"), "row 3: population is “-5”"),
        ("people", PEOPLE.replace(",710", ""), "row 3: it has fewer cells"),
        ("valid", VALID.replace("-3,6", "7,6"), "row 2: its last year group comes before"),
        ("valid", VALID.replace('"A,B"', '"A,C"', 1), "row 2: C is no setting"),
        ("costs", COSTS.replace("1000.5", "dear"), "row 2: cost is “dear”"),
        ("costs", COSTS.replace("T,A", ",A"), "row 2: need is empty"),
    ],
)
def test_a_row_that_cannot_be_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_files(*written(tmp_path, **{name: text}))


def test_what_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    paths = written(tmp_path)
    paths[1].write_bytes(b"calendar-year\xff\n")
    with pytest.raises(Unreadable, match=r"people.csv is not UTF-8"):
        read_files(*paths)
    paths[0].unlink()
    with pytest.raises(Unreadable, match=r"There is no file moves.csv"):
        read_files(*paths)
