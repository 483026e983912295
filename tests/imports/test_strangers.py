"""What is named like a workbook and is none says what it is and how to save it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports.files import opening

_PAGE = "<html><body><table><tr><th>Ref</th><th>DOB</th></tr></table></body></html>"
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_MAIL = (
    "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related;\r\n\tx=1"
)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def _packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def _word() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="r" Type="{office}/officeDocument" Target="word/document.xml"/>'
    links = f'<Relationships xmlns="{package}">{link}</Relationships>'
    return _packed(_rels___dot_rels=links, word__document_dot_xml="<document/>")


WEB_PAGES = {
    "plain": _PAGE.encode(),
    "capitals": _PAGE.upper().encode(),
    "space before": b" \r\n\t\n" + _PAGE.encode(),
    "mark before": b"\xef\xbb\xbf\n" + _PAGE.encode(),
    "comment before": b"<!-- made\nby a system -->\n<!--[if x]><![endif]-->" + _PAGE.encode(),
    "XML before": b'<?xml version="1.0"?>\n' + _PAGE.encode(),
    "document type": b"<!doctype HTML PUBLIC '-//W3C'>\n" + _PAGE.encode(),
    "UTF-16": _PAGE.encode("utf-16"),
    "UTF-16 without its mark": _PAGE.encode("utf-16-be"),
    "table alone": b"<table border=1><tr><td>Ref</td></tr></table>",
    "styles first": b"<style>td {}</style><TABLE><tr><td>Ref</td></tr></TABLE>",
    "meta first": b'<meta http-equiv="Content-Type"><table></table>',
}
OTHERS = {
    "an XML spreadsheet of 2003": f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'
    f'<Workbook xmlns="{_SPREADSHEET}"><Worksheet/></Workbook>'.encode(),
    "an XML spreadsheet of 2003 ": f'<ss:Workbook xmlns:ss="{_SPREADSHEET}"/>'.encode("utf-16"),
    "a saved web page (MHTML)": f"{_MAIL}\r\n\r\n--x\r\n".encode(),
    "a text document (RTF)": b"{\\rtf1\\ansi Ref}",
    "a PDF": b"%PDF-1.7\n",
    "a SYLK file": b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K1\r\n",
    "a data file (JSON)": b'[{"Ref": "A1"}]',
    "an XML file": b'<?xml version="1.0"?><children><child/></children>',
    "a flat OpenDocument file": b'<?xml version="1.0"?><office:document xmlns:office="x"/>',
    "a database": b"SQLite format 3\0" + bytes(100),
    "a packed file (gzip)": b"\x1f\x8b\x08\x00" + bytes(20),
    "a picture": b"\x89PNG\r\n",
    "a Word document": _word(),
    "a Word document ": _OLD + "WordDocument\0".encode("utf-16-le"),
    "an e-mail": _OLD + "__properties_version1.0\0".encode("utf-16-le"),
    "a Numbers or Pages document": _packed(Index__Document_dot_iwa="x"),
    "a backup of Caseworker": _packed(store="x", store_dot_key="x", manifest_dot_json="{}"),
    "a zip folder": _packed(tracker_dot_csv="Ref,Name\n"),
    "an OpenDocument text or drawing": _packed(
        mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<x/>"
    ),
}


def _sentence(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        opening.sheets(path)
    return refused.value.sentence


@pytest.mark.parametrize("ending", ["xls", "xlsx", "csv"])
@pytest.mark.parametrize("data", WEB_PAGES.values(), ids=list(WEB_PAGES))
def test_a_web_page_is_known_whatever_stands_before_it(
    data: bytes, ending: str, tmp_path: Path
) -> None:
    sentence = _sentence(tmp_path, f"tracker.{ending}", data)
    assert sentence.startswith(f"tracker.{ending} is a web page named like a workbook")
    assert "Save As, Excel Workbook (.xlsx)" in sentence


@pytest.mark.parametrize("what", OTHERS)
def test_every_other_file_says_what_it_is_in_one_sentence(what: str, tmp_path: Path) -> None:
    sentence = _sentence(tmp_path, "tracker.xls", OTHERS[what])
    assert sentence.startswith(f"tracker.xls is {what.strip()}, not a workbook or a CSV file; ")
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "first",
    ["ID;Surname;DOB", "<10 days,Surname,DOB", "{ref},Surname,DOB", "Name: Ref,Surname,DOB"],
)
def test_a_list_that_only_begins_like_another_file_is_read(first: str, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text(f"{first}\n1,Fox,01/02/2014\n", encoding="utf-8")
    assert len(opening.sheets(path)[0].rows) == 2
