"""A mapping made by hand overrules the best guess; one that is wrong is refused plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.errors import CaseworkerError, Refused, Unreadable
from tests.imports.made.books import events, read

ROWS = [
    ["Pupil", "DOB", "Zeta", "Date 2", "Notes"],
    ["A, B", "1/1/15", "Amend", "1/2/26", "hello"],
    ["C, D", "1/1/15", "Maintain", "2/2/26", ""],
]


def _mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_headings_go_where_the_mapping_says(tmp_path: Path) -> None:
    mapping = _mapping(
        tmp_path,
        '"zeta" = "outcome"\nNotes = ""\n["tracker"]\n"Date  2" = "review_decision_sent"\n',
    )
    got = read(tmp_path, ROWS, mapping=mapping)
    assert events(got.cases[0]) == [("review_decision_sent", "2026-02-01", "amend")]
    assert got.cases[0].comment == ""
    assert got.unmapped == {"Tracker": ("Notes",)}


def test_a_mapping_for_one_sheet_leaves_the_others(tmp_path: Path) -> None:
    mapping = _mapping(tmp_path, '[Two]\n"Date 2" = "plan_sent"\n')
    got = read(tmp_path, {"One": ROWS[:2], "Two": [ROWS[0], ROWS[2]]}, mapping=mapping)
    assert [[fact.kind for fact in case.facts] for case in got.cases] == [[], ["plan_sent"]]


def test_a_mapping_finds_headings_that_say_nothing(tmp_path: Path) -> None:
    mapping = _mapping(tmp_path, 'X1 = "surname"\nX2 = "forename"\nX3 = "born"\n')
    got = read(tmp_path, [["X1", "X2", "X3"], ["A", "B", "1/1/15"]], mapping=mapping)
    assert [(case.surname, case.forename) for case in got.cases] == [("A", "B")]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("no toml at all [", Unreadable, "cannot be read as TOML"),
        ('Pupil = "nonsense"', Refused, "the field nonsense"),
        ("Pupil = 3", Unreadable, "not a field's name"),
        ('"Not there" = "surname"', Refused, "no sheet has"),
    ],
)
def test_a_wrong_mapping_is_one_plain_sentence(
    text: str, kind: type[CaseworkerError], words: str, tmp_path: Path
) -> None:
    with pytest.raises(kind, match=words) as caught:
        read(tmp_path, ROWS, mapping=_mapping(tmp_path, text))
    assert "mapping.toml" in caught.value.sentence


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"There is no file gone\.toml"):
        read(tmp_path, ROWS, mapping=tmp_path / "gone.toml")
