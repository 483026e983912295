"""What the Improvement plan screen shows: plans, how each thing promised stands, and progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.declarations.promised import (
    ImprovementPlan,
    PlanAction,
    Progress,
    SuccessMeasure,
    Workstream,
)
from caseworker_app.domain.improvement.standing import (
    Records,
    Standing,
    Stream,
    standings,
    streams_of,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.permissions import Right
from caseworker_app.services.gate import asks_itself

if TYPE_CHECKING:
    from collections.abc import Iterable

    from caseworker_app.domain.measures.board import Result
    from caseworker_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Followed:
    """Every improvement plan of a store.

    Attributes:
        rows: how each success measure stands.
        streams: the workstreams with what they hold.
        fed: whether the measures of the catalogue were counted for it.
    """

    records: Records = field(default_factory=Records)
    rows: tuple[Standing, ...] = ()
    streams: tuple[Stream, ...] = ()
    fed: bool = False

    @property
    def plans(self) -> tuple[ImprovementPlan, ...]:
        """The plans, the newest first."""
        return tuple(
            sorted(self.records.plans, key=lambda one: (one.agreed_on, one.id), reverse=True)
        )

    def plan_of(self, workstream: Workstream) -> str:
        """The name of the plan that a workstream is of."""
        return next((one.name for one in self.records.plans if one.id == workstream.plan_id), "")


@asks_itself
def followed(session: Session, results: Iterable[Result] | None = None) -> Followed:
    """How every plan stands today; `results` are the catalogue's measures, where they are counted.

    Raises:
        Refused: the person may not see it.
    """
    session.person.ask("improvement", Right.READ)
    today = session.today()
    with session.store.reading() as reading:

        def every(of: type[Any]) -> tuple[Any, ...]:
            return tuple(reading.all_of(kind_of(of)).values())

        records = Records(
            every(ImprovementPlan),
            every(Workstream),
            every(PlanAction),
            every(SuccessMeasure),
            every(Progress),
        )
    rows = standings(records, results or (), today)
    return Followed(records, rows, streams_of(rows, records.workstreams), fed=results is not None)
