"""What a session answers and does, on both databases."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.people import Closure, Transfer
from caseworker_app.domain.today import is_done
from caseworker_app.services import commands as do
from caseworker_app.services import session as desk_module
from caseworker_app.services.rules.in_force import RULES_KEPT
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, change_setting, reassign
from tests.support.sessions import add_child, done, record, reviewed
from tests.support.stores import TODAY, Places, session_at

HELD = date(2026, 10, 16)


def test_recording_a_fact_brings_the_dates_up_to_date_at_once(session: Session) -> None:
    child_id = reviewed(session)
    late = {alert.rule: alert for alert in session.alerts()}["AR-07"]
    assert (late.due, late.state, late.days) == (date(2026, 11, 13), State.OVERDUE, -9)
    assert (late.who, late.name, late.caseworker) == ("authority", "Okafor, Grace", "")
    assert "16 Oct 2026" in late.why

    outcome = record(
        session, child_id, "review_decision_sent", date(2026, 11, 20), outcome="maintain"
    )

    assert "AR-07" not in {alert.rule for alert in session.alerts()}
    assert outcome.message.startswith(
        "Decision after review sent 20 Nov 2026 (maintain) recorded for Okafor, Grace. "
    )
    assert outcome.rows_of("cases") == session.cases()
    assert outcome.rows_of("reviews") == session.reviews()
    alerts = tuple(one for one in outcome.rows_of("alerts") if not is_done(one))
    assert alerts == session.weigh(session.alerts())
    assert session.check() == ()


def test_alerts_can_be_narrowed_to_days_and_to_a_caseworker(session: Session) -> None:
    ann = done(session, add_caseworker("Ann Lee")) and session.caseworkers()[0].id
    reviewed(session, "Okafor", caseworker_id=ann)
    reviewed(session, "Patel")
    every = session.alerts()

    assert {alert.surname for alert in session.alerts(worker="LEE")} == {"Okafor"}
    assert session.alerts(within=0) == tuple(one for one in every if one.days <= 0)
    assert session.alerts(within=90) == tuple(one for one in every if one.days <= 90)
    assert session.alerts(within=10**9) == every
    assert [one.due for one in every] == sorted(one.due for one in every)


def test_an_alert_agrees_with_the_deadline_it_was_made_of(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, "exception", date(2026, 10, 20), ground="EXC-C")
    deadlines = {(one.rule, one.episode): one for one in session.case(child_id).deadlines}

    for alert in session.alerts():
        one = deadlines[alert.rule, alert.episode]
        assert (alert.due, alert.target, alert.common_due) == (one.due, one.target, one.common_due)
        assert alert.state == one.state(TODAY)
        assert (alert.who, alert.why, alert.what) == (one.who, one.why, one.version.title)
    open_states = {State.DUE, State.OVERDUE, State.EXCEPTION_CLAIMED}
    expected = {key for key, one in deadlines.items() if one.state(TODAY) in open_states}
    assert {(alert.rule, alert.episode) for alert in session.alerts()} == expected


def test_the_case_list_says_what_comes_next(session: Session) -> None:
    reviewed(session, "Okafor")
    add_child(session, "Évans", forename="Siân")
    record(session, add_child(session, "Silva"), "request_received", date(2026, 11, 2))

    rows = {row.surname: row for row in session.cases()}

    assert [row.status for row in (rows["Okafor"], rows["Silva"], rows["Évans"])] == [
        "live",
        "assessment",
        "no plan",
    ]
    first = min(
        (one for one in session.alerts() if one.surname == "Okafor"), key=lambda one: one.due
    )
    assert (rows["Okafor"].next_due, rows["Okafor"].next_rule) == (first.due, first.rule)
    assert rows["Okafor"].next_state is State.OVERDUE
    assert rows["Évans"].next_due is None
    assert rows["Okafor"].nc_year == 8


def test_next_is_no_familys_right_and_a_target_only_after_the_law(session: Session) -> None:
    finished = add_child(session, "Adeyemi")
    record(session, finished, "plan_sent", date(2026, 11, 9))
    reviewed(session, "Okafor")
    target = {
        "rule": "AR-07",
        "since": date(2026, 9, 1),
        "title": "Send the decision sooner",
        "number": 3,
        "unit": "days_after",
        "source": "Our plan",
        "set_on": date(2026, 9, 1),
    }
    done(session, do.AddRecord("local_target", target))
    alerts = session.alerts()
    assert any(one.who == "family" and one.surname == "Adeyemi" for one in alerts)
    soonest = min((one for one in alerts if one.surname == "Okafor"), key=lambda one: one.due)
    assert soonest.rule == "OWN-AR-07"

    for row in session.cases():
        law = [
            one
            for one in alerts
            if one.child_id == row.id and one.who != "family" and not one.rule.startswith("OWN-")
        ]
        first = min(law, key=lambda one: one.due)
        assert (row.next_due, row.next_rule) == (first.due, first.rule)


@pytest.mark.parametrize(
    ("kind", "on", "detail", "field", "words"),
    [
        ("teleported", HELD, {}, "kind", "not a kind of event"),
        ("plan_sent", date(2026, 11, 23), {}, "on", "has not come yet"),
        ("plan_sent", date(1226, 1, 1), {}, "on", "cannot be right"),
        ("review_decision_sent", HELD, {"outcome": "maybe"}, "outcome", "none of the choices"),
        ("review_decision_sent", HELD, {"colour": "red"}, "colour", "has no 'colour'"),
        ("tribunal_order", HELD, {}, "order", "is needed"),
        ("review_decision_sent", HELD, {}, "outcome", "is needed: maintain, amend or cease"),
        ("review_meeting_fixed", HELD, {"meeting": "soon"}, "meeting", "is a date"),
        ("review_meeting_held", HELD, {}, "on", "recorded already"),
    ],
)
def test_what_cannot_be_recorded_is_refused_beside_its_field(
    file_session: Session, kind: str, on: date, detail: dict[str, str], field: str, words: str
) -> None:
    child_id = reviewed(file_session)
    seen = file_session.case(child_id).child.version

    outcome = file_session.submit(do.RecordFact(child_id, seen, kind, on, detail))

    assert isinstance(outcome, Failed)
    assert (outcome.why, outcome.field) == ("refused", field)
    assert words in outcome.sentence
    assert file_session.case(child_id).child.version == seen


def test_a_stale_write_is_refused_and_says_by_whom(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where, who="Ann Lee"), session_at(where, who="Ben Roe")
    child_id = add_child(mine)
    seen = mine.case(child_id).child.version
    record(theirs, child_id, "request_received", date(2024, 1, 1))

    outcome = mine.submit(do.RecordFact(child_id, seen, "request_received", HELD))

    assert outcome == Failed("stale", "This was changed by Ben Roe at 12:00 GMT.")
    assert len(mine.case(child_id).facts) == 1
    mine.close()
    theirs.close()


def test_a_fact_can_be_given_another_date_and_taken_back(session: Session) -> None:
    child_id = reviewed(session)
    file = session.case(child_id)
    held = next(fact for fact in file.facts if fact.on == HELD)

    done(session, do.ChangeFact(child_id, file.child.version, held.id, HELD + timedelta(1)))
    changed = session.case(child_id)
    assert held.id in {fact.id for fact in changed.facts if fact.on == HELD + timedelta(1)}

    no_reason = session.submit(do.RemoveFact(child_id, changed.child.version, held.id, "  "))
    assert isinstance(no_reason, Failed)
    assert no_reason.field == "why"
    done(session, do.RemoveFact(child_id, changed.child.version, held.id, "wrong child"))
    after = session.case(child_id)
    assert held.id not in {fact.id for fact in after.facts}
    assert after.history[0].why == "wrong child"
    assert after.history[0].what == "Review meeting held 17 Oct 2026 taken back"
    assert session.check() == ()


def test_changing_details_only_keeps_the_date(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, "review_decision_sent", date(2026, 11, 1), outcome="amend")
    file = session.case(child_id)
    fact = next(fact for fact in file.facts if fact.on == date(2026, 11, 1))
    command = do.ChangeFact(child_id, file.child.version, fact.id, fact.on, {"outcome": "maintain"})

    assert "(maintain)" in done(session, command).message
    again = session.case(child_id)
    assert next(one for one in again.facts if one.id == fact.id).text("outcome") == "maintain"
    same = do.ChangeFact(child_id, again.child.version, fact.id, fact.on)
    assert done(session, same).undo == ""
    assert session.case(child_id).child.version == again.child.version


def test_children_are_opened_and_changed_with_care(session: Session) -> None:
    child_id = add_child(session, reference="TH-1")
    assert add_child(session, "Patel")
    references = {row.reference for row in session.cases()}
    assert references == {"TH-1", "CW000001"}

    for fields, field in (
        ({"surname": "X", "forename": "Y"}, "born"),
        ({"surname": "", "forename": "Y", "born": TODAY}, "surname"),
        ({"surname": "X", "forename": "Y", "born": date(1950, 1, 1)}, "born"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "reference": "th 1"}, ""),
        ({"surname": "X", "forename": "Y", "born": TODAY, "reference": "th-1"}, "reference"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "need": "XYZ"}, "need"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "upn": "123"}, "upn"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "setting_id": "99"}, "setting_id"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "actual_year": 40}, "actual_year"),
        ({"surname": "X", "forename": "Y", "born": TODAY, "shoe_size": 4}, "shoe_size"),
    ):
        outcome = session.submit(do.AddChild(fields))
        if field:
            assert isinstance(outcome, Failed), fields
            assert outcome.field == field
            assert outcome.sentence.endswith(".")

    seen = session.case(child_id).child.version
    fields = {"need": "ASD", "actual_year": 7, "transfer": Transfer("post16", date(2030, 9, 1))}
    outcome = done(session, do.ChangeChild(child_id, seen, fields))
    child = session.case(child_id).child
    assert (child.need, child.actual_year, child.actual_year_on) == ("ASD", 7, TODAY)
    assert child.transfer == Transfer("post16", date(2030, 9, 1))
    assert outcome.message.startswith("Primary need, year taught in and transfer changed for ")
    assert session.check() == ()


def test_a_setting_that_changes_moves_the_dates_of_its_children(session: Session) -> None:
    setting = done(session, add_setting("Ben Jonson")) and session.settings()[0]
    child_id = reviewed(session, setting_id=setting.id)
    before = session.case(child_id).deadlines
    command = change_setting(
        setting.id,
        setting.version,
        "Ben Jonson",
        "special",
        14,
        "100001",
        (Closure(date(2027, 7, 22), date(2027, 9, 1)),),
    )

    outcome = done(session, command)

    assert outcome.message == "Ben Jonson changed; the dates of 1 child follow."
    assert outcome.child_ids == (child_id,)
    assert session.case(child_id).deadlines != before
    assert session.check() == ()
    assert isinstance(session.submit(command), Failed)
    assert isinstance(session.submit(add_setting("BEN  JONSON")), Failed)


def test_cases_are_given_to_another_caseworker_together(session: Session) -> None:
    done(session, add_caseworker("Ann Lee"))
    ann = session.caseworkers()[0].id
    ids = tuple(add_child(session, name) for name in ("A", "B", "C"))

    outcome = done(session, reassign(ids, ann))

    assert outcome.message == "3 cases given to Ann Lee."
    assert {row.caseworker for row in session.cases()} == {"Ann Lee"}
    assert done(session, reassign(ids[:1], None)).message == "1 case given to nobody."
    assert isinstance(session.submit(reassign(ids, "77")), Failed)


def test_several_facts_together_are_one_action(session: Session) -> None:
    first, second = reviewed(session, "A"), reviewed(session, "B")
    seen = session.case(first).child.version
    commands = (
        do.RecordFact(first, seen, "review_report_received", date(2026, 10, 30)),
        do.RecordFact(
            first, seen, "review_decision_sent", date(2026, 11, 1), {"outcome": "maintain"}
        ),
        do.RecordFact(second, seen, "review_report_received", date(2026, 10, 30)),
    )

    outcome = done(session, do.Together(commands, "3 dates pasted"))

    assert outcome.message == "3 dates pasted."
    assert outcome.child_ids == (first, second)
    assert session.case(first).child.version == seen + 1
    assert session.last_undo() == (outcome.undo, "3 dates pasted")

    bad = (*commands[:0], do.RecordFact(first, seen + 1, "plan_sent", date(2030, 1, 1)))
    assert isinstance(session.submit(do.Together((*commands[2:], *bad), "x")), Failed)
    assert len(session.case(second).facts) == 5


def test_what_is_not_there_is_refused(session: Session) -> None:
    for child_id in ("77", "x", ""):
        with pytest.raises(Refused):
            session.case(child_id)
        assert isinstance(session.submit(do.RecordFact(child_id, 1, "plan_sent", TODAY)), Failed)
    child_id = add_child(session)
    assert isinstance(session.submit(do.RemoveFact(child_id, 1, "99", "why")), Failed)


def test_history_reads_in_plain_words(session: Session) -> None:
    child_id = add_child(session)
    record(session, child_id, "plan_sent", date(2024, 1, 31))

    *rows, first = session.history()
    assert first.what == "Rule pack 2026.11.22 put in force"
    assert [(row.who, row.what) for row in rows] == [
        ("A. Tester", "Okafor, Grace: Final plan sent 31 Jan 2024 recorded"),
        ("A. Tester", "Okafor, Grace: Case opened"),
    ]
    assert session.history(limit=1)[0].at == "22 Nov 2026 12:00 GMT"
    assert [row.what for row in session.case(child_id).history][-1] == "Case opened"


@pytest.mark.logs_expected
def test_a_bug_becomes_a_value_without_personal_data(
    file_session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    child_id = add_child(file_session, "Quartermain")

    def broken(*_: object) -> Done:
        raise KeyError("Quartermain")

    monkeypatch.setattr(desk_module.Session, "carry_out", broken)
    with caplog.at_level(logging.ERROR):
        outcome = file_session.submit(do.RecordFact(child_id, 1, "plan_sent", TODAY))

    assert isinstance(outcome, Failed)
    assert outcome.why == "bug"
    assert outcome.reference in outcome.sentence
    assert outcome.reference in caplog.text
    assert "Quartermain" not in caplog.text
    assert "KeyError" in caplog.text


def test_work_outlives_a_restart(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    child_id = reviewed(session)
    before = (
        session.cases(),
        session.alerts(),
        session.reviews(),
        session.case(child_id),
        session.last_undo(),
    )
    session.close()

    session = session_at(where)
    after = (
        session.cases(),
        session.alerts(),
        session.reviews(),
        session.case(child_id),
        session.last_undo(),
    )
    assert after == before
    session.close()


def test_the_caseload_is_every_case_whole(session: Session) -> None:
    reviewed(session, "Okafor", reference="B")
    reviewed(session, "Patel", reference="A")
    seen: list[tuple[int, int]] = []

    files = session.caseload(lambda done, total, _: seen.append((done, total)))

    assert [file.child.reference for file in files] == ["A", "B"]
    for file in files:
        alone = session.case(file.child.id)
        assert (file.child, file.facts) == (alone.child, alone.facts)
        # Steps and reasons of a date are worked out where one case is looked at.
        assert [one._replace(steps=(), superseded_why="") for one in file.deadlines] == [
            one._replace(steps=(), superseded_why="") for one in alone.deadlines
        ]
    assert seen[-1][0] == seen[-1][1]


def test_the_councils_name_is_kept_with_the_store(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    assert session.council() == ""
    session.set_council("  Fen  and Weald ")
    session.close()
    session = session_at(where)
    assert session.council() == "Fen and Weald"
    assert session.check() == ()
    session.close()


def test_the_councils_name_is_on_record_and_can_be_taken_back(session: Session) -> None:
    session.set_council("Fen and Weald")
    session.set_council("Fen  and Weald")
    outcome = done(session, do.SetCouncil("Weald"))
    assert outcome.message == "The council's name is Weald."
    assert not outcome.everything
    said = [row.what for row in session.history()][:-1]
    assert said == ["The council's name is Weald", "The council's name is Fen and Weald"]

    done(session, do.Undo())
    assert session.council() == "Fen and Weald"
    done(session, do.Undo())
    assert session.council() == ""
    done(session, do.Redo())
    assert session.council() == "Fen and Weald"
    group = next(
        row.group for row in session.history() if row.what == "The council's name is Weald"
    )
    done(session, do.Redo(group))
    assert session.council() == "Weald"
    older = next(
        row.group for row in session.actions() if "Fen and Weald" in row.what and row.group
    )
    refused = session.submit(do.Undo(older))
    assert isinstance(refused, Failed)
    assert "the council's name was changed again since" in refused.sentence
    assert session.check() == ()


def test_a_recount_by_other_rules_is_on_record_though_no_date_changes(session: Session) -> None:
    reviewed(session)
    with session.store.writing() as unit:
        unit.set_meta({RULES_KEPT: "others"})
    assert session.recompute() == 0
    newest = session.history(1)[0]
    assert newest.what.startswith("Dates counted anew by rules")
    assert newest.what.endswith("0 cases changed")
    assert session.recompute() == 0
    assert session.history(1)[0] == newest
