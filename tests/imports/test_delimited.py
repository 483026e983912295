"""Delimited text: no row is lost, shifted or swallowed without a line that says so."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain import british_dates
from caseworker_app.domain.incoming import Incoming, IncomingCase
from caseworker_app.imports import reading
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Sheet
from tests.imports.made import faults, sen2
from tests.imports.made.books import TODAY, events

_KINDS = {
    "Plan issued": "plan_sent",
    "AR meeting held": "review_meeting_held",
    "Report received": "review_report_received",
    "Decision sent": "review_decision_sent",
}


def _sheet(folder: Path, data: str | bytes) -> Sheet:
    path = folder / "tracker.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return opening.sheets(path)[0]


def _read(folder: Path, data: str | bytes) -> Incoming:
    path = folder / "tracker.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return reading.read([path], today=TODAY)


def _days(case: IncomingCase) -> set[tuple[str, str]]:
    return {(kind, day) for kind, day, _ in events(case)}


def _meant(row: list[str]) -> set[tuple[str, str]]:
    told = dict(zip(faults.HEADINGS, row, strict=True))
    days = {kind: british_dates.parse(told[heading]) for heading, kind in _KINDS.items()}
    return {(kind, day.isoformat()) for kind, day in days.items() if day is not None}


@pytest.mark.parametrize("seed", range(60))
def test_drawn_faults_lose_no_row_and_put_no_cell_under_another_heading(
    seed: int, tmp_path: Path
) -> None:
    random = Random(seed)
    delimiter = random.choice((",", ";", "\t"))
    made = faults.draw(random, children=14, faults=random.randint(0, 3), delimiter=delimiter)
    got = _read(tmp_path, made.text)
    found = {case.reference: case for case in got.cases}
    meant = {row[0]: row for row in made.rows}
    for reference, row in meant.items():
        case = found.get(reference)
        if case is None:
            assert reference in made.faults, f"{reference} lost"
            assert any(reference in one.case for one in got.parked), f"{reference} not told"
            continue
        assert (case.surname, case.forename) == (row[1], row[2])
        assert case.born == british_dates.parse(row[3])
        assert _days(case) <= _meant(row)
        if reference not in made.faults:
            assert _days(case) == _meant(row)
            assert case.comment == row[11]
    assert set(found) <= set(meant)
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)
    told = " ".join([*(one.case for one in got.parked), *(one.value for one in got.doubts)])
    for reference in made.faults:
        # A cell too many that is blank, at the end, is no fault; rows cut short are told by number.
        row = next((case.place.row for case in got.cases if case.reference == reference), 0)
        cut = {*re.findall(r"\d+", told)} & {str(row)}
        assert reference in told or cut or made.harmless(reference)


HEAD = "Ref,Surname,Forename,DOB,School,AR meeting held,Comments\n"
GOOD = (
    "A1,Fox,Ann,01/02/2014,Elm Park,03/04/2026,ok\nA2,Day,Bob,02/03/2013,Elm Park,04/05/2026,ok\n"
)


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ('A3,Cox,Al,03/03/2012,"Elm, Park",05/05/2026,ok', "Elm, Park"),
        ('A3,Cox,Al,03/03/2012, "Elm, Park",05/05/2026,ok', "Elm, Park"),
        ('A3,Cox,Al,03/03/2012,"The ""Elm"" Park",05/05/2026,ok', 'The "Elm" Park'),
        ('A3,Cox,Al,03/03/2012,"The "Elm" Park",05/05/2026,ok', 'The "Elm" Park'),
        ('A3,Cox,Al,03/03/2012,The "Elm" Park,05/05/2026,ok', 'The "Elm" Park'),
        ('A3,Cox,Al,03/03/2012,"Elm\nPark",05/05/2026,ok', "Elm\nPark"),
        ('A3,Cox,Al,03/03/2012,"Elm\r\n\r\nPark, 1/2/3",05/05/2026,ok', "Elm\n\nPark, 1/2/3"),
        ('A3,Cox,Al,03/03/2012,="Elm, Park",05/05/2026,ok', "Elm, Park"),
        ('A3,Cox,Al,03/03/2012,"=""Elm Park""",05/05/2026,ok', "Elm Park"),
        ('A3,Cox,Al,03/03/2012,"",05/05/2026,ok', ""),
        ("A3,Cox,Al,03/03/2012,5' 3\" tall,05/05/2026,ok", "5' 3\" tall"),
    ],
)
def test_a_quoted_cell_is_what_was_meant(line: str, cell: str, tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, HEAD + GOOD + line + "\nA4,Elm,Cy,04/04/2011,Oak,06/06/2026,end\n")
    assert sheet.rows[3][4] == cell
    assert list(sheet.rows[4])[:2] == ["A4", "Elm"]
    assert not sheet.unsure_rows
    assert not sheet.doubts


def test_a_quote_that_never_closes_swallows_nobody(tmp_path: Path) -> None:
    text = HEAD + GOOD.replace(",ok\nA2", ',"ok\nA2')
    text += 'A3,Cox,Al,03/03/2012,"Oak,05/05/2026,ok\nA4,Elm,Cy,04/04/2011,"Oak, W",,"a\nb"\n'
    got = _read(tmp_path, text)
    assert [case.reference for case in got.cases] == ["A1", "A2", "A4"]
    assert [(case.comment, case.setting) for case in got.cases][2] == ("a\nb", "Oak, W")
    assert [(one.place.row, one.case) for one in got.parked] == [(4, "Cox, Al (A3)")]
    assert [one.place.row for one in got.doubts] == [2]


def test_a_row_in_another_delimiter_is_told(tmp_path: Path) -> None:
    got = _read(tmp_path, HEAD + GOOD + "A3;Cox;Al;03/03/2012;Oak;05/05/2026;ok\n")
    assert len(got.cases) == 2
    assert [(one.place.row, one.why) for one in got.parked] == [
        (4, "it is parted by semicolons, the headings by commas")
    ]


def test_a_writer_that_leaves_out_blank_cells_at_the_end_is_understood(tmp_path: Path) -> None:
    rows = [f"B{at},Fox,Kid{'abcdefgh'[at]},0{at + 1}/02/2014,Elm Park" for at in range(6)]
    got = _read(tmp_path, HEAD + GOOD + "\n".join(rows) + "\n")
    assert len(got.cases) == 8
    assert got.parked == ()
    assert [one.place.row for one in got.doubts] == [4]
    assert got.doubts[0].why.startswith("6 rows have fewer cells than the headings")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_a_line_and_blank_lines(end: str, tmp_path: Path) -> None:
    text = end.join([*HEAD.splitlines(), "", *GOOD.splitlines(), "", ""])
    assert [case.place.row for case in _read(tmp_path, text).cases] == [3, 4]


def test_a_file_of_one_system_in_another_is_not_stored_with_nul(tmp_path: Path) -> None:
    got = _read(tmp_path, HEAD + GOOD.replace("Ann", "A\x00nn"))
    assert [(one.place.row, one.column) for one in got.problems] == [(2, "Forename")]


NAMES = (
    "Zo\u00eb",
    "S\u00e9verin",
    "N\u00fa\u00f1ez",
    "O\u2019Hare",
    "Bj\u00f8rn",
    "Fran\u00e7ois",
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
@pytest.mark.parametrize("seed", range(4))
def test_names_in_every_encoding(encoding: str, seed: int, tmp_path: Path) -> None:
    names = Random(seed).sample(NAMES, 4)
    rows = [["Ref", "Surname", "Forename", "DOB", "AR meeting held"]]
    rows += [[f"E{at}", name, "Kim", "01/02/2014", "03/04/2026"] for at, name in enumerate(names)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    got = _read(tmp_path, out.getvalue().encode(encoding))
    assert [case.surname for case in got.cases] == names
    told = [one.why for one in got.doubts]
    assert bool(told) == (encoding == "mac_roman"), told


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("times", [1, 2])
def test_text_encoded_twice_is_turned_back_and_told(
    read_as: str, times: int, tmp_path: Path
) -> None:
    names = [name for name in NAMES if times == 1 or "\u2019" not in name]
    wrong = names
    for _ in range(times):
        wrong = [name.encode().decode(read_as) for name in wrong]
    rows = "".join(f"E{at},{name},Kim,01/02/2014,Elm,,\n" for at, name in enumerate(wrong))
    got = _read(tmp_path, HEAD + GOOD + rows)
    assert [case.surname for case in got.cases][2:] == names
    assert any("in a wrong encoding" in one.why and one.place.row == 4 for one in got.doubts)


@pytest.mark.parametrize("broken", ["S\ufffdverin", "S?verin", "?ukasz", "Zo\ufffd"])
def test_a_name_with_a_letter_lost_is_told_and_not_stored(broken: str, tmp_path: Path) -> None:
    got = _read(tmp_path, HEAD + GOOD + f"A3,{broken},,03/03/2012,Oak,05/05/2026,ok\n")
    assert [case.reference for case in got.cases] == ["A1", "A2"]
    assert [one.place.row for one in got.parked] == [4]
    assert [(one.column, one.value) for one in got.problems] == [("Surname", broken)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@settings(max_examples=8)
@given(
    names=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(("Zo\u00eb", "Kim", "Ren\u00e9e"))),
        min_size=1,
        max_size=8,
    )
)
def test_letters_that_were_lost_before_the_file_came_are_told_once_and_stored_in_no_name(
    encoding: str, names: list[tuple[str, str]]
) -> None:
    lost = [[re.sub(r"[^\x00-\x7f]", "\ufffd", part) for part in pair] for pair in names]
    rows = [
        f"E{at},{pair[0]},{pair[1]},{at + 1:02}/02/2014,Elm,,\n" for at, pair in enumerate(lost)
    ]
    with TemporaryDirectory() as folder:
        got = _read(Path(folder), (HEAD + GOOD + "".join(rows)).encode(encoding))
    broken = [at + 4 for at, pair in enumerate(lost) if "\ufffd" in "".join(pair)]
    assert [one.place.row for one in got.parked] == broken
    assert {one.reference for one in got.cases} == {
        *("A1", "A2"),
        *(f"E{at}" for at in range(len(rows)) if at + 4 not in broken),
    }
    told = [one for one in got.doubts if "lost letters here" in one.why]
    assert [one.place.row for one in told] == broken[:1]
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)


def test_half_a_name_whose_other_half_lost_a_letter_is_nobodys(tmp_path: Path) -> None:
    got = _read(tmp_path, HEAD + GOOD + "A3,N?ez,Kim,03/03/2012,Oak,,\nA4,Fox,Zo?,04/03/2012,,,\n")
    assert [case.reference for case in got.cases] == ["A1", "A2", "A4"]
    assert [(one.case, one.why) for one in got.parked] == [
        ("Kim (A3)", "letters of the name are lost")
    ]
    assert [(one.value, one.place.row) for one in got.doubts] == [("Zo?", 5)]


def test_a_return_stores_no_name_with_a_letter_lost(tmp_path: Path) -> None:
    files = sen2.exports(tmp_path, sen2.ROWS)
    whole = reading.read([tmp_path], today=TODAY)
    persons = next(one for one in files if "person" in one.name.lower())
    text, forename = persons.read_text(encoding="utf-8-sig"), whole.cases[0].forename
    persons.write_text(text.replace(f",{forename},", f",{forename[:-1]}\ufffd,"), encoding="utf-8")
    got = reading.read([tmp_path], today=TODAY)
    assert not any(case.forename.startswith(forename[:-1]) for case in got.cases)
    assert "part of the name cannot be read" in {one.why for one in got.parked}
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)


def test_texts_kept_from_being_numbers_are_unwrapped(tmp_path: Path) -> None:
    text = HEAD + '="0016",="Fox",="Ann",="01/02/2014",="Elm","=""03/04/2026""",=""\n'
    text += "'0017,O'Day,'Ann,'02/03/2013,Elm,'04/05/2026,'ok'\n"
    text += "=0018,Gray,Ann,02/03/2012,Elm,04/06/2026,ok\n"
    got = _read(tmp_path, text)
    assert [(case.reference, case.surname) for case in got.cases] == [
        ("0016", "Fox"),
        ("0017", "O'Day"),
        ("0018", "Gray"),
    ]
    assert [events(case)[0][1] for case in got.cases] == ["2026-04-03", "2026-05-04", "2026-06-04"]


def test_a_row_of_a_return_that_slipped_is_parked_or_told(tmp_path: Path) -> None:
    files = sen2.exports(tmp_path, sen2.ROWS)
    persons = next(one for one in files if "person" in one.name.lower())
    lines = persons.read_text(encoding="utf-8-sig").splitlines()
    whole = reading.read([tmp_path], today=TODAY)
    persons.write_text("\n".join([*lines[:2], lines[2] + ",x", *lines[3:]]), encoding="utf-8")
    got = reading.read([tmp_path], today=TODAY)
    assert got.rows_read == whole.rows_read
    assert len(got.cases) == len(whole.cases) - 1
    assert [one.place.row for one in got.parked][:1] == [3]
    assert "cells where the headings have" in got.parked[0].why
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)
