"""How strong a passphrase is, in words."""

from __future__ import annotations

from threading import Thread

SHORTEST = 8
"""Signs a new passphrase must have."""

_WEAK, _FAIR = 9.0, 12.0
"""Guesses, as powers of ten. The key function lets a rented machine try some thousands a second:
the first are gone through in days, the second in lifetimes."""

_LONGEST = 72
"""Signs that are weighed; what follows makes no passphrase weaker."""


def strength(passphrase: str) -> str:
    """`too short`, `weak`, `fair` or `strong`.

    Counted are the guesses of somebody who tries names, words, dates and keys that stand beside
    each other first.
    """
    if len(passphrase) < SHORTEST:
        return "too short"
    found = guesses(passphrase)
    if found < _WEAK:
        return "weak"
    return "fair" if found < _FAIR else "strong"


def weak_password(password: str) -> str:
    """What is wrong with a password for a file that leaves, in a sentence; "" where nothing is."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    return "This password is easy to guess: take another." if strength(password) == "weak" else ""


def guesses(passphrase: str) -> float:
    """The guesses it would take, as a power of ten."""
    from zxcvbn import zxcvbn

    return float(zxcvbn(passphrase[:_LONGEST])["guesses_log10"])


def make_ready() -> None:
    """Load the lists of words meanwhile, so that the first letter typed does not wait for them."""
    Thread(target=guesses, args=("password",), daemon=True, name="strength").start()
