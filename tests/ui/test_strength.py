from __future__ import annotations

import pytest

from caseworker_app.ui.stores.strength import guesses, strength


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "too short"),
        ("abc", "too short"),
        ("password", "weak"),
        ("aaaaaaaaaaaaaaaaaaaa", "weak"),
        ("the cat sat", "fair"),
        ("correct horse battery staple", "strong"),
        ("horse horse horse horse horse", "weak"),
        ("xK9#mQ2$vL7p", "strong"),
    ],
)
def test_strength_reads_as_a_word(passphrase: str, words: str) -> None:
    assert strength(passphrase) == words


def test_a_longer_passphrase_of_the_same_sort_is_never_weaker() -> None:
    words = ["orchard", "lantern", "pebble", "thunder", "velvet", "meadow"]
    counts = [guesses(" ".join(words[:number])) for number in range(1, 7)]
    assert counts[1:] == sorted(counts[1:])
