"""What a council's own workbook may ask of a return: figures by name, tables by key.

A named cell asks for a figure: `measure_W1.4g`, `measure_W1.4g_count`, `return_as_at`. A named
table asks for a table: `table_primary_need`. `measure_` and `table_` may be left out; a full stop
or a hyphen may be an underscore, and capitals do not matter. Columns of a table are known by their
headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseworker_app.domain.day_words import month_words, period_words
from caseworker_app.domain.measures.board import BoardReturn, Line, Table
from caseworker_app.domain.measures.first_page import Stands, not_recorded, stands
from caseworker_app.reports.contents import made_by
from caseworker_app.reports.measure_pages import rating_words
from caseworker_app.reports.pages import HIDDEN, Value

MEASURE, TABLE, RETURN = "measure_", "table_", "return_"
"""What a name of ours starts with, where it is not left out."""
NOT_RECORDED = "not recorded"
MEASURES = "measures"
"""The key of the table of every measure."""


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A table that may be asked for.

    Attributes:
        lines: of each line its values by the folded heading of a column.
        names: of each line what it may be called: its key and its label, folded.
    """

    lines: tuple[Mapping[str, Value], ...]
    names: tuple[frozenset[str], ...]


def fold(text: str) -> str:
    """A name as it is compared."""
    return " ".join(text.split()).casefold()


def _name(text: str) -> str:
    return fold(text).replace(".", "_").replace("-", "_")


class Figures:
    """Every figure and table of a return by the names that ask for it."""

    def __init__(self, board: BoardReturn) -> None:
        self._figures = {_name(name): value for name, value in _figures(board)}
        self._tables = {_name(name): table for name, table in _tables(board)}

    def figure(self, name: str) -> tuple[bool, Value]:
        """Whether a name asks for a figure, and that figure."""
        for tried in _tried(name, MEASURE):
            if tried in self._figures:
                return True, self._figures[tried]
        return False, None

    def table(self, name: str) -> AskedTable | None:
        """The table that a name asks for, or None."""
        found = (self._tables.get(tried) for tried in _tried(name, TABLE))
        return next((one for one in found if one is not None), None)


def _tried(name: str, prefix: str) -> Iterator[str]:
    """A name as it stands, and with what may be left out; a leading underscore means nothing.

    C1 is no name in Excel, for it is a cell; _C1 is.
    """
    folded = _name(name)
    bare = folded.removeprefix("_")
    yield folded
    yield f"{prefix}{bare}"


def _figures(board: BoardReturn) -> Iterator[tuple[str, Value]]:
    for one in stands(board):
        for end, value in _of_measure(one).items():
            yield f"{MEASURE}{one.now.ref}{end}", value
    for result in not_recorded(board):
        name = f"{MEASURE}{result.ref}"
        for end in ("", "_value", "_count", "_of", "_rating", "_before", "_trend"):
            yield f"{name}{end}", NOT_RECORDED
        for end, words in (
            ("_name", result.statement),
            ("_target", result.target_words),
            ("_note", result.note),
            ("_owner", result.lead),
            ("_due", month_words(result.due)),
            ("_definition", result.definition),
            ("_commentary", board.commentary.get(result.ref, "")),
        ):
            yield f"{name}{end}", words
    told: dict[str, Value] = {
        "council": board.council,
        "from": board.period.start,
        "to": board.period.end,
        "as_at": board.as_at,
        "period": period_words(board.period),
        "live": HIDDEN if board.live is None else board.live,
        "made": made_by(board),
    }
    for key, value in told.items():
        yield f"{RETURN}{key}", value


def _of_measure(one: Stands) -> dict[str, Value]:
    """A measure's figures by what their name ends in."""
    now, before = one.now, one.before
    value = HIDDEN if now.hidden and now.value is None else now.value
    was: Value = None
    if before is not None:
        was = HIDDEN if before.hidden and before.value is None else before.value
    return {
        "": value,
        "_value": value,
        "_count": HIDDEN if now.hidden and now.numerator is None else now.numerator,
        "_of": HIDDEN if now.hidden and now.shared and now.denominator is None else now.denominator,
        "_target": now.target_words,
        "_rating": rating_words(now),
        "_before": was,
        "_trend": one.trend,
        "_name": now.statement,
        "_note": now.note,
        "_owner": now.lead,
        "_due": month_words(now.due),
        "_definition": now.definition,
        "_commentary": one.said,
    }


_MEASURE_COLUMNS = {
    "ref": "",
    "measure": "_name",
    "count": "_count",
    "out of": "_of",
    "value": "_value",
    "target": "_target",
    "rating": "_rating",
    "period before": "_before",
    "trend": "_trend",
    "note": "_note",
    "lead": "_owner",
    "owner": "_owner",
    "due": "_due",
    "definition": "_definition",
    "what the owner says": "_commentary",
    "commentary": "_commentary",
}
"""Heading of a column of measures, and what the name of its figure ends in."""


def _tables(board: BoardReturn) -> Iterator[tuple[str, AskedTable]]:
    lines, names = [], []
    for one in stands(board):
        figures = _of_measure(one)
        line: dict[str, Value] = {head: figures[end] for head, end in _MEASURE_COLUMNS.items()}
        lines.append({**line, "ref": one.now.ref, "workstream": one.now.workstream})
        names.append(frozenset({fold(one.now.ref), fold(one.now.statement)}))
    yield f"{TABLE}{MEASURES}", AskedTable(tuple(lines), tuple(names))
    for table in board.tables:
        yield f"{TABLE}{table.key}", _asked_table(table)


def _asked_table(table: Table) -> AskedTable:
    return AskedTable(
        tuple(_line(table, line) for line in table.lines),
        tuple(frozenset({fold(line.key), fold(line.label)}) for line in table.lines),
    )


def _line(table: Table, line: Line) -> dict[str, Value]:
    count: Value = HIDDEN if line.count is None else line.count
    share = line.value if line.unit else line.share
    value: Value = HIDDEN if line.count is None or (line.of is None and _has_of(table)) else share
    of: Value = HIDDEN if line.of is None and _has_of(table) and not line.unit else line.of
    label = dict.fromkeys((fold(table.heading), "line", "label"), line.label)
    shares = dict.fromkeys(("per cent", "percent", "%", "share", "value"), value)
    return {**label, "key": line.key, "count": count, "out of": of, **shares, "note": line.note}


def _has_of(table: Table) -> bool:
    """Whether its lines are out of something; of counts alone there is nothing to hide."""
    return table.kind == "partition" or any(one.of is not None for one in table.lines)


def is_ours(name: str) -> bool:
    """Whether a name can only mean a figure or a table of a return."""
    return fold(name).startswith((MEASURE, TABLE, RETURN))
