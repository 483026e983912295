"""Today's lines and whose they are: every list and count says the same of the same children."""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.outcome import ALERTS, Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.today import Section, is_done, is_overdue, pressing, section_of
from caseworker_app.domain.whose import Choice, Scope
from caseworker_app.services import commands as do
from caseworker_app.services.cases.whose import team_names
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record, reviewed
from tests.support.stores import TODAY

DAY = timedelta(days=1)


def _worker(session: Session, name: str, **fields: object) -> str:
    done(session, do.AddRecord("caseworker", {"name": name, **fields}))
    return next(one.id for one in session.caseworkers() if one.name == name)


def _late(session: Session) -> AlertRow:
    (row,) = (one for one in session.today_lines(28) if section_of(one) is Section.UNDECIDED)
    return row


def test_a_snooze_puts_a_line_off_until_its_day_and_stays_an_overdue_date(
    session: Session,
) -> None:
    reviewed(session)
    late = _late(session)
    assert (late.rule, late.days) == ("AR-07", -9)
    fields = {
        "child_id": late.child_id,
        "rule": late.rule,
        "episode": late.episode,
        "until": TODAY + 2 * DAY,
        "why": "the panel sits on Tuesday",
    }
    told = done(session, do.AddRecord("snooze", fields))
    (row,) = (one for one in told.rows_of(ALERTS) if one.rule == "AR-07")
    assert (row.snoozed_until, row.snoozed_why) == (fields["until"], fields["why"])
    (line,) = (one for one in session.today_lines(28) if one.rule == "AR-07")
    assert section_of(line) is Section.SNOOZED
    assert is_overdue(line)
    assert pressing([line]) == 0
    assert [one.rule for one in session.alerts(28)].count("AR-07") == 1
    kept = session.record_rows("snooze")[0].record
    done(session, do.ChangeRecord("snooze", kept.id, kept.version, {"until": TODAY}))
    assert _late(session).snoozed_until is None
    assert session.record_rows("snooze"), "what was put off, and why, stays on record"


def test_promises_and_panel_papers_stand_beside_dates(session: Session) -> None:
    child = add_child(session)
    promise = {
        "child_id": child,
        "to_whom": "Ms Okafor",
        "what": "ring back",
        "by_when": TODAY - DAY,
    }
    told = done(session, do.AddRecord("promise", promise))
    assert [one.what for one in told.rows_of(ALERTS) if one.record] == ["Promise: ring back"]
    done(session, do.AddRecord("panel", {"kind": "send", "on": TODAY + 9 * DAY}))
    panel = session.record_rows("panel")[0].id
    item = {"panel_id": panel, "child_id": child, "question": "place", "papers_by": TODAY + 3 * DAY}
    done(session, do.AddRecord("panel_item", item))
    lines = [one for one in session.today_lines(7) if one.record]
    assert [(section_of(one), one.what, one.days) for one in lines] == [
        (Section.OVERDUE, "Promise: ring back", -1),
        (Section.WEEK, "Papers for SEND panel, 1 Dec 2026", 3),
    ]
    kept = session.record_rows("promise")[0].record
    done(session, do.ChangeRecord("promise", kept.id, kept.version, {"kept_on": TODAY}))
    left = [one for one in session.today_lines(7, (child,)) if one.record and not is_done(one)]
    assert [one.what for one in left] == [lines[1].what]


def test_the_next_date_of_a_dispute_stands_on_today_until_it_has_ended(session: Session) -> None:
    child = add_child(session)
    fields = {
        "child_id": child,
        "kind": "tribunal",
        "about": "content",
        "sections": "B, F",
        "opened_on": TODAY - 40 * DAY,
        "next_on": TODAY + 5 * DAY,
        "next_step": "hearing",
    }
    told = done(session, do.AddRecord("dispute", fields))
    assert [one.what for one in told.rows_of(ALERTS) if one.record] == ["Tribunal: hearing"]
    (line,) = (one for one in session.today_lines(7) if one.record)
    assert (section_of(line), line.days) == (Section.WEEK, 5)
    assert line.why == "about content of the plan, sections B, F"
    kept = session.one_record("dispute", line.record.partition("/")[2])
    past = {"next_on": TODAY - DAY, "next_step": ""}
    done(session, do.ChangeRecord("dispute", kept.id, kept.version, past))
    (line,) = (one for one in session.today_lines(7) if one.record)
    assert (section_of(line), line.what) == (Section.OVERDUE, "Tribunal: next date")
    assert line.why.startswith("say what came of it, and what is next")
    ended = {"ended_on": TODAY, "outcome": "upheld"}
    kept = session.one_record("dispute", kept.id)
    done(session, do.ChangeRecord("dispute", kept.id, kept.version, ended))
    assert not any(one.record for one in session.today_lines(7))


def _action(session: Session, child: str, words: str, who: str = "") -> str:
    """An action that an audit of a child's plan asks for by tomorrow; its id."""
    if not session.case(child).facts:
        record(session, child, "plan_sent", TODAY - 100 * DAY)
    plan = session.case(child).facts[0].id
    audit = {"auditor": f"Q. Lead for {words}", "on": TODAY, "kind": "desk"}
    actions = ({"words": words, "who": who, "by_when": TODAY + DAY},)
    told = done(session, do.KeepAudit(child, audit, fact_id=plan, actions=actions))
    return told.rows_of("audit_action")[0].id


def test_whose_an_action_of_an_audit_is_finishes_it_and_takes_that_back(session: Session) -> None:
    tester = _worker(session, "A. Tester")
    mine, other = add_child(session, caseworker_id=tester), add_child(session, "Silva")
    keys = [
        _action(session, mine, "Rewrite section F"),
        _action(session, other, "Ask the school", "a. tester"),
        _action(session, other, "Ring the therapist", "B. Other"),
    ]
    versions = [session.version_of("audit_action", key) for key in keys]
    session.person = Person("A. Tester", frozenset({"caseworker"}))
    lines = [one for one in session.today_lines(7) if one.record.startswith("audit_action/")]
    assert {one.what: one.ends for one in lines} == {
        "Action: Rewrite section F": True,
        "Action: Ask the school": True,
    }
    for key, version in zip(keys[:2], versions, strict=False):
        told = done(session, do.FinishAction(key, version, TODAY))
        back = done(session, do.Undo(told.undo, sure=True))
        done(session, do.Redo(back.redo))
    refused = session.submit(do.FinishAction(keys[2], versions[2], TODAY))
    assert isinstance(refused, Failed)
    change = do.ChangeRecord("audit_action", keys[0], versions[0] + 3, {"done_on": None})
    assert isinstance(session.submit(change), Failed), "audits are kept by those who may"
    assert [one for one in _done_today(session) if "audit" in one] == [
        "Action of an audit done: Rewrite section F",
        "Action of an audit done: Ask the school",
    ]
    for role in ("reader", "data", "administrator"):
        session.person = Person("C. Else", frozenset({role}))
        assert isinstance(session.submit(do.FinishAction(keys[2], versions[2], TODAY)), Failed)
        (line,) = (one for one in session.today_lines(7) if one.record.endswith(keys[2]))
        assert not line.ends
    session.person = Person("C. Else", frozenset({"quality"}))
    done(session, do.FinishAction(keys[2], versions[2], TODAY))


def test_cover_brings_a_colleagues_cases_between_its_days(session: Session) -> None:
    team = done(session, do.AddRecord("team", {"name": "North"})).rows_of("team")[0].id
    haque, ali = _worker(session, "R. Haque", team_id=team), _worker(session, "A. Ali")
    smith = _worker(session, "J. Smith", team_id=team)
    mine, theirs = (
        add_child(session, caseworker_id=haque),
        add_child(session, "Silva", caseworker_id=ali),
    )
    me = Choice(Scope.MINE, haque)
    assert session.whose(me).holders == {haque}
    cover = {"away_id": ali, "covering_id": haque, "since": TODAY - DAY, "until": TODAY}
    done(session, do.AddRecord("cover", cover))
    now = session.whose(me)
    assert (now.words, now.holders) == ("R. Haque", {haque, ali})
    assert now.covered == {ali: "covered by you until 22 Nov 2026"}
    assert {row.id for row in session.cases() if now.has(row.caseworker_id)} == {mine, theirs}
    assert session.whose(Choice(Scope.TEAM, haque)).holders == {haque, smith}
    assert team_names(session) == {haque: "North", smith: "North"}
    assert session.whose(Choice(Scope.UNASSIGNED)).holders == {""}
    assert session.whose(Choice(Scope.MINE, "999")).holders is None
    kept = session.record_rows("cover")[0].record
    done(session, do.ChangeRecord("cover", kept.id, kept.version, {"until": TODAY - DAY}))
    assert session.whose(me).holders == {haque}


def test_the_command_line_finds_by_name_what_the_window_finds_by_choice(session: Session) -> None:
    haque, ali = _worker(session, "R. Haque"), _worker(session, "A. Ali")
    for surname, worker in (("Okafor", haque), ("Silva", ali)):
        reviewed(session, surname, caseworker_id=worker)
    mine = session.whose(Choice(Scope.MINE, haque))
    assert [row for row in session.alerts() if mine.has(row.caseworker_id)] == list(
        session.alerts(worker="haque")
    )
    cover = {"away_id": ali, "covering_id": haque, "since": TODAY, "until": TODAY + DAY}
    done(session, do.AddRecord("cover", cover))
    assert session.alerts(worker="haque") == session.alerts()
    assert {row.caseworker for row in session.alerts(worker="ali")} == {"A. Ali"}


def test_whoever_covers_may_do_on_the_cases_covered_what_they_may_on_their_own(
    session: Session,
) -> None:
    tester, ali = _worker(session, "A. Tester"), _worker(session, "A. Ali")
    child = add_child(session, caseworker_id=ali)
    session.person = Person("A. Tester", frozenset({"caseworker"}))
    note = do.AddRecord("note", {"child_id": child, "on": TODAY, "kind": "call", "words": "Rang."})
    refused = session.submit(note)
    assert isinstance(refused, Failed)
    assert "your own cases" in refused.sentence
    session.person = Person("A. Tester")
    cover = {"away_id": ali, "covering_id": tester, "since": TODAY, "until": TODAY}
    done(session, do.AddRecord("cover", cover))
    session.person = Person("A. Tester", frozenset({"caseworker"}))
    done(session, note)
    assert session.history(5), "the trail of a case covered may be read"


def _done_today(session: Session) -> list[str]:
    return [one.what for one in session.today_lines(7) if section_of(one) is Section.DONE]


def test_what_i_did_today_stands_under_done_today_until_it_is_undone(session: Session) -> None:
    child = add_child(session)
    fields = {"child_id": child, "to_whom": "Ms O.", "what": "ring back", "by_when": TODAY}
    done(session, do.AddRecord("promise", fields))
    assert _done_today(session) == []
    kept = session.record_rows("promise")[0].record
    done(session, do.ChangeRecord("promise", kept.id, kept.version, {"kept_on": TODAY}))
    version = session.case(child).child.version
    told = done(session, do.RecordFact(child, version, "review_meeting_held", TODAY - DAY))
    words = ["Review meeting held 21 Nov 2026", "Promise kept: ring back"]
    assert _done_today(session) == words
    assert [one.what for one in told.rows_of(ALERTS) if section_of(one) is Section.DONE] == words
    assert not any(section_of(one) is Section.DONE for one in session.today_lines(7, ()))
    assert pressing(one for one in session.today_lines(7) if one.record) == 0
    told = done(session, do.Undo(told.undo))
    assert _done_today(session) == words[1:]
    done(session, do.Redo(told.redo))
    assert _done_today(session) == words
    session.who = "B. Other"
    assert _done_today(session) == []
    session.who, session.clock = "A. Tester", FixedClock(TODAY + DAY)
    assert _done_today(session) == []
