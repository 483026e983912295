"""The few children that every hostile file is made around, and the rows that tell of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

HEADINGS = ("Case ref", "Surname", "Forename", "DOB", "EHCP issued", "AR meeting", "Comments")
_SURNAMES = ("Ünal", "O'Hara", "Osei", "Nowak", "Évans", "Pike", "de la Cruz", "Abdi", "Reeve")
_FORENAMES = ("Mary-Ann", "Ama", "Zoë", "Łukasz", "Tom", "Ida", "Noor", "Séverin")
_COMMENTS = ("", "moved here", "school to confirm", "=2+5", "@SUM(A1)", "+44 20", "-", "n/a")

Row = list[str | date]


def rows(draw: Random, count: int | None = None) -> list[Row]:
    """Rows of children, no two of them like another."""
    made: list[Row] = []
    for number in range(count or draw.randint(2, 6)):
        born = date(2009, 1, 1) + timedelta(days=draw.randrange(4000))
        issued = born + timedelta(days=draw.randrange(1500, 2500))
        made.append(
            [
                f"H{number + 100}",
                f"{draw.choice(_SURNAMES)}{'abcdefghij'[number % 10] * (number // 10 + 1)}",
                draw.choice(_FORENAMES),
                born,
                issued,
                date(2026, draw.randint(1, 9), draw.randint(1, 28)),
                draw.choice(_COMMENTS),
            ]
        )
    return made


def words(cell: str | date) -> str:
    """A cell as text."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def serial(day: date) -> int:
    """A day as Excel counts it."""
    return (day - date(1899, 12, 30)).days


FORMULAS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.invalid","y")',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+1+cmd",
    "-2+3",
    "\t=1",
    "=DDE",
    "<script>alert(1)</script>",
    "'; DROP TABLE child; --",
    "%s%s%n",
    "{{7*7}}",
    "${jndi:ldap://x.invalid}",
    "\u202eevil",
    "\u200b\u200b",
    "A\u0300" * 300,
    "\ufdfd" * 50,
)
DAYS = (
    "99/99/9999",
    "31/02/2020",
    "00/00/0000",
    "1e308",
    "1E400",
    "-1",
    "-99999999",
    "2958466",
    "1" * 400,
    "9999-12-31",
    "0001-01-01",
    "2015-08-31T23:00:00Z",
    "NaN",
    "Infinity",
    "12/13/14",
    "24:00",
    "\u0661/\u0662/\u0662\u0660\u0661\u0665",
)
