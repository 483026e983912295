"""National Curriculum year groups from dates of birth: -1 nursery, 0 Reception, 1 to 14.

A school year runs from 1 September to 31 August. A child born on 31 August is the youngest of its
year, one born on 1 September the oldest of the next.
"""

from __future__ import annotations

from datetime import date

NURSERY, RECEPTION, YEAR_7, YEAR_12 = -1, 0, 7, 12

_SEPTEMBER = 9


def school_year(day: date) -> int:
    """The calendar year in which the school year of `day` began."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def school_year_words(year: int) -> str:
    """A school year by the calendar year in which it began: "2026/27"."""
    return f"{year}/{(year + 1) % 100:02}"


def year_words(year: int) -> str:
    """A year group: "Year 7", "Reception", "Nursery", "below nursery"."""
    if year > RECEPTION:
        return f"Year {year}"
    if year == RECEPTION:
        return "Reception"
    return "Nursery" if year == NURSERY else "below nursery"


def year_letters(year: int) -> str:
    """The same in a narrow column: "Y7", "R", "N", "<N"."""
    if year > RECEPTION:
        return f"Y{year}"
    if year == RECEPTION:
        return "R"
    return "N" if year == NURSERY else "<N"


def nc_year(
    born: date, on: date, actual_year: int | None = None, actual_on: date | None = None
) -> int:
    """The year group on a day.

    Args:
        born: date of birth.
        on: the day asked for.
        actual_year: the year really taught in, where it differs from the one `born` gives.
        actual_on: the day `actual_year` was true; `on` itself when it is not known.
    """
    return school_year(on) - (school_year(born) + 5) + shift(born, actual_year, actual_on or on)


def shift(born: date, actual_year: int | None, actual_on: date) -> int:
    """How many years the child is taught ahead of (or, below zero, behind) the birth-date group."""
    if actual_year is None:
        return 0
    return actual_year - (school_year(actual_on) - (school_year(born) + 5))


def starts(born: date, year: int, ahead: int = 0) -> int:
    """The calendar year in whose September the child starts a year group.

    Args:
        born: date of birth.
        year: the National Curriculum year.
        ahead: what `shift` gives.
    """
    return school_year(born) + 5 + year - ahead


def birthday(born: date, age: int) -> date | None:
    """The day the child reaches an age; 1 March for one born on 29 February. None after 9999."""
    if born.year + age > date.max.year:
        return None
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def school_age_starts(born: date) -> date | None:
    """When compulsory school age starts: 31 December, 31 March or 31 August from the 5th birthday.

    Source: Education Act 1996, section 8, and the order that prescribes the days.
    """
    fifth = birthday(born, 5)
    if fifth is None:
        return None
    for month in (3, 8, 12):
        prescribed = date(fifth.year, month, 31)
        if fifth <= prescribed:
            return prescribed
    return None


def school_age_ends(born: date) -> date | None:
    """When it ends: the last Friday in June of the school year of the 16th birthday.

    Source: Education Act 1996, section 8; Children and Families Act 2014, section 83.
    """
    sixteenth = birthday(born, 16)
    if sixteenth is None or school_year(sixteenth) >= date.max.year:
        return None
    last = date(school_year(sixteenth) + 1, 6, 30)
    return last.replace(day=30 - (last.weekday() - 4) % 7)


def college_year_ends(born: date) -> date | None:
    """The 31 July on or after the 25th birthday, to which a college place may carry a plan on.

    Source: SEND Regulations 2014, regulation 46.
    """
    turns = birthday(born, 25)
    if turns is None:
        return None
    july = date(turns.year, 7, 31)
    if turns <= july:
        return july
    return july.replace(year=turns.year + 1) if turns.year < date.max.year else None
