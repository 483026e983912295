"""Delimited text with a trick in it: lines, quotes, letters, widths, and far too much of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from random import Random

from tests.fuzz.hostile.children import DAYS, FORMULAS, HEADINGS, rows, words

_MOST = 95_000_000
"""Bytes: just below what is opened at all."""


def lines(draw: Random, delimiter: str = ",") -> list[str]:
    """An ordinary tracker, a line a row."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([words(cell) for cell in row] for row in rows(draw))
    return made.getvalue().splitlines()


def plain(draw: Random) -> bytes:
    """A whole tracker."""
    return "\r\n".join(lines(draw)).encode("utf-8-sig")


def one_byte(draw: Random) -> bytes:
    """Nothing but one byte, again and again."""
    unit = draw.choice(
        (b"\n", b"\r", b"\r\n", b"a", b",", b"\0", b'"', b";", b"\xff", b" ", b"1", b"a,b\n")
    )
    count = draw.choice((1, 1000, 1_000_000, 20_000_000, _MOST))
    return plain(draw) * draw.choice((0, 1)) + unit * (count // len(unit))


def endless_quote(draw: Random) -> bytes:
    """A quote that never closes, with thousands of rows behind it."""
    text = lines(draw)
    at = draw.randrange(1, len(text))
    text[at] = text[at].replace(",", ',"', draw.randint(1, 3))
    more = [f"Q{n},Osei,Ama{n},03/05/2014,," for n in range(draw.choice((0, 50, 5000)))]
    return "\n".join([*text, *more]).encode()


def wide_rows(draw: Random) -> bytes:
    """Rows wider or narrower than the headings."""
    text = [line + "," * draw.choice((0, 1, 3, 5000, 200_000)) for line in lines(draw)]
    text.insert(draw.randrange(len(text)), "," * draw.choice((10, 1_000_000)))
    return "\n".join(text).encode()


def giant_cell(draw: Random) -> bytes:
    """A cell of millions of letters."""
    text = lines(draw)
    giant = draw.choice(("x", '""', "é", "a b ", "1", "\n")) * draw.choice(
        (30_000, 2_000_000, 30_000_000)
    )
    text[draw.randrange(len(text))] += f'"{giant}"'
    return "\n".join(text).encode()


def same_children(draw: Random) -> bytes:
    """One row again and again."""
    first, *others = lines(draw)
    return "\n".join([first, *others * draw.choice((100, 3000, 6000))]).encode()


def many_headings(draw: Random) -> bytes:
    """Headings by the thousand, the same ones or like them."""
    first, *others = lines(draw)
    heads = draw.choice((first, "DOB", "AR meeting", "x", "Date of " * 50, ""))
    count = draw.choice((50, 900, 5000))
    wide = [",".join([line] + [draw.choice((line, "x", "03/05/2014"))] * count) for line in others]
    return "\n".join([",".join([heads] * count), *wide]).encode()


def headings_again(draw: Random) -> bytes:
    """The row of headings between any two rows."""
    first, *others = lines(draw)
    return "\n".join(f"{first}\n{line}" for line in others * draw.choice((1, 200))).encode()


def odd_days(draw: Random) -> bytes:
    """Dates that are none."""
    first, *_ = lines(draw)
    text = [f"D{n},Osei,Ama{n},{day},{day},{day},{day}" for n, day in enumerate(DAYS)]
    return "\n".join([first, *text]).encode()


def formulas(draw: Random) -> bytes:
    """Text that is a formula somewhere, in every column."""
    first, *_ = lines(draw)
    text = []
    for number, formula in enumerate(FORMULAS):
        cells = [f"F{number}", "Osei", f"Ama{number}", "03/05/2014", "", "", ""]
        cells[draw.randrange(len(cells))] = '"' + formula.replace('"', '""') + '"'
        text.append(",".join(cells))
    return "\n".join([first, *text]).encode()


def odd_letters(draw: Random) -> bytes:
    """Bytes that are no letters in the encoding the file says it has."""
    text = "\n".join(lines(draw))
    way = draw.randrange(8)
    if way == 0:
        return text.encode("utf-16") + b"\x00" * draw.randrange(3)
    if way == 1:
        return text.encode(
            draw.choice(("utf-32", "utf-7", "cp500", "utf-16-be", "mac-roman")), "replace"
        )
    if way == 2:
        return text.replace("s", "\ud800").encode("utf-8", "surrogatepass")
    if way == 3:
        return (
            draw.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) * 3
            + text.encode()
        )
    if way == 4:
        return text.encode().decode("cp1252", "replace").encode()
    if way == 5:
        data = bytearray(text.encode())
        for _ in range(draw.choice((1, 10, 100))):
            data.insert(draw.randrange(len(data)), draw.choice((0, 0x1A, 0xFF, 0xC3, 0x80, 0x1B)))
        return bytes(data)
    if way == 6:
        return text.replace("e", "e" + "\u0301" * 400).encode()
    return text.replace("a", draw.choice(("\x00", "\x1b[2J", "\u2028", "\x85", "\ufeff"))).encode()


def odd_lines(draw: Random) -> bytes:
    """Every kind of line end in one file, and none."""
    ends = ("\n", "\r", "\r\n", "\n\r", "\x0b", "\x0c", "\x85", "\u2028", "\r\r\n", "")
    return "".join(line + draw.choice(ends) for line in lines(draw)).encode()


def odd_delimiters(draw: Random) -> bytes:
    """Another delimiter on every line, or a line that names one."""
    text = [line.replace(",", draw.choice(",;\t|")) for line in lines(draw)]
    first = draw.choice(("sep=", "sep=,", "sep=\x00", "sep=\n", 'sep="', "sep=,,", "SEP=;", ""))
    return "\n".join([first, *text]).encode()


def pretender(draw: Random) -> bytes:
    """A tracker behind the first bytes of something else."""
    head = draw.choice(
        (
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"%PDF-1.7\n",
            b"<html>",
            b"{\\rtf1",
            b"MZ",
            b"SQLite format 3\0",
            b"\x1f\x8b\x08",
            b"Rar!",
            b"7z\xbc\xaf'\x1c",
            b"ID;P\n",
            b"<?xml?>",
            b"\x09\x08\x10\0",
        )
    )
    return head + plain(draw)


TRICKS: tuple[Callable[[Random], bytes], ...] = (
    plain,
    one_byte,
    endless_quote,
    wide_rows,
    giant_cell,
    same_children,
    many_headings,
    headings_again,
    odd_days,
    formulas,
    odd_letters,
    odd_lines,
    odd_delimiters,
    pretender,
)


def drawn(draw: Random) -> tuple[str, bytes]:
    """A hostile text and the name of its trick."""
    trick = draw.choice(TRICKS)
    return trick.__name__, trick(draw)
