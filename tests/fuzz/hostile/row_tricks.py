"""Tricks among the rows of a sheet: each gives XML to stand behind the last of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz.hostile.book import cell
from tests.fuzz.hostile.children import DAYS, FORMULAS, rows


def far_cell(draw: Random, last: int) -> str:
    """A cell in the last corner, or beyond it, or nowhere."""
    place = draw.choice(
        (
            "XFD1048576",
            "XFD1",
            "A1048576",
            "ZZZZ9",
            "A99999999999",
            "A0",
            "XFE1",
            "1A",
            "",
            "A-1",
            "🙂1",
        )
    )
    row = re.sub(r"\D", "", place) or str(last)
    return f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'


def many_rows(draw: Random, last: int) -> str:
    """Tens of thousands of rows, all alike or all empty."""
    inner = draw.choice(
        ("", "<c/>", "<c><v>1</v></c>", '<c t="inlineStr"><is><t>Osei</t></is></c>' * 4)
    )
    return f"<row>{inner}</row>" * draw.choice((1000, 60_000, 300_000))


def same_children(draw: Random, last: int) -> str:
    """One child, tens of thousands of times."""
    line = rows(draw, 1)[0]
    cells = "".join(cell(at, 0, value, place=False) for at, value in enumerate(line))
    return f"<row>{cells}</row>" * draw.choice((1000, 20_000, 60_000))


def wide_row(draw: Random, last: int) -> str:
    """A row as wide as a sheet, or wider."""
    return f"<row>{'<c><v>1</v></c>' * draw.choice((16_384, 100_000, 1_000_000))}</row>"


def giant_cell(draw: Random, last: int) -> str:
    """A cell of millions of letters."""
    text = draw.choice(("x", "&amp;", "<![CDATA[x]]>", "é", "1", " ")) * draw.choice(
        (40_000, 1_000_000, 9_000_000)
    )
    return f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>'


def odd_numbers(draw: Random, last: int) -> str:
    """Numbers that are no dates, and dates that are no numbers."""
    made = ""
    for number, day in enumerate(draw.sample(DAYS, 8)):
        kind = draw.choice(
            ("", ' t="d"', ' t="n"', ' t="str"', ' t="s"', ' t="b"', ' t="e"', ' t="?"')
        )
        style = draw.choice(("1", "0", "-1", "99999999999", "x", ""))
        row = last + number + 1
        made += (
            f'<row r="{row}">{cell(0, row, f"N{number}")}{cell(1, row, "Osei")}'
            f"{cell(2, row, 'Ama')}"
            f'<c r="D{row}"{kind} s="{style}"><v>{escape(day)}</v></c></row>'
        )
    return made


def formulas(draw: Random, last: int) -> str:
    """Text that is a formula, and formulas that are none."""
    made = ""
    for number, text in enumerate(draw.sample(FORMULAS, 6)):
        row = last + number + 1
        inner = draw.choice(
            (
                cell(6, row, text),
                f'<c r="G{row}"><f>{escape(text)}</f></c>',
                f'<c r="G{row}"><f t="shared" si="{draw.randrange(-1, 9)}"/><v></v></c>',
                f'<c r="G{row}" t="e"><f>{escape(text)}</f><v>#REF!</v></c>',
            )
        )
        line = rows(draw, 1)[0]
        cells = "".join(cell(at, row, value) for at, value in enumerate(line[:6]))
        made += f'<row r="{row}">{cells}{inner}</row>'
    return made


def out_of_order(draw: Random, last: int) -> str:
    """Rows and cells before those that came, and twice."""
    made = ""
    for _ in range(draw.choice((3, 200))):
        row, column = draw.randrange(1, 12), draw.randrange(9)
        made += f'<row r="{row}">{cell(column, row, "Osei")}</row>'
    return made


def odd_letters(draw: Random, last: int) -> str:
    """Characters that XML does not have, or Unicode."""
    odd = draw.choice(
        (
            "&#xD800;",
            "&#0;",
            "&#xFFFF;",
            "\ud800",
            "\x00",
            "&nosuch;",
            "_x0000_",
            "_xD800_",
            "&#x110000;",
        )
    )
    line = rows(draw, 1)[0]
    cells = "".join(cell(at, last + 1, value) for at, value in enumerate(line[:6]))
    return f'<row r="{last + 1}">{cells}<c t="inlineStr"><is><t>{odd}</t></is></c></row>'


def deep(draw: Random, last: int) -> str:
    """Elements in elements in elements."""
    count = draw.choice((300, 20_000, 400_000))
    opened = draw.choice(("<c>", "<is>", "<row>", "<r>", "<x>"))
    return opened * count + draw.choice(("", opened.replace("<", "</") * count))


IN_ROWS: tuple[Callable[[Random, int], str], ...] = (
    far_cell,
    many_rows,
    same_children,
    wide_row,
    giant_cell,
    odd_numbers,
    formulas,
    out_of_order,
    odd_letters,
    deep,
)
