"""The dashboard of a store: read once, of whose cases, and what one may see of it."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.charts import Chart
from caseworker_app.domain.errors import Cancelled
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.domain.whose import Whose
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done, record, reviewed


def as_role(session: Session, role: str) -> Session:
    return Session(
        session.store, session.rules, session.clock, Person("Ann Lee", frozenset({role}))
    )


def behind(chart: Chart) -> set[str]:
    return {one.reference for mark in chart.marks() for one in mark.things}


def test_it_counts_what_is_in_the_store_today(session: Session) -> None:
    reviewed(session)
    assessed = add_child(session, "Silva", born=date(2018, 3, 3))
    record(session, assessed, "request_received", date(2026, 5, 1))
    record(session, assessed, "assessment_decision_sent", date(2026, 6, 1), outcome="assess")
    found = bootstrap.dashboard(session)
    by_name = {one.child.surname: one.child.reference for one in session.caseload()}
    assert found.live == 1
    assert behind(found.chart("open_assessments")) == {by_name["Silva"]}
    assert behind(found.chart("review_stock")) == {by_name["Okafor"]}
    late = found.chart("overdue_coming")
    board = bootstrap.board(session, date(2026, 9, 1), session.today(), edition=Audience.TEAM)
    assert sum(late.total(at) for at in late.late) == len(board.overdue) > 0


def test_it_shows_the_cases_of_whoever_is_asked_for_alone(session: Session) -> None:
    done(session, add_caseworker("R. Haque"))
    haque = session.caseworkers()[0].id
    reviewed(session, caseworker_id=haque)
    reviewed(session, "Patel")
    whose = Whose(words="R. Haque", holders=frozenset({haque}))
    found = bootstrap.dashboard(session, whose)
    assert found.about.startswith("R. Haque: 1 live plan on ")
    assert len(behind(found.chart("review_stock"))) == 1
    assert bootstrap.dashboard(session).live == 2


def test_each_role_sees_what_the_table_of_rights_lets_it(session: Session) -> None:
    reviewed(session)
    for role in ROLES:
        keys = {one.key for one in bootstrap.dashboard(as_role(session, role)).charts}
        assert ("quality" in keys) is (role != "caseworker")
        # As the managers' edition of the board return.
        assert ("workload" in keys) is (role in ("senior", "data", "administrator"))
        assert "overdue_coming" in keys


def test_it_can_be_stopped(session: Session) -> None:
    reviewed(session)
    told: list[str] = []

    def stop(at: int, total: int, words: str) -> None:
        del at, total
        told.append(words)
        if words == "Counting cases":
            raise Cancelled("Stopped. Nothing was changed.")

    with pytest.raises(Cancelled):
        bootstrap.dashboard(session, progress=stop)
    assert told[0] == "Reading cases"
