"""The words that cells hold, from `resources/imports/words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from caseworker_app import paths

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NOT_WORD = re.compile(r"[^\w]+|_")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")


@dataclass(frozen=True, slots=True)
class Words:
    """Words by meaning, each brought to one form by `plain`.

    Attributes:
        blank, blank_elsewhere: as they stand in the cell, in lower case.
        outcome, assess, sex, need, cease_reason: word to code.
        year: word to National Curriculum year, None where it names no year.
        asides: what the first cell of a row of totals or remarks begins with.
        setting: single words that name schools, nurseries and colleges.
        doubt: words beside which nothing is certain.
        titles: Mr, Miss and the like, before a name.
        mac: surnames with a capital after Mac, in lower case.
        notes, note_starts, sure_notes, suffixes: what stands beside names: whole notes, words that
            begin longer ones, those that are never a name, and Jr and the like.
        beside_names: every word that may begin a note.
    """

    blank: frozenset[str]
    blank_elsewhere: frozenset[str]
    open: frozenset[str]
    nobody: frozenset[str]
    outcome: Mapping[str, str]
    assess: Mapping[str, str]
    sex: Mapping[str, str]
    need: Mapping[str, str]
    cease_reason: Mapping[str, str]
    year: Mapping[str, int | None]
    asides: tuple[str, ...]
    setting: frozenset[str]
    doubt: frozenset[str]
    titles: frozenset[str]
    mac: frozenset[str]
    notes: frozenset[str]
    note_starts: frozenset[str]
    sure_notes: frozenset[str]
    suffixes: frozenset[str]
    beside_names: frozenset[str]


@cache
def words() -> Words:
    """The words, read once."""
    with (paths.resources() / "imports" / "words.toml").open("rb") as file:
        data = tomllib.load(file)
    beside = data["beside_names"]
    years: dict[str, int | None] = {}
    for name, year in (("reception", 0), ("nursery", -1), ("earlier", -2), ("unsaid", None)):
        years.update((plain(word), year) for word in data["year"][name])
    return Words(
        blank=frozenset(data["blank"]["always"]),
        blank_elsewhere=frozenset(data["blank"]["elsewhere"]),
        open=frozenset(data["open"]["words"]),
        nobody=frozenset(plain(word) for word in data["nobody"]["words"]),
        outcome=_by_word(data["outcome"]),
        assess=_by_word(data["assess"]),
        sex=_by_word(data["sex"]),
        need=_by_word(data["need"]),
        cease_reason=_by_word(data["cease_reason"]),
        year=years,
        asides=tuple(data["asides"]["starts"]),
        setting=frozenset(data["setting"]["words"]),
        doubt=frozenset(data["doubt"]["words"]),
        titles=frozenset(data["names"]["titles"]),
        mac=frozenset(data["names"]["mac"]),
        notes=frozenset(beside["notes"]),
        note_starts=frozenset(beside["starts"]),
        sure_notes=frozenset(beside["sure"]),
        suffixes=frozenset(beside["suffixes"]),
        beside_names=frozenset(
            note.partition(" ")[0] for table in beside.values() for note in table
        )
        | {"nee", "n\u00e9e", "aka", "known", "formerly", "previously", "prefers", "called"},
    )


def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces."""
    parts = _NOT_WORD.sub(" ", _APOSTROPHE.sub("", text.casefold())).split()
    if len(parts) > 2 and all(len(part) == 1 for part in parts):
        # S.E.M.H. is SEMH.
        return "".join(parts)
    return " ".join(parts)


def squeeze(text: str) -> str:
    """Without invisible marks, and with single spaces."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def _by_word(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {plain(word): code for code, listed in table.items() for word in listed}
