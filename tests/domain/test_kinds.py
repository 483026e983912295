"""What is held for every declared kind alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from caseworker_app.domain.kind_values import pence, whole
from caseworker_app.domain.kinds import Kept, Kind, day, only_here, record, text


@pytest.fixture
def spell() -> Iterator[Kind]:
    @record("spell", "spell", "spells", area="children")
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Spell(Kept):
        name: str = text("Name")
        since: date | None = day("From")
        until: date | None = day("To")

        def faults(self) -> list[tuple[str, str]]:
            return [("name", "Nameless.")] if self.name == "-" else []

    with only_here(Spell) as kind:
        yield kind


FIRST, LAST = date(2026, 9, 1), date(2026, 9, 2)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (FIRST, LAST, []),
        (FIRST, FIRST, []),
        (None, FIRST, []),
        (LAST, None, []),
        (LAST, FIRST, [("until", "To is before from.")]),
    ],
)
def test_what_is_true_from_a_day_to_a_day_does_not_end_before_it_begins(
    spell: Kind, since: date | None, until: date | None, said: list[tuple[str, str]]
) -> None:
    assert list(spell.faults(spell.of(since=since, until=until))) == said
    own = spell.faults(spell.of(name="-", since=since, until=until))
    assert list(own) == [*said, ("name", "Nameless.")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,250.50", 125050),
        ("\u00a39", 900),
        (" -12.00 ", -1200),
        ("0", 0),
        ("12.5", None),
        ("1,2", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_money_is_read_as_people_write_it(text: str, amount: int | None) -> None:
    assert pence(text) == amount


@pytest.mark.parametrize(
    ("text", "number"), [("1,250", 1250), ("-3", -3), ("3.0", None), ("\u0664", None), ("", None)]
)
def test_whole_numbers_are_read_as_people_write_them(text: str, number: int | None) -> None:
    assert whole(text) == number
