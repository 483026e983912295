"""Who is to be asked, whose an answer is, and the file of a form service, on both databases."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.declarations.families import Feedback
from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import Cell, RawRow, RawRows
from caseworker_app.domain.kinds import kind_of
from caseworker_app.imports.records import understood
from caseworker_app.services import commands as do
from caseworker_app.services.families.families import (
    NO_CODE,
    NOT_AGREED,
    STRANGE,
    families,
    invitations,
    to_invite,
)
from caseworker_app.services.imports.bringing_records import bring_in
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record, reviewed

TODAY = date(2026, 11, 22)
HEAD = ("ID", "Completion time", "About", "Who are you", "Token", "Rating", "Comments", "Consent")


def brought(session: Session, *rows: tuple[str, ...]) -> tuple[int, int, int, list[str]]:
    """Bring answers of a form service in: made, changed, unchanged, and why rows were parked."""
    cells: list[tuple[Cell, ...]] = [HEAD, *rows]
    raw = RawRows(
        ("answers.csv",),
        tuple(RawRow(Place("answers.csv", "", at), row) for at, row in enumerate(cells, 1)),
    )
    came = bring_in(session, understood(raw, kind_of(Feedback)))
    return came.made, came.changed, came.unchanged, [row.why for row in came.parked]


def answer(number: str, token: str = "", rating: str = "Good", **more: str) -> tuple[str, ...]:
    words, agreed = more.get("words", ""), more.get("agreed", "")
    return (number, "01/11/2026", "Assessment", "Parent", token, rating, words, agreed)


def test_a_family_is_asked_after_a_plan_and_after_a_decision_and_not_twice(
    session: Session,
) -> None:
    new = add_child(session, "New")
    record(session, new, "plan_sent", date(2026, 10, 5))
    old = add_child(session, "Old")
    record(session, old, "plan_sent", date(2026, 4, 1))
    decided = reviewed(session, "Decided")
    record(session, decided, "review_decision_sent", date(2026, 11, 2), outcome="maintain")
    found = to_invite(session)
    assert [(one.surname, one.about) for one in found] == [
        ("New", "assessment"),
        ("Decided", "review"),
    ]
    done(session, invitations(found, TODAY, "letter"))
    assert to_invite(session) == ()
    asked = families(session).asked
    assert {one.name for one in asked} == {"New, Grace", "Decided, Grace"}
    assert len({one.record.token for one in asked}) == 2
    done(session, do.Undo())
    assert to_invite(session) == found


def test_an_answer_leads_to_a_case_only_where_the_family_agreed(session: Session) -> None:
    child_id = add_child(session)
    fields = {"about": "review", "sent_on": date(2026, 10, 1), "way": "letter", "token": "AB12"}
    done(session, do.AddRecord("invitation", {"child_id": child_id, **fields}))
    made = brought(
        session,
        answer("1", "ab12", agreed="Yes"),
        answer("2", "AB12", agreed="No"),
        answer("3", "ZZ99", agreed="Yes"),
        answer("4"),
    )
    assert made == (4, 0, 0, [])
    rows = {row.record.number: row for row in families(session).answers}
    assert [(rows[one].child_id, rows[one].whose) for one in "1234"] == [
        (child_id, "Okafor, Grace"),
        ("", NOT_AGREED),
        ("", STRANGE),
        ("", NO_CODE),
    ]
    assert families(session).asked[0].answered
    shown = [row.record.number for name, row in session.belonging(child_id) if name == "feedback"]
    assert shown == ["1"]


def test_the_same_file_twice_adds_nothing_and_two_who_say_the_same_stay_two(
    session: Session,
) -> None:
    file = answer("1"), answer("2"), answer("3", rating="Poor", words="We waited")
    assert brought(session, *file) == (3, 0, 0, [])
    assert brought(session, *file) == (0, 0, 3, [])
    # What the form service says otherwise of the same answer changes it.
    later = answer("3", rating="Fair", words="We waited")
    assert brought(session, *file[:2], later, answer("4")) == (1, 1, 2, [])


def test_without_numbers_what_cannot_be_told_apart_is_left_to_a_person(session: Session) -> None:
    file = answer(""), answer(""), answer("", words="We waited")
    made, _, unchanged, parked = brought(session, *file)
    assert (made, unchanged) == (2, 0)
    (why,) = parked
    assert why.startswith("row 2 says the same, and without the number of the answer nobody")
    assert brought(session, *file)[:3] == (0, 0, 2)


def test_a_row_that_does_not_say_enough_is_parked_and_none_is_guessed(session: Session) -> None:
    strange = ("1", "01/11/2026", "", "Parent", "", "Good", "", "")
    wrong = answer("2", rating="Brilliant")
    made, _, _, parked = brought(session, strange, wrong)
    assert made == 0
    assert len(parked) == 2
    assert any("about is needed" in why for why in parked)
