"""The whole files that are broken or made hostile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from tests.support.command import caseworker

PASSPHRASE = "correct horse battery staple"
TODAY = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Originals:
    """One whole file of each kind, and the bytes of it.

    Attributes:
        store, backup: files; their `.key` stands beside them where there is one.
        sen2: the SEN2 tables by file name.
        plan: a Word document of a plan.
        children: how many the store has.
    """

    store: Path
    backup: Path
    workbook: bytes
    csv: bytes
    sen2: dict[str, bytes]
    facts: bytes
    mapping: bytes
    plan: bytes
    children: int


def make(folder: Path) -> Originals:
    """Make one whole file of each kind in a folder."""
    store, backup = folder / "borough", folder / "kept"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
        made = caseworker("demo", store, "--children", 12, "--today", TODAY)
        assert made.code == 0, made.err
        assert caseworker("backup", "--store", store, "--to", backup).code == 0
        cases = caseworker("cases", "--store", store, "--json", "--today", TODAY).json["cases"]
    facts = {
        "cases": [
            {
                "id": case["reference"],
                "born": case["born"],
                "setting": {"kind": "primary", "last_year": 6},
                "events": case["events"],
            }
            for case in cases
        ]
    }
    return Originals(
        store=store,
        backup=backup,
        workbook=workbook(folder / "tracker.xlsx"),
        csv=csv(),
        sen2=sen2(),
        facts=json.dumps(facts).encode(),
        mapping=b'["Reviews"]\n"Case ref" = "reference"\n',
        plan=plan(folder / "plan.docx"),
        children=len(cases),
    )


def plan(file: Path) -> bytes:
    """A short plan as a Word document."""
    document = docx.Document()
    for title, text in (
        ("Section A: views", "Grace wants to be a vet."),
        ("Section B: needs", "Grace finds it hard to follow long sentences."),
        ("Section F: provision", "An hour of speech therapy each week, by a therapist."),
    ):
        document.add_heading(title, 1)
        document.add_paragraph(text)
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "Twice a term"
    document.save(str(file))
    return file.read_bytes()


HEADINGS = (
    *("Case ref", "Surname", "Forename", "DOB", "School", "Need", "Case worker"),
    *("EHCP issued", "AR meeting", "Report received", "Decision sent", "Outcome"),
)


def rows() -> list[tuple[str | date | None, ...]]:
    """The rows of a small tracker."""
    born, issued = date(2014, 5, 3), date(2022, 2, 14)
    return [
        (
            *(f"A{number}", "Ünal" if number % 2 else "O'Hara", "Mary-Ann"),
            born + timedelta(days=97 * number),
            *("Mill Lane Primary", ("ASD", "SLCN", "SEMH")[number % 3], "P. Obi"),
            issued + timedelta(days=31 * number),
            issued + timedelta(days=31 * number + 320),
            "TBC" if number == 4 else issued + timedelta(days=31 * number + 330),
            issued + timedelta(days=31 * number + 340),
            ("Maintain", "Amend", None)[number % 3],
        )
        for number in range(25)
    ]


def workbook(path: Path) -> bytes:
    """A small tracker as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Reviews"
    sheet.append(["Annual reviews"])
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    book.create_sheet("Key").append(["M = maintain"])
    book.save(path)
    return path.read_bytes()


def csv() -> bytes:
    """The same tracker as a CSV file."""
    lines = [HEADINGS, *rows()]
    return "\r\n".join(
        ",".join(
            cell.strftime("%d/%m/%Y") if isinstance(cell, date) else f'"{cell or ""}"'
            for cell in line
        )
        for line in lines
    ).encode("utf-8-sig")


TABLES = {
    "person": (
        (
            "sen2tableid,surname,forename,personbirthdate,sex,ethnicity,postcode,upn,"
            "uniquelearnernumber,upnunknown"
        ),
        "1,Osei,Ama,2010-Jan-0{n} 00:00:00,F,ABAN,,,,",
    ),
    "requests": (
        (
            "persontableid,receiveddate,requestsource,rya,requestoutcomedate,requestoutcome,"
            "requestmediation,requesttribunal,exported"
        ),
        "{n},2016-Mar-0{n} 00:00:00,1,0,,H,,,",
    ),
    "assessment": (
        (
            "requeststableid,assessmentoutcome,assessmentoutcomedate,assessmentmediation,"
            "assessmenttribunal,othermediation,othertribunal,week20"
        ),
        "{n},H,,,,,,",
    ),
    "namedplan": (
        "assessmenttableid,startdate,planres,planwbp,pb,oa,dp,ceasedate,ceasereason",
        "{n},2016-Aug-0{n} 00:00:00,,,0,,,,",
    ),
    "activeplans": (
        (
            "requeststableid,transferla,reviewmeeting,reviewoutcome,reviewdraft,"
            "phasetransferduedate,phasetransferfinaldate,lastreview"
        ),
        "{n},,2017-Jun-0{n} 00:00:00,M,,,,2017-Jul-0{n} 00:00:00",
    ),
    "senneed": ("activeplanstableid,sentype,sentyperank", "{n},ASD,1"),
}


def sen2() -> dict[str, bytes]:
    """Three children as a folder of SEN2 exports."""
    files = {}
    for table, (columns, line) in TABLES.items():
        heading = f"{table}tableid,NativeId,{table}orderseqcolumn,sourceid,{columns}"
        lines = [f"{n},{n},{n},1,{line.format(n=n)}" for n in (1, 2, 3)]
        name = f"Blade-Export_18-01-2018_{table}.csv"
        files[name] = "\r\n".join([heading, *lines]).encode("utf-8-sig")
    return files
