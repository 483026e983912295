"""Seals: they open with their key, in their place, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Unreadable
from caseworker_app.store import seals

TEXTS = st.lists(st.text(max_size=400), max_size=5)


@given(parts=TEXTS, place=st.integers(1, 10**9))
def test_what_is_sealed_opens_as_it_was(parts: list[str], place: int) -> None:
    key = seals.new_keys(1)[0]
    assert seals.opened(key, seals.seal(key, parts, place), place) == parts


@given(parts=TEXTS, at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_seal_that_was_changed_anywhere_does_not_open(
    parts: list[str], at: int, bit: int
) -> None:
    key = seals.new_keys(1)[0]
    sealed = bytearray(seals.seal(key, parts, 7))
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(Unreadable, match="entry 7 does not open"):
        seals.opened(key, bytes(sealed), 7)


def test_a_seal_opens_with_no_other_key_and_in_no_other_place() -> None:
    one, other = seals.new_keys(2)
    sealed = seals.seal(one, ["Okafor"], 7)
    for key, place in ((other, 7), (one, 8), (seals.together([one]), 7)):
        with pytest.raises(Unreadable):
            seals.opened(key, sealed, place)


def test_words_about_two_open_with_both_keys_alone() -> None:
    one, other, third = seals.new_keys(3)
    sealed = seals.seal(seals.together([one, other]), ["Okafor, another child than Patel"], 3)
    assert seals.opened(seals.together([one, other]), sealed, 3)
    for keys in ([one], [other], [one, third], [other, one]):
        with pytest.raises(Unreadable):
            seals.opened(seals.together(keys), sealed, 3)


def test_two_seals_of_the_same_words_are_not_alike() -> None:
    key = seals.new_keys(1)[0]
    assert seals.seal(key, ["Okafor"], 1) != seals.seal(key, ["Okafor"], 1)
    assert b"Okafor" not in seals.seal(key, ["Okafor"], 1)
