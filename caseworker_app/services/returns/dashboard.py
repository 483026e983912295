"""The dashboard of a store: reads the caseload once, and counts every chart of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caseworker_app.domain.charts import Dashboard
from caseworker_app.domain.dashboard.whole import AUDITS, WORKLOAD, dashboard, kinds_read
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.whose import EVERYONE, Whose
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.board_return import views_of
from caseworker_app.services.returns.told import told
from caseworker_app.services.session import Session
from caseworker_app.services.without_collector import without_collector


def made(
    session: Session,
    catalogue: Iterable[Measure],
    whose: Whose = EVERYONE,
    progress: Progress | None = None,
) -> Dashboard:
    """Every chart of today's caseload that whoever is at the keyboard may see.

    Args:
        session: the open store.
        catalogue: every measure.
        whose: whose cases it is of.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not see the cases, or the board return.
    """
    session.person.ask("board", Right.READ)
    day, kinds = session.today(), kinds_read()
    with without_collector(), session.store.reading() as reading:
        files = session.caseload(progress, on=day, kinds=kinds)
        shown = tuple(one for one in files if whose.has(one.child.caseworker_id or ""))
        caseload = Caseload(
            views_of(shown, day, progress), Period(day, day), day, session.beside(kinds)
        )
        return dashboard(
            caseload,
            catalogue,
            told(reading, day, None).places,
            whose="" if whose.holders is None else whose.words,
            without=frozenset(_unseen(session)),
        )


def _unseen(session: Session) -> Iterator[str]:
    """The parts that are not for whoever is at the keyboard."""
    if not session.person.may("audits", Right.READ):
        yield AUDITS
    if not session.person.may("bulk", Right.READ):
        # As the managers' edition of the board return: it shows how work is shared out.
        yield WORKLOAD
