"""An extract held against the store: what differs, what is accepted of it, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import Incoming, IncomingCase, ParkedRow, Place
from caseworker_app.domain.people import Child
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.reconciling import Reconciled, chosen
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.imports.comparing import differences, paired
from caseworker_app.services.imports.reconciling import with_facts
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.facts import any_fact
from tests.support.sessions import FILE, add_child, done, incoming, incoming_case, record

HELD = Fact("review_meeting_held", date(2026, 10, 16))
PLAN = Fact("plan_sent", date(2019, 5, 1))
DECIDED = Fact("review_decision_sent", date(2026, 11, 6), {"outcome": "amend"})


def _told(found: Reconciled) -> list[tuple[str, str, object, object]]:
    return [(one.case, one.field, one.theirs, one.ours) for one in found.differences]


def _state(session: Session) -> tuple[object, ...]:
    files = [replace(one, child=replace(one.child, version=0)) for one in session.caseload()]
    return files, session.settings(), session.caseworkers()


def test_a_file_of_what_the_store_has_differs_in_nothing(file_session: Session) -> None:
    session = file_session
    cases = [incoming_case(row) for row in range(2, 6)]
    session.apply_import(incoming(*cases))

    found = session.reconcile(incoming(*cases))

    assert (found.matched, found.differences) == (4, ())
    assert (found.only_theirs, found.only_ours, found.doubts) == ((), (), ())


def test_they_say_and_we_say_by_child_and_field(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD)), incoming_case(3)))
    theirs = incoming_case(
        2,
        forename="GRACE",
        need="MLD",
        setting="Ben Jonson",
        caseworker="",
        facts=(PLAN, replace(HELD, on=date(2026, 10, 19)), DECIDED),
    )

    found = session.reconcile(incoming(theirs, incoming_case(4, born=date(2012, 7, 7))))

    assert _told(found) == [
        ("TH-2", "need", "MLD", "ASD"),
        ("TH-2", "setting", "Ben Jonson", "Mile End Gate"),
        ("TH-2", "review_meeting_held", date(2026, 10, 19), date(2026, 10, 16)),
        ("TH-2", "review_decision_sent", date(2026, 11, 6), None),
    ]
    assert [one.reference for one in found.only_theirs] == ["TH-4"]
    assert [one.reference for one in found.only_ours] == ["TH-3"]
    assert [one.field_words for one in found.differences][-2:] == [
        "Review meeting held",
        "Decision after review sent",
    ]
    assert found.differences[0].theirs_words == "Moderate learning difficulty"


def test_nothing_changes_without_an_accept_and_one_undo_takes_all_back(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2), incoming_case(3)))
    before = _state(session)
    theirs = incoming(
        incoming_case(
            2, need="MLD", setting="Ben Jonson", facts=(PLAN, replace(HELD, on=date(2026, 10, 19)))
        ),
        incoming_case(3, surname="Okafor", born=date(2014, 3, 30), facts=(PLAN, HELD, DECIDED)),
    )
    found = session.reconcile(theirs)
    assert _state(session) == before

    came = session.accept_differences(theirs, found.differences)

    assert set(came.taken) == set(found.differences)
    assert came.left_out == ()
    assert session.reconcile(theirs).differences == ()
    first, second = sorted(session.caseload(), key=lambda one: one.child.reference)
    assert first.setting is not None
    assert (first.child.need, first.setting.name) == ("MLD", "Ben Jonson")
    assert [fact.on for fact in first.facts] == [PLAN.on, date(2026, 10, 19)]
    assert (second.child.surname, second.child.born) == ("Okafor", date(2014, 3, 30))
    assert second.child.proposals == ()
    assert session.check() == ()
    assert session.last_undo() == (came.undo, f"6 differences accepted from {FILE}")
    done(session, do.Undo(sure=True))
    assert _state(session) == before
    assert session.check() == ()


def test_what_is_not_accepted_stays_and_is_still_a_difference(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD, DECIDED))))
    moved = replace(DECIDED, on=date(2026, 11, 10), detail={"outcome": "maintain"})
    theirs = incoming(incoming_case(2, need="MLD", uln="1234567890", facts=(PLAN, HELD, moved)))
    found = session.reconcile(theirs)

    wanted, unknown = chosen(
        found.differences, ["TH-2.review_decision_sent.outcome", "TH-2.uln", "TH-9.need"]
    )
    session.accept_differences(theirs, wanted)

    assert unknown == ("TH-9.need",)
    assert _told(session.reconcile(theirs)) == [
        ("TH-2", "need", "MLD", "ASD"),
        ("TH-2", "review_decision_sent", date(2026, 11, 10), date(2026, 11, 6)),
    ]
    (file,) = session.caseload()
    assert file.child.uln == "1234567890"
    assert file.facts[-1].detail == {"outcome": "maintain"}


def test_what_was_typed_here_gives_way_to_what_a_person_accepts(file_session: Session) -> None:
    session = file_session
    child = add_child(session, reference="TH-2", upn="A000000000002", need="SEMH")
    record(session, child, "review_meeting_held", date(2026, 10, 14))
    case = incoming_case(2, surname="Okafor", facts=(HELD,))
    session.apply_import(incoming(case))
    assert session.case(child).child.need == "SEMH"

    found = session.reconcile(incoming(case))
    session.accept_differences(incoming(case), found.differences)

    assert [one[1] for one in _told(found)] == ["need", "review_meeting_held"]
    assert session.case(child).child.need == "ASD"
    assert [fact.on for fact in session.case(child).facts] == [HELD.on]
    # The day that was wrong does not come in again with an older file.
    old = replace(case, facts=(replace(HELD, on=date(2026, 10, 14)),))
    session.apply_import(incoming(old))
    assert [fact.on for fact in session.case(child).facts] == [HELD.on]


def test_an_event_taken_back_here_comes_again_when_it_is_accepted(file_session: Session) -> None:
    session = file_session
    case = incoming_case(2, facts=(PLAN, HELD))
    session.apply_import(incoming(case))
    (row,) = session.cases()
    file = session.case(row.id)
    done(session, do.RemoveFact(row.id, file.child.version, file.facts[-1].id, "a slip"))

    found = session.reconcile(incoming(case))
    assert _told(found) == [("TH-2", "review_meeting_held", HELD.on, None)]
    session.accept_differences(incoming(case), found.differences)

    assert session.reconcile(incoming(case)).differences == ()
    assert [fact.kind for fact in session.case(row.id).facts] == ["plan_sent", HELD.kind]


def test_who_may_be_two_is_a_doubt_and_neither_compared_nor_missing(file_session: Session) -> None:
    session = file_session
    session.apply_import(
        incoming(
            incoming_case(2, surname="Larsen", born=date(2013, 5, 5)),
            incoming_case(3),
            incoming_case(4, born=date(2012, 7, 7), sex="F"),
        )
    )
    perhaps = incoming_case(9, surname="Larsen", born=date(2013, 5, 5), upn="", reference="X9")
    other = incoming_case(4, born=date(2012, 7, 7), sex="M")
    blocked = incoming_case(3, surname="Nkosi", forename="Ed", born=date(2011, 1, 1), upn="")

    found = session.reconcile(incoming(perhaps, blocked, other))

    assert [doubt.place.row for doubt in found.doubts] == [9, 3, 4]
    assert "perhaps the same child as Larsen, Grace (TH-2)" in found.doubts[0].why
    assert "another name and another birthday" in found.doubts[1].why
    assert found.doubts[2].why.endswith("and another sex")
    assert (found.differences, found.only_theirs, found.only_ours) == ((), (), ())


def test_a_second_row_of_a_child_is_told_and_not_compared(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2)))
    again = replace(incoming_case(2), place=Place(FILE, "Old", 7), need="MLD")

    found = session.reconcile(incoming(incoming_case(2), again))

    assert found.differences == ()
    assert [one.why.partition(",")[0] for one in found.doubts] == [
        "the same child here as Okafor-c"
    ]


def test_a_number_of_another_child_is_a_doubt_and_no_difference(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2), incoming_case(3)))
    theirs = incoming(incoming_case(2, upn=f"A{3:012d}"), incoming_case(3))

    found = session.reconcile(theirs)

    assert found.differences == ()
    assert [doubt.value for doubt in found.doubts] == [f"A{3:012d}"]


def test_a_row_that_could_not_be_looked_for_is_not_missing_here(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2), incoming_case(3)))
    parked = ParkedRow(Place(FILE, "Reviews", 3), "no date of birth", "Okafor, Grace (TH-3)")
    extract = Incoming((FILE,), 2, (incoming_case(2),), parked=(parked,))

    found = session.reconcile(extract)

    assert (found.parked, found.only_ours) == ((parked,), ())


def test_what_changed_here_meanwhile_is_left_as_it_is(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2)))
    theirs = incoming(incoming_case(2, need="MLD", sex="F"))
    found = session.reconcile(theirs)
    (row,) = session.cases()
    done(session, do.ChangeChild(row.id, row.version, {"need": "SEMH"}))

    came = session.accept_differences(theirs, found.differences)

    assert [one.field for one in came.taken] == ["sex"]
    assert [one.field for one, _ in came.left_out] == ["need"]
    assert session.case(row.id).child.need == "SEMH"


def test_a_reference_accepted_still_finds_the_child_by_the_old_one(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2, reference="")))
    theirs = incoming(incoming_case(2, reference="SYN/0042"))
    found = session.reconcile(theirs)
    assert _told(found) == [("CW000001", "reference", "SYN/0042", "CW000001")]

    session.accept_differences(theirs, found.differences)

    assert [row.reference for row in session.cases()] == ["SYN/0042"]
    assert session.reconcile(incoming(incoming_case(2, reference="CW000001"))).differences == ()


def test_a_file_of_strange_numbers_is_told_what_to_do(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(*(incoming_case(row) for row in (2, 3, 4))))
    strange = [incoming_case(row, reference=f"SYN/{row}", need="MLD") for row in (2, 3, 4)]

    found = session.reconcile(incoming(*strange))
    left_out = session.reconcile(incoming(*(replace(one, reference="") for one in strange)))

    assert (found.matched, found.only_ours, len(found.doubts) >= 3) == (0, (), True)
    assert found.notes[0].startswith("3 rows have a reference that nobody here has")
    assert (left_out.matched, left_out.notes) == (3, ())
    assert [one.field for one in left_out.differences] == ["need"] * 3


def test_a_comment_is_compared_only_where_the_file_has_such_a_column(
    file_session: Session,
) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2, comment="Review due: 01/02/2026")))
    theirs = incoming(incoming_case(2, comment="Sees the EP"))

    assert session.reconcile(theirs).differences == ()
    with_column = replace(theirs, mapping={"Reviews": {"Notes": "comment"}})
    assert [one.field for one in session.reconcile(with_column).differences] == ["comment"]


def test_a_caseworker_is_told_of_their_own_cases_alone(file_session: Session) -> None:
    session = file_session
    who = "R. Haque"
    done(session, add_caseworker(who))
    session.apply_import(
        incoming(incoming_case(2), incoming_case(3, caseworker="B. Other"), incoming_case(4))
    )
    person = Person(who, frozenset({"caseworker"}))
    theirs = Session(session.store, session.offered, session.clock, person)
    extract = incoming(
        incoming_case(2, need="MLD"),
        incoming_case(3, need="MLD", caseworker="B. Other"),
        incoming_case(5, caseworker="B. Other"),
    )

    every, found = session.reconcile(extract), theirs.reconcile(extract)

    assert [one.case for one in every.differences] == ["TH-2", "TH-3"]
    assert [one.case for one in found.differences] == ["TH-2"]
    assert ([*found.only_theirs], [one.reference for one in found.only_ours]) == ([], ["TH-4"])
    came = theirs.accept_differences(extract, every.differences)
    assert [one.case for one in came.taken] == ["TH-2"]
    assert {row.reference: row.need for row in session.cases()}["TH-3"] == "ASD"
    done(theirs, do.Undo(came.undo, sure=True))
    reader = Person("I.", frozenset({"reader"}))
    with pytest.raises(Refused):
        Session(session.store, session.offered, session.clock, reader).reconcile(extract)


def test_stopped_it_changes_nothing(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2)))
    theirs = incoming(incoming_case(2, need="MLD"))
    found = session.reconcile(theirs)
    before = _state(session)

    def stop(*_: Any) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        session.accept_differences(theirs, found.differences, stop)
    assert _state(session) == before


def test_an_event_once_in_a_life_is_the_same_one_however_far_apart() -> None:
    ours = (replace(PLAN, id="1"), replace(HELD, on=date(2025, 10, 16), id="2"))
    theirs = (replace(PLAN, on=date(2023, 5, 1)), HELD)
    assert [one.ours for one in paired(theirs, ours)] == [ours[0], None]


def test_a_setting_is_the_same_by_its_urn_whatever_its_name_there(file_session: Session) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2, urn="100001"), incoming_case(3)))
    theirs = incoming(
        incoming_case(2, setting="URN 100001", urn="100001"),
        incoming_case(3, setting="URN 200002", urn="200002", setting_kind="special"),
    )

    found = session.reconcile(theirs)
    assert _told(found) == [("TH-3", "setting", "URN 200002", "Mile End Gate")]
    session.accept_differences(theirs, found.differences)

    assert {(one.name, one.urn, one.kind) for one in session.settings()} == {
        ("Mile End Gate", "100001", None),
        ("URN 200002", "200002", "special"),
    }
    assert session.reconcile(theirs).differences == ()


def test_the_day_of_the_plan_as_it_stands_is_not_that_of_the_first() -> None:
    first = replace(PLAN, id="1")
    now = Fact("plan_sent", date(2025, 2, 14), {"first": "no"})
    assert [one.ours for one in paired((now,), (first,))] == []
    assert [one.theirs for one in paired((now,), ())] == [now]
    assert [one.ours for one in paired((PLAN,), (first,))] == [first]


def test_a_later_version_takes_neither_the_plan_of_its_day_nor_lets_one_pass_it() -> None:
    day, after = date(2024, 1, 1), date(2024, 1, 2)
    later = Fact("plan_sent", day, {"first": "no"})
    theirs = (later, Fact("plan_sent", day), Fact("plan_sent", after))
    ours = Fact("plan_sent", day, {}, None, "1")

    assert [(one.theirs.on, one.ours) for one in paired(theirs, (ours,))] == [
        (day, ours),
        (after, None),
    ]
    # Dated anew to the day after, it would be younger than a version that came later.
    pairs = paired((later, Fact("plan_sent", after)), (ours,))
    assert [(one.theirs.on, one.ours) for one in pairs] == [(after, None)]
    # Of one day said both ways, the details of the plan itself are those that count.
    named = Fact("plan_sent", day, {"setting": "A"})
    assert [one.theirs for one in paired((later, named), ())] == [named]


def test_who_asked_is_a_detail_of_the_one_request() -> None:
    ours = Fact("request_received", date(2026, 1, 5), {}, None, "1")
    theirs = Fact("request_received", date(2026, 1, 5), {"source": "parent"})
    record = Record(Child("TH-2", "Okafor-c", "Grace", date(2014, 3, 3), id="1"), (ours,))
    case = incoming_case(2, facts=(theirs,), need="", setting="", caseworker="", upn="")
    names: dict[str, dict[str, str]] = {"setting_id": {}, "caseworker_id": {}}
    found = list(differences(record, case, names, comment=False))
    assert [(one.field, one.theirs, one.ours) for one in found] == [
        ("request_received.source", "parent", None)
    ]
    after = with_facts(record, case, found)
    assert list(differences(after, case, names, comment=False)) == []
    fuller = replace(case, facts=(replace(theirs, detail={"source": "Parent or young person"}),))
    assert list(differences(after, fuller, names, comment=False)) == []


_KINDS = (
    *("plan_sent", "review_meeting_held", "review_decision_sent", "advice_received"),
    *("amended_plan_sent", "request_received", "plan_ceased", "consultation_sent"),
)
_NEAR = st.integers(0, 900).map(lambda days: date(2024, 1, 1) + timedelta(days))


@st.composite
def _facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    drawn = draw(st.lists(any_fact(_KINDS), max_size=7))
    return tuple(replace(one, on=draw(_NEAR), episode=None) for one in drawn)


@st.composite
def _case(draw: st.DrawFn) -> IncomingCase:
    text = st.sampled_from(["", "ASD", "MLD"])
    return incoming_case(
        2,
        surname=draw(st.sampled_from(["Okafor", "OKAFOR", "O'Kafor"])),
        forename="Grace",
        born=draw(st.sampled_from([date(2014, 3, 3), date(2014, 3, 30)])),
        need=draw(text),
        secondary_need=draw(text),
        uln=draw(st.sampled_from(["", "1234567890"])),
        sex=draw(st.sampled_from(["", "F"])),
        template=draw(st.sampled_from(["", "V2", "v2 "])),
        setting=draw(st.sampled_from(["", "Ben Jonson", "ben jonson", "Mile End Gate"])),
        caseworker=draw(st.sampled_from(["", "R. Haque", "B. Other"])),
        facts=draw(_facts()),
        one_cycle=draw(st.booleans()),
    )


@given(theirs=_facts(), ours=_facts())
@settings(max_examples=150)
def test_events_accepted_wholly_leave_no_difference(
    theirs: tuple[Fact, ...], ours: tuple[Fact, ...]
) -> None:
    kept = tuple(replace(one, id=str(number)) for number, one in enumerate(ours, 1))
    child = Child("TH-2", "Okafor-c", "Grace", date(2014, 3, 3), id="1")
    case = incoming_case(2, facts=theirs, need="", setting="", caseworker="", upn="")
    names: dict[str, dict[str, str]] = {"setting_id": {}, "caseworker_id": {}}
    before = Record(child, kept)
    found = list(differences(before, case, names, comment=False))

    after = with_facts(before, case, found)

    assert list(differences(after, case, names, comment=False)) == []
    # Every event of the store is there still, dated anew or not, and nothing is doubled.
    assert {one.id for one in kept} == {one.id for one in after.facts if one.id}
    days = [(one.kind, one.on, one.text("source")) for one in after.facts if not one.id]
    assert len(days) == len(set(days))


@given(ours=_case(), theirs=_case())
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_file_accepted_wholly_differs_in_nothing_and_undone_in_all(
    file_session: Session, ours: IncomingCase, theirs: IncomingCase
) -> None:
    session = file_session
    # Each example is a child of its own, of whose name and number nothing is like another's.
    letters = f"{len(session.cases()):03b}".translate(str.maketrans("01", "bk"))
    given_: dict[str, Any] = {"reference": letters, "upn": "", "surname": letters * 3}
    session.apply_import(incoming(replace(ours, **given_)))
    extract = incoming(replace(theirs, **given_))
    before, found = _state(session), session.reconcile(extract)
    assert found.matched == 1

    came = session.accept_differences(extract, found.differences)

    assert set(came.taken) == set(found.differences)
    assert session.reconcile(extract).differences == ()
    if came.undo:
        done(session, do.Undo(came.undo, sure=True))
    assert session.reconcile(extract).differences == found.differences
    assert _state(session)[0] == before[0]
    assert session.check() == ()
