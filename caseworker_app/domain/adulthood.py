"""Who grows up from Year 9 on: the four areas, pathway, adult services and capacity, in words.

Sources: SEND Regulations 2014, regs 20(6) and 21(6); Code of Practice 8.8 to 8.10 (the four areas),
9.184; Care Act 2014, ss.58 to 66 (before 18); Mental Capacity Act 2005 (from 16).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol, TypeVar

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS, PATHWAYS, RESULTS
from caseworker_app.domain.lateness import days_words
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.domain.yeargroup import birthday, nc_year, shift, starts

YEAR_9 = 9
AFTER_11, AFTER_14 = 12, 15
"""The year groups whose first day follows the school years of the 16th and of the 19th birthday."""
AHEAD = timedelta(days=365)
"""So long before the 18th birthday a transition plan that is needed and missing is pressing."""
_SIXTEEN, _SEVENTEEN, _EIGHTEEN = 16, 17, 18

NOT_KNOWN = "unknown"
"""The code of a pathway that somebody looked for and did not find."""


class PathwaySaid(Protocol):
    """What is asked of a pathway; a record is one."""

    @property
    def kind(self) -> str:
        """Its code."""
        ...

    @property
    def state(self) -> str:
        """Whether it is planned or started."""
        ...

    @property
    def since(self) -> date | None:
        """The first day."""
        ...

    @property
    def until(self) -> date | None:
        """The last day."""
        ...


P = TypeVar("P", bound=PathwaySaid)


@dataclass(frozen=True, slots=True)
class Person:
    """A young person as the list reads them; see `domain.people.Child` for the fields.

    A year really taught in comes with the day on which it is true.
    """

    child_id: str
    reference: str
    surname: str
    forename: str
    born: date
    actual_year: int | None = None
    actual_year_on: date | None = None
    setting: str = ""
    caseworker: str = ""
    caseworker_id: str = ""

    def year_on(self, day: date) -> int:
        """The year group on a day."""
        return nc_year(self.born, day, self.actual_year, self.actual_year_on)

    def age_on(self, day: date) -> int:
        """Age in whole years on a day."""
        born = self.born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Route:
    """A pathway as far as it counts here."""

    kind: str
    state: str
    since: date | None = None
    until: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """An adult transition as far as it counts here."""

    needed: str
    decided_on: date | None = None
    plan_on: date | None = None
    adult_team: str = ""
    meeting_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """A capacity assessment as far as it counts here."""

    on: date
    about: str
    result: str = ""
    representative: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of one young person.

    Attributes:
        met: the day of the last review meeting held, or None.
        areas: the codes of the areas which that meeting discussed; None where nobody said.
        transition: the latest.
        capacity: the latest, or None.
    """

    met: date | None = None
    areas: frozenset[str] | None = None
    pathways: Sequence[Route] = ()
    transition: Transition | None = None
    capacity: Assessed | None = None


_NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Said:
    """A cell: words with a tone, which is a sign beside a colour; see `ui.models.column`."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class AdultRow:
    """One young person from Year 9 on.

    Attributes:
        year, age: today.
        turns_18: the day.
        areas: of the last review.
        pathway: the code of what they do now or are to do next, or "".
        doing: the same in words.
        transition, capacity: in words.
        today: the day.
        due: none: no date of the clock is meant.
    """

    person: Person
    year: int
    age: int
    turns_18: date
    areas: Said
    pathway: str
    doing: str
    transition: Said
    capacity: Said
    today: date
    shouts: bool = field(default=False)
    known: Known = field(default=_NOTHING, repr=False)
    due: date | None = None

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return self.person.child_id

    @property
    def child_id(self) -> str:
        """Whose row it is."""
        return self.person.child_id

    @property
    def reference(self) -> str:
        """The case's reference."""
        return self.person.reference

    @property
    def surname(self) -> str:
        """The surname."""
        return self.person.surname

    @property
    def forename(self) -> str:
        """The forename."""
        return self.person.forename

    @property
    def at_16(self) -> str:
        """What they went on to after Year 11, in words; "" while that lies ahead."""
        return _destination(self.person, self.known.pathways, AFTER_11, self.today)

    @property
    def at_19(self) -> str:
        """What they went on to after Year 14, in words; "" while that lies ahead."""
        return _destination(self.person, self.known.pathways, AFTER_14, self.today)

    @property
    def met_from_year_9(self) -> bool:
        """Whether the last review was held in Year 9 or later."""
        met = self.known.met
        return met is not None and self.person.year_on(met) >= YEAR_9

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.person.surname, self.person.forename)

    @property
    def caseworker(self) -> str:
        """Who holds the case, or ""."""
        return self.person.caseworker

    @property
    def caseworker_id(self) -> str:
        """Their id, or ""."""
        return self.person.caseworker_id


def adult_row(
    person: Person, known: Known, today: date, year: int | None = None
) -> AdultRow | None:
    """A young person with what is known of them; None below Year 9.

    `year` is the year group of today, where it was worked out before.
    """
    year = person.year_on(today) if year is None else year
    if year < YEAR_9:
        return None
    turns_18 = birthday(person.born, _EIGHTEEN) or date.max
    age = person.age_on(today)
    areas = areas_said(person, known, year)
    now = now_or_next(known.pathways, today)
    return AdultRow(
        person,
        year,
        age,
        turns_18,
        areas,
        "" if now is None else now.kind,
        "" if now is None else pathway_words(now),
        transition_said(known.transition, turns_18, age, today),
        capacity_said(known.capacity, age),
        today,
        areas.tone == "shout",
        known,
    )


def areas_said(person: Person, known: Known, year: int) -> Said:
    """What the last review said of the four areas; a Year 9 review that lacks one shouts."""
    met = known.met
    if met is None or person.year_on(met) < YEAR_9:
        late = year > YEAR_9
        return Said("no review from Year 9", "soon") if late else Said("no review yet", "quiet")
    areas = known.areas
    if areas is not None and areas.issuperset(ADULT_AREAS):
        return Said("all four", "done")
    found = "not recorded" if areas is None else f"{len(areas)} of 4"
    if person.year_on(met) == YEAR_9:
        return Said(f"Year 9: {found}", "shout")
    return Said(found, "soon")


def areas_missing(areas: Iterable[str] | None) -> list[str]:
    """The words of the areas that a review did not discuss, in the order of the code."""
    held = frozenset(areas or ())
    return [words for code, words in ADULT_AREAS.items() if code not in held]


def now_or_next(pathways: Iterable[P], today: date) -> P | None:
    """What somebody does on a day: what they started, or else what is planned soonest."""
    some = tuple(pathways)
    on = [one for one in some if one.state == "started" and covers(one, today)]
    if on:
        return max(on, key=lambda one: one.since or date.min)
    planned = [
        one for one in some if one.state == "planned" and (one.until is None or one.until >= today)
    ]
    return min(planned, key=lambda one: one.since or date.max, default=None)


def covers(pathway: PathwaySaid, day: date) -> bool:
    """Whether a pathway holds on a day."""
    begun = pathway.since is None or pathway.since <= day
    return begun and (pathway.until is None or day <= pathway.until)


def pathway_words(one: Route) -> str:
    """A pathway in a few words."""
    words = PATHWAYS.get(one.kind, one.kind)
    if one.where:
        words = f"{words}, {one.where}"
    if one.state != "planned":
        return words
    return f"{words} (planned)" if one.since is None else f"{words} (from {day_words(one.since)})"


def settled_on(person: Person, year: int) -> date:
    """1 October of the school year in which somebody would start a year group.

    By then a place after Year 11, or after Year 14, has begun; it is the day destinations are
    looked at.
    """
    on = person.actual_year_on
    ahead = 0 if on is None else shift(person.born, person.actual_year, on)
    return date(min(starts(person.born, year, ahead), date.max.year), 10, 1)


def _destination(person: Person, pathways: Sequence[Route], year: int, today: date) -> str:
    day = settled_on(person, year)
    if day > today:
        return ""
    found = destination(pathways, day)
    return "not recorded" if found is None else PATHWAYS[found.kind]


def destination(pathways: Iterable[P], day: date) -> P | None:
    """What somebody had started and was on by a day; None where nothing is recorded of it."""
    on = [one for one in pathways if one.state == "started" and covers(one, day)]
    return max(on, key=lambda one: one.since or date.min, default=None)


def transition_said(one: Transition | None, turns_18: date, age: int, today: date) -> Said:
    """Whether a plan for adult services is needed, and whether it came before the birthday."""
    if one is None or one.needed == "open":
        return _undecided(one, age)
    if one.needed == "no":
        return Said("not needed", "quiet")
    if one.plan_on is None:
        if turns_18 <= today:
            return Said("18, and no plan", "late")
        days = (turns_18 - today).days
        soon = turns_18 <= today + AHEAD
        return Said(f"needed, 18 in {days_words(days)}", "soon" if soon else "quiet")
    if one.plan_on < turns_18:
        return Said(f"plan {day_words(one.plan_on)}", "done")
    return Said(f"plan {day_words(one.plan_on)}, after 18", "done_late")


def _undecided(one: Transition | None, age: int) -> Said:
    words = "not asked" if one is None else "to be decided"
    if one is None and age < _SIXTEEN:
        return Said("")
    if age >= _EIGHTEEN:
        return Said(words, "late")
    return Said(words, "soon" if age >= _SEVENTEEN else "quiet")


def capacity_said(one: Assessed | None, age: int) -> Said:
    """Whether somebody from 16 can decide, and who speaks for them if not."""
    if one is None:
        return Said("not recorded", "soon") if age >= _SIXTEEN else Said("")
    words = RESULTS.get(one.result, "result not said").lower()
    if one.result != "has_not":
        return Said(words, "ok" if one.result == "has" else "soon")
    if not one.representative:
        return Said(f"{words}, nobody named", "late")
    return Said(f"{words}: {one.representative}", "ok")


def in_full(row: AdultRow, today: date) -> str:
    """A young person in a few sentences, for the line below the list."""
    parts = [f"{row.name}, {row.age}, turns 18 on {day_words(row.turns_18)}."]
    known = row.known
    if known.met is not None and row.met_from_year_9:
        missing = areas_missing(known.areas)
        said = "all four areas" if not missing else f"without {', '.join(missing).lower()}"
        if known.areas is None:
            said = "nothing recorded of the four areas"
        parts.append(f"Review of {day_words(known.met)}: {said}.")
    if row.doing:
        parts.append(f"{row.doing}.")
    if row.at_16:
        parts.append(f"At 16: {row.at_16.lower()}.")
    if row.at_19:
        parts.append(f"At 19: {row.at_19.lower()}.")
    one = known.transition
    if one is not None and one.meeting_on is not None:
        team = f" to {one.adult_team}" if one.adult_team else ""
        verb = "is" if one.meeting_on >= today else "was"
        parts.append(f"The handover{team} {verb} on {day_words(one.meeting_on)}.")
    looked = known.capacity
    if looked is not None:
        parts.append(f"Capacity looked at on {day_words(looked.on)}: {looked.about}.")
    return " ".join(parts)


def in_turn(row: AdultRow) -> tuple[int, bool, str, str, str]:
    """The order of the list: by year group, what shouts first, then by name."""
    return row.year, not row.shouts, folded(row.surname), folded(row.forename), row.reference
