"""Workbooks of Excel's own kind, in every way of writing their XML, with a trick in them."""

from __future__ import annotations

from random import Random

from tests.fuzz.hostile import archives
from tests.fuzz.hostile.book import FLAVOURS, SHEET, Parts, parts, unplaced
from tests.fuzz.hostile.children import rows
from tests.fuzz.hostile.part_tricks import IN_PARTS
from tests.fuzz.hostile.row_tricks import IN_ROWS


def bomb(draw: Random, made: Parts) -> bytes:
    """A part that unpacks to hundreds of megabytes."""
    megabytes = draw.choice((20, 150, 500))
    name = draw.choice((SHEET, SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/thumb.jpg"))
    head, unit = draw.choice(
        (
            (b"", b"\0"),
            (b"", b" "),
            (made[SHEET].replace(b"</sheetData></worksheet>", b""), b"<row/>"),
            (made[SHEET].replace(b"</sheetData></worksheet>", b""), b"<row><c><v>1</v></c></row>"),
            (made[SHEET].replace(b"</sheetData></worksheet>", b""), b"\n"),
            (b"<?xml version='1.0'?><x>", b"<y>"),
        )
    )
    return archives.with_bomb(made, name, head, unit, megabytes)


def drawn(draw: Random) -> tuple[str, bytes]:
    """A hostile workbook and the name of its trick."""
    lines = rows(draw)
    flavour = draw.choice(FLAVOURS)
    way = draw.randrange(10)
    if way < 5:
        trick = draw.choice(IN_ROWS)
        made = flavour(draw, parts(lines, trick(draw, len(lines) + 1)))
        return f"{flavour.__name__}, {trick.__name__}", archives.zipped(made)
    made = parts(lines) if draw.random() < 0.9 else unplaced(draw, {})
    if way < 7:
        part_trick = draw.choice(IN_PARTS)
        made = flavour(draw, part_trick(draw, made))
        return f"{flavour.__name__}, {part_trick.__name__}", archives.zipped(made)
    if way < 9:
        packing = draw.choice(archives.TRICKS)
        return f"{flavour.__name__}, {packing.__name__}", packing(draw, flavour(draw, made))
    return "bomb", bomb(draw, made)
