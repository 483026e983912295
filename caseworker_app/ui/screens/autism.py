"""Autism path: each month beside what was planned, and the list of referrals where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from caseworker_app.domain.measures.autism_path import Month, last_of, overdue
from caseworker_app.services.session import Session
from caseworker_app.ui.models.column import LATE, OK, SOON, Column
from caseworker_app.ui.models.record_columns import columns_of
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.two_lists import TwoLists
from caseworker_app.ui.widgets.table import RowsTable


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def beside_plan(month: Month) -> str:
    """How many more or fewer wait than planned, in words; "" where one is not known."""
    if month.best is None or month.planned is None:
        return ""
    more = month.best - month.planned.waiting
    if not more:
        return "as planned"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than planned"


def _tone(month: Month) -> str:
    if month.best is None or month.planned is None:
        return ""
    return LATE if month.best > month.planned.waiting else OK


MONTHS: tuple[Column[Month], ...] = (
    Column(
        "month",
        "Month",
        lambda row: f"{row.month:%b %Y}",
        lambda row: row.month,
        width=96,
        style="strong",
    ),
    Column("additions", "Added", lambda row: _number(row.additions), align="right", width=80),
    Column(
        "planned_additions",
        "Planned",
        lambda row: "" if row.planned is None else _number(row.planned.additions),
        align="right",
        width=80,
        style="dim",
    ),
    Column("discharged", "Left", lambda row: _number(row.discharged), align="right", width=80),
    Column(
        "planned_discharged",
        "Planned",
        lambda row: "" if row.planned is None else _number(row.planned.discharged),
        align="right",
        width=80,
        style="dim",
    ),
    Column(
        "waiting",
        "Waiting",
        lambda row: _number(row.best),
        align="right",
        width=90,
        style="strong",
        doubt=lambda row: row.doubt,
    ),
    Column(
        "planned_waiting",
        "Planned",
        lambda row: "" if row.planned is None else _number(row.planned.waiting),
        align="right",
        width=80,
        style="dim",
    ),
    Column("beside", "Beside the plan", beside_plan, tone=_tone, width=190),
    Column("doubt", "Doubt", lambda row: row.doubt, stretch=True, style="dim"),
)


class AutismScreen(TwoLists):
    """The months, above; the referrals that joined or left in the month chosen, below."""

    nothing_above = "No month yet: it begins with a referral, or with a figure by hand."
    follows = frozenset({"hand_value", "autism_referral"})

    def columns(self) -> tuple[Column[Any], ...]:
        """What a referral says, and how it stands to three months and twenty weeks."""
        today = self.frame.today()

        def stands(row: Any) -> str:  # noqa: ANN401
            return overdue(row.record, today)

        def tone(row: Any) -> str:  # noqa: ANN401
            words = stands(row)
            return LATE if "20 weeks" in words else SOON if "3 months" in words else ""

        stood: Column[Any] = Column("stands", "From triage", stands, tone=tone, width=160)
        return (*columns_of(self.kind), stood)

    def read(self, session: Session) -> Sequence[Any]:
        """The months and the referrals."""
        months = self.frame.application.autism_months(session)
        return (months, session.record_rows(self.kind.name))

    def make_upper(self) -> RowsTable:
        """The list of months."""
        model: RowsModel[Month] = RowsModel(
            MONTHS, lambda row: row.month.isoformat(), lambda row: f"{row.month:%B %Y}", self
        )
        return RowsTable(
            model, self.frame.theme, "Months of the autism path", "Enter adds a referral"
        )

    def keeps(self, above: Month) -> Callable[[Any], bool]:
        """Referrals that joined, were decided or left in the month."""
        first, last = above.month, last_of(above.month)

        def within(row: Any) -> bool:  # noqa: ANN401
            one = row.record
            days = (one.referred_on, one.decided_on, one.discharged_on)
            return any(day is not None and first <= day <= last for day in days)

        return within

    def tells(self, above: Month) -> str:
        """The month in a sentence."""
        parts = [f"{above.month:%B %Y}", beside_plan(above), above.doubt]
        return " · ".join(one for one in parts if one)
