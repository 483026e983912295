"""A small SEN2 return in each of the shapes it is met in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Record = Mapping[str, str]
Modules = Mapping[str, Sequence[Record]]

PARENTS = {
    "sen2": "",
    "person": "sen2",
    "requests": "person",
    "assessment": "requests",
    "namedplan": "assessment",
    "plandetail": "namedplan",
    "activeplans": "requests",
    "placementdetail": "activeplans",
    "senneed": "activeplans",
}

ITEMS = {
    "sen2": ("collection", "year", "referencedate"),
    "person": ("surname", "forename", "personbirthdate", "sex", "ethnicity", "upn", "upnunknown"),
    "requests": ("receiveddate", "requestsource", "rya", "requestoutcomedate", "requestoutcome"),
    "assessment": ("assessmentoutcome", "assessmentoutcomedate", "week20"),
    "namedplan": ("startdate", "planres", "pb", "ceasedate", "ceasereason"),
    "plandetail": ("urn", "sensetting", "sensettingother", "placementrank"),
    "activeplans": (
        *("transferla", "reviewmeeting", "reviewoutcome", "reviewdraft"),
        *("phasetransferduedate", "phasetransferfinaldate", "lastreview"),
    ),
    "placementdetail": (
        *("urn", "sensetting", "sensettingother", "placementrank", "entrydate", "leavingdate"),
        "wbp",
    ),
    "senneed": ("sentype", "sentyperank"),
}

ROWS: Modules = {
    "sen2": [{"id": "1", "collection": "SEN2", "year": "2026", "referencedate": "2026-01-15"}],
    "person": [
        {"id": "1", "up": "1", "surname": "W\u00f3jcik", "forename": "Ana", "sex": "F"}
        | {"personbirthdate": "2010-Jul-29 00:00:00", "upn": "Z211354723099", "ethnicity": "WBRI"},
        {"id": "2", "up": "1", "surname": "Green", "forename": "Al", "sex": "M"}
        | {"personbirthdate": "2012-Feb-01 00:00:00", "upnunknown": "UN3"},
        {"id": "3", "up": "1", "surname": "Small", "forename": "Bo", "sex": "M"}
        | {"personbirthdate": "2014-Mar-02 00:00:00", "upn": "B211354723099"},
    ],
    "requests": [
        {"id": "11", "up": "1", "receiveddate": "2020-Jan-06 00:00:00", "requestoutcome": "H"},
        {"id": "12", "up": "2", "receiveddate": "2024-Jan-08 00:00:00", "requestoutcome": "N"}
        | {"requestoutcomedate": "2024-Feb-12 00:00:00", "requestsource": "2", "rya": "0"},
        {"id": "13", "up": "2", "receiveddate": "2025-Jan-06 00:00:00", "requestoutcome": "Y"}
        | {"requestoutcomedate": "2025-Feb-10 00:00:00", "requestsource": "1", "rya": "0"},
        {"id": "14", "up": "3", "receiveddate": "2025-Sep-01 00:00:00", "requestoutcome": "H"},
    ],
    "assessment": [
        {"id": "21", "up": "11", "assessmentoutcome": "H"},
        {"id": "23", "up": "13", "assessmentoutcome": "N", "week20": "1"}
        | {"assessmentoutcomedate": "2025-Apr-20 00:00:00"},
        {"id": "24", "up": "14", "assessmentoutcome": "H"},
    ],
    "namedplan": [
        {"id": "31", "up": "21", "startdate": "2020-May-20 00:00:00", "pb": "1"}
        | {"ceasedate": "2026-Aug-31 00:00:00", "ceasereason": "3"},
        {"id": "34", "up": "24", "startdate": "2024-May-20 00:00:00"},
    ],
    "plandetail": [
        {"id": "41", "up": "31", "urn": "100001", "placementrank": "1"},
        {"id": "44", "up": "34", "sensetting": "EHE", "placementrank": "1"},
    ],
    "activeplans": [
        {"id": "51", "up": "11", "reviewmeeting": "2026-May-06 00:00:00", "reviewoutcome": "A"}
        | {"lastreview": "2026-May-27 00:00:00", "reviewdraft": "2026-May-27 00:00:00"},
        {"id": "54", "up": "14", "transferla": "213", "reviewmeeting": "2026-May-06 00:00:00"}
        | {"reviewoutcome": "M", "lastreview": "2025-Jun-01 00:00:00"},
    ],
    "placementdetail": [
        {"id": "61", "up": "51", "sensetting": "OTH", "sensettingother": "Old School"}
        | {"placementrank": "1", "entrydate": "2020-Sep-01 00:00:00"}
        | {"leavingdate": "2022-Aug-31 00:00:00"},
        {"id": "62", "up": "51", "urn": "123456", "placementrank": "1"}
        | {"entrydate": "2022-Sep-01 00:00:00", "wbp": "A"},
        {"id": "63", "up": "51", "sensetting": "OTH", "sensettingother": "Second"}
        | {"placementrank": "2", "entrydate": "2023-Sep-01 00:00:00"},
    ],
    "senneed": [
        {"id": "71", "up": "51", "sentype": "SLCN", "sentyperank": "2"},
        {"id": "72", "up": "51", "sentype": "ASD", "sentyperank": "1"},
    ],
}


def exports(folder: Path, modules: Modules, day: str = "15-01-2026") -> list[Path]:
    """COLLECT's exports, one file a module."""
    paths = []
    for module, records in modules.items():
        path = folder / f"Blade-Export_{day}_{module}.csv"
        head = [f"{module}tableid", "NativeId", f"{module}orderseqcolumn", "sourceid"]
        head += [f"{PARENTS[module]}tableid"] if PARENTS[module] else []
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*head, *ITEMS[module]])
            for record in records:
                keys = [record["id"], record["id"], record["id"], "1"]
                keys += [record["up"]] if PARENTS[module] else []
                writer.writerow([*keys, *(record.get(item, "") for item in ITEMS[module])])
        paths.append(path)
    return paths


SHEETS = {
    "person": "Person",
    "requests": "Requests",
    "assessment": "Assessments",
    "namedplan": "Named Plan",
    "plandetail": "Plan Detail",
    "activeplans": "Active Plan",
    "placementdetail": "Placement Detail",
    "senneed": "SEN Need",
}


def presubmission(path: Path, modules: Modules) -> Path:
    """The pre-submission workbook: every row names its person and its request."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for module, title in SHEETS.items():
        sheet = book.create_sheet(title)
        keys = ["persontableid"] + ["requeststableid"] * (module != "person")
        items = ["rquestsource" if item == "requestsource" else item for item in ITEMS[module]]
        sheet.append([*keys, *items])
        for record in modules[module]:
            ids = _ids(modules, module, record)[: len(keys)]
            sheet.append([*ids, *(record.get(item) for item in ITEMS[module])])
    book.save(path)
    return path


def _ids(modules: Modules, module: str, record: Record) -> list[str]:
    """The ids of the person and the request that a record belongs to."""
    request = ""
    while module != "person":
        if module == "requests":
            request = record["id"]
        module = PARENTS[module]
        record = next(one for one in modules[module] if one["id"] == record["up"])
    return [record["id"], request]


TEMPLATE = {
    "person": (
        "Person Record",
        {
            "Person ID": "id",
            "Surname": "surname",
            "Forename": "forename",
            "Date of Birth\n(ccyy-mm-dd)": "personbirthdate",
            "Sex": "sex",
            "Ethnicity": "ethnicity",
            "UPN \u2013 Unique  Pupil Number": "upn",
            "UPN and ULN unavailable - Reason": "upnunknown",
        },
    ),
    "requests": (
        "Requests Records",
        {
            "Date request was received": "receiveddate",
            "Source of request for an EHC needs assessment": "requestsource",
            "Initial Request Whilst In RYA": "rya",
            "Request Outcome Date": "requestoutcomedate",
            "Request Outcome": "requestoutcome",
        },
    ),
    "assessment": (
        "Assessments Records",
        {
            "Assessment Outcome - Decision to issue EHC plan": "assessmentoutcome",
            "Assessment Outcome Date": "assessmentoutcomedate",
            "Twenty week time limit exceptions apply": "week20",
        },
    ),
    "namedplan": (
        "Named Plan Records",
        {
            "EHC Plan Start Date": "startdate",
            "Residential Settings": "planres",
            "Personal Budget taken up": "pb",
            "Date EHC plan ceased": "ceasedate",
            "Reason EHC plan ceased": "ceasereason",
        },
    ),
    "plandetail": (
        "Plan Detail Records",
        {
            "URN - Unique Reference Number": "urn",
            "SEN Setting - Establishment type": "sensetting",
            "SEN Setting - Other": "sensettingother",
            "Placement Rank (1=Primary, 2=Secondary)": "placementrank",
        },
    ),
    "activeplans": (
        "Active Plan Records",
        {
            "EHC Plan transferred in from another LA during calendar year": "transferla",
            "Annual Review Meeting Date": "reviewmeeting",
            "Annual Review Decision": "reviewoutcome",
            "Annual review - date draft amended EHC plan issued": "reviewdraft",
            "EHC Plan Review Decisions Date": "lastreview",
        },
    ),
    "placementdetail": (
        "Placement Detail Records",
        {
            "URN - Unique Reference Number": "urn",
            "SEN Setting - Establishment type": "sensetting",
            "SEN Setting - Other": "sensettingother",
            "Placement Rank (1=Primary, 2=Secondary)": "placementrank",
            "Placement Start Date": "entrydate",
            "Placement Leaving Date": "leavingdate",
            "Work Based Learning Activity": "wbp",
        },
    ),
    "senneed": (
        "SEN Need Records",
        {
            "SEN Type of Need": "sentype",
            "SEN Type of Need rank (1=Primary, 2=Secondary)": "sentyperank",
        },
    ),
}


def template(path: Path, modules: Modules) -> Path:
    """The submission template: nine tables below one another on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data Entry Template"
    for module, (title, headings) in TEMPLATE.items():
        own = module == "person"
        sheet.append([title])
        sheet.append(
            ["Record Type", *([] if own else ["Requests record ID", "LA", "Person ID"]), *headings]
        )
        for record in modules[module]:
            person, request = _ids(modules, module, record)
            keys = [] if own else [request, "211", person]
            sheet.append([module, *keys, *(record.get(item) for item in headings.values())])
        sheet.append([])
        sheet.append([])
    book.save(path)
    return path
