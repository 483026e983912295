"""Files of every kind give the rows Excel shows, or one plain sentence why not."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.imports import reading as imports
from caseworker_app.imports.files import archive, opening
from tests.imports.made.books import TODAY, events, problems, read, write

ROWS = [
    ["Case Ref", "Surname", "Forename", "DOB", "School", "AR date"],
    ["T1", "Wójcik", "Zoë", "15/03/2013", "St Anne\u2019s, Bow", "3 Apr 26"],
    ["T2", "O\u2019Neill", "Luc", "9.7.14", 'The "Bridge"\nUnit', "46000"],
]


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A cell's date and time, which in a workbook have no zone."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


def _text(delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_encoding_and_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(_text(delimiter).encode(encoding))
    got = imports.read([path], today=TODAY)
    assert [(case.surname, case.setting) for case in got.cases] == [
        ("Wójcik", "St Anne\u2019s, Bow"),
        ("O\u2019Neill", 'The "Bridge" Unit'),
    ]
    assert got.cases[1].facts[0].on == date(2025, 12, 9)
    assert got.cases[1].place.row == 3


def test_a_letter_broken_off_in_utf_8_is_told_and_costs_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    whole = (_text(",") + _text(",").replace("T1", "T3").replace("T2", "T4")).encode()
    at = whole.index("W\u00f3".encode())
    path.write_bytes(whole[: at + 2] + whole[at + 3 :])
    got = imports.read([path], today=TODAY)
    assert ("tracker", 2, "Surname", "W\ufffdjcik") in problems(got)
    assert "W\ufffdjcik" not in {case.surname for case in got.cases}


def test_a_line_for_excel_and_blank_lines_keep_their_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text("sep=;\n\n" + _text(";"), encoding="utf-8")
    got = imports.read([path], today=TODAY)
    assert [case.place.row for case in got.cases] == [4, 5]


def test_rows_are_numbered_as_excel_does(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            book.active.cell(row=7 + 3 * at, column=3 + column, value=value)
    book.save(tmp_path / "tracker.xlsx")
    got = imports.read([tmp_path / "tracker.xlsx"], today=TODAY)
    assert [case.place.row for case in got.cases] == [10, 13]


def test_dates_as_dates_times_and_day_numbers(tmp_path: Path) -> None:
    days = [
        _at(2026, 2, 1),
        _at(2026, 2, 1, 10, 30),
        date(2026, 2, 1),
        46054,
        46054.75,
        "46054",
        "2026-02-01 00:00:00",
        1022026,
        "01022026",
    ]
    rows = [[f"A{at}", "B", "1/1/15", day] for at, day in enumerate(days)]
    got = read(tmp_path, [["Surname", "Forename", "DOB", "AR date"], *rows])
    wanted = [[("review_meeting_held", "2026-02-01", "")]] * len(days)
    wanted[7] = []
    assert [events(case) for case in got.cases] == wanted
    assert problems(got) == [("Tracker", 9, "AR date", "1022026")]


@pytest.mark.parametrize("value", [timedelta(days=2), True, 2026, -5, 0, 3.5, 9_999_999])
def test_what_is_no_date_is_told(value: object, tmp_path: Path) -> None:
    got = read(tmp_path, [["Name", "DOB", "AR date"], ["A, B", "1/1/15", value]])
    assert [(row, column) for _, row, column, _ in problems(got)] == [(2, "AR date")]
    assert got.cases[0].facts == ()


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Name", "DOB", "AR date", "Decision date"])
    number = (date(2026, 2, 1) - date(1904, 1, 1)).days
    book.active.append(["A, B", _at(2015, 1, 1), number, _at(2026, 3, 1)])
    book.save(tmp_path / "mac.xlsx")
    case = imports.read([tmp_path / "mac.xlsx"], today=TODAY).cases[0]
    assert case.born == date(2015, 1, 1)
    assert [fact.on for fact in case.facts] == [date(2026, 2, 1), date(2026, 3, 1)]


def test_errors_and_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    rows = [["Name", "DOB", "AR date", "Days", "Notes"], ["A, B", "1/1/15", "x", "=1", "=A1"]]
    path = write(tmp_path / "tracker.xlsx", {"T": rows})
    book = openpyxl.load_workbook(path)
    book["T"]["C2"].value = "#N/A"
    book["T"]["C2"].data_type = "e"
    book["T"]["C3"] = "=DATE(2026,1,1)"
    book["T"]["A3"], book["T"]["B3"] = "C, D", "1/1/15"
    book.save(path)
    got = imports.read([path], today=TODAY)
    assert problems(got) == [("T", 2, "AR date", "#N/A"), ("T", 3, "AR date", "=DATE(2026,1,1)")]
    assert got.cases[0].comment == "=A1"


def test_a_formula_with_a_kept_value_is_its_value(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.xlsx", {"T": [["Name", "DOB", "AR date"], ["A, B", "1/1/15", 46054]]}
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets"):
                data = re.sub(
                    rb'(<c r="C2"[^>]*>)<v>', rb"\1<f>DATE(2026,2,1)</f><v>", data, count=1
                )
                assert b"<f>" in data
            target.writestr(name, data)
    path.write_bytes(changed.getvalue())
    got = imports.read([path], today=TODAY)
    assert events(got.cases[0]) == [("review_meeting_held", "2026-02-01", "")]


def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "far.xlsx", {"T": ROWS})
    book = openpyxl.load_workbook(path)
    book["T"]["XFD9999"] = "x"
    book.save(path)
    sheet = opening.sheets(path)[0]
    assert sum(len(row) for row in sheet.rows[:20]) < 100
    assert len(imports.read([path], today=TODAY).cases) == 2


def test_cells_merged_downwards_hold_for_every_row(tmp_path: Path) -> None:
    rows = [["School", "Name", "DOB"], ["The Bridge", "A, B", "1/1/15"], ["", "C, D", "1/1/15"]]
    path = write(tmp_path / "merged.xlsx", {"T": rows})
    book = openpyxl.load_workbook(path)
    book["T"].merge_cells("A2:A3")
    book.save(path)
    assert [case.setting for case in imports.read([path], today=TODAY).cases] == ["The Bridge"] * 2


def test_hidden_sheets_are_read_after_the_others(tmp_path: Path) -> None:
    head = ["Ref", "Name", "DOB", "School"]
    path = write(
        tmp_path / "hidden.xlsx",
        {
            "Old": [head, ["1", "A, B", "1/1/15", "Old School"], ["2", "C, D", "1/1/15", ""]],
            "Now": [head, ["1", "A, B", "1/1/15", "New School"]],
        },
    )
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.active = book["Now"]
    book.save(path)
    got = imports.read([path], today=TODAY)
    assert [case.setting for case in got.cases] == ["New School", ""]
    assert any("hidden in Excel" in note for note in got.notes)


def test_what_is_no_tracker_says_so_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 5_000_000)
    good = write(tmp_path / "good.xlsx", {"T": ROWS}).read_bytes()
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked += "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 5_000_001)
    files = {
        "empty.xlsx": b"",
        "blank.csv": b" \r\n\t\r\n",
        "cut.xlsx": good[:-200],
        "noise.xlsx": bytes(range(256)) * 20,
        "noise.csv": bytes(range(256)) * 20,
        "locked.xlsx": locked,
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
        "paper.xlsx": b"%PDF-1.7 ...",
        "page.xls": b"<html><table></table></html>",
        "letter.txt": b"Dear Sir,\nthis is no tracker.\n",
        "lines.csv": b"a,b,c\n1,2,3\n",
        "bomb.xlsx": bomb.getvalue(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Unreadable) as caught:
            imports.read([tmp_path / name], today=TODAY)
        assert name in caught.value.sentence
        assert caught.value.sentence.count(". ") == 0
        assert "\n" not in caught.value.sentence
    with pytest.raises(Unreadable, match="password"):
        imports.read([tmp_path / "locked.xlsx"], today=TODAY)
    with pytest.raises(Unreadable, match=r"There is no file gone\.xlsx"):
        imports.read([tmp_path / "gone.xlsx"], today=TODAY)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unreadable, match="holds no SEN2 exports"):
        imports.read([tmp_path / "folder"], today=TODAY)
    with pytest.raises(Refused, match="No file"):
        imports.read([], today=TODAY)


def test_the_ending_of_a_name_does_not_matter(tmp_path: Path) -> None:
    book = write(tmp_path / "good.xlsx", {"T": ROWS})
    renamed = book.rename(tmp_path / "good.csv")
    text = tmp_path / "export.xls"
    text.write_text(_text("\t"), encoding="utf-8")
    assert len(imports.read([renamed], today=TODAY).cases) == 2
    assert len(imports.read([text], today=TODAY).cases) == 2


def test_one_file_without_children_among_several_is_named(tmp_path: Path) -> None:
    good = write(tmp_path / "good.xlsx", {"T": ROWS})
    other = write(tmp_path / "other.xlsx", {"T": [["hello"], ["world"]]})
    with pytest.raises(Unreadable, match=r"other\.xlsx holds no list of children"):
        imports.read([good, other], today=TODAY)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="Tracker">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def _ods_cell(value: object) -> str:
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def test_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Name", "DOB", "AR date"], ["A, B", date(2015, 1, 2), "3.4.26"]]
    text = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    path = tmp_path / "tracker.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        packed.writestr("content.xml", _ODS.format(rows=text))
    case = imports.read([path], today=TODAY).cases[0]
    assert (case.surname, case.born) == ("A", date(2015, 1, 2))
    assert events(case) == [("review_meeting_held", "2026-04-03", "")]
