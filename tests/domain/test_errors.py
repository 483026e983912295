"""Sentences of failures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Refused, in_bounds


@given(st.lists(st.text(st.characters(exclude_characters=" "), min_size=1, max_size=400)))
def test_a_sentence_keeps_its_words_and_cuts_those_that_run_on_for_ever(words: list[str]) -> None:
    said = in_bounds(" ".join(words)).split(" ")
    whole = " ".join(words).split(" ")
    assert len(said) == len(whole)
    for short, word in zip(said, whole, strict=True):
        assert len(short) <= 200
        assert short == word or (len(word) > 200 and short.startswith(word[:60]))


def test_every_failure_says_a_sentence_in_bounds() -> None:
    assert len(Refused(f"{'x' * 5000} is no heading.").sentence) < 120
