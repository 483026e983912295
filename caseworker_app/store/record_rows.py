"""Records of any kind as rows of their tables and back, by their declaration.

Rows to be written are tuples in the order of the table's columns, with values that both drivers
take as they are: dates as ISO text, keys as whole numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from caseworker_app.domain.kind_values import as_it_is, dumper, loader
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_of
from caseworker_app.store.days import DAY

Row = tuple[Any, ...]


def to_row(value: Any, *derived: Any) -> Row:  # noqa: ANN401
    """A record as a row of its table, with the derived columns at the end."""
    take, writers = _writers(kind_of(value))
    key, version, *values = take(value)
    held: list[Any] = [int(key), version]
    for one, (write, wide) in zip(values, writers, strict=True):
        if write is None:
            held.append(one)
        elif wide:
            held.extend(write(one))
        else:
            held.append(write(one))
    return (*held, *derived)


def to_record(kind: Kind, row: Row) -> Any:  # noqa: ANN401
    """A whole row of a kind's table, as the driver gave it, as a value."""
    take, read, wide, names = _readers(kind)
    given = list(take(row))
    for place, load in read:
        given[place] = load(given[place])
    for place, several, load in wide:
        given[place] = load(several(row))
    return kind.of(**dict(zip(names, given, strict=True))) if names else kind.of(*given)


Write = Callable[[Any], Any]


@cache
def _writers(
    kind: Kind,
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[Write | None, bool], ...]]:
    """What takes id, version and fields out of a record; how each is written, None for as it is."""
    ways = [(_writer(one), _is_wide(one)) for one in kind.fields]
    return (
        attrgetter("id", "version", *(one.name for one in kind.fields)),
        tuple((None if write is as_it_is else write, wide) for write, wide in ways),
    )


Load = Callable[[Any], Any]


Take = Callable[[Row], tuple[Any, ...]]


@cache
def _readers(
    kind: Kind,
) -> tuple[Take, tuple[tuple[int, Load], ...], tuple[tuple[int, Take, Load], ...], tuple[str, ...]]:
    """How a row is read, by place rather than by name: lists read tens of thousands of rows.

    What takes a record's values out of a row in their order, of several columns the first; what
    those at some places are read by; which come of several columns; and their names, where a record
    cannot be made without them.
    """
    columns = ["id", "version", *(name for one in kind.fields for name in _names(one))]
    specs = {one.name: one for one in kind.fields}
    made = [one for one in fields(kind.of) if one.init]
    first: list[int] = []
    read: list[tuple[int, Load]] = []
    wide: list[tuple[int, Take, Load]] = []
    for place, name in enumerate(one.name for one in made):
        spec = specs.get(name)
        held = (name,) if spec is None else _names(spec)
        places = [columns.index(one) for one in held]
        first.append(places[0])
        if spec is None:
            read += [(place, str)] if name == "id" else []
        elif held != (name,):
            wide.append((place, itemgetter(*places), _reader(spec)))
        elif (load := _reader(spec)) is not _same:
            read.append((place, load))
    names = tuple(one.name for one in made) if any(one.kw_only for one in made) else ()
    return itemgetter(*first), tuple(read), tuple(wide), names


def _is_wide(spec: FieldSpec) -> bool:
    return spec.coder is not None and bool(spec.coder.columns)


def _names(spec: FieldSpec) -> tuple[str, ...]:
    if spec.coder is not None and spec.coder.columns:
        return tuple(name for name, _ in spec.coder.columns)
    return (spec.name,)


def _writer(spec: FieldSpec) -> Callable[[Any], Any]:
    dump = dumper(spec)
    if spec.coder is not None and spec.coder.columns:
        blank = ["" if of == "text" else None for _, of in spec.coder.columns]
        return lambda value: blank if value is None else dump(value)
    if spec.type == "link":
        return lambda value: int(value) if value else None
    if spec.type == "words":
        return lambda value: " ".join(sorted(value)) if value else ""
    if spec.type in ("items", "coded"):
        return lambda value: json.dumps(dump(value), sort_keys=True) if value else ""
    return dump


def _reader(spec: FieldSpec) -> Callable[[Any], Any]:
    load = loader(spec)
    if spec.coder is not None and spec.coder.columns:
        return lambda values: None if values[-1] is None else load([_plain(one) for one in values])
    if spec.type == "link":
        return lambda key: str(key) if key else None
    if spec.type == "words":
        return lambda held: frozenset(held.split()) if held else frozenset()
    if spec.type in ("items", "coded"):
        return lambda held: load(json.loads(held)) if held else spec.blank
    if spec.type == "yes or no":
        return lambda held: None if held is None else bool(held)
    if spec.type == "day":
        return DAY.__getitem__
    return _same


def _same(held: Any) -> Any:  # noqa: ANN401
    return held


def _plain(held: Any) -> Any:  # noqa: ANN401
    return held.isoformat() if hasattr(held, "isoformat") else held
