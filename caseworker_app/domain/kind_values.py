"""The values of declared fields: to JSON and back, what two records differ in, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_of

Values = dict[str, Any]
"""Fields as JSON holds them, by name."""

R = TypeVar("R")

_MONEY = re.compile(r"£?\s*(-?)(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{2}))?", re.ASCII)
_WHOLE = re.compile(r"-?(\d{1,3}(?:,\d{3})+|\d{1,12})", re.ASCII)

GATHERS = frozenset({"words", "items"})
"""Types that hold several values. A change of them is kept as what went and what came, so that two
changes do not bar each other's undo."""


def as_it_is(value: Any) -> Any:  # noqa: ANN401
    """The value itself."""
    return value


def _dump_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _load_day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def dumper(spec: FieldSpec) -> Callable[[Any], Any]:
    """What brings a value of a field to JSON."""
    if spec.type == "day":
        return _dump_day
    if spec.type == "words":
        return sorted
    if spec.coder is None:
        return as_it_is
    dump = spec.coder.dump
    if spec.type == "items":
        return lambda value: [dump(one) for one in value]
    return lambda value: None if value is None else dump(value)


def loader(spec: FieldSpec) -> Callable[[Any], Any]:
    """What brings JSON to a value of a field."""
    if spec.type == "day":
        return _load_day
    if spec.type == "words":
        return frozenset
    if spec.coder is None:
        return as_it_is
    load = spec.coder.load
    if spec.type == "items":
        return lambda value: tuple(load(one) for one in value)
    return lambda value: None if value is None else load(value)


@cache
def _ways(kind: Kind) -> Mapping[str, tuple[FieldSpec, Callable[[Any], Any], Callable[[Any], Any]]]:
    return {one.name: (one, dumper(one), loader(one)) for one in kind.fields}


def all_values(value: object) -> Values:
    """Everything that a record says as JSON holds it; blank fields are left out."""
    take, ways = _dumpers(kind_of(value))
    return {
        name: held if dump is None else dump(held)
        for held, (name, blank, dump) in zip(take(value)[1:], ways, strict=True)
        if held != blank
    }


@cache
def _dumpers(
    kind: Kind,
) -> tuple[
    Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]
]:
    """What takes a record's id and fields; each one's name, blank and dumper, None for as it is."""
    ways = [(one.name, one.blank, dumper(one)) for one in kind.fields]
    return (
        attrgetter("id", *(one.name for one in kind.fields)),
        tuple((name, blank, None if dump is as_it_is else dump) for name, blank, dump in ways),
    )


def said(value: object) -> dict[str, Any]:
    """What a record says, as it is: its fields by name, without those that are blank."""
    fields = kind_of(value).fields
    return {one.name: held for one in fields if (held := getattr(value, one.name)) != one.blank}


def difference(before: R, after: R) -> tuple[Values, Values]:
    """The fields in which two records differ, as they were and as they are; both empty when none.

    Of a field that gathers several values, what went and what came.
    """
    old: Values = {}
    new: Values = {}
    for name, (spec, dump, _) in _ways(kind_of(before)).items():
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        if spec.type in GATHERS:
            was, now = _without(was, now), _without(now, was)
        old[name], new[name] = dump(was), dump(now)
    return old, new


def put_back(value: R, before: Values, after: Values) -> R:
    """A record as it was before a change, whatever else changed since; see `holds`."""
    found: Values = {}
    for name, (spec, _, load) in _ways(kind_of(value)).items():
        if name not in before:
            continue
        found[name] = load(before[name])
        if spec.type in GATHERS:
            held, came = getattr(value, name), load(after.get(name, ()))
            found[name] = _gathered(spec, found[name], held, came)
    return replace(value, **found)  # type: ignore[type-var]


def holds(value: object, after: Values) -> bool:
    """Whether a record still has everything that a change left it with.

    What a person has since said of a doubt (a proposal refused, a child told apart) is no work that
    rests on it.
    """
    for name, (spec, dump, load) in _ways(kind_of(value)).items():
        if name not in after or spec.light:
            continue
        held = getattr(value, name)
        if spec.type in GATHERS:
            if any(one not in held for one in load(after[name])):
                return False
        elif dump(held) != after[name]:
            return False
    return True


def as_made(value: object, values: Values) -> bool:
    """Whether a record is as it was made of some values; see `holds` for what does not count."""
    kind = kind_of(value)
    made, now = all_values(made_of(kind, "", 0, values)), all_values(value)
    light = {one.name for one in kind.fields if one.light}
    return all(made.get(name) == now.get(name) for name in (made.keys() | now.keys()) - light)


def made_of(kind: Kind, key: str, version: int, values: Values) -> Any:  # noqa: ANN401
    """A record made anew from JSON; what is not named is blank."""
    ways = _ways(kind)
    given = {name: ways[name][2](value) for name, value in values.items() if name in ways}
    needed = {one.name: one.blank for one in kind.fields if one.needed}
    return kind.of(**{**needed, **given}, id=key, version=version)


def in_words(spec: FieldSpec, value: object, named: Callable[[str, str], str] | None = None) -> str:
    """A field's value as a person reads it; "" where it says nothing.

    Args:
        spec: the field.
        value: what it holds.
        named: gives the words of a record that is pointed at, by kind and id.
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or value == spec.blank:
        return ""
    if isinstance(value, date):
        return day_words(value)
    if spec.type == "money" and isinstance(value, int):
        return f"£{value / 100:,.2f}"
    if spec.type == "choice":
        return spec.choices.get(str(value), str(value))
    if spec.type == "link":
        return named(spec.to, str(value)) if named is not None else ""
    return _several(spec, value)


def _several(spec: FieldSpec, value: Any) -> str:  # noqa: ANN401
    if spec.type == "words":
        return ", ".join(sorted(value))
    if spec.coder is None:
        return str(value)
    if spec.type == "items":
        return ", ".join(map(spec.coder.words, value))
    return spec.coder.words(value)


def pence(text: str) -> int | None:
    """An amount as people write it, `1,250.00` or `£9`, in pence; None where it is none."""
    match = _MONEY.fullmatch(text.strip())
    if match is None:
        return None
    sign, pounds, pence = match.groups()
    amount = int(pounds.replace(",", "")) * 100 + int(pence or 0)
    return -amount if sign else amount


def whole(text: str) -> int | None:
    """A whole number as people write it, `1,250`; None where it is none."""
    match = _WHOLE.fullmatch(text.strip())
    return int(text.replace(",", "")) if match is not None else None


def _without(some: Any, others: Any) -> Any:  # noqa: ANN401
    if isinstance(some, frozenset):
        return some - others
    return tuple(one for one in some if one not in others)


def _gathered(spec: FieldSpec, went: Any, held: Any, came: Any) -> Any:  # noqa: ANN401
    """What is held, without what a change brought and with what it took away."""
    if isinstance(held, frozenset):
        return went | (held - came)
    assert spec.coder is not None
    key = spec.coder.key
    known = {key(one) for one in (*came, *went)}
    return (*went, *(one for one in held if key(one) not in known))
