"""The one fold: what is searched, sorted and compared as the same letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.names import (
    fits,
    folded,
    haystack,
    reference_key,
    squeezed,
    words_of,
)

APOSTROPHES = "'`´‘’‛ʹʻʼʽʾʿˈˊˋ՚׳′‵ꞌ＇"  # noqa: RUF001
HYPHENS = "-‐‑‒–—−﹣－"  # noqa: RUF001
PLAIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8)
MARKS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327\u0328\u0331"


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A name as somebody wrote it, and the same in plain small letters with single spaces."""
    words = draw(st.lists(PLAIN, min_size=1, max_size=3))
    shown = []
    for word in words:
        signs = []
        for sign in word:
            mark = draw(st.sampled_from(["", "", "", *MARKS]))
            signs.append(draw(st.sampled_from([sign, sign.upper()])) + mark)
        if draw(st.booleans()):
            signs.insert(draw(st.integers(0, len(signs))), draw(st.sampled_from(APOSTROPHES)))
        shown.append("".join(signs))
    text = shown[0]
    for word in shown[1:]:
        text += draw(st.sampled_from([" ", "  ", ", ", "\u00a0", *HYPHENS])) + word
    return text, " ".join(words)


@given(written())
def test_whatever_way_a_name_is_written_it_folds_to_its_letters(
    drawn: tuple[str, str],
) -> None:
    text, plain = drawn
    assert folded(text) == plain
    assert folded(folded(text)) == folded(text)
    assert squeezed(text) == plain.replace(" ", "")
    assert fits(plain, text)
    assert fits(text, plain)
    hay = haystack(f"{text}\n{text}\nElm Park")
    assert all(word in hay for word in words_of(text))
    assert squeezed(text) in hay


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("o'brien", "O’Brien"),  # noqa: RUF001
        ("obrien", "O’Brien"),  # noqa: RUF001
        ("O’Brien", "O'Brien"),  # noqa: RUF001
        ("obrien", "O Brien"),
        ("oneil", "O'Neil"),
        ("dandre", "D’Andre"),  # noqa: RUF001
        ("zoe", "Zoë"),
        ("lukasz", "Łukasz"),
        ("soren", "Søren"),
        ("ost", "Øst"),
        ("thor", "Þór"),
        ("aegir", "Ægir"),
        ("mary ann", "Mary-Ann"),
        ("maryann", "Mary-Ann"),
        ("mary-ann", "Maryann"),
        ("mary-ann", "Mary Ann"),
        ("renee o'dowd", "Renée O’Dowd"),  # noqa: RUF001
        ("strasse", "Straße"),
        ("istanbul", "İSTANBUL"),
        ("gunes", "Güneş"),
        ("dung", "Đức Dũng"),
        ("nguyen", "Nguyễn"),
        ("aliyev", "Əliyev".replace("Ə", "A")),
        ("eliyev", "Əliyev"),
        ("st marys", "St. Mary's"),
    ],
)
def test_what_is_typed_finds_the_name(typed: str, name: str) -> None:
    assert fits(typed, name)
    assert all(word in haystack(f"{name}\n") for word in words_of(typed))


@pytest.mark.parametrize(("typed", "name"), [("smithe", "Smith"), ("ann mary", "Mary Ann")])
def test_another_name_does_not_fit(typed: str, name: str) -> None:
    assert not fits(typed, name)


def test_marked_letters_sort_beside_their_plain_ones() -> None:
    names = ["Zane", "Évans", "Evans", "Eden", "Fox", "Øst", "O'Neil", "Adams-Øst"]
    assert sorted(names, key=folded) == [
        "Adams-Øst", "Eden", "Évans", "Evans", "Fox", "O'Neil", "Øst", "Zane",
    ]  # fmt: skip


def test_only_names_are_found_without_their_spaces() -> None:
    assert "parkschool" not in haystack("Quill\nElm Park School")
    assert "elmpark" in haystack("Elm Park\nSchool")


def test_a_reference_is_compared_without_zeros_case_and_spaces() -> None:
    assert len({reference_key(one) for one in ("004217", "4217", " 4217.0", "4 217")}) == 1
    assert reference_key("nb 04") == reference_key("NB04")
    assert reference_key("000") == "0"
