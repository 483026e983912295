"""How strong a passphrase is, in words."""

from __future__ import annotations

import math

SHORTEST = 8
"""Signs a new passphrase must have."""

_WEAK_BITS, _STRONG_BITS = 40.0, 60.0
_WORD_BITS = 11.0
"""A word picked from a list of about two thousand."""


def strength(passphrase: str) -> str:
    """`too short`, `weak`, `fair` or `strong`: a rough count of the guesses it would take."""
    if len(passphrase) < SHORTEST:
        return "too short"
    bits = guesses(passphrase)
    if bits < _WEAK_BITS:
        return "weak"
    return "fair" if bits < _STRONG_BITS else "strong"


def guesses(passphrase: str) -> float:
    """The guesses it would take, as a power of two: by sign and by word, whichever is less."""
    varied = len(set(passphrase)) / len(passphrase) if passphrase else 0.0
    by_sign = len(passphrase) * math.log2(_alphabet(passphrase)) * min(1.0, varied * 1.6)
    words = passphrase.split()
    if len(words) > 1 and all(word.isalpha() for word in words):
        return min(by_sign, len({word.lower() for word in words}) * _WORD_BITS * 1.4)
    return by_sign


def _alphabet(passphrase: str) -> int:
    kinds = (
        (str.islower, 26),
        (str.isupper, 26),
        (str.isdigit, 10),
        (lambda sign: not sign.isalnum(), 20),
    )
    return max(2, sum(size for kind, size in kinds if any(map(kind, passphrase))))
