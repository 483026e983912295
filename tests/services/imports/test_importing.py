"""Bringing a tracker in: matched, merged, never doubled, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseworker_app.domain.errors import Cancelled
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.imports.merging import Days, made
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, incoming, incoming_case, record
from tests.support.stores import TODAY

HELD = Fact("review_meeting_held", date(2026, 10, 16))
PLAN = Fact("plan_sent", date(2019, 5, 1))


def _everything(session: Session) -> tuple[object, ...]:
    return session.caseload(), session.settings(), session.caseworkers(), session.history(1000)


def test_a_tracker_comes_in_with_its_people_and_dates(session: Session) -> None:
    cases = [incoming_case(row) for row in range(2, 6)]

    result = session.apply_import(incoming(*cases))

    assert (result.cases_created, result.cases_updated, result.facts_added) == (4, 0, 8)
    assert result.conflicts == ()
    assert [row.reference for row in sorted(session.cases(), key=lambda r: r.reference)] == [
        "TH-2",
        "TH-3",
        "TH-4",
        "TH-5",
    ]
    assert [one.name for one in session.settings()] == ["Mile End Gate"]
    assert [one.name for one in session.caseworkers()] == ["R. Haque"]
    assert {row.setting for row in session.cases()} == {"Mile End Gate"}
    assert session.history(1)[0].what.endswith("Imported from tracker.xlsx with 2 events")
    assert session.check() == ()


def test_the_same_file_again_adds_nothing_at_all(session: Session) -> None:
    cases = [
        incoming_case(2),
        incoming_case(3, reference="", upn=""),
        incoming_case(4, reference="", upn="", setting="ben  JONSON", caseworker="r haque"),
        incoming_case(5, facts=(PLAN, PLAN, HELD, replace(HELD, episode="r1"))),
    ]
    session.apply_import(incoming(*cases))
    before = _everything(session)

    result = session.apply_import(incoming(*cases))

    assert (result.cases_created, result.cases_updated, result.facts_added) == (0, 0, 0)
    assert result.undo == ""
    assert _everything(session) == before


def test_a_dry_run_says_the_same_and_writes_nothing(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    more = incoming(incoming_case(2, need="MLD"), incoming_case(3), incoming_case(4, reference=""))
    before = _everything(session)

    tried = session.apply_import(more, dry_run=True)

    assert _everything(session) == before
    assert replace(session.apply_import(more), undo="") == tried


def test_a_child_without_reference_is_given_one(session: Session) -> None:
    add_child(session, "Taken", reference="CW000002")
    cases = [incoming_case(row, reference="") for row in (2, 3)]

    session.apply_import(incoming(*cases))

    assert {row.reference for row in session.cases()} == {"CW000002", "CW000003", "CW000004"}


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": "th-2 ", "upn": "", "surname": "Married", "born": date(2014, 3, 4)},
        {"reference": "", "surname": "Married"},
        {"reference": "", "upn": "", "surname": "OKAFOR c", "forename": "Gräce"},
        {"reference": "", "upn": "", "surname": "Okafor\u2010C"},
    ],
)
def test_a_child_is_known_by_reference_else_upn_else_name(
    file_session: Session, changes: dict[str, str]
) -> None:
    file_session.apply_import(incoming(incoming_case(2)))

    result = file_session.apply_import(incoming(incoming_case(2, **changes)))

    assert result.cases_created == 0
    assert len(file_session.cases()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": "TH-9", "upn": ""},
        {"reference": "", "upn": "B999999999999"},
        {"reference": "", "upn": "", "born": date(2014, 3, 4)},
        {"reference": "", "upn": "", "forename": "Gracie"},
    ],
)
def test_two_children_of_one_name_stay_two(file_session: Session, changes: dict[str, str]) -> None:
    file_session.apply_import(incoming(incoming_case(2)))

    assert file_session.apply_import(incoming(incoming_case(2, **changes))).cases_created == 1


def test_a_file_fills_what_was_blank(session: Session) -> None:
    bare = incoming_case(2, need="", setting="", caseworker="", facts=(PLAN,))
    session.apply_import(incoming(bare))

    result = session.apply_import(incoming(incoming_case(2, comment="call first", sex="F")))

    assert (result.cases_updated, result.facts_added, result.conflicts) == (1, 1, ())
    row, child = session.cases()[0], session.case(session.cases()[0].id).child
    assert (row.need, row.setting, row.caseworker) == ("ASD", "Mile End Gate", "R. Haque")
    assert (child.comment, child.sex) == ("call first", "F")


def test_a_newer_file_moves_what_only_files_said_and_says_so(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))

    result = session.apply_import(incoming(incoming_case(2, need="MLD", caseworker="T. New")))

    assert result.cases_updated == 1
    assert {(one.field, one.kept, one.other) for one in result.conflicts} == {
        ("need", "MLD", "ASD"),
        ("caseworker", "T. New", "R. Haque"),
    }
    assert session.cases()[0].need == "MLD"
    assert session.cases()[0].caseworker == "T. New"


def test_what_a_person_typed_is_kept_and_the_difference_told(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    child = session.case(session.cases()[0].id).child
    done(session, do.ChangeChild(child.id, child.version, {"need": "SEMH", "comment": "mine"}))
    before = _everything(session)

    result = session.apply_import(incoming(incoming_case(2, comment="theirs")))

    assert (result.cases_updated, result.facts_added) == (0, 0)
    assert {(one.field, one.kept, one.other) for one in result.conflicts} == {
        ("need", "SEMH", "ASD"),
        ("comment", "mine", "theirs"),
    }
    assert _everything(session) == before


def test_a_blank_in_the_file_takes_nothing_away(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    before = _everything(session)

    blank = incoming_case(2, upn="", need="", setting="", caseworker="", facts=())
    result = session.apply_import(incoming(blank))

    assert result.cases_updated == 0
    assert _everything(session) == before


def test_a_given_reference_makes_way_for_the_councils_own(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2, reference="")))

    session.apply_import(incoming(incoming_case(2, reference="TH-77")))

    assert [row.reference for row in session.cases()] == ["TH-77"]


def test_a_date_corrected_in_the_file_is_told_and_not_doubled(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    moved = replace(HELD, on=date(2026, 10, 19))

    result = session.apply_import(incoming(incoming_case(2, facts=(PLAN, moved))))

    assert (result.cases_updated, result.facts_added) == (0, 0)
    assert [(one.field, one.kept, one.other) for one in result.conflicts] == [
        ("review meeting held", "2026-10-16", "2026-10-19")
    ]


@pytest.mark.parametrize(("days", "added"), [(83, 0), (84, 1), (-83, 0), (-84, 1)])
def test_one_event_twelve_weeks_apart_is_two(session: Session, days: int, added: int) -> None:
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD))))
    other = replace(HELD, on=HELD.on + timedelta(days))

    result = session.apply_import(incoming(incoming_case(2, facts=(PLAN, other))))

    assert (result.facts_added, len(result.conflicts)) == (added, 1 - added)


def test_next_years_review_is_another_one(session: Session) -> None:
    session.apply_import(
        incoming(incoming_case(2, facts=(PLAN, replace(HELD, on=date(2025, 10, 1)))))
    )

    result = session.apply_import(incoming(incoming_case(2)))

    assert (result.facts_added, result.conflicts) == (1, ())


def test_an_outcome_that_was_missing_is_filled_in(session: Session) -> None:
    decided = Fact("review_decision_sent", date(2026, 11, 2))
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD, decided))))
    with_outcome = replace(decided, detail={"outcome": "amend"})

    result = session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD, with_outcome))))
    assert (result.cases_updated, result.facts_added, result.conflicts) == (1, 0, ())
    assert session.case(session.cases()[0].id).facts[-1].text("outcome") == "amend"

    other = replace(decided, detail={"outcome": "cease"})
    result = session.apply_import(incoming(incoming_case(2, facts=(PLAN, HELD, other))))
    assert [(one.kept, one.other) for one in result.conflicts] == [("amend", "cease")]
    assert result.cases_updated == 0


@pytest.mark.parametrize("redated", [False, True])
def test_what_a_person_took_back_does_not_return(
    session: Session,
    redated: bool,
) -> None:
    session.apply_import(incoming(incoming_case(2)))
    file = session.case(session.cases()[0].id)
    held = next(fact for fact in file.facts if fact.kind == HELD.kind)
    seen = file.child.version
    outcome = session.submit(
        do.ChangeFact(file.child.id, seen, held.id, date(2026, 6, 1))
        if redated
        else do.RemoveFact(file.child.id, seen, held.id, "wrong child")
    )
    assert isinstance(outcome, Done)
    before = session.case(file.child.id)

    result = session.apply_import(incoming(incoming_case(2)))

    assert result.facts_added == 0
    assert session.case(file.child.id) == before
    assert [one.field for one in result.conflicts] == ["review meeting held"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((PLAN, HELD), date(2026, 4, 16)),
        ((PLAN,), date(2025, 10, 16)),
        ((replace(PLAN, on=date(2026, 5, 1)), HELD), None),
        ((replace(PLAN, on=date(2026, 1, 1)),), None),
        ((HELD,), None),
        ((), None),
    ],
)
def test_reviews_that_a_one_cycle_tracker_does_not_hold_do_not_flood_today(
    file_session: Session, facts: tuple[Fact, ...], expected: date | None
) -> None:
    other = incoming_case(3, facts=(PLAN, HELD))
    file_session.apply_import(incoming(incoming_case(2, facts=facts), other))
    theirs = next(row.id for row in file_session.cases() if row.reference == "TH-2")
    file = file_session.case(theirs)
    assert file.child.history_from == expected
    if expected is not None:
        late = [one.rule for one in file_session.alerts(within=0) if one.child_id == theirs]
        assert not {"AR-01", "AR-02"} & set(late)

    file_session.apply_import(incoming(incoming_case(2, facts=(*facts, replace(HELD, on=TODAY)))))
    assert file_session.case(file.child.id).child.history_from in (expected, date(2026, 5, 22))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(None, date(2025, 10, 16)), (date(2026, 1, 15), date(2025, 1, 15))],
)
@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 1)])
def test_history_goes_by_the_files_own_day_whenever_it_is_imported(
    as_of: date | None, expected: date, today: date
) -> None:
    file = replace(
        incoming(incoming_case(2, facts=(PLAN,)), incoming_case(3, facts=(PLAN, HELD))), as_of=as_of
    )
    days = Days(today, file.reference_date or today)
    child = made(file.cases[0], "TH-2", {}, days).record.child
    assert child.history_from == expected


def test_history_is_taken_as_whole_where_the_file_holds_it_all(file_session: Session) -> None:
    file_session.apply_import(incoming(incoming_case(2, one_cycle=False)))

    assert file_session.case(file_session.cases()[0].id).child.history_from is None
    assert "AR-01" in {alert.rule for alert in file_session.alerts(within=0)}


def test_a_child_opened_by_hand_keeps_her_history(file_session: Session) -> None:
    key = add_child(file_session, "Okafor-c", reference="TH-2")
    record(file_session, key, "plan_sent", PLAN.on)

    file_session.apply_import(incoming(incoming_case(2)))

    assert file_session.case(key).child.history_from is None


def test_a_setting_known_by_name_learns_its_kind(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    fuller = incoming_case(2, setting_kind="secondary", urn="100001")

    result = session.apply_import(incoming(fuller))

    setting = session.settings()[0]
    assert (setting.kind, setting.urn, setting.version) == ("secondary", "100001", 2)
    assert result.cases_updated == 0
    assert result.undo
    assert session.check() == ()
    other = incoming_case(2, setting_kind="special", urn="100002")
    session.apply_import(incoming(other))
    assert session.settings()[0].kind == "secondary"


def test_episodes_of_two_files_are_not_mixed(session: Session) -> None:
    def review(year: int, *, tie: str = "r1") -> tuple[Fact, ...]:
        held, decided = date(year, 10, 1), date(year, 10, 20)
        return (
            Fact("review_meeting_held", held, {}, tie),
            Fact("review_decision_sent", decided, {"outcome": "maintain"}, tie),
        )

    session.apply_import(incoming(incoming_case(2, facts=(PLAN, *review(2024)))))
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, *review(2025)))))
    facts = session.case(session.cases()[0].id).facts
    ties = {fact.on.year: {f.episode for f in facts if f.on.year == fact.on.year} for fact in facts}
    assert all(len(names) == 1 for names in ties.values())
    assert ties[2024] != ties[2025]

    late = (*review(2024), Fact("amended_plan_sent", date(2024, 12, 1), {}, "r1"))
    session.apply_import(incoming(incoming_case(2, facts=(PLAN, *late))))
    after = session.case(session.cases()[0].id).facts
    final = next(fact for fact in after if fact.kind == "amended_plan_sent")
    assert {final.episode} == ties[2024]


def test_cancelling_half_way_leaves_the_store_as_it_was(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    before = _everything(session)
    cases = [incoming_case(row) for row in range(3, 500)]
    for stop_at in ("Matching children", "Counting dates"):

        def progress(done_: int, total: int, words: str, stop_at: str = stop_at) -> None:
            assert done_ <= total
            if words == stop_at and done_:
                raise Cancelled("Stopped.")

        with pytest.raises(Cancelled):
            session.apply_import(incoming(*cases), progress=progress)
        assert _everything(session) == before
    assert session.check() == ()
