"""Delimited text with the faults that people and programs put into it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from random import Random

HEADINGS = (
    "Ref",
    "Surname",
    "Forename",
    "DOB",
    "School",
    "Plan issued",
    "AR meeting held",
    "Report received",
    "Decision sent",
    "Outcome",
    "Case officer",
    "Comments",
)
FAULTS = ("open quote", "comma too many", "comma too few", "cut short")

_SURNAMES = (
    "Ashby",
    "Bright",
    "Cole",
    "Dunn",
    "Ellery",
    "Frost",
    "Gale",
    "Hurst",
    "Ives",
    "Jarvis",
)
_FORENAMES = ("Ada", "Ben", "Cai", "Dia", "Eve", "Fin", "Gus", "Hal", "Ivo", "Joy")
_SCHOOLS = ("Elm Park", "Kestrel Primary", "The Grove, Lower Site", 'The "Bridge" Unit')
_COMMENTS = (
    "ok",
    "",
    "chase school",
    "mum said wait",
    "two lines:\nfirst, then second",
    "see file",
)


@dataclass
class Faulty:
    """A file, its whole rows, and which rows were given a fault, by reference."""

    text: str
    rows: list[list[str]]
    faults: dict[str, str] = field(default_factory=dict)

    def harmless(self, reference: str) -> bool:
        """Whether a row's only fault is a blank cell more at its end."""
        line = next(one for one in self.text.splitlines() if one.startswith(reference))
        return self.faults[reference] == "comma too many" and line.endswith((",", ";", "\t"))


def draw(random: Random, *, children: int, faults: int, delimiter: str = ",") -> Faulty:
    """A tracker of so many children, of whom so many have a row with a fault."""
    rows = [_child(random, at) for at in range(children)]
    lines = [_line(HEADINGS, delimiter), *(_line(row, delimiter) for row in rows)]
    made = Faulty("", rows)
    for at in random.sample(range(children), faults):
        fault = random.choice(FAULTS)
        lines[at + 1] = _spoilt(random, rows[at], fault, delimiter)
        made.faults[rows[at][0]] = fault
    end = random.choice(("\n", "\r\n"))
    made.text = "".join(line + end for line in lines)
    return made


def _child(random: Random, at: int) -> list[str]:
    def day(first: int, last: int) -> str:
        month, year = random.randint(1, 12), random.randint(first, last)
        return f"{random.randint(1, 28):02}/{month:02}/{year}"

    reviewed = random.random() < 0.6
    return [
        f"Z{at:03}",
        random.choice(_SURNAMES) + random.choice(("", "son", "ley")),
        random.choice(_FORENAMES),
        day(2008, 2019),
        random.choice(_SCHOOLS),
        day(2020, 2024),
        f"{random.randint(1, 28):02}/02/2026",
        f"{random.randint(1, 28):02}/03/2026" if reviewed else "",
        f"{random.randint(1, 28):02}/04/2026" if reviewed else "",
        random.choice(("Maintain", "Amend")) if reviewed else "",
        random.choice(("R Vance", "P Ode")),
        random.choice(_COMMENTS),
    ]


def _line(row: tuple[str, ...] | list[str], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(row)
    return out.getvalue().removesuffix("\n")


def _spoilt(random: Random, row: list[str], fault: str, delimiter: str) -> str:
    cells = [_line([cell], delimiter) if cell else "" for cell in row]
    at = random.randrange(1, len(cells))
    if fault == "open quote":
        cells[at] = '"' + row[at].replace('"', "").replace("\n", " ").replace(delimiter, " ")
    elif fault == "comma too many":
        cells[at] += delimiter + random.choice((" Hightown", "", "x"))
    elif fault == "comma too few":
        joined = random.choice(("", " ")).join(cells[at - 1 : at + 1])
        cells[at - 1 : at + 1] = [joined.replace('"', "").replace("\n", " ").replace(delimiter, "")]
    else:
        cells = cells[: max(2, at)]
    return delimiter.join(cells)
