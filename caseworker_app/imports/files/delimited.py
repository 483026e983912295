"""Delimited text as a sheet: any usual encoding, comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io

from caseworker_app.imports.files.sheets import Row, Sheet

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 200_000


class NotText(Exception):
    """The bytes are not text."""


class HalfText(Exception):
    """The bytes were UTF-8 once, and some of them are broken."""


def read(data: bytes, file: str, name: str) -> Sheet:
    """The sheet that delimited text holds; a line break inside quotes does not end a row.

    Raises:
        NotText: the bytes are no text in UTF-8, UTF-16 or Windows-1252, or its quotes run away.
        HalfText: most of it is UTF-8; reading it otherwise would spoil every accented name.
    """
    text = _decode(data)
    delimiter, text = _delimiter(text)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows: list[Row] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotText from error
    return Sheet(file=file, name=name, rows=rows)


def _decode(data: bytes) -> str:
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)][:1]
    if not encodings:
        encodings = ["utf-8", "cp1252"]
        if len(data) > 3 and b"\x00" in data[:200]:
            encodings = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            if encoding.startswith("utf-8") and _was_utf_8(data):
                raise HalfText from None
            continue
        if _is_prose(text):
            return text
    raise NotText


def _was_utf_8(data: bytes) -> bool:
    """Whether far more accented letters than broken bytes are found in the bytes as UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    accented = sum(1 for mark in text if mark > "\x7f") - broken
    return accented > 3 * broken


def _is_prose(text: str) -> bool:
    """Whether the text is free of the control characters that only other files have."""
    head = text[:100_000]
    controls = sum(1 for mark in head if mark < " " and mark not in "\t\r\n\x0b\x0c\x1a")
    return controls == 0 and "\ufffd" not in head and "\x00" not in text


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's own `sep=` line.

    The delimiter is the one that cuts the most lines of the head into the same number of cells.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        # The line stays as a blank row, so that rows keep the numbers Excel gives them.
        return first[4], "\n" + rest

    def evenness(delimiter: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row in sample if len(row) > 1]
        except csv.Error:
            return 0, 0
        common = max(set(widths), key=widths.count, default=0)
        return widths.count(common) * common, common

    return max(_DELIMITERS, key=evenness), text
