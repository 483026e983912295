"""Names in one cell or in capitals come in as people write them."""

from __future__ import annotations

from pathlib import Path

from tests.imports.made.books import read


def test_names_are_cut_and_brought_back_from_capitals(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Child", "DOB"],
            ["MACLEOD Mei-Ling", "1/1/15"],
            ["O\u2019NEILL Al", "1/1/15"],
            ["VAN DER BERG Bo", "1/1/15"],
            ["D'Souza, Cy", "1/1/15"],
            ["MCDONALD Di", "1/1/15"],
        ],
    )
    assert [(case.surname, case.forename) for case in got.cases] == [
        ("MacLeod", "Mei-Ling"),
        ("O\u2019Neill", "Al"),
        ("Van der Berg", "Bo"),
        ("D'Souza", "Cy"),
        ("McDonald", "Di"),
    ]


def test_the_spelling_found_elsewhere_is_believed(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Surname", "Forename", "DOB"],
            ["Macleod", "Al", "1/1/15"],
            ["MACLEOD", "BO", "1/1/15"],
            ["Machado", "Bo", "1/1/15"],
        ],
    )
    assert [(case.surname, case.forename) for case in got.cases] == [
        *(("Macleod", "Al"), ("Macleod", "Bo"), ("Machado", "Bo"))
    ]


def test_titles_are_left_off_and_irish_surnames_stay_whole(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Pupil", "DOB"],
            ["Miss Al Fry", "1/1/15"],
            ["Mr. Bo \u00d3 S\u00failleabh\u00e1in", "1/1/15"],
            ["Lee, Master Cy", "1/1/15"],
        ],
    )
    assert [(case.surname, case.forename) for case in got.cases] == [
        *(("Fry", "Al"), ("\u00d3 S\u00failleabh\u00e1in", "Bo"), ("Lee", "Cy"))
    ]


def test_initials_stay_initials(tmp_path: Path) -> None:
    written = ["J P", "J.P.", "JP", "A. B.", "TJ", "JO", "J.-P.", "AJ MARIE"]
    rows = [["SMITH", one, f"{at}/1/15"] for at, one in enumerate(written, 1)]
    got = read(tmp_path, [["Surname", "Forename", "DOB"], *rows, ["NG", "AL", "1/1/15"]])
    assert [case.forename for case in got.cases] == [
        *("J P", "J.P.", "JP", "A. B.", "TJ", "Jo", "J.-P.", "AJ Marie", "Al")
    ]
    assert got.cases[-1].surname == "Ng"
