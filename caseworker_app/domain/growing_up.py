"""What is known of a child's growing up: years, birthdays that count in law, moves of phase.

Sources: Children and Families Act 2014, sections 46 and 83; SEND Regulations 2014, regulations 18,
20(6) and 46; Education Act 1996, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.people import Child
from caseworker_app.domain.roles import Stage
from caseworker_app.domain.yeargroup import (
    birthday,
    college_year_ends,
    nc_year,
    school_age_ends,
    school_age_starts,
    shift,
    starts,
    year_words,
)

_FIRST, _LAST = -1, 14
_NINE = 9
_SIXTEEN, _EIGHTEEN, _NINETEEN = 16, 18, 19


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a child's growing up.

    Attributes:
        on: the day.
        what: "Turns 16", "Starts Year 7".
        why: what it means, in a sentence; "" for a plain year.
        age: in whole years on the day.
        past: whether it is over.
    """

    on: date
    what: str
    why: str
    age: int
    past: bool


def growing_up(child: Child, today: date, deadlines: Iterable[Deadline] = ()) -> tuple[Step, ...]:
    """From nursery to the 25th birthday, in order; nothing without a date of birth.

    Args:
        child: the child; a year really taught in moves the years of school.
        today: the day.
        deadlines: the child's; those of a move of phase that are still open stand in it.
    """
    born = child.born
    if born is None:
        return ()
    found = [*_years(child, born, today), *_ages(born)]
    found += (
        (one.due, one.version.title, f"By {one.version.source}.")
        for one in deadlines
        if one.version.stage == Stage.TRANSFER and one.state(today) in OPEN
    )
    return tuple(Step(on, what, why, _age(born, on), on < today) for on, what, why in sorted(found))


def now_words(child: Child, today: date) -> str:
    """Age and year group on a day in a sentence, with why the year is another than usual."""
    if child.born is None:
        return "The date of birth is not recorded, so that nothing can be said of growing up."
    year = nc_year(child.born, today, child.actual_year, child.actual_year_on or today)
    usual = nc_year(child.born, today)
    words = f"{_age(child.born, today)} years old"
    if _FIRST <= year <= _LAST:
        words += f", in {year_words(year)}"
    if year != usual:
        why = f" ({child.actual_year_why})" if child.actual_year_why else ""
        words += f" though {year_words(usual)} is usual at that age{why}"
    return f"{words}."


def _years(child: Child, born: date, today: date) -> Iterator[tuple[date, str, str]]:
    ahead = shift(born, child.actual_year, child.actual_year_on or today)
    for year in range(_FIRST, _LAST + 1):
        begins = starts(born, year, ahead)
        if begins < date.max.year:
            yield date(begins, 9, 1), f"Starts {year_words(year)}", _MEANS.get(year, "")


def _ages(born: date) -> Iterator[tuple[date, str, str]]:
    for age, why in _BIRTHDAYS.items():
        day = birthday(born, age)
        if day is not None:
            yield day, f"Turns {age}", why
    for day, what, why in (
        (school_age_starts(born), "Compulsory school age begins", ""),
        (school_age_ends(born), "Compulsory school age ends", "Rights pass to the young person."),
        (college_year_ends(born), "Last day a plan may run to", "After the 25th birthday."),
    ):
        if day is not None:
            yield day, what, why


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


_BIRTHDAYS = {
    _SIXTEEN: "From the end of that school year the young person acts for themselves.",
    _EIGHTEEN: "Adult in law; adult social care and health take over.",
    _NINETEEN: "The council looks at whether outcomes are reached before it ceases a plan.",
    25: "A plan may be kept to the end of that academic year.",
}
_MEANS = {
    0: "Into school: the plan is amended by 15 February before.",
    3: "Infants to juniors, where that is another school: by 15 February before.",
    7: "Primary to secondary: the plan is amended by 15 February before.",
    _NINE: "From this year's review on: preparing for adulthood.",
    12: "Into post-16: the plan is amended by 31 March before.",
}
