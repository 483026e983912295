"""Pairs of rows about one child or about two, drawn with what is true of them.

A renamed child with no number, in no known school, is not drawn: no file can tell who that is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

HEADINGS = (
    *("Ref", "Surname", "Forename", "DOB", "Sex", "UPN", "School"),
    *("Plan issued", "AR meeting held"),
)

_FORENAMES = """
Taiwo Kehinde Taiye Mia Tia Mya Ella Bella Jayden Kayden Hassan Hussain Amira Amina Zofia Siân
Oluwatobi Bronwen Marged Idris Xanthe Ptolemy Anouk Dmitri Wilfred Edith Nell Rae Cal Imogen
Gwilym Saoirse Niamh Lachlan Priya Arjun Zainab Yusuf Tariq Leila Grace Oliver Amelia Jonathan
Katherine Benjamin Elizabeth William Samuel Matilda Theodore Alexandra
"""
_NAMES = _FORENAMES.split()
_SHORT = {
    "Jonathan": "Jon",
    "Katherine": "Kate",
    "Benjamin": "Ben",
    "Elizabeth": "Beth",
    "William": "Will",
    "Samuel": "Sam",
    "Matilda": "Tilly",
    "Theodore": "Theo",
}
_ENDS = ("bury", "ford", "well", "combe", "stow", "ham", "worth", "gate", "shaw", "thorpe")
_SCHOOLS = ("Firs Primary", "Mile End Gate", "Ben Jonson", "St Anne\u2019s", "The Grove")


@dataclass
class Row:
    """One row of a tracker."""

    reference: str
    surname: str
    forename: str
    born: date
    sex: str
    upn: str
    school: str
    plan: date
    met: date

    def cells(self) -> list[str]:
        """The row as a council writes it."""
        days = (f"{one:%d/%m/%Y}" for one in (self.plan, self.met))
        born = f"{self.born:%d/%m/%Y}"
        names = (self.reference, self.surname, self.forename)
        return [*names, born, self.sex, self.upn, self.school, *days]


@dataclass
class Pair:
    """Two rows, and what is true of them.

    Attributes:
        kind: how they were drawn.
        same: they are about one child.
    """

    kind: str
    same: bool
    first: Row
    second: Row
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        truth = "one child" if self.same else "two children"
        return f"{self.kind} ({truth}): {self.first.cells()} / {self.second.cells()}"


def draw(random: Random, number: int) -> Pair:
    """The pair of a number: its surname, meetings and numbers are no other pair's of a hundred."""
    kind = random.choice(list(KINDS))
    first = _child(random, number)
    second = _again(first, number)
    same = KINDS[kind](random, first, second)
    _leave_out(random, kind, first, second)
    return Pair(kind, same, first, second)


def _child(random: Random, number: int) -> Row:
    born = date(2008, 1, 1) + timedelta(days=random.randrange(4000))
    return Row(
        reference=f"NB{1000 + number}",
        surname=f"{_syllables(number)}{random.choice(_ENDS)}".capitalize(),
        forename=random.choice(_NAMES),
        born=born,
        sex=random.choice("MF"),
        upn=_upn(number),
        school=random.choice(_SCHOOLS),
        plan=born + timedelta(days=1500),
        met=date(2025, 1, 6) + timedelta(days=number % 100),
    )


def _again(first: Row, number: int) -> Row:
    """The same child a year on."""
    values = {name: getattr(first, name) for name in first.__dataclass_fields__}
    return Row(**values | {"met": date(2026, 1, 6) + timedelta(days=number % 100)})


def _syllables(number: int) -> str:
    syllables = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu")
    return "".join(syllables[int(digit)] for digit in f"{number:03d}")


def _upn(number: int) -> str:
    """A UPN whose check letter fits."""
    digits = f"801{2000:04d}{number:05d}"[:12]
    weighed = sum(int(digit) * weight for weight, digit in enumerate(digits, 2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[weighed % 23] + digits


def _other_name(random: Random, first: Row, second: Row) -> None:
    second.forename = random.choice([name for name in _NAMES if name != first.forename])


def _two(first: Row, second: Row, number_of: str) -> None:
    """Give the second numbers of its own."""
    second.reference = f"{first.reference}{number_of}"
    second.upn = _upn(50_000 + int(first.reference[2:]))


def _twins(random: Random, first: Row, second: Row) -> bool:
    _other_name(random, first, second)
    shared = random.choice(["reference", "upn", "both", "neither"])
    _two(first, second, "7")
    if shared in ("reference", "both"):
        second.reference = first.reference
    if shared in ("upn", "both"):
        second.upn = first.upn
    return False


def _twins_by_sex(random: Random, first: Row, second: Row) -> bool:
    """A boy and a girl of one initial or one nickname under one number."""
    first.forename, second.forename = random.choice(
        [("Alex", "Alexandra"), ("J", "J"), ("Sam", "Samantha"), ("Chris", "Christina")]
    )
    first.sex, second.sex = random.choice(["MF", "FM"])
    return False


def _namesakes(random: Random, first: Row, second: Row) -> bool:
    """Two of one name: of other birthdays, or of one and then with numbers of their own."""
    _two(first, second, "8")
    if random.random() < 0.6:
        second.born = first.born + timedelta(days=random.randrange(400, 1500))
    return False


def _siblings(random: Random, first: Row, second: Row) -> bool:
    _other_name(random, first, second)
    second.born = first.born + timedelta(days=random.randrange(300, 1500))
    if random.random() < 0.6:
        _two(first, second, "9")
    return False


def _reference_reused(random: Random, first: Row, second: Row) -> bool:
    """Another child under a known reference."""
    _other_name(random, first, second)
    second.surname = f"Q{first.surname.lower()}"[::-1].capitalize()
    second.born = first.born + timedelta(days=random.randrange(400, 1500))
    second.upn = random.choice(["", _upn(60_000 + int(first.reference[2:]))])
    return False


def _upn_shared(random: Random, first: Row, second: Row) -> bool:
    """A UPN mistyped or copied from a child who is nobody's kin."""
    _reference_reused(random, first, second)
    second.reference = f"{first.reference}6"
    second.upn = first.upn
    return False


def _renamed(random: Random, first: Row, second: Row) -> bool:
    second.surname = random.choice([f"{first.surname}-Vane", "Adeyemi", "Vane"])
    return True


def _short_form(random: Random, first: Row, second: Row) -> bool:
    first.forename, second.forename = random.choice(list(_SHORT.items()))
    if random.random() < 0.5:
        first.forename, second.forename = second.forename, first.forename
    return True


def _re_referenced(random: Random, first: Row, second: Row) -> bool:
    second.reference = f"{first.reference}5"
    return True


def _as_written(random: Random, first: Row, second: Row) -> bool:
    """One reference and name written another way."""
    number = first.reference[2:]
    first.reference, second.reference = random.choice(
        [
            (f"00{number}", number),
            (f"nb {number}", f"NB{number}"),
            (f"{number}.0", f"0{number}"),
        ]
    )
    second.surname = second.surname.upper()
    return True


def _slip_in_name(random: Random, first: Row, second: Row) -> bool:
    part = random.choice(["surname", "forename"])
    text = getattr(second, part)
    if part == "forename" and len(text) < 5:
        text = first.forename = "Imogen"
    at = random.randrange(1, len(text) - 1)
    second_text = random.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            f"{text[:at]}x{text[at + 1 :]}",
        ]
    )
    setattr(second, part, second_text)
    return True


def _slip_in_birthday(random: Random, first: Row, second: Row) -> bool:
    """Day and month changed round, or one of them a typing slip."""
    if first.born.day <= 12 and first.born.day != first.born.month and random.random() < 0.5:
        second.born = first.born.replace(day=first.born.month, month=first.born.day)
    else:
        second.born = first.born.replace(day=first.born.day % 28 + 1)
    return True


def _corrected_birthday(random: Random, first: Row, second: Row) -> bool:
    second.born = first.born + timedelta(days=random.randrange(40, 900))
    return True


def _moved_on(random: Random, first: Row, second: Row) -> bool:
    """Another school alone."""
    second.school = random.choice([name for name in _SCHOOLS if name != first.school])
    return True


def _sex_corrected(random: Random, first: Row, second: Row) -> bool:
    second.sex = "M" if first.sex == "F" else "F"
    return True


KINDS: dict[str, Callable[[Random, Row, Row], bool]] = {
    "twins": _twins,
    "twins, boy and girl": _twins_by_sex,
    "namesakes": _namesakes,
    "siblings": _siblings,
    "reference reused": _reference_reused,
    "UPN of somebody else": _upn_shared,
    "renamed": _renamed,
    "short form": _short_form,
    "re-referenced": _re_referenced,
    "written another way": _as_written,
    "slip in a name": _slip_in_name,
    "slip in a birthday": _slip_in_birthday,
    "corrected birthday": _corrected_birthday,
    "moved on": _moved_on,
    "sex corrected": _sex_corrected,
}

_NUMBERS_TELL = frozenset({"namesakes", "renamed", "corrected birthday"})
"""Kinds in which nothing but a number says who is who, so that one stays."""


def _leave_out(random: Random, kind: str, first: Row, second: Row) -> None:
    """Leave out numbers and sexes, as trackers do, where the truth can still be told."""
    for row in (first, second):
        if random.random() < 0.3:
            row.upn = ""
        if random.random() < 0.2 and kind not in ("twins, boy and girl", "sex corrected"):
            row.sex = ""
    unneeded = kind not in _NUMBERS_TELL or (kind != "namesakes" and first.upn and second.upn)
    if random.random() < 0.25 and unneeded:
        first.reference = second.reference = ""
