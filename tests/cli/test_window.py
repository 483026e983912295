"""The command lines that open the window mean what the commands say they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.cli import window
from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker

words = st.one_of(
    st.sampled_from(["open", "--today", "", " ", "--", "-h", "--help", "2026-11-22", "2026-02-30"]),
    st.dates(date(1990, 1, 1), date(2110, 1, 1)).map(lambda day: day.isoformat()),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.text(max_size=4),
)
lines = st.one_of(
    st.lists(words, max_size=4),
    st.tuples(st.just("open"), words).map(list),
    st.tuples(st.just("open"), words, st.just("--today"), words).map(list),
)


class Noting:
    """Notes what would be opened."""

    def __init__(self) -> None:
        self.opened: list[window.ToOpen] = []

    def start_window(self, where: str | None, today: date | None, person: str | None = None) -> int:
        self.opened.append(window.ToOpen(where, today, person))
        return 0


@pytest.fixture(autouse=True, scope="module")
def _screen() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("QT_QPA_PLATFORM", "offscreen")
        yield


@given(lines)
def test_what_is_read_early_the_commands_read_alike(arguments: list[str]) -> None:
    asked = window.to_open(arguments)
    if asked is None:
        return
    noting: Any = Noting()
    with caseworker.make_context("caseworker", arguments, obj=CommandLine(noting)) as context:
        caseworker.invoke(context)
    assert noting.opened == [asked]


def test_the_usual_lines_are_read_early() -> None:
    assert window.to_open([]) == window.ToOpen()
    assert window.to_open(["open", "a b.store"]) == window.ToOpen("a b.store")
    day = date(2026, 11, 22)
    assert window.to_open(["open", "s", "--today", "2026-11-22"]) == window.ToOpen("s", day)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["open"],
        ["open", "--help"],
        ["open", ""],
        ["open", "s", "t"],
        ["open", "s", "--today", "2026-02-30"],
        ["open", "s", "--today", "22/11/2026"],
    ],
)
def test_all_else_is_left_to_the_commands(arguments: list[str]) -> None:
    assert window.to_open(arguments) is None
