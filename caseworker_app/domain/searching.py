"""What a person types to find a child by, and which of those found comes first.

Names, references, UPNs and settings are folded as `names` has it; a date of birth is understood as
it is typed.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.names import folded, haystack, words_of

_DATE_WORDS = 4
"""A date is written in up to so many words: Saturday 12 September 2015."""

TRY = (
    "Try a few letters of surname and forename, a date of birth such as 12/9/2015, a reference, "
    "a UPN or a setting."
)
"""What an empty result says."""


def hay_of(text: str, born: date | None = None) -> str:
    """What is looked in for a child.

    Args:
        text: lines as `names.haystack` has them; the first is the surname.
        born: the date of birth, found as figures and words, whole or in part.
    """
    hay = haystack(text)
    if born is None:
        return hay
    d, m, y = born.day, born.month, born.year
    days = f"{d}/{m}/{y} {d:02}/{m:02}/{y} {d:02}{m:02}{y} {_token(born)}"
    return f"{hay}\n{days} {day_words(born).casefold()}"


def sought(typed: str) -> tuple[str, ...]:
    """The words that a search looks for; a child is found who has all of them.

    A date in any way of writing is one word; of a number that begins with noughts those are left
    out, so that 004217 finds 4217 and the other way round.
    """
    if not typed.strip():
        return ()
    # The window starts without it: nothing is typed yet.
    from caseworker_app.domain.british_dates import parse

    raw, words = typed.split(), []
    at = 0
    while at < len(raw):
        for many in range(min(_DATE_WORDS, len(raw) - at), 0, -1):
            part = " ".join(raw[at : at + many])
            day = None if part.isdigit() else parse(part)
            if day is not None:
                words.append(_token(day))
                at += many
                break
        else:
            words += map(_without_noughts, words_of(raw[at]))
            at += 1
    return tuple(words)


def rank(hay: str, words: tuple[str, ...]) -> int:
    """How near a hit is; the lower, the nearer.

    Args:
        hay: what was looked in, by `hay_of`.
        words: what was looked for, by `sought`.

    Returns:
        0 surname, 2 beginning of the surname, 4 of a part of it, 6 of the forename, 8 the rest;
        1 more where the words do not begin a surname and, each other word, a further name.
    """
    lines = hay.split("\n", 2)
    surname, forename = lines[0], lines[1] if len(lines) > 1 else ""
    return 2 * _near(surname, forename, words) + (not _is_whole_name(surname, forename, words))


def _near(surname: str, forename: str, words: tuple[str, ...]) -> int:
    parts = surname.split()
    if surname in words or any(surname == " ".join(words[:many]) for many in (2, 3)):
        return 0
    if surname.startswith(words):
        return 1
    if any(part.startswith(words) for part in parts):
        return 2
    return 3 if forename.startswith(words) else 4


def _is_whole_name(surname: str, forename: str, words: tuple[str, ...]) -> bool:
    """Whether a word begins the surname and each other a further name: Ashwell, Ada by "ash a"."""
    given = [*forename.split(), *surname.split()[1:]]
    return any(
        surname.startswith(word)
        and all(
            any(name.startswith(other) for name in given)
            for place, other in enumerate(words)
            if place != at
        )
        for at, word in enumerate(words)
    )


def nothing_found(typed: str, many: str) -> str:
    """The sentence for a search that finds nobody: `No case fits "brwn". Try …`."""
    return f'No {many} fits "{typed.strip()}". {TRY}' if folded(typed) else f"No {many} fits."


def _token(day: date) -> str:
    return f"@{day.year}{day.month:02}{day.day:02}"


def _without_noughts(word: str) -> str:
    return word.lstrip("0") or word if word.isdigit() else word
