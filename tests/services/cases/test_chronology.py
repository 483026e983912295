"""What belongs to a case, and all of it that has a day in one list."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.chronology import (
    chronology,
    detail_words,
    filtered,
    promise_state,
    sorts,
)
from caseworker_app.domain.declarations.talking import Promise
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.clock import fact
from tests.support.sessions import add_child, done, record

PLAN = date(2024, 3, 1)


def test_what_happened_was_said_promised_and_filed_stands_by_date(session: Session) -> None:
    child, brother = add_child(session), add_child(session, "Patel")
    record(session, child, "plan_sent", PLAN)
    record(session, child, "review_decision_sent", date(2026, 11, 2), outcome="maintain")
    done(session, do.AddRecord("professional", {"name": "Dr Rao", "service": "ep"}))
    rao = session.record_rows("professional")[0]
    change = {"telephone": "020 7946 0000"}
    done(session, do.ChangeRecord("professional", rao.id, rao.record.version, change))
    sent = session.case(child).facts[0].id
    day = date(2026, 11, 3)
    for name, fields in (
        ("note", {"on": day, "kind": "call", "with_whom": "Ms O", "words": "Rang,\nno answer"}),
        ("promise", {"to_whom": "Ms O", "what": "Ring back", "by_when": date(2026, 11, 9)}),
        ("document", {"on": PLAN, "title": "Plan", "kind": "plan", "where": "S:/p"}),
        ("plan_version", {"number": 1, "kind": "first", "fact_id": sent, "template": "V2"}),
        ("involvement", {"professional_id": rao.id, "since": PLAN, "as_what": "keyworker"}),
        ("address", {"postcode": "E1 4NS", "inside": "yes", "since": PLAN}),
    ):
        done(session, do.AddRecord(name, {"child_id": child, **fields}))
    done(session, do.AddRecord("sibling", {"child_id": brother, "sibling_id": child}))

    held = session.belonging(child)
    words = {name: row.words for name, row in held}
    assert words["involvement"]["telephone"] == "020 7946 0000"
    assert "sibling" in words
    assert [name for name, _ in session.belonging(brother)] == ["sibling"]

    lines = chronology(session.case(child).facts, held)
    assert [(one.on, one.what, one.words) for one in lines if one.sort != "involvement"] == [
        (date(2026, 11, 9), "Promise to Ms O", "Ring back · open"),
        (day, "Call", "Ms O: Rang, no answer"),
        (date(2026, 11, 2), "Decision after review sent", "Maintain"),
        (PLAN, "Final plan sent", ""),
        (PLAN, "Document", "Plan · Plan"),
        (PLAN, "Plan version 1", "First final · V2"),
    ]
    assert sorts(lines)[0] == ("fact", "Facts")
    assert ("note", "Notes") in sorts(lines)
    assert [one.what for one in filtered(lines, "note")] == ["Call"]
    assert filtered(lines, "") == lines


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "3 days late"),
        ({"by_when": date(2026, 11, 21)}, "1 day late"),
        ({"by_when": date(2026, 11, 22)}, "open"),
        ({"kept_on": date(2026, 11, 20)}, "kept on 20 Nov 2026"),
        ({"broken_why": "ill"}, "broken: ill"),
    ],
)
def test_a_promise_says_how_it_stands(fields: dict[str, object], said: str) -> None:
    given = {"child_id": "1", "to_whom": "", "what": "", "by_when": date(2026, 11, 19), **fields}
    assert promise_state(Promise(**given), date(2026, 11, 22)) == said  # type: ignore[arg-type]


def test_what_an_event_says_besides_its_day_is_put_in_words() -> None:
    fixed = fact("review_meeting_fixed", "2026-11-02", meeting="2027-03-03")
    assert detail_words(fixed).endswith(" 3 Mar 2027")
    assert detail_words(fact("consultation_sent", "2026-11-02", setting="Ash")) == "Ash"
