"""What files say in pieces small enough to be said one by one, and put together again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports.process import frames
from caseworker_app.imports.process.wire import Form, form

_AT_ONCE = 200
"""Cases, rows or problems in one piece."""


@cache
def _shape(of: Any) -> tuple[tuple[str, Form, bool], ...]:  # noqa: ANN401
    """Every field, how what it holds is sent, and whether it is a list to be sent in pieces."""
    shape = []
    for name, kind in get_type_hints(of).items():
        listed = get_origin(kind) is tuple and get_args(kind)[1:] == (...,)
        shape.append((name, form(get_args(kind)[0] if listed else kind), listed))
    assert [name for name, _, _ in shape] == [one.name for one in fields(of)]
    return tuple(shape)


def pieces(incoming: Any) -> Iterator[tuple[bytes, bytes]]:  # noqa: ANN401
    """What to say, in order, as kind and data.

    Raises:
        frames.TooMuch: one child or one problem is more than can be said at once.
    """
    whole: list[Any] = []
    of: Any = type(incoming)
    for at, (name, one, listed) in enumerate(_shape(of)):
        value = getattr(incoming, name)
        if listed:
            for first in range(0, len(value), _AT_ONCE):
                yield from _some(at, [one.send(each) for each in value[first : first + _AT_ONCE]])
        whole.append(len(value) if listed else one.send(value))
    yield frames.WHOLE, frames.packed(whole)


def _some(at: int, sent: list[Any]) -> Iterator[tuple[bytes, bytes]]:
    try:
        yield frames.PART, frames.packed([at, sent])
    except frames.TooMuch:
        if len(sent) == 1:
            raise
        yield from _some(at, sent[: len(sent) // 2])
        yield from _some(at, sent[len(sent) // 2 :])


@dataclass(slots=True)
class Putting:
    """Puts the pieces of a dataclass together. Whatever does not fit raises `frames.Garbled`."""

    of: Any = Incoming
    lists: dict[int, list[Any]] = field(default_factory=dict)

    def take(self, data: bytes) -> None:
        """One piece of one list."""
        piece = frames.unpacked(data)
        if type(piece) is not list or len(piece) != 2 or type(piece[1]) is not list:
            raise frames.Garbled
        at, sent = piece
        shape = _shape(self.of)
        if type(at) is not int or not 0 <= at < len(shape) or not shape[at][2]:
            raise frames.Garbled
        turn = shape[at][1].take
        self.lists.setdefault(at, []).extend([turn(each) for each in sent])

    def end(self, data: bytes) -> Any:  # noqa: ANN401
        """What is no list; with it the whole is there."""
        whole, shape = frames.unpacked(data), _shape(self.of)
        if type(whole) is not list or len(whole) != len(shape):
            raise frames.Garbled
        values: dict[str, Any] = {}
        for at, ((name, one, listed), sent) in enumerate(zip(shape, whole, strict=True)):
            values[name] = tuple(self.lists.get(at, ())) if listed else one.take(sent)
            if listed and len(values[name]) != sent:
                raise frames.Garbled
        return self.of(**values)
