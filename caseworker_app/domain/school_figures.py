"""What school records come to: attendance by year group, and results against the standard.

Small numbers are hidden, and with them whatever would give one away: these figures are read out in
meetings. Persistent absence is 10 per cent of the possible sessions missed or more, severe absence
50 per cent or more, as the Department counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.measures.suppression import Cell, Sum, hidden_cells
from caseworker_app.domain.names import folded
from caseworker_app.domain.yeargroup import year_words

HIDDEN = "hidden"
ALL, OLDER = "All years", "Above Year 13"
CHILDREN, TOLD, MISSED_10, MISSED_50 = "children", "told", "missed_10", "missed_50"
SUSPENDED, EXCLUDED = "suspended", "excluded"
COUNTS = (CHILDREN, TOLD, MISSED_10, MISSED_50, SUSPENDED, EXCLUDED)
"""The counts of a year group, in the order shown."""
_INSIDE = (
    (TOLD, CHILDREN),
    (MISSED_10, TOLD),
    (MISSED_50, MISSED_10),
    (SUSPENDED, CHILDREN),
    (EXCLUDED, CHILDREN),
)
_LAST = 13
_TERMS_OF_SPRING = frozenset({"Spring", "Summer"})


@dataclass(frozen=True, slots=True)
class Pupil:
    """What a school year's records say of one child.

    Attributes:
        year_group: as `yeargroup` counts it.
        possible, attended: half-day sessions; none possible where nobody told.
        suspended, excluded: at least once, and for good.
    """

    year_group: int
    possible: int = 0
    attended: int = 0
    suspended: bool = False
    excluded: bool = False

    def counts(self) -> Iterable[str]:
        """Which counts it is one of."""
        yield CHILDREN
        missed = self.possible - self.attended
        if self.possible:
            yield TOLD
            if 10 * missed >= self.possible:
                yield MISSED_10
            if 2 * missed >= self.possible:
                yield MISSED_50
        if self.suspended:
            yield SUSPENDED
        if self.excluded:
            yield EXCLUDED


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year group, or all.

    Attributes:
        name: in words.
        counts: by name; None where hidden.
        attendance: of all sessions possible, those attended; None where nobody told, or where it
            is of so few that they are hidden.
    """

    name: str
    counts: Mapping[str, int | None]
    attendance: float | None

    def words(self, name: str) -> str:
        """A count in words."""
        found = self.counts[name]
        return HIDDEN if found is None else f"{found:,}"

    @property
    def attendance_words(self) -> str:
        """The share attended in words."""
        if self.attendance is not None:
            return f"{self.attendance:.1%}"
        return HIDDEN if self.counts[TOLD] is None else ""


def by_year_group(pupils: Iterable[Pupil]) -> tuple[YearLine, ...]:
    """A line for each year group there is, the youngest first, and one for all."""
    some = list(pupils)
    counted: Counter[Cell] = Counter()
    sessions: Counter[tuple[str, str]] = Counter()
    for one in some:
        for line in (_line(one.year_group), ALL):
            counted.update((line, name) for name in one.counts())
            sessions[line, "possible"] += one.possible
            sessions[line, "attended"] += one.attended
    groups = sorted({one.year_group for one in some})
    names = list(dict.fromkeys(map(_line, groups)))
    lines = [*names, ALL] if some else []
    hidden = _hidden(lines, COUNTS, _INSIDE, counted, total=ALL)
    return tuple(
        YearLine(
            line,
            {name: None if (line, name) in hidden else counted[line, name] for name in COUNTS},
            _share(sessions, line) if (line, TOLD) not in hidden else None,
        )
        for line in lines
    )


def _line(year_group: int) -> str:
    words = year_words(year_group)
    return OLDER if year_group > _LAST else f"{words[:1].upper()}{words[1:]}"


def _share(sessions: Mapping[tuple[str, str], int], line: str) -> float | None:
    possible = sessions[line, "possible"]
    return sessions[line, "attended"] / possible if possible else None


def _hidden(
    lines: Sequence[str],
    names: Sequence[str],
    inside: Sequence[tuple[str, str]],
    counted: Counter[Cell],
    total: str = "",
) -> frozenset[Cell]:
    """The counts that must not be shown, by line and name.

    Args:
        lines: the names of the lines.
        names: of the counts.
        inside: which count lies in which, so that the rest is a count too.
        counted: every count.
        total: the line that is the sum of the others, or "".
    """
    counts: dict[Cell, int] = {}
    sums: list[Sum] = []
    for line in lines:
        counts |= {(line, name): counted[line, name] for name in names}
        for part, whole in inside:
            rest = (line, part, "rest of", whole)
            counts[rest] = counted[line, whole] - counted[line, part]
            sums.append(Sum((line, whole), ((line, part), rest)))
    rests = [cell for cell in counts if len(cell) > 2]
    parts = [line for line in lines if line != total]
    if total and parts:
        sums += [
            Sum((total, *cell[1:]), tuple((line, *cell[1:]) for line in parts))
            for cell in list(counts)
            if cell[0] == total
        ]
    return hidden_cells(counts, sums, rests)


def school_year_of(term: str) -> int | None:
    """The calendar year in which the school year of a term began: 2026 of "Autumn 2026"."""
    name, _, year = term.partition(" ")
    if not year.isdecimal():
        return None
    return int(year) - (name in _TERMS_OF_SPRING)


# Attainment


@dataclass(frozen=True, slots=True)
class Standard:
    """How the results of a stage are read; see `resources/catalogue/expected_standard.toml`."""

    stage: str
    reached: Collection[str]
    below: Collection[str]
    least: float | None
    bounds: tuple[float, float]
    source: str

    def reads(self, value: str) -> bool | None:
        """Whether a result reaches what is expected; None where it says neither."""
        said = _plain(value)
        if said in self.reached or said in self.below:
            return said in self.reached
        try:
            number = float(said)
        except ValueError:
            return None
        if self.least is None or not self.bounds[0] <= number <= self.bounds[1]:
            return None
        return number >= self.least


def read_standards(body: Mapping[str, Any]) -> dict[str, Standard]:
    """The standards of a file, by stage."""
    return {
        one["stage"]: Standard(
            one["stage"],
            frozenset(map(_plain, one["reached"])),
            frozenset(map(_plain, one["below"])),
            one.get("from"),
            tuple(one.get("to", (0, 0))),
            one["source"],
        )
        for one in body["standard"]
    }


def _plain(value: str) -> str:
    return " ".join(folded(value).split())


@dataclass(frozen=True, slots=True)
class Result:
    """One result of one child at the end of a stage."""

    stage: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """The results of a subject at a stage.

    Attributes:
        results, reached: how many, and how many reach what is expected; None where hidden.
        unread: how many say neither, and what they say.
        standard: whether there is one for the stage.
    """

    stage: str
    what: str
    results: int | None
    reached: int | None
    unread: tuple[str, ...]
    standard: bool

    @property
    def results_words(self) -> str:
        """How many results, in words."""
        return HIDDEN if self.results is None else f"{self.results:,}"

    @property
    def reached_words(self) -> str:
        """How many reach what is expected, with the share of those that say."""
        if not self.standard:
            return "no standard is set"
        if self.reached is None or self.results is None:
            return HIDDEN
        of = self.results - len(self.unread)
        return f"{self.reached:,} of {of:,} ({self.reached / of:.0%})" if of else ""


def by_subject(
    results: Iterable[Result], standards: Mapping[str, Standard], order: Sequence[str]
) -> tuple[SubjectLine, ...]:
    """A line for each stage and subject; `order` are the stages in theirs."""
    some: dict[tuple[str, str], list[Result]] = {}
    for one in results:
        some.setdefault((one.stage, _plain(one.what)), []).append(one)
    counted: Counter[Cell] = Counter()
    unread: dict[tuple[str, str], tuple[str, ...]] = {}
    for (stage, what), theirs in some.items():
        line = f"{stage}/{what}"
        standard = standards.get(stage)
        read = [(one, standard.reads(one.value) if standard else None) for one in theirs]
        unread[stage, what] = tuple(one.value for one, said in read if said is None)
        counted[line, "results"] = len(theirs)
        counted[line, "read"] = len(theirs) - len(unread[stage, what])
        counted[line, "reached"] = sum(said is True for _, said in read)
    names, inside = ("results", "read", "reached"), (("read", "results"), ("reached", "read"))
    hidden = _hidden([f"{stage}/{what}" for stage, what in some], names, inside, counted)
    found = []
    for stage, what in sorted(some, key=lambda key: (order.index(key[0]), key[1])):
        line = f"{stage}/{what}"
        seen = {name: None if (line, name) in hidden else counted[line, name] for name in names}
        found.append(
            SubjectLine(
                stage,
                some[stage, what][0].what,
                seen["results"],
                None if seen["read"] is None else seen["reached"],
                unread[stage, what],
                stage in standards,
            )
        )
    return tuple(found)
