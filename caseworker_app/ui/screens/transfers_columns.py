"""The columns of the phase transfer list and its figures. Plain Python, no Qt."""

from __future__ import annotations

from caseworker_app.domain.consulting import counted
from caseworker_app.domain.phase_transfer import TransferRow
from caseworker_app.ui.models.case_columns import year_shown, year_spoken
from caseworker_app.ui.models.column import LATE, SOON, Column, long_date
from caseworker_app.ui.models.figured import Figure, Figured


def search_text(row: TransferRow) -> str:
    """What the filter looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    asked = " ".join(one.setting for one in row.asked)
    return f"{names}\n{row.setting} {row.next_phase} {row.named} {asked} {row.step}"


def settings_of(row: TransferRow) -> frozenset[str]:
    """Every setting a row speaks of: where the child is, whom it asked, what is named."""
    return frozenset({row.setting, row.named, *(one.setting for one in row.asked)} - {""})


def asked_spoken(row: TransferRow) -> str:
    """The consultations with what each setting said."""
    return f"{counted(row.asked)}. {row.answers}" if row.asked else "nobody asked yet"


def in_full(row: TransferRow) -> str:
    """What one row comes to, in a sentence or two, for the line under the list."""
    parts = [f"{row.name} to {row.next_phase}, to be named by {long_date(row.due)}"]
    parts.append(row.answers or "No setting has been asked yet")
    if row.settled is not None:
        named = f", naming {row.named}" if row.named else ""
        parts.append(f"Final plan sent {long_date(row.settled)}{named}")
    return ". ".join(parts) + "."


COLUMNS: tuple[Column[TransferRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=150, style="strong"),
    Column(
        "year",
        "Year",
        lambda row: year_shown(row.nc_year),
        lambda row: -9 if row.nc_year is None else row.nc_year,
        spoken=lambda row: year_spoken(row.nc_year),
        width=46,
    ),
    Column("setting", "Now at", lambda row: row.setting, width=150, style="dim", stretch=True),
    Column("next", "Moves to", lambda row: row.next_phase, width=136),
    Column(
        "asked",
        "Consulted",
        lambda row: counted(row.asked),
        lambda row: (len(row.asked), sum(not one.waits for one in row.asked)),
        spoken=asked_spoken,
        width=112,
    ),
    Column("named", "Named", lambda row: row.named, width=126),
    Column("due", "Name by", lambda row: long_date(row.due), lambda row: row.due, width=98),
    Column(
        "state",
        "State",
        lambda row: row.state,
        lambda row: (row.is_settled, row.due),
        tone=lambda row: row.tone,
        width=134,
    ),
    Column("step", "To do", lambda row: row.step, width=172),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
)

LIST = Figured(
    COLUMNS,
    (
        Figure("all", "children", lambda _: True),
        Figure("settled", "final plan sent", lambda row: row.is_settled),
        Figure("consulted", "consulted", lambda row: bool(row.asked)),
        Figure(
            "untouched", "nothing sent yet", lambda row: not (row.asked or row.is_settled), SOON
        ),
        Figure("late", "late", lambda row: row.tone == LATE, LATE),
    ),
    search_text,
    in_full,
    "move",
    "moves",
    "Nobody moves to another phase this school year or the next. The cohorts build themselves from "
    "each child's year group and the last year their setting teaches.",
)
