"""Restricted cases: who opens one, what is asked first, what is counted, and what is on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import CaseworkerError, Refused
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.domain.restricted import ReasonNeeded
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import TODAY, Places, session_at

OPENER, HOLDER = "Ola Opener", "Hal Holder"
SURNAME = "Okafor"


def _fill(session: Session) -> tuple[str, str]:
    done(session, do.AddRecord("caseworker", {"name": HOLDER}))
    (holder,) = session.caseworkers()
    held = reviewed(session, SURNAME, caseworker_id=holder.id, upn="A000000000002")
    other = reviewed(session, "Patel")
    since = TODAY - timedelta(days=3)
    restriction = {
        "child_id": held,
        "why": "family works here",
        "opened_by": OPENER,
        "since": since,
    }
    done(session, do.AddRecord("restriction", restriction))
    for child in (held, other):
        note = {"child_id": child, "on": TODAY, "kind": "call", "words": "They rang."}
        done(session, do.AddRecord("note", note))
    return held, other


@pytest.fixture
def everybody(places: Places) -> tuple[Session, str, str]:
    """An open store, a restricted case in it that Hal holds, and another."""
    where, (held, other) = places.copy(_fill)
    return session_at(where), held, other


def _as(session: Session, name: str, *roles: str) -> Session:
    person = Person(name, frozenset(roles), known=True)
    return Session(session.store, session.offered, session.clock, person)


def _seen(session: Session) -> dict[str, bool]:
    """Where a restricted child is seen: every list and search."""
    lists = {
        "cases": [row.surname for row in session.cases()],
        "alerts": [row.name for row in session.alerts()],
        "today": [row.name for row in session.today_lines()],
        "reviews": [row.name for row in session.reviews()],
        "caseload": [file.child.surname for file in session.caseload()],
        "notes": [str(row.words) for row in session.record_rows("note")],
        "choices": [words for _, words in session.record_choices("child")],
        "history": [row.what for row in session.history(99)],
        "actions": [row.what for row in session.actions(99)],
    }
    return {name: any(SURNAME in one for one in rows) for name, rows in lists.items()}


def test_whom_a_case_is_not_for_meets_it_in_no_list(everybody: tuple[Session, str, str]) -> None:
    session, held, other = everybody
    for roles in (("data",), ("administrator",), ("caseworker",)):
        somebody = _as(session, "Ann Lee", *roles)
        assert not any(_seen(somebody).values()), roles
        assert [row.id for row in somebody.cases()] == [other]
        for call in (
            lambda: somebody.case(held),  # noqa: B023
            lambda: somebody.belonging(held),  # noqa: B023
            lambda: somebody.open_restricted(held, "curious"),  # noqa: B023
        ):
            with pytest.raises(Refused, match=f"not open to you: ask {OPENER}"):
                call()
        assert somebody.case(other).child.surname == "Patel"
        assert len(somebody.record_rows("note")) == 1
    session.close()


def test_whom_it_is_for_opens_it_unasked(everybody: tuple[Session, str, str]) -> None:
    session, held, _ = everybody
    for somebody in (_as(session, "ola OPENER", "data"), session):
        assert all(_seen(somebody).values())
        before = len(session.history(999))
        assert somebody.case(held).child.surname == SURNAME
        assert len(session.history(999)) == before
    session.close()


@pytest.mark.parametrize(
    ("name", "role"),
    [(HOLDER, "caseworker"), ("A", "senior"), ("A", "quality"), ("A", "reader")],
)
def test_others_say_why_first_and_that_goes_on_record(
    everybody: tuple[Session, str, str], name: str, role: str
) -> None:
    session, held, _ = everybody
    somebody = _as(session, name, role)
    assert _seen(somebody)["cases"]
    assert len(somebody.record_rows("note")) == 1
    with pytest.raises(ReasonNeeded, match="say why") as asked:
        somebody.case(held)
    assert asked.value.children == (held,)
    change = do.ChangeChild(held, session.case(held).child.version, {"comment": "x"})
    outcome = somebody.submit(change)
    assert isinstance(outcome, Failed)
    with pytest.raises(Refused, match="why"):
        somebody.open_restricted(held, "  ")
    somebody.open_restricted(held, "the  tribunal asked")
    somebody.open_restricted(held, "again")
    assert somebody.case(held).child.surname == SURNAME
    assert len(somebody.record_rows("note")) == 2
    (newest, *_) = session.history(1)
    assert newest.who == name
    assert "estricted case opened: the tribunal asked" in newest.what
    assert isinstance(somebody.submit(change), Done) is (role in ("caseworker", "senior"))
    with pytest.raises(ReasonNeeded):
        _as(session, name, role).case(held)
    assert session.check() == ()
    session.close()


def test_a_restriction_holds_from_a_day_to_a_day(everybody: tuple[Session, str, str]) -> None:
    session, held, _ = everybody
    somebody = _as(session, "Ann Lee", "data")
    (row,) = session.record_rows("restriction")
    for fields, hidden in (
        ({"until": TODAY}, True),
        ({"until": TODAY - timedelta(days=1)}, False),
        ({"since": TODAY + timedelta(days=1), "until": None}, False),
        ({"since": TODAY}, True),
    ):
        version = session.version_of("restriction", row.id)
        done(session, do.ChangeRecord("restriction", row.id, version, fields))
        assert held not in [one.id for one in somebody.cases()] or not hidden
        assert (held in [one.id for one in somebody.cases()]) is not hidden, fields
    session.close()


def test_figures_check_and_recount_see_every_case_and_say_so(
    everybody: tuple[Session, str, str],
) -> None:
    session, _, _ = everybody
    data = _as(session, "Dan Data", "data")
    since, until = date(2026, 9, 1), date(2026, 11, 22)
    whole = bootstrap.board(session, since, until, edition=Audience.TEAM)
    told = bootstrap.board(data, since, until, edition=Audience.TEAM)
    assert told.live == whole.live == 2
    first, second = (
        [(one.ref, one.numerator, one.denominator) for one in of.measures] for of in (told, whole)
    )
    assert first == second
    # It is counted, and named nowhere.
    (reference,) = (one.reference for one in session.cases() if one.surname == SURNAME)
    assert reference in str(whole)
    assert reference not in str(told)
    assert SURNAME not in str(told)
    assert session.history(1)[0].what == "Board return: 1 restricted case counted with the rest"
    assert data.check() == ()
    assert session.history(1)[0].what.startswith("Check of the store: 1 restricted")
    assert len(data.cases()) == 1
    admin = _as(session, "Adi", "administrator")
    admin.recompute()
    assert session.check() == ()
    session.close()


def test_matching_sees_it_and_says_only_whom_to_ask(everybody: tuple[Session, str, str]) -> None:
    session, held, _ = everybody
    data = _as(session, "Dan Data", "data")
    before = session.case(held)
    row = incoming_case(2, surname=SURNAME, upn="A000000000002", reference="Z-1")
    for dry_run in (True, False):
        result = data.apply_import(incoming(row), dry_run=dry_run)
        (parked,) = result.parked
        assert parked.why == f"this may be a case that is not open to you: ask {OPENER}"
        assert result.cases_created == result.cases_updated == 0
    outcome = data.submit(
        do.AddChild({"surname": SURNAME, "forename": "Grace", "born": date(2014, 3, 3)})
    )
    assert isinstance(outcome, Failed)
    assert outcome.sentence == (f"This may be a child whose case is not open to you: ask {OPENER}.")
    assert outcome.children == ()
    assert session.case(held) == before
    session.close()


def test_somebody_who_works_alone_is_never_asked(everybody: tuple[Session, str, str]) -> None:
    session, held, _ = everybody
    alone = Session(session.store, session.offered, session.clock, Person("Me", frozenset(ROLES)))
    assert alone.case(held).child.surname == SURNAME
    assert all(_seen(alone).values())
    session.close()


def test_what_others_did_of_it_is_not_undone_or_read_by_whom_it_is_not_for(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, _ = everybody
    record(session, held, "plan_sent", TODAY)
    group = session.actions(1)[0].group
    data = _as(session, "Dan Data", "data", "senior")
    data.person = Person("Dan Data", frozenset({"data"}), known=True)
    outcome = data.submit(do.Undo(group, sure=True))
    assert isinstance(outcome, Failed)
    assert "not open to you" in outcome.sentence
    assert not any(SURNAME in str(one) for one in data.sought())
    with pytest.raises(CaseworkerError):
        data.names_others(held, ())
    child = add_child(session, "Zed")
    assert data.case(child).child.surname == "Zed"
    session.close()


def test_whoever_restricts_a_case_has_it_open(everybody: tuple[Session, str, str]) -> None:
    session, _, other = everybody
    senior, data = _as(session, "Sen Ior", "senior"), _as(session, "Dan Data", "data")
    assert data.case(other)
    done(senior, do.AddRecord("restriction", {"child_id": other, "why": "x", "since": TODAY}))
    assert senior.case(other).child.surname == "Patel"
    with pytest.raises(Refused, match="ask a manager"):
        data.case(other)
    with pytest.raises(ReasonNeeded):
        _as(session, "Sen Ior", "senior").case(other)
    session.close()


def test_what_others_record_of_it_comes_to_nobody_who_has_not_opened_it(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, other = everybody
    theirs = session_at(session.where)
    for one in (_as(session, "Sen Ior", "senior"), _as(session, "Dan Data", "data")):
        one.others_did()
        for child in (held, other):
            note = {"child_id": child, "on": TODAY, "kind": "call", "words": f"Of {child}."}
            done(theirs, do.AddRecord("note", note))
        told = one.others_did()
        assert told is not None
        assert [row.words["words"] for row in told.rows_of("note")] == [f"Of {other}."]
    theirs.close()
    session.close()


def test_restricting_it_once_more_opens_it_to_nobody(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, _ = everybody
    somebody = _as(session, "Sen Ior", "senior")
    for why in ("", "to see it"):
        restriction = {"child_id": held, "why": why, "since": TODAY}
        assert isinstance(somebody.submit(do.AddRecord("restriction", restriction)), Failed)
        with pytest.raises(ReasonNeeded):
            somebody.case(held)
    session.close()


def test_an_extract_held_against_the_store_says_only_whom_to_ask(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, other = everybody
    row = incoming_case(2, surname=SURNAME, upn="A000000000002", reference="Z-1", need="MLD")
    for name, role, listed in (("Dan Data", "data", {other}), ("Sen Ior", "senior", {other})):
        somebody = _as(session, name, role)
        found = somebody.reconcile(incoming(row))
        assert (found.matched, found.differences, found.only_theirs) == (0, (), ())
        assert [one.why for one in found.doubts] == [
            f"this may be a case that is not open to you: ask {OPENER}"
        ]
        assert {one.child_id for one in found.only_ours} == listed
    told = session.reconcile(incoming(row)).differences
    assert told
    before = session.case(held)
    assert somebody.accept_differences(incoming(row), told).taken == ()
    assert session.case(held) == before
    # Nobody whom the file does not name is shown to whom the case is not for.
    ours = _as(session, "Dan Data", "data").reconcile(incoming()).only_ours
    assert [one.child_id for one in ours] == [other]
    session.close()


def test_an_import_names_nobody_whose_case_is_not_open(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, _ = everybody
    child = session.case(held).child
    data = _as(session, "Dan Data", "data")
    row = incoming_case(2, surname="Else", upn=child.upn, reference="Z-1", born=date(2010, 1, 1))
    for result in (data.apply_import(incoming(row), dry_run=True), data.reconcile(incoming(row))):
        assert result.doubts
        assert SURNAME not in str(result)
    session.close()


def test_dates_that_rules_move_are_counted_and_nobody_is_named(
    everybody: tuple[Session, str, str],
) -> None:
    session, held, other = everybody
    command = do.AddRecord("chosen_reading", {"point": "A2", "code": "anniversary"})
    admin = _as(session, "Adi", "administrator")
    whole, told = session.changes_by(command), admin.changes_by(command)
    assert {one.child_id for one in told} == {one.child_id for one in whole} == {held, other}
    assert len(told) == len(whole)
    assert SURNAME in str(whole)
    assert SURNAME not in str(told)
    assert session.case(held).child.reference not in str(told)
    session.close()
