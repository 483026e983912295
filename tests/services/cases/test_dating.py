"""Records dated by events: a day typed finds the event or records it, in one action."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

SENT, AGAIN = date(2026, 10, 1), date(2026, 10, 2)


def _settings(session: Session, *names: str) -> list[str]:
    for name in names:
        done(session, do.AddRecord("setting", {"name": name}))
    ids = {one.name: one.id for one in session.settings()}
    return [ids[name] for name in names]


def _facts(session: Session, child: str) -> list[tuple[str, date, str | None]]:
    return [(one.kind, one.on, one.text("setting")) for one in session.case(child).facts]


def _ask(child: str, setting: str, on: date) -> do.AddRecord:
    fields = {"child_id": child, "setting_id": setting, "sent_id": on}
    return do.AddRecord("consultation", fields)


def test_several_settings_are_consulted_at_once_and_undone_at_once(session: Session) -> None:
    child = add_child(session)
    settings = _settings(session, "Mile End Gate", "Wharf Lane")
    asked = do.Together(tuple(_ask(child, one, SENT) for one in settings), "2 consultations sent")
    done(session, asked)

    assert _facts(session, child) == [
        ("consultation_sent", SENT, "Mile End Gate"),
        ("consultation_sent", SENT, "Wharf Lane"),
    ]
    words = [row.words for row in session.record_rows("consultation")]
    assert [one["sent_id"] for one in words] == ["1 Oct 2026", "1 Oct 2026"]
    assert session.check() == ()

    done(session, do.Undo(sure=True))
    assert (_facts(session, child), session.record_rows("consultation")) == ([], ())
    done(session, do.Redo(sure=True))
    assert len(_facts(session, child)) == 2
    assert session.check() == ()


def test_a_panels_decision_records_that_the_family_was_told_in_one_act(session: Session) -> None:
    child = add_child(session)
    record(session, child, "request_received", date(2026, 9, 1))
    done(session, do.AddRecord("panel", {"kind": "send", "on": SENT}))
    panel = session.record_rows("panel")[0].id
    item = {"panel_id": panel, "child_id": child, "question": "assess"}
    done(session, do.AddRecord("panel_item", item))

    def change(**fields: object) -> do.ChangeRecord:
        row = session.record_rows("panel_item")[0]
        return do.ChangeRecord("panel_item", row.id, row.record.version, fields)

    def told() -> list[tuple[str, date, str | None]]:
        facts = session.case(child).facts
        return [(one.kind, one.on, one.text("outcome")) for one in facts[1:]]

    done(session, change(decision="agreed", fact_id=AGAIN))
    assert told() == [("assessment_decision_sent", AGAIN, "assess")]
    assert session.record_rows("panel_item")[0].words["fact_id"].endswith("2 Oct 2026")
    done(session, do.Undo(sure=True))
    assert (told(), session.record_rows("panel_item")[0].record.decision) == ([], "")
    done(session, do.Redo(sure=True))

    # Decided otherwise on another day, the same event says so.
    later = date(2026, 10, 5)
    done(session, change(decision="not_agreed", fact_id=later))
    assert told() == [("assessment_decision_sent", later, "refuse")]
    assert session.check() == ()

    vague = session.submit(change(question="place", decision="agreed", fact_id=AGAIN))
    assert isinstance(vague, Failed)
    assert "a day does not say which" in vague.sentence
    other = do.AddRecord("panel_item", {**item, "decision": "agreed", "fact_id": later})
    refused = session.submit(other)
    assert isinstance(refused, Failed)
    assert "has another outcome than “Assess”" in refused.sentence


def test_a_day_finds_the_event_that_is_recorded(file_session: Session) -> None:
    session = file_session
    child = add_child(session)
    (setting,) = _settings(session, "Wharf Lane")
    record(session, child, "consultation_sent", SENT, setting="wharf lane")
    done(session, _ask(child, setting, SENT))
    assert _facts(session, child) == [("consultation_sent", SENT, "wharf lane")]

    (row,) = session.record_rows("consultation")
    changed = {"sent_id": AGAIN, "received_id": AGAIN}
    done(session, do.ChangeRecord("consultation", row.id, row.record.version, changed))
    assert _facts(session, child) == [
        ("consultation_sent", AGAIN, "wharf lane"),
        ("consultation_received", AGAIN, "Wharf Lane"),
    ]
    due = [one for one in session.case(child).deadlines if one.version.role]
    assert [(one.version.role, one.due) for one in due] == [
        ("reply_to_consultation", date(2026, 10, 17))
    ]


def test_a_day_that_cannot_be_leaves_nothing_behind(file_session: Session) -> None:
    session = file_session
    child = add_child(session)
    (setting,) = _settings(session, "Wharf Lane")
    refused = session.submit(_ask(child, setting, date(2027, 1, 1)))
    assert isinstance(refused, Failed)
    assert "has not come yet" in refused.sentence
    assert session.case(child).facts == ()

    panel = done(session, do.AddRecord("panel", {"kind": "send", "on": SENT}))
    fields = {"panel_id": panel.rows_of("panel")[0].id, "child_id": child, "question": "issue"}
    refused = session.submit(do.AddRecord("panel_item", {**fields, "fact_id": SENT}))
    assert isinstance(refused, Failed)
    assert "a day does not say which" in refused.sentence


def test_a_version_of_a_plan_says_which_event_its_day_is_of(file_session: Session) -> None:
    child = add_child(file_session)
    fields = {"child_id": child, "number": 1, "kind": "draft", "fact_id": SENT}
    done(file_session, do.AddRecord("plan_version", fields))
    (fact,) = file_session.case(child).facts
    assert fact == Fact("draft_served", SENT, id=fact.id)
