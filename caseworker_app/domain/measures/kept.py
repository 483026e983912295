"""A board return as it is kept: every figure, word and row, with the ids of children and no names.

What counts and on which day stands in it; why it does is counted anew when somebody asks. The lists
of cases are not in it.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, cast

from caseworker_app.domain.department.beside import as_plain, of_plain
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import (
    BoardReturn,
    Figure,
    Line,
    Past,
    Period,
    Result,
    Table,
    Term,
    Thing,
)
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.tables import by_day, each_once

SECTIONS = (
    "annual_reviews",
    "assessments",
    "transfers",
    "caseload",
    "overdue_counts",
    "mend_counts",
)
"""The parts of a return that are tables."""

_FORM = 1
_ROWS = ("things", "cases", "of_cases")
_NOT_MADE = datetime(1970, 1, 1, tzinfo=UTC)
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
T = TypeVar("T")
Renamed = TypeVar("Renamed", Result, Line)


def renamed(board: BoardReturn, names: Mapping[str, str]) -> BoardReturn:
    """The return with other names for its cases in every row; "" where there is none.

    Its lists of cases stay as they are.
    """
    return _with_each(board, lambda one: _renamed(one, names))


def _with_each(board: BoardReturn, made: Callable[[Any], Any]) -> BoardReturn:
    tables: dict[str, Any] = {
        name: tuple(
            replace(table, lines=tuple(map(made, table.lines))) for table in getattr(board, name)
        )
        for name in SECTIONS
    }
    return replace(board, measures=tuple(map(made, board.measures)), **tables)


def _renamed(one: Renamed, names: Mapping[str, str]) -> Renamed:
    def all_of(references: Iterable[str]) -> tuple[str, ...]:
        return each_once(filter(None, (names.get(each, "") for each in references)))

    things = tuple(replace(each, reference=names.get(each.reference, "")) for each in one.things)
    return replace(one, things=things, cases=all_of(one.cases), of_cases=all_of(one.of_cases))


def packed(board: BoardReturn, shown: BoardReturn) -> bytes:
    """A return in few bytes; the same for the same.

    Args:
        board: whole, its cases named by the ids of children.
        shown: as it was shown: what stands in it of earlier returns, and what is said of measures.
    """
    told = {
        "form": _FORM,
        **_head(board),
        "council": board.council,
        "live": board.live,
        "measures": [_plain(one) for one in board.measures],
        "narrowed": shown.narrowed,
        "before": None if shown.before is None else _before(shown.before),
        "past": [[*_days(one), dict(one.values)] for one in shown.past],
        "commentary": dict(shown.commentary),
        **({"beside": [as_plain(one) for one in shown.beside]} if shown.beside else {}),
        "tables": {
            name: [
                {**_plain(table), "lines": [_plain(line) for line in table.lines]}
                for table in getattr(board, name)
            ]
            for name in SECTIONS
        },
        "terms": [[term.word, term.meaning, term.of] for term in board.terms],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), lzma.FORMAT_XZ, filters=_FILTERS)


def unpacked(body: bytes) -> BoardReturn:
    """The return that was packed, without lists and versions. Raises `Unreadable`."""
    try:
        told = json.loads(lzma.decompress(body))
        tables: dict[str, Any] = {
            name: tuple(_table(one) for one in told["tables"].get(name, ())) for name in SECTIONS
        }
        before = told["before"]
        return BoardReturn(
            **_heading(told),
            council=told["council"],
            live=told["live"],
            narrowed=told["narrowed"],
            before=None if before is None else _unpacked_before(told["council"], before),
            past=tuple(_past(one) for one in told["past"]),
            commentary=told["commentary"],
            beside=tuple(of_plain(one) for one in told.get("beside", ())),
            terms=tuple(Term(*one) for one in told["terms"]),
            **tables,
        )
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, lzma.LZMAError) as error:
        raise Unreadable("A kept return cannot be read.") from error


def _head(board: BoardReturn) -> dict[str, Any]:
    days = dict(zip(("from", "to", "as_at"), _days(board), strict=True))
    return {**days, "audience": board.audience.value}


def _days(one: BoardReturn | Past) -> list[str]:
    return [day.isoformat() for day in (one.period.start, one.period.end, one.as_at)]


def _before(board: BoardReturn) -> dict[str, Any]:
    """The period before, as it was shown: its measures alone, without rows."""
    bare = (replace(one, things=()) for one in board.measures)
    return {
        **_head(board),
        "measures": [_plain(one) for one in bare],
        "narrowed": board.narrowed,
    }


def _heading(told: Mapping[str, Any]) -> dict[str, Any]:
    """What every return has, of the same that `_head` told."""
    start, end, as_at = (date.fromisoformat(told[name]) for name in ("from", "to", "as_at"))
    return {
        "period": Period(start, end),
        "as_at": as_at,
        "audience": Audience(told["audience"]),
        "made_at": _NOT_MADE,
        "version": "",
        "measures": tuple(_result(one) for one in told["measures"]),
        "overdue": (),
        "to_mend": (),
    }


def _unpacked_before(council: str, told: Mapping[str, Any]) -> BoardReturn:
    nothing: dict[str, Any] = dict.fromkeys(SECTIONS, ())
    return BoardReturn(
        **_heading(told), council=council, live=None, narrowed=told["narrowed"], **nothing
    )


def _past(told: Sequence[Any]) -> Past:
    start, end, as_at, values = told
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return Past(period, date.fromisoformat(as_at), values)


def _plain(one: Result | Line | Table) -> dict[str, Any]:
    """What a value says, as JSON has it; what is as it begins is left out."""
    told: dict[str, Any] = {}
    for field in fields(one):
        value = getattr(one, field.name)
        begins = field.default if field.default is not MISSING else None
        if field.name in (*_ROWS, "lines") or (field.default is not MISSING and value == begins):
            continue
        told[field.name] = _simple(value)
    if not isinstance(one, Table) and one.things:
        told["rows"] = [_numbers(one.things, counts=True), _numbers(one.things, counts=False)]
        if one.of_cases:
            # A denominator may also be told by somebody, with no case behind it.
            told["of_rows"] = 1
    return told


def _simple(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_simple(one) for one in value]
    if isinstance(value, Figure):
        return [_simple(getattr(value, field.name)) for field in fields(value)]
    return value


def _numbers(things: Iterable[Thing], *, counts: bool) -> list[Any]:
    """Those things that count, or do not: the steps from id to id, and the days, or 0 for none."""
    some = sorted(
        (int(one.reference or 0), one.on.toordinal() if one.on else 0)
        for one in things
        if one.counts is counts
    )
    ids = [key for key, _ in some]
    days = [on for _, on in some]
    return [_steps(ids), _steps(days) if any(days) else 0]


def _steps(numbers: Sequence[int]) -> list[int]:
    return [one - before for before, one in zip((0, *numbers), numbers, strict=False)]


def _sums(steps: Iterable[int]) -> list[int]:
    found, total = [], 0
    for one in steps:
        total += one
        found.append(total)
    return found


def _things(rows: Sequence[Any]) -> tuple[Thing, ...]:
    found = []
    for counts, (ids, days) in zip((True, False), rows, strict=True):
        keys = _sums(ids)
        ordinals = _sums(days) if days else [0] * len(keys)
        for key, on in zip(keys, ordinals, strict=True):
            found.append(
                Thing(str(key) if key else "", counts, date.fromordinal(on) if on else None)
            )
    return by_day(found)


def _given(of: type[Any], told: Mapping[str, Any], **more: Any) -> Any:  # noqa: ANN401
    """A value of a class; what a newer Caseworker said besides is passed over."""
    names = {field.name for field in fields(of)} - {*_ROWS, "lines"}
    return of(**{**{name: value for name, value in told.items() if name in names}, **more})


def _result(told: Mapping[str, Any]) -> Result:
    made = cast(
        "Result",
        _given(
            Result,
            told,
            rating=Rating(told.get("rating", Rating.NONE.value)),
            trend=tuple(_figure(one) for one in told.get("trend", ())),
        ),
    )
    return _with_rows(made, told)


def _figure(told: Sequence[Any]) -> Figure:
    since, on, *rest = told
    days = date.fromisoformat(since) if since else None, date.fromisoformat(on)
    return Figure(*days, *rest)


def _table(told: Mapping[str, Any]) -> Table:
    lines = [_with_rows(cast("Line", _given(Line, one)), one) for one in told["lines"]]
    return cast("Table", _given(Table, told, lines=tuple(lines)))


def _with_rows(one: Renamed, told: Mapping[str, Any]) -> Renamed:
    if "rows" not in told:
        return one
    things = _things(told["rows"])
    counted = (each.reference for each in things if each.counts)
    every = (each.reference for each in things if "of_rows" in told)
    return replace(
        one,
        things=things,
        cases=each_once(filter(None, counted)),
        of_cases=each_once(filter(None, every)),
    )
