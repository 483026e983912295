"""Today's table: its columns, its groups, and how a day's distance reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.levels import OVERDUE as OVERDUE_WORDS
from caseworker_app.domain.levels import Level
from caseworker_app.domain.names import folded
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.today import LATE as LATE_SECTIONS
from caseworker_app.domain.today import (
    UNCOUNTED,
    WEEK,
    Section,
    counted,
    is_done,
    is_overdue,
    section_of,
    when,
)
from caseworker_app.ui.models.column import (
    DONE,
    LATE,
    OK,
    QUIET,
    SOON,
    Column,
    by_name,
    long_date,
)
from caseworker_app.ui.models.grouped_model import Grouping

_TONES = {
    Section.UNDECIDED: LATE,
    Section.OVERDUE: LATE,
    Section.WEEK: SOON,
    Section.DONE: DONE,
}
_AHEAD = frozenset({Section.MONTH, Section.LATER, Section.WAITING})
_LOUDER = frozenset({Section.WEEK, Section.MONTH, Section.LATER, Section.WAITING})


def tone(row: AlertRow, ahead: int = WEEK) -> str:
    """The tone of the chip: by the days left, or louder where a threshold says so.

    `ahead` are the days from which on the person wants it amber, whatever thresholds bind.
    """
    section = section_of(row)
    quiet = _TONES.get(section, QUIET)
    if section in _AHEAD:
        quiet = SOON if row.days < ahead else OK
    if row.level and section in _LOUDER:
        return LATE if row.level > Level.AMBER else SOON
    return quiet


def alert_words(row: AlertRow) -> str:
    """How loud it is and what is missing, `red: 6 weeks left, no meeting fixed`, or ""."""
    if not row.level or row.alert == OVERDUE_WORDS:
        return ""
    return f"{Level(row.level).words}: {row.alert}"


def is_escalated(row: AlertRow) -> bool:
    """Whether it is to go up to a manager."""
    return row.level == Level.ESCALATE


def rises_this_week(row: AlertRow) -> bool:
    """Whether it grows louder within seven days if nothing is recorded."""
    return row.rises_on is not None and (row.rises_on - row.due).days + row.days <= WEEK


def louder(rising: int) -> list[str]:
    """That so many alerts turn amber, red or go up within a week, in words; empty for none."""
    words = "1 alert becomes" if rising == 1 else f"{rising:,} alerts become"
    return [f"{words} more urgent within 7 days"] if rising else []


def counted_as(row: AlertRow) -> int:
    """What the figures on top of Today count a line as; see `sections` and `escalated`."""
    return int(section_of(row)) * 2 + is_escalated(row)


def sections(counts: Counter[int]) -> Counter[Section]:
    """How many lines stand in each section, of how many are counted as what."""
    found: Counter[Section] = Counter()
    for code, many in counts.items():
        found[Section(code // 2)] += many
    return found


def escalated(counts: Counter[int]) -> int:
    """How many lines are to go up to a manager."""
    return sum(many for code, many in counts.items() if code % 2)


def identity(row: AlertRow) -> str:
    """A line's id among all of Today."""
    return row.record or f"{row.child_id}/{row.rule}/{row.episode}"


def search_text(row: AlertRow) -> str:
    """What the search field looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    return f"{names}\n{row.setting} {row.what}"


def with_whom(row: AlertRow) -> str:
    """Who has to act, in words; nobody where it is done."""
    return "" if is_done(row) else WHO.get(row.who, row.who)


def why(row: AlertRow) -> str:
    """What a threshold misses, or where the date comes from; before it how many wait with it."""
    words = alert_words(row) or row.why
    if row.snoozed_until is not None:
        words = f"until {day_words(row.snoozed_until)}: {row.snoozed_why}"
    if not row.also:
        return words
    first = min(day for _, day in row.also)
    return f"{len(row.also)} also due, from {day_words(first)} · {words}"


def why_in_full(row: AlertRow) -> str:
    """Where the date comes from, the other reading, and the dates that wait with it."""
    words = [part for part in (alert_words(row), row.why) if part]
    if row.rises_on is not None:
        words.append(f"from {long_date(row.rises_on)} {row.rises}")
    if row.common_due is not None and row.common_due != row.due:
        words.append(f"by the common reading {long_date(row.common_due)}")
    words += [f"also due: {what}, {long_date(day)}" for what, day in row.also]
    return "; ".join(words)


_COLUMNS: tuple[Column[AlertRow], ...] = (
    Column("when", "When", when, lambda row: row.due, tone=tone, width=148),
    Column("child", "Child", lambda row: row.name, by_name, width=150, style="strong"),
    Column("what", "What", lambda row: row.what, width=212),
    Column(
        "due",
        "Legal date",
        lambda row: "" if is_done(row) else long_date(row.due),
        lambda row: row.due,
        width=100,
    ),
    Column(
        "target",
        "Work to",
        lambda row: "" if is_done(row) else long_date(row.target),
        lambda row: row.target,
        width=100,
        style="dim",
    ),
    Column("who", "With", with_whom, width=68),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=124, style="dim"),
    Column("why", "Why", why, spoken=why_in_full, width=200, style="dim", stretch=True),
)


def columns(
    holder: Callable[[AlertRow], str], ahead: Callable[[], int] = lambda: WEEK
) -> tuple[Column[AlertRow], ...]:
    """The columns; `holder` says who holds a line's case, `ahead` is as `tone` has it."""
    own = {
        "caseworker": lambda one: one._replace(text=holder),
        "when": lambda one: one._replace(tone=lambda row: tone(row, ahead())),
    }
    return tuple(own[one.key](one) if one.key in own else one for one in _COLUMNS)


CARDS = (
    ("overdue", "overdue", "late"),
    ("week", "next 7 days", "soon"),
    ("month", "next four weeks", ""),
    ("others", "waiting on others", ""),
    ("escalate", "to escalate", "late"),
)
"""The figures on top of Today: key, words and tone."""

CARD_SECTIONS = {
    "overdue": LATE_SECTIONS,
    "week": frozenset({Section.WEEK}),
    "month": frozenset({Section.MONTH}),
    "others": frozenset({Section.WAITING}),
}
"""Which sections a figure counts; `escalate` counts what goes up to a manager, wherever it is."""


def on_card(card: str) -> Callable[[AlertRow], bool]:
    """Whether a line is among those that a figure counts."""
    if card not in CARD_SECTIONS:
        return is_escalated
    sections = CARD_SECTIONS[card]
    return lambda row: section_of(row) in sections


def _how_many(rows: Sequence[AlertRow]) -> str:
    """How many lines a section has; of what is put off, how many are overdue all the same."""
    late = sum(map(is_overdue, rows)) if section_of(rows[0]) is Section.SNOOZED else 0
    return f"{len(rows):,}, {late:,} overdue" if late else f"{len(rows):,}"


NOBODY, NO_TEAM = "Unassigned", "Not in a team"
SECTIONS: Grouping[AlertRow] = Grouping(section_of, [one.words for one in Section], _how_many)
"""The lines by their section."""


def by_caseworker(rows: Iterable[AlertRow]) -> Grouping[AlertRow]:
    """The lines of some by who holds the case: nobody's first, then who has most overdue.

    What is put off Today is overdue here all the same.
    """
    some = list(rows)
    names = {row.caseworker_id: row.caseworker for row in some} | {"": NOBODY}
    return _by(some, lambda row: row.caseworker_id, names)


def by_team(rows: Iterable[AlertRow], teams: Mapping[str, str]) -> Grouping[AlertRow]:
    """The lines of some by the team of who holds the case; nobody's first, as `by_caseworker`.

    Args:
        rows: the lines.
        teams: the name of the team by the id of each caseworker who is in one.
    """

    def team(row: AlertRow) -> str:
        return teams.get(row.caseworker_id, NO_TEAM) if row.caseworker_id else ""

    names = {one: one for one in (*teams.values(), NO_TEAM)} | {"": NOBODY}
    return _by(list(rows), team, names)


def _by(
    rows: Sequence[AlertRow], whose: Callable[[AlertRow], str], names: Mapping[str, str]
) -> Grouping[AlertRow]:
    """The lines of some by whose they are, with the names of these."""
    lines: dict[str, list[AlertRow]] = {}
    for row in rows:
        if section_of(row) not in UNCOUNTED:
            lines.setdefault(whose(row), []).append(row)
    late = {key: sum(map(is_overdue, theirs)) for key, theirs in lines.items()}
    order = sorted(lines, key=lambda one: (one != "", -late[one], folded(names[one]), one))
    places = {one: at for at, one in enumerate(order)}
    last, rights = len(order), len(order) + 1

    def group(row: AlertRow) -> int:
        section = section_of(row)
        if section is Section.DONE:
            return last
        return rights if section is Section.RIGHTS else places.get(whose(row), rights)

    ends = [Section.DONE.words, Section.RIGHTS.words]
    return Grouping(group, [*(names[one] for one in order), *ends], tell)


def tell(rows: Sequence[AlertRow]) -> str:
    """How many of some lines are overdue, due soon and to come."""
    if all(section_of(row) in UNCOUNTED for row in rows):
        return f"{len(rows):,}"
    overdue, week = sum(map(is_overdue, rows)), counted(rows)[Section.WEEK]
    parts = [f"{overdue:,} overdue", f"{week:,} in the next 7 days", f"{len(rows):,} in all"]
    return ", ".join(parts)
