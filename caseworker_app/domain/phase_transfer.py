"""The cohorts of phase transfer: who moves in a year, and how far each of them is.

Who moves follows from the clock's own dates (`clock.phases`): by the year group and by the last
year the setting teaches, never by age alone. A cohort is everybody whose plan must name the next
setting by the same day.

Source: SEND Regulations 2014, reg 18.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.clock.phases import TRANSFERS
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.lateness import days_words, when_words
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.roles import Role
from caseworker_app.domain.yeargroup import nc_year, school_year, year_words

MOVES = frozenset(TRANSFERS.values())
"""The roles of the rules that date a move."""

PLANS = frozenset({"plan_sent", "amended_plan_sent"})
"""The kinds of fact that make a plan final."""

SOON = 28
"""So many days before its date a move is close."""

_FEBRUARY, _MARCH, _LATER = "february", "march", "later"
_DAYS = {_FEBRUARY: "15 February {}", _MARCH: "31 March {}", _LATER: "Other moves of {}"}
_STAGES: Mapping[str, str] = MappingProxyType(
    {
        "early_years_to_school": "School",
        "infant_to_junior": "Juniors",
        "primary_to_middle": "Middle school",
        "primary_to_secondary": "Secondary",
        "middle_to_secondary": "Secondary",
        "secondary_to_post16": "Post-16",
        "post16_to_post16": "Another post-16 place",
    }
)
_THREE_TIER = frozenset({"first", "middle"})
_JUNIOR, _SECONDARY = 3, 7


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One child of a cohort.

    Attributes:
        cohort: its key: year of the move and the day, "2027 february".
        year: the calendar year of the move.
        next_phase: where to, in words.
        due: by when the plan must name the setting, by the strict reading.
        days: due minus today; negative when late.
        asked: the consultations of this move.
        settled: the day the final plan was sent, or None.
        named: the setting that it names, or "".
        state, tone: for the chip.
        step: what is to be done next, in words.
    """

    child_id: str
    version: int
    reference: str
    surname: str
    forename: str
    nc_year: int | None
    setting: str
    caseworker: str
    caseworker_id: str
    cohort: str
    year: int
    next_phase: str
    due: date
    days: int
    asked: tuple[Asked, ...]
    settled: date | None
    named: str
    state: str
    tone: str
    step: str

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)

    @property
    def id(self) -> str:
        """What tells the row from others: a child may move twice in two years."""
        return f"{self.child_id} {self.cohort}"

    @property
    def is_settled(self) -> bool:
        """Whether the final plan of the move has gone out."""
        return self.settled is not None

    @property
    def waits(self) -> bool:
        """Whether a setting that was asked has still to answer."""
        return any(one.waits for one in self.asked)

    @property
    def answers(self) -> str:
        """What the settings said, in words."""
        return "; ".join(one.words for one in self.asked)


def years(today: date) -> tuple[int, int]:
    """The years of this school year's moves and of the next one's."""
    this = school_year(today) + 1
    return this, this + 1


def cohorts(today: date) -> tuple[tuple[str, str], ...]:
    """Every cohort there can be: its key and its words, the nearest first."""
    return tuple(
        (f"{year} {day}", words.format(year))
        for year in years(today)
        for day, words in _DAYS.items()
    )


def moves(deadlines: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """The dates of moves of this school year and the next, one for each; superseded ones are not.

    Args:
        deadlines: of one child.
        today: the day.
    """
    found: dict[tuple[int, str], Deadline] = {}
    near = years(today)
    for one in deadlines:
        role = one.version.role
        if role not in MOVES or (year := year_of(one)) not in near:
            continue
        if one.state(today) != State.SUPERSEDED:
            found[year, role] = one
    return tuple(found[key] for key in sorted(found))


def transfer_rows(
    child: Child,
    facts: Sequence[Fact],
    dates: Iterable[Deadline],
    today: date,
    *,
    asked: Sequence[Asked] = (),
    setting: Setting | None = None,
    caseworker: str = "",
) -> tuple[TransferRow, ...]:
    """The rows of a child, one a move.

    Args:
        child: the child.
        facts: theirs, in order.
        dates: what `moves` gives.
        today: the day they are seen on.
        asked: their consultations, in order.
        setting: where they are.
        caseworker: who holds the case.
    """
    rows = []
    for one in dates:
        year = year_of(one)
        since = date(year - 1, 9, 1)
        own = tuple(each for each in asked if _is_of(each, since, year))
        settled, named = _settled(one, facts, today)
        chip = _chip(one, today, settled, named)
        rows.append(
            TransferRow(
                child_id=child.id,
                version=child.version,
                reference=child.reference,
                surname=child.surname,
                forename=child.forename,
                nc_year=_taught(child, today),
                setting="" if setting is None else setting.name,
                caseworker=caseworker,
                caseworker_id=child.caseworker_id or "",
                cohort=f"{year} {_day_of(one)}",
                year=year,
                next_phase=next_phase(child, one, year),
                due=one.due,
                days=(one.due - today).days,
                asked=own,
                settled=settled,
                named=named,
                state=chip[0],
                tone=chip[1],
                step=_step(own, settled, named, facts, since, today),
            )
        )
    return tuple(rows)


def next_phase(child: Child, deadline: Deadline, year: int) -> str:
    """Where a move leads, in words: "Secondary, Year 7"."""
    taught = _taught(child, date(year, 9, 1))
    told = child.transfer
    if told is not None and told.on.year == year and TRANSFERS.get(told.kind):
        words = _STAGES[told.kind]
    else:
        words = _by_year(deadline.version.role, taught)
    if taught is None or deadline.version.role == Role.AFTER_16:
        return words
    return f"{words}, {year_words(taught)}"


def untold_why(born: date | None, setting: Setting | None) -> str:
    """Why nobody can tell when a child moves, in words; "" where it can be told."""
    if born is None:
        return "no date of birth is recorded"
    if setting is not None and setting.kind in _THREE_TIER and setting.last_year is None:
        return f"the last year {setting.name} teaches is not recorded"
    return ""


def urgency(row: TransferRow) -> tuple[bool, date, str, str]:
    """The order of the list: what is still to be named first, by its date, then by name."""
    return row.is_settled, row.due, folded(row.surname), folded(row.forename)


def year_of(one: Deadline) -> int:
    """The calendar year of a move, by which its episode is named."""
    return int(one.episode.split()[1][:4])


def _day_of(one: Deadline) -> str:
    if one.version.role in (Role.INTO_SCHOOL, Role.BETWEEN_SCHOOLS):
        return _FEBRUARY
    march = date(year_of(one), 3, 31)
    return _MARCH if march in (one.due, one.common_due) else _LATER


def _taught(child: Child, on: date) -> int | None:
    if child.born is None:
        return None
    return nc_year(child.born, on, child.actual_year, child.actual_year_on)


def _by_year(role: str, year: int | None) -> str:
    if role == Role.INTO_SCHOOL:
        return "School"
    if role == Role.INTO_POST_16:
        return "Post-16"
    if role == Role.AFTER_16:
        return "Another post-16 place"
    known = {_JUNIOR: "Juniors", _SECONDARY: "Secondary"}
    return known.get(-1 if year is None else year, "Next school")


def _is_of(one: Asked, since: date, year: int) -> bool:
    """Whether a consultation is about a move: it began in the school year before it."""
    return since <= one.began < date(year, 9, 1)


def _settled(one: Deadline, facts: Sequence[Fact], today: date) -> tuple[date | None, str]:
    """The day of the final plan of a move, and the setting the latest of that year names."""
    if one.met_on is None or one.met_on > today:
        return None, ""
    ends = date(year_of(one), 9, 1)
    since = [fact for fact in facts if fact.kind in PLANS and one.met_on <= fact.on < ends]
    named = [fact.text("setting") or "" for fact in since if fact.on <= today]
    return one.met_on, next((name for name in reversed(named) if name), "")


def _chip(one: Deadline, today: date, settled: date | None, named: str) -> tuple[str, str]:
    days = (one.due - today).days
    if settled is not None:
        late = (settled - one.due).days
        if not named:
            return "setting not recorded", "soon"
        return (f"named {days_words(late)} late", "done_late") if late > 0 else ("named", "done")
    return when_words(days), "late" if days < 0 else "soon" if days <= SOON else "ok"


def _step(
    asked: Sequence[Asked],
    settled: date | None,
    named: str,
    facts: Sequence[Fact],
    since: date,
    today: date,
) -> str:
    """What is to be done next for a move."""
    if settled is not None:
        return "" if named else "record the setting named"
    kinds = {fact.kind for fact in facts if since <= fact.on <= today}
    if not asked:
        return "consult settings"
    if any(one.waits for one in asked):
        waiting = sum(one.waits for one in asked)
        return f"wait for {waiting} {'reply' if waiting == 1 else 'replies'}"
    if "amendment_notice_sent" not in kinds:
        return "send the amendment notice"
    return "send the final plan"
