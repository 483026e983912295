"""Who looked: what is kept, of whom, for how long one look counts, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from caseworker_app.domain.access import PRINTED
from caseworker_app.domain.permissions import Person
from caseworker_app.services.session import Session
from tests.support.sessions import add_child


@dataclass
class _At:
    """A moment that stands in for the clock."""

    moment: datetime

    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment


def test_opening_again_within_the_hour_is_one_look(session: Session) -> None:
    child, other = add_child(session, "Adams"), add_child(session, "Brown")
    clock = _At(datetime(2026, 11, 22, 12, tzinfo=UTC))
    session.clock = clock
    for minutes in (0, 30, 59):
        clock.moment = datetime(2026, 11, 22, 12, minutes, tzinfo=UTC)
        session.opened(child)
    session.opened(other)
    (row,) = session.who_looked(child)
    assert row.act == "Opened the case"
    assert row.cases.startswith("Adams")
    clock.moment = datetime(2026, 11, 22, 13, 1, tzinfo=UTC)
    session.opened(child)
    assert len(session.who_looked(child)) == 2
    assert len(session.who_looked()) == 3


def test_what_leaves_is_kept_and_is_of_each_case_in_it(session: Session) -> None:
    ids = [add_child(session, name) for name in ("Adams", "Brown", "Cole")]
    session.ask_export("children", ids[:2], PRINTED, "Handover")
    session.ask_export("children")
    told = session.who_looked(ids[0])
    assert [(row.act, row.what, row.cases) for row in told] == [
        ("Wrote a file", "", "everybody"),
        ("Printed", "Handover", "2 cases"),
    ]
    assert [row.cases for row in session.who_looked(ids[2])] == ["everybody"]


def test_words_that_name_the_child_are_not_kept(session: Session) -> None:
    child = add_child(session, "Adams")
    for words in ("Plan of ADAMS", "Adams\u2019s plan", "Adams' letter", "(Adams)", "Plan"):
        session.ask_export("children", (child,), PRINTED, words)
    assert [row.what for row in session.who_looked(child)] == ["Plan", "", "", "", ""]


def test_what_is_refused_is_not_kept_and_a_caseworker_reads_of_their_own(session: Session) -> None:
    child = add_child(session, "Adams")
    session.opened(child)
    session.person = Person(session.who, frozenset({"caseworker"}))
    assert session.who_looked() == ()
    assert session.who_looked(child) == ()


def test_it_is_no_change(session: Session) -> None:
    child = add_child(session, "Adams")
    session.opened(child)
    assert session.last_undo() is not None
    assert session.check() == ()
