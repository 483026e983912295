"""The columns of the list for review, its figures and its filter. Plain Python, no Qt."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.retention import DUE, HELD, NO_BIRTHDAY, SOON, STATES, RetentionRow
from caseworker_app.ui.models.column import LATE, Column, long_date
from caseworker_app.ui.models.column import SOON as SOON_TONE
from caseworker_app.ui.models.figured import Figure, Figured

TAKEN_OUT = "taken out"
_TONES = {DUE: LATE, SOON: SOON_TONE}


def search_text(row: RetentionRow) -> str:
    """What the filter looks in."""
    return f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}\n{row.hold}"


def state_of(row: RetentionRow) -> tuple[str, ...]:
    """The state a row is filtered by."""
    return (row.state,)


def states(numbers: object) -> list[tuple[str, str]]:
    """The states to choose from."""
    del numbers
    return [(one, words) for one, words in STATES.items() if one in (DUE, SOON, HELD, NO_BIRTHDAY)]


def columns() -> tuple[Column[RetentionRow], ...]:
    """The columns in the order shown."""
    return (
        Column("surname", "Surname", lambda row: row.surname, width=130, style="strong"),
        Column("forename", "Forename", lambda row: row.forename, width=110),
        Column("reference", "Reference", lambda row: row.reference, width=96, style="dim"),
        Column("born", "Born", lambda row: long_date(row.born), _born, width=100),
        Column("due", "Kept until", lambda row: long_date(row.due), _due, width=100),
        Column(
            "state",
            "State",
            lambda row: STATES[row.state],
            tone=lambda row: _TONES.get(row.state, ""),
            width=150,
        ),
        Column("status", "Status", lambda row: row.status, width=90),
        Column("hold", "Held, and why", lambda row: row.hold, width=200, stretch=True),
        Column("caseworker", "Caseworker", lambda row: row.caseworker, width=110, style="dim"),
    )


def _born(row: RetentionRow) -> date:
    return row.born or date.max


def _due(row: RetentionRow) -> date:
    return row.due or date.max


def in_full(row: RetentionRow) -> str:
    """A row in a sentence or two."""
    until = f"kept until {day_words(row.due)}" if row.due else "no date of birth is recorded"
    stands = (
        "it was taken out and is in no other list"
        if row.status == TAKEN_OUT
        else f"status: {row.status}"
    )
    held = f" Held: {row.hold}." if row.hold else ""
    return f"{row.name} ({row.reference}): {until}; {stands}.{held}"


def listed() -> Figured[RetentionRow]:
    """The list with its figures."""
    return Figured(
        columns(),
        (
            Figure("all", "for review", lambda _: True),
            Figure("due", "due now", lambda row: row.state == DUE, LATE),
            Figure("soon", "due within a year", lambda row: row.state == SOON, SOON_TONE),
            Figure("held", "held", lambda row: row.state == HELD),
            Figure("no_birthday", "no date of birth", lambda row: row.state == NO_BIRTHDAY),
            Figure("out", "taken out of the lists", lambda row: row.status == TAKEN_OUT),
        ),
        search_text,
        in_full,
        "case",
        "cases",
        "No case is due to go, nor will be within a year.",
    )
