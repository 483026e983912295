"""Any child is found by what a caseworker has of them, and their surname comes first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.searching import hay_of, nothing_found, rank, sought
from tests.domain.test_british_dates import SUFFIX

NAMES = (
    "Brown",
    "O\u2019Brien",
    "Mary-Ann",
    "Zoë",
    "Ní Bhriain",
    "Łukasz",
    "St. John",
    "van der Berg",
)
WAYS = (
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d.day}.{d.month}.{d:%y}",
    lambda d: f"{d.day} {d:%b} {d.year}",
    lambda d: f"{d.day}{SUFFIX.get(d.day, 'th')} {d:%B} {d.year}",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%d%m%Y}",
)
births = st.dates(date(1999, 1, 1), date(2026, 11, 1))


def hay(surname: str, forename: str, reference: str, born: date | None) -> str:
    return hay_of(f"{surname}\n{forename}\n{reference}\nA823432108003\nElm Park School", born)


def finds(typed: str, where: str) -> bool:
    return all(word in where for word in sought(typed))


@given(st.data())
def test_a_child_is_found_by_whatever_is_known_of_them(data: st.DataObject) -> None:
    surname = data.draw(st.sampled_from(NAMES))
    forename = data.draw(st.sampled_from(NAMES))
    number = data.draw(st.integers(1, 999_999))
    born = data.draw(births)
    where = hay(surname, forename, f"{number:06}", born)

    def begun(name: str) -> str:
        some = name[: data.draw(st.integers(1, len(name)))]
        return data.draw(st.sampled_from((some, some.upper(), some.replace("\u2019", "'"))))

    parts = [
        begun(surname),
        begun(forename),
        data.draw(st.sampled_from(WAYS))(born),
        data.draw(st.sampled_from((str(number), f"{number:06}", f"00{number}"))),
        data.draw(st.sampled_from(("A823432108003", "a8234", "elm park", "Park"))),
    ]
    chosen = data.draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
    assert finds(data.draw(st.sampled_from((" ", ", "))).join(chosen), where)


@given(births, births, st.sampled_from(WAYS))
def test_a_whole_date_finds_nobody_born_on_another_day(one: date, other: date, way: object) -> None:
    where = hay("Brown", "Tariq", "NB100", other)
    assert finds(way(one), where) is (one == other)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("brown, tar", True),
        ("tariq brown", True),
        ("bro tar", True),
        ("brown zoe", False),
        ("12/9", True),
        ("12 sep", True),
        ("sept 2015", False),
        ("nb100", True),
        ("", True),
    ],
)
def test_what_is_typed_on_the_way(typed: str, found: bool) -> None:
    assert finds(typed, hay("Brown", "Tariq", "NB100", date(2015, 9, 12))) is found


def test_surnames_come_first() -> None:
    people = [
        ("Adams", "Tariq", "BROWN1"),
        ("Adams", "Brown", "1"),
        ("Kerr-Brown", "Amy", "2"),
        ("Browning", "Amy", "3"),
        ("Brown", "Amy", "4"),
    ]
    words = sought("brown")
    order = sorted(people, key=lambda one: rank(hay(*one, None), words))
    assert [one[2] for one in order] == ["4", "3", "2", "1", "BROWN1"]
    assert rank(hay("Ní Bhriain", "Amy", "5", None), sought("ni bhriain")) == 0


def test_a_word_each_for_surname_and_forename_comes_before_both_in_the_surname() -> None:
    words = sought("ash a")
    assert rank(hay("Ashwell", "Ada", "1", None), words) < rank(
        hay("Ashwell", "Oki", "2", None), words
    )


def test_a_search_that_finds_nobody_says_what_to_try() -> None:
    assert nothing_found(" brwn ", "case").startswith('No case fits "brwn". Try a few letters')
    assert nothing_found("", "case") == "No case fits."
