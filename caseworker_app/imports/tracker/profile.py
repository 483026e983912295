"""What a column holds, told from a sample of its cells, and how well that suits a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from caseworker_app.imports.files.sheets import Cell, as_shown
from caseworker_app.imports.tracker.cells import Reader, Told, dated
from caseworker_app.imports.tracker.days import Bad, day_reader, is_blank, likely
from caseworker_app.imports.tracker.figures import look_over
from caseworker_app.imports.tracker.names import is_person
from caseworker_app.imports.tracker.words import plain, words

SAMPLE = 120
"""Filled cells looked at, spread over the column."""

NEUTRAL = 0.5
"""How well an empty column suits any field."""

_OLDEST = 27
_REFERENCE = re.compile(r"[A-Za-z]{0,8}[-/ .]?[A-Za-z]{0,3}[-/ .]?\d[\w/.-]*")
_NAME = re.compile(r"[^\W\d_][^\d_@:;!?]*")


@dataclass(frozen=True, slots=True)
class Profile:
    """A sample of a column.

    Attributes:
        cells: filled cells, as they came.
        texts: the same as shown.
        days: those that are dates.
    """

    cells: Sequence[Cell]
    texts: Sequence[str]
    days: Sequence[date]
    readers: dict[str, Reader]
    today: date

    def share(self, test: Callable[[Cell], bool]) -> float:
        """The share of the cells that pass a test."""
        return sum(1 for cell in self.cells if test(cell)) / len(self.cells)

    def readable(self, reads: str) -> float:
        """The share of the cells that a reader can read."""
        reader = self.readers[reads]
        return self.share(lambda cell: not isinstance(reader(cell), Bad))

    @property
    def variety(self) -> float:
        """Distinct values for each cell, 1 when no value comes twice."""
        return len({text.casefold() for text in self.texts}) / len(self.texts)


def sample(
    columns: Sequence[Sequence[Cell]], readers: dict[str, Reader], epoch: date, today: date
) -> Profile | None:
    """The profile of cells that stand under one heading; None when none is filled."""
    filled: list[Cell] = []
    for column in columns:
        step = max(1, len(column) // (3 * SAMPLE))
        filled += [cell for cell in column[::step] if cell != "" and not _blank(cell)]
    filled = filled[:: max(1, len(filled) // SAMPLE)]
    if not filled:
        return None
    figures = look_over((cell for column in columns for cell in column), epoch, today)
    if figures.seen:
        readers = {**readers, **dated(likely(day_reader(figures)))}
    days = [day for cell in filled if isinstance(day := readers["event"](cell), date)]
    return Profile(filled, [as_shown(cell) for cell in filled], days, readers, today)


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and is_blank(cell.strip())


def suits(profile: Profile | None, field: str, reads: str) -> float:
    """How well a column's cells suit a field, from 0 to 1."""
    if profile is None:
        return NEUTRAL
    special = _SPECIAL.get(field) or _SPECIAL.get(reads)
    return special(profile) if special is not None else profile.readable(reads)


def is_born(profile: Profile) -> float:
    """How well the dates suit dates of birth of children and young people."""
    ages = [(profile.today - day).days / 365.25 for day in profile.days]
    if not ages:
        return 0.0
    likely = sum(1 for age in ages if 0 <= age < _OLDEST) / len(profile.cells)
    # A column whose days lie close together or close to today holds events, not births.
    spread = 1.0 if len(ages) < 4 or (_middle(ages) > 4 and max(ages) - min(ages) > 3) else 0.6
    return likely * spread


def _middle(ages: Sequence[float]) -> float:
    """The median; the library's own would take as long to load as a fifth of all that reads."""
    both = sorted(ages)[(len(ages) - 1) // 2 : len(ages) // 2 + 1]
    return sum(both) / len(both)


def _is_event(profile: Profile) -> float:
    """What happened lies behind us, but not longer ago than the oldest plan."""
    if profile.readable("assess") > 0.8:
        # A column of yes and no tells no day, whatever its heading says.
        return -1.0
    past = sum(1 for day in profile.days if 0 <= (profile.today - day).days < _OLDEST * 366)
    return past / len(profile.cells)


def _is_due(profile: Profile) -> float:
    """What is to come lies ahead of us in part, overdue dates apart."""
    ahead = sum(1 for day in profile.days if day > profile.today)
    whole = len(profile.days) / len(profile.cells)
    return whole if ahead * 10 > len(profile.days) else 0.6 * whole


def _is_decision(profile: Profile) -> float:
    dated = profile.share(
        lambda cell: (
            isinstance(found := profile.readers["told"](cell), Told) and found.on is not None
        )
    )
    # Outcome words alone can be read here, but a column of them is rather the outcome's.
    return max(dated, 0.5 * profile.readable("told"))


def names_outcomes(profile: Profile) -> float:
    """The share of the cells that name an outcome of a review."""
    return profile.share(
        lambda cell: (
            isinstance(found := profile.readers["told"](cell), Told) and bool(found.outcome)
        )
    )


def _is_outcome(profile: Profile) -> float:
    return max(names_outcomes(profile), 0.9 * profile.readable("amend_yes_no"))


def _is_reference(profile: Profile) -> float:
    if profile.readable("upn") > 0.6:
        return 0.3
    if len(profile.days) * 3 > len(profile.cells) and not all(map(str.isdigit, profile.texts)):
        return 0.0
    shaped = profile.share(
        lambda cell: (
            not isinstance(cell, date | datetime)
            and len(as_shown(cell)) <= 20
            and _REFERENCE.fullmatch(as_shown(cell)) is not None
        )
    )
    if _counts_rows(profile):
        return 0.0
    return shaped * (1.0 if profile.variety > 0.7 else 0.4)


def numbers_each_row(profile: Profile) -> bool:
    """Whether every cell is another number of several figures: not a count, not of a fixed list."""
    return (
        len(profile.cells) > 4
        and profile.variety == 1.0
        and all(text.isdigit() and 3 < len(text) < 10 for text in profile.texts)
        and not _counts_rows(profile)
    )


def holds_settings(profile: Profile) -> bool:
    """Whether most cells name a school, nursery or college, and some of them come again."""
    return len(profile.cells) > 5 and profile.variety < 0.9 and _named_settings(profile) > 0.6


def _counts_rows(profile: Profile) -> bool:
    """Whether the cells only number the rows: 1, 2, 3."""
    if not all(map(str.isdigit, profile.texts)) or len(profile.texts) < 4:
        return False
    numbers = [int(text) for text in profile.texts]
    return numbers[0] <= 3 and all(one < other < one + 60 for one, other in pairwise(numbers))


def names_each_row(profile: Profile) -> bool:
    """Whether every cell is another code of letters and figures, so that it may name its row."""
    return (
        len(profile.cells) > 4
        and profile.variety > 0.9
        and profile.readable("upn") < 0.2
        and profile.share(
            lambda cell: (
                isinstance(cell, str)
                and _REFERENCE.fullmatch(cell.strip()) is not None
                and any(map(str.isalpha, cell))
                and sum(map(str.isdigit, cell)) > 2
            )
        )
        > 0.8
    )


def tells_sexes(profile: Profile) -> bool:
    """Whether the cells tell sexes, and both: M alone may stand for maintain."""
    read = profile.readers["sex"]
    return profile.readable("sex") > 0.95 and {"M", "F"} <= {read(cell) for cell in profile.cells}


def holds_few_people(profile: Profile) -> bool:
    """Whether the cells are full names of a few people, each coming often."""
    people = sum(1 for text in profile.texts if is_person(text)) / len(profile.texts)
    return len(profile.texts) >= 10 and profile.variety < 0.4 and people > 0.8


def _is_name_part(profile: Profile) -> float:
    def fits(text: str) -> bool:
        return _NAME.fullmatch(text) is not None and len(text.split()) <= 3 and "," not in text

    return _of_names(profile, fits)


def _is_name(profile: Profile) -> float:
    def fits(text: str) -> bool:
        return _NAME.fullmatch(text) is not None and 2 <= len(text.replace(",", " ").split()) <= 6

    return _of_names(profile, fits)


def _of_names(profile: Profile, fits: Callable[[str], bool]) -> float:
    share = sum(1 for text in profile.texts if fits(text)) / len(profile.texts)
    coded = max(profile.readable("need"), profile.readable("told"), profile.readable("sex"))
    return 0.1 if coded > 0.7 else share


def _is_setting(profile: Profile) -> float:
    return max(_named_settings(profile), 0.6 * _is_words(profile))


def _named_settings(profile: Profile) -> float:
    return sum(
        1 for text in profile.texts if not words().setting.isdisjoint(plain(text).split())
    ) / len(profile.texts)


def _is_caseworker(profile: Profile) -> float:
    people = sum(1 for text in profile.texts if is_person(text)) / len(profile.texts)
    few = 1.0 if profile.variety < 0.5 or len(profile.texts) < 8 else 0.6
    return few * max(people, 0.55 * _is_words(profile))


def _is_words(profile: Profile) -> float:
    coded = max(profile.readable("upn"), profile.readable("need"), profile.readable("sex"))
    lettered = sum(1 for text in profile.texts if any(mark.isalpha() for mark in text))
    dated = len(profile.days)
    return 0.2 if coded > 0.8 else (lettered - dated) / len(profile.texts)


def _is_need(profile: Profile) -> float:
    share = profile.readable("need")
    # Numbers under a heading about needs are no needs: hours, bands, pages of a return.
    return -1.0 if share == 0.0 and all(map(str.isdigit, profile.texts)) else share


def _is_year(profile: Profile) -> float:
    share = profile.readable("nc_year")
    return share if share > 0.5 else -1.0


def _is_template(profile: Profile) -> float:
    return 0.2 if profile.days or profile.variety > 0.5 else 0.8


def _is_comment(profile: Profile) -> float:
    return 0.2 if len(profile.days) * 2 > len(profile.cells) else 0.6


_SPECIAL: dict[str, Callable[[Profile], float]] = {
    "born": is_born,
    "event": _is_event,
    "due": _is_due,
    "review_decision_sent": _is_decision,
    "outcome": _is_outcome,
    "reference": _is_reference,
    "name_part": _is_name_part,
    "name": _is_name,
    "setting": _is_setting,
    "caseworker": _is_caseworker,
    "nc_year": _is_year,
    "need": _is_need,
    "template": _is_template,
    "comment": _is_comment,
}
