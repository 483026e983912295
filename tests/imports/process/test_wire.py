"""What was read comes through the pipe as it was, and nothing else comes through it at all."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import (
    CellProblem,
    Conflict,
    Doubt,
    Incoming,
    IncomingCase,
    ParkedRow,
    Place,
)
from caseworker_app.imports.process import answer, frames, limits
from caseworker_app.imports.process.wire import form

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)
DAY = st.dates()
PLACE = st.builds(Place, TEXT, TEXT, st.integers(0, 1 << 20))
FACT = st.builds(
    Fact,
    st.sampled_from(sorted(KINDS)),
    DAY,
    st.dictionaries(TEXT, TEXT | DAY, max_size=3),
    st.none() | TEXT,
    TEXT,
)
CASE = st.builds(
    IncomingCase,
    place=PLACE,
    reference=TEXT,
    surname=TEXT,
    forename=TEXT,
    born=DAY,
    setting_kind=st.none() | TEXT,
    actual_year=st.none() | st.integers(-2, 14),
    comment=TEXT,
    facts=st.lists(FACT, max_size=3).map(tuple),
    one_cycle=st.booleans(),
    sen2=st.dictionaries(TEXT, TEXT, max_size=2),
)
INCOMING = st.builds(
    Incoming,
    files=st.lists(TEXT, max_size=3).map(tuple),
    rows_read=st.integers(0, 1 << 40),
    cases=st.lists(CASE, max_size=4).map(tuple),
    parked=st.lists(st.builds(ParkedRow, PLACE, TEXT, TEXT), max_size=3).map(tuple),
    problems=st.lists(st.builds(CellProblem, PLACE, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    conflicts=st.lists(st.builds(Conflict, PLACE, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    mapping=st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT, max_size=3), max_size=3),
    unmapped=st.dictionaries(TEXT, st.lists(TEXT, max_size=3).map(tuple), max_size=3),
    notes=st.lists(TEXT, max_size=3).map(tuple),
    further_rows=st.integers(0, 1 << 20),
    doubts=st.lists(st.builds(Doubt, PLACE, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple),
)


def through(incoming: Incoming) -> Incoming:
    """An answer as it comes out of the pipe."""
    pipe = io.BytesIO()
    for kind, data in answer.pieces(incoming):
        frames.write(pipe, kind, data)
    pipe.seek(0)
    putting = answer.Putting()
    while (said := frames.read(pipe)) is not None:
        if said[0] == frames.WHOLE:
            return putting.end(said[1])
        putting.take(said[1])
    raise AssertionError("it did not end")


@given(INCOMING)
@settings(max_examples=80)
def test_everything_comes_through_as_it_was(incoming: Incoming) -> None:
    got = through(incoming)
    assert got == incoming
    assert repr(got) == repr(incoming)


def test_many_cases_come_in_pieces(tmp_path: object) -> None:
    case = IncomingCase(Place("f", "s", 1), "A1", "Osei", "Ama", date(2014, 5, 3))
    incoming = Incoming(("f",), 1001, (case,) * 1001)
    assert sum(1 for _ in answer.pieces(incoming)) > 5
    assert through(incoming) == incoming


def test_a_child_that_is_too_long_is_not_sent() -> None:
    comment = "x" * (limits.LARGEST_FRAME // 150)
    case = IncomingCase(Place("f", "s", 1), "A1", "Osei", "Ama", date(2014, 5, 3), comment=comment)
    incoming = Incoming(("f",), 400, (case,) * 400)
    assert through(incoming) == incoming
    case = IncomingCase(
        Place("f", "s", 1), "A1", "Osei", "Ama", date(2014, 5, 3), comment=comment * 151
    )
    with pytest.raises(frames.TooMuch):
        list(answer.pieces(Incoming(("f",), 1, (case,))))


SENT = form(Incoming).send(
    Incoming(
        ("f",),
        1,
        (IncomingCase(Place("f", "s", 1), "A", "B", "C", date(2014, 5, 3)),),
        mapping={"s": {"a": "b"}},
    )
)
WRONG: tuple[Any, ...] = (None, True, 1.5, -1, 10**30, "x", [], {}, [[[]]], {"a": 1}, [None] * 12)


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside a value."""
    inside = enumerate(value) if isinstance(value, list) else ()
    inside = value.items() if isinstance(value, dict) else inside
    return [path, *(way for key, each in inside for way in spots(each, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


@pytest.mark.parametrize("path", spots(SENT))
def test_a_value_of_another_kind_is_refused_or_is_one_that_could_stand_there(
    path: tuple[Any, ...],
) -> None:
    """Whatever a process that was taken over sends: it is refused, or sends back the same."""
    whole = form(Incoming)
    for wrong in WRONG:
        sent = replaced(SENT, path, wrong)
        try:
            taken = whole.take(sent)
        except frames.Garbled:
            continue
        assert whole.send(taken) == sent


def test_a_day_with_a_time_and_what_cannot_be_told_apart_are_bugs() -> None:
    with pytest.raises(TypeError):
        form(Fact).send(Fact("plan_sent", datetime(2026, 1, 1, 23)))  # noqa: DTZ001
    with pytest.raises(TypeError):
        form(int | date)

    @dataclass(frozen=True)
    class Odd:
        value: object

    with pytest.raises((TypeError, NameError)):
        form(Odd)


@pytest.mark.parametrize(
    "said",
    [
        b"D",
        b"D\0\0\0",
        b"D\0\0\0\5nul",
        b"Z\0\0\0\4null",
        b"D\xff\xff\xff\xff",
        b"Q\0\0\0\4null",
    ],
)
def test_what_is_no_frame_is_garbled(said: bytes) -> None:
    with pytest.raises(frames.Garbled):
        frames.read(io.BytesIO(said))


@pytest.mark.parametrize("data", [b"", b"[", b"\xff", b"[" * 100_000, b"9" * 5000])
def test_what_is_no_json_is_garbled(data: bytes) -> None:
    with pytest.raises(frames.Garbled):
        frames.unpacked(data)
