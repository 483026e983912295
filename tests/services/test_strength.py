"""How strong passphrases are called, and that a longer one is never called weaker."""

from __future__ import annotations

import pytest

from caseworker_app.services.strength import guesses, strength


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "too short"),
        ("abc", "too short"),
        ("password", "weak"),
        ("Password2026", "weak"),
        ("qwertyuiop", "weak"),
        ("14/02/1987", "weak"),
        ("x" * 500, "weak"),
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
