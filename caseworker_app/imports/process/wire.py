"""Frozen values as plain lists and back, by what their fields are declared to hold.

A dataclass becomes the list of its fields, a day its number. On the way back every value has to be
what its field says, so that nothing else can come in from a process that was taken over.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from caseworker_app.imports.process.frames import Garbled

Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """How one type is sent.

    Attributes:
        shapes: the JSON types it is sent as, to be told apart where a field may hold several.
        send, take: there and back; `take` raises `Garbled`.
        plain: whether it is sent as it is.
    """

    shapes: frozenset[type]
    send: Turn
    take: Turn
    plain: bool = False


@cache
def form(kind: Any) -> Form:  # noqa: ANN401  (a type, as an annotation gives it)
    """How a type is sent.

    Raises:
        TypeError: values of it cannot be told from one another, or are none of ours.
    """
    if kind in (str, int, bool, type(None)):
        return Form(frozenset({kind}), _same, _only(kind), plain=True)
    if kind is float:
        return Form(frozenset({float, int}), _same, _only(float, int), plain=True)
    if kind is date:
        return Form(frozenset({int}), _number_of_day, _day)
    if is_dataclass(kind):
        return _of_fields(kind)
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(inside)
    if origin in (tuple, Sequence) and inside[1:] in ((), (...,)):
        return _several(form(inside[0]))
    if origin is tuple:
        return _row(tuple(map(form, inside)))
    if origin in (dict, Mapping) and inside[0] is str:
        return _named(form(inside[1]))
    if origin is frozenset:
        return _several(form(inside[0]), frozenset)
    raise TypeError(f"{kind} cannot be sent")


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _only(*kinds: type) -> Turn:
    def take(sent: Any) -> Any:  # noqa: ANN401
        if type(sent) not in kinds:
            raise Garbled
        return sent

    return take


def _number_of_day(day: Any) -> int:  # noqa: ANN401
    if type(day) is not date:
        raise TypeError("not a plain day")
    return day.toordinal()


def _day(sent: Any) -> date:  # noqa: ANN401
    if type(sent) is not int:
        raise Garbled
    return _day_numbered(sent)


@lru_cache(maxsize=1 << 14)
def _day_numbered(number: int) -> date:
    """A day by its number: a caseload has the same few thousand again and again."""
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError) as error:
        raise Garbled from error


_MOST_SHAPES = 256
"""Of what the fields of one class came as, remembered as right."""


def _of_fields(kind: Any) -> Form:  # noqa: ANN401
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    forms = [form(hints[name]) for name in names]
    held = _taker(names)
    sends = [(at, one.send) for at, one in enumerate(forms) if not one.plain]
    takes = [(at, one.take) for at, one in enumerate(forms) if not one.plain]
    plain = [(at, one.take) for at, one in enumerate(forms) if one.plain]
    right: set[tuple[type, ...]] = set()

    def send(value: Any) -> list[Any]:  # noqa: ANN401
        sent = list(held(value))
        for at, turn in sends:
            sent[at] = turn(sent[at])
        return sent

    def take(sent: Any) -> Any:  # noqa: ANN401
        if type(sent) is not list or len(sent) != len(forms):
            raise Garbled
        # Of what is sent as it is only the type is looked at, so types seen before are right.
        came = tuple(map(type, sent))
        if came not in right:
            for at, turn in plain:
                turn(sent[at])
            if len(right) < _MOST_SHAPES:
                right.add(came)
        values = list(sent)
        for at, turn in takes:
            values[at] = turn(values[at])
        return kind(*values)

    return Form(frozenset({list}), send, take)


def _taker(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the attributes of those names from a value."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _several(inner: Form, whole: Callable[[list[Any]], Any] = tuple) -> Form:
    def send(values: Any) -> list[Any]:  # noqa: ANN401
        return list(values) if inner.plain else [inner.send(value) for value in values]

    def take(sent: Any) -> Any:  # noqa: ANN401
        if type(sent) is not list:
            raise Garbled
        turn = inner.take
        return whole([turn(value) for value in sent])

    return Form(frozenset({list}), send, take)


def _row(forms: Sequence[Form]) -> Form:
    def send(values: Any) -> list[Any]:  # noqa: ANN401
        return [one.send(value) for one, value in zip(forms, values, strict=True)]

    def take(sent: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if type(sent) is not list or len(sent) != len(forms):
            raise Garbled
        return tuple(one.take(value) for one, value in zip(forms, sent, strict=True))

    return Form(frozenset({list}), send, take)


def _named(inner: Form) -> Form:
    def send(values: Any) -> dict[str, Any]:  # noqa: ANN401
        return {name: inner.send(value) for name, value in values.items()}

    def take(sent: Any) -> dict[str, Any]:  # noqa: ANN401
        if type(sent) is not dict:
            raise Garbled
        turn = inner.take
        return {name: turn(value) for name, value in sent.items()}

    return Form(frozenset({dict}), send, take)


def _one_of(kinds: Sequence[Any]) -> Form:
    forms = [(kind, form(kind)) for kind in kinds]
    by_shape = {shape: one.take for _, one in forms for shape in one.shapes}
    if len(by_shape) != sum(len(one.shapes) for _, one in forms):
        raise TypeError(f"{kinds} cannot be told apart once they are sent")
    sends = {kind: one.send for kind, one in forms if isinstance(kind, type)}
    others = next((one.send for kind, one in forms if not isinstance(kind, type)), None)

    def send(value: Any) -> Any:  # noqa: ANN401
        turn = sends.get(type(value), others)
        if turn is None:
            raise TypeError(f"a {type(value).__name__} stands where {kinds} may")
        return turn(value)

    def take(sent: Any) -> Any:  # noqa: ANN401
        turn = by_shape.get(type(sent))
        if turn is None:
            raise Garbled
        return turn(sent)

    plain = all(one.plain for _, one in forms)
    return Form(frozenset(by_shape), send, take, plain=plain)
