"""How a council reads the open points of the SEN2 guide: letters it confirmed, and the cut-off.

What was confirmed is kept in the store a set at a time (`declarations/sen2_readings`), as words
such as "education E, health H". Until every set is confirmed no file is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.sen2.layout import Layout, Unverified

CUT_OFF = "CutOff"
"""The open point up to which day decisions count: the end of the year, or the survey day."""

BANDS = "Res"
YEAR_END, SURVEY_DAY = "year end", "survey day"

_PAIR = re.compile(r"\s*(\w+)[\s=:]+(\w+)\s*")
_LETTER, _WEEKS = re.compile(r"[A-Z0-9]{1,4}"), re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Readings:
    """What a return is written by.

    Attributes:
        letters: set to meaning to letter; of the residential bands, band to fewest weeks.
        waiting: the sets that nobody has confirmed.
        cut_off: `YEAR_END` or `SURVEY_DAY`.
    """

    letters: Mapping[str, Mapping[str, str]]
    waiting: tuple[Unverified, ...]
    cut_off: str = YEAR_END

    def letter(self, codes: str, meaning: str) -> str:
        """The letter of a meaning; "" for none."""
        return self.letters[codes].get(meaning, "")

    def knows(self, codes: str, letter: str) -> bool:
        """Whether a letter is one of an unverified set."""
        known = self.letters[codes]
        return letter in (known if codes == BANDS else known.values())

    def band(self, weeks: int | None) -> str:
        """The residential band of so many weeks a year; "" below the lowest."""
        bands = sorted(((int(least), band) for band, least in self.letters[BANDS].items()))
        fits = [band for least, band in bands if weeks is not None and weeks >= least]
        return fits[-1] if fits else ""

    def until(self, layout: Layout) -> date:
        """The last day whose decisions count."""
        return layout.survey if self.cut_off == SURVEY_DAY else layout.ends

    @property
    def refusal(self) -> str:
        """Why no file may be written yet, in a sentence; "" where one may."""
        if not self.waiting:
            return ""
        named = ", ".join(one.words for one in self.waiting)
        return (
            f"No file is written before an administrator has confirmed the codes of: {named}."
            " Confirm them with Tools, Confirm the codes of SEN2, or “caseworker return codes”."
        )


def readings_of(layout: Layout, confirmed: Mapping[str, str]) -> Readings:
    """The readings by what the store keeps: open point to what was said of it."""
    letters = {name: dict(one.letters) for name, one in layout.unverified.items()}
    for name in letters.keys() & confirmed.keys():
        letters[name] |= letters_in(layout.unverified[name], confirmed[name])
    waiting = tuple(one for name, one in layout.unverified.items() if name not in confirmed)
    return Readings(letters, waiting, confirmed.get(CUT_OFF) or YEAR_END)


def in_words(letters: Mapping[str, str]) -> str:
    """Letters as the store keeps them: "education E, health H"."""
    return ", ".join(f"{meaning} {letter}" for meaning, letter in letters.items())


def letters_in(of: Unverified, said: str) -> dict[str, str]:
    """The letters in such words; what they leave out is as shipped.

    Raises:
        Refused: they name a meaning that the set has not, or say one letter twice.
    """
    found = dict(of.letters)
    for part in filter(None, (one.strip() for one in said.split(","))):
        pair = _PAIR.fullmatch(part)
        if pair is None or pair[1] not in of.what:
            known = ", ".join(of.what)
            raise Refused(f"{part!r} is no letter of {of.words}: name one of {known}.", "says")
        shape = _WEEKS if of.name == BANDS else _LETTER
        if not shape.fullmatch(pair[2]):
            kind = "a number of weeks" if of.name == BANDS else "a code of capitals and figures"
            raise Refused(f"{pair[2]!r} is not {kind}.", "says")
        found[pair[1]] = pair[2]
    if len(set(found.values())) < len(found):
        raise Refused(f"Two of the {of.words} have the same letter.", "says")
    return found


def refuse_unless_confirmed(readings: Readings) -> None:
    """Refuse a file while a set waits. Raises `Refused`."""
    if readings.refusal:
        raise Refused(readings.refusal)


def unverified_named(layout: Layout, names: Iterable[str]) -> tuple[Unverified, ...]:
    """Sets by their names, case apart. Raises `Refused` for a name there is none of."""
    known = {name.casefold(): one for name, one in layout.unverified.items()}
    found = []
    for name in names:
        one = known.get(name.casefold())
        if one is None:
            every = ", ".join(layout.unverified)
            raise Refused(f"There is no set of codes {name!r}: there are {every}.", "confirm")
        found.append(one)
    return tuple(found)
