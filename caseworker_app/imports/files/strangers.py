"""Files that are no workbook and no text of rows: what each is, and how to save it as one."""

from __future__ import annotations

import re

from caseworker_app.imports.files import ooxml
from caseworker_app.imports.files.archive import Archive

_IN_EXCEL = "open it in Excel and use Save As, Excel Workbook (.xlsx), then import that"
_IN_LIBREOFFICE = "open it in LibreOffice and use Save As, Excel 2007-365 (.xlsx), then import that"
_IN_NUMBERS = "open it in Numbers and use File, Export To, Excel, then import that"
_ASK = "ask for the tracker itself as an Excel workbook (.xlsx)"
_COPY = "copy its table into an Excel workbook (.xlsx) and import that"
_UNPACK = "unpack it and import the tracker that is inside"

_BACKUP_PARTS = {"store", "store.key", "manifest.json"}

_FIRST_BYTES = (
    (b"%PDF", "a PDF", _ASK),
    (b"\x89PNG", "a picture", _ASK),
    (b"\xff\xd8\xff", "a picture", _ASK),
    (b"GIF8", "a picture", _ASK),
    (b"{\\rtf", "a text document (RTF)", _COPY),
    (b"SQLite format 3", "a database", _ASK),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", _UNPACK),
    (b"Rar!", "a packed file (RAR)", _UNPACK),
    (b"PAR1", "a data file (Parquet)", _ASK),
    (b"\x00\x01\x00\x00Standard", "an Access database", _ASK),
)
_TAGS = "html|head|body|table|meta|style|title|div|span|p|font|center|br|tr|td|h1|script"
_WEB_PAGE = re.compile(rf"<!doctype\s+html|<(?:{_TAGS})(?:[\s>/]|$)", re.IGNORECASE)
_SKIPPED = re.compile(r"\s+|\ufeff|\x00|<!--.*?(?:-->|$)|<\?.*?(?:\?>|$)", re.DOTALL)
_MHTML = re.compile(r"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){1,20}", re.IGNORECASE)
_MIME = re.compile(r"^(?:mime-version|content-type):", re.IGNORECASE | re.MULTILINE)
_SYLK = re.compile(r"ID;P\w*[^\r\n]*\r?\n[A-Z];")
_HEAD = 65_536


class Stranger(Exception):
    """The bytes are something else; the words say what, and how to save it."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(what)
        self.what, self.how = what, how


def refuse(data: bytes) -> None:
    """See that the bytes are none of what is often named like a tracker.

    Raises:
        Stranger: they are.
    """
    for mark, what, how in _FIRST_BYTES:
        if data[:64].lstrip().startswith(mark):
            raise Stranger(what, how)
    _refuse_marked_up(_head(data))


def _refuse_marked_up(head: str) -> None:
    start, told = 0, head
    while found := _SKIPPED.match(head, start):
        start = found.end()
        told = head[start : start + 2000]
    if _WEB_PAGE.match(told):
        raise Stranger("a web page named like a workbook", _IN_EXCEL)
    first = told.lower()
    if first.startswith("<"):
        name = re.split(r"[\s>/]", first[1:], maxsplit=1)[0].rpartition(":")[2]
        if name == "workbook" or "office:spreadsheet" in first or "excel.sheet" in head.lower():
            raise Stranger("an XML spreadsheet of 2003", _IN_EXCEL)
        if first.startswith("<office:document"):
            raise Stranger("a flat OpenDocument file", _IN_LIBREOFFICE)
        if head[:start].rstrip().endswith("?>") or "xmlns" in first:
            raise Stranger("an XML file", _ASK)
    headers = _MHTML.match(head[:4000].lstrip("\ufeff\r\n\t "))
    if headers and _MIME.search(headers[0]):
        raise Stranger("a saved web page (MHTML)", _IN_EXCEL)
    if _SYLK.match(told):
        raise Stranger("a SYLK file", _IN_EXCEL)
    if told.startswith(('{"', "[{")):
        raise Stranger("a data file (JSON)", _ASK)


def _head(data: bytes) -> str:
    """The first letters of a file, in whatever encoding; only the plain ones need be right."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[1:64:2].count(0) > 20:
        return head.decode("utf-16-le", "replace")
    if head[:64:2].count(0) > 20:
        return head.decode("utf-16-be", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def refuse_other_package(archive: Archive, main: str) -> None:
    """See that a zip archive holds a workbook rather than something else.

    Raises:
        Stranger: it holds something else.
    """
    names = archive.names
    if main:
        kind = ooxml.content_type(archive, main)
        if "wordprocessingml" in kind or main.startswith("word/"):
            raise Stranger("a Word document", _COPY)
        if "presentationml" in kind or main.startswith("ppt/"):
            raise Stranger("a presentation", _COPY)
        if "visio" in kind or main.startswith("visio/"):
            raise Stranger("a drawing", _ASK)
        return
    if names >= _BACKUP_PARTS:
        raise Stranger("a backup of Caseworker", "use File, Restore from a backup to bring it back")
    if any(name.endswith(".iwa") or name in ("index.zip", "index.apxl") for name in names):
        raise Stranger("a Numbers or Pages document", _IN_NUMBERS)
    if archive.head("mimetype").startswith(b"application/epub"):
        raise Stranger("a book", _ASK)
    if "[content_types].xml" not in names and names:
        raise Stranger("a zip folder", _UNPACK)


def refuse_other_open_document(archive: Archive) -> None:
    """See that an OpenDocument file is a spreadsheet.

    Raises:
        Stranger: it is a text, a presentation or a drawing.
    """
    kind = archive.head("mimetype").strip()
    if b"opendocument" in kind and b"spreadsheet" not in kind:
        raise Stranger("an OpenDocument text or drawing", _COPY)


def refuse_other_old_document(data: bytes) -> None:
    """See that a compound file holds a workbook, by the names of its streams.

    Raises:
        Stranger: it holds something else.
    """
    if any(_stream(name) in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return
    if _stream("WordDocument") in data:
        raise Stranger("a Word document", _COPY)
    if _stream("PowerPoint Document") in data:
        raise Stranger("a presentation", _COPY)
    if "__properties_version1.0".encode("utf-16-le") in data:
        raise Stranger("an e-mail", "save what is attached to it and import that")


def _stream(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")
