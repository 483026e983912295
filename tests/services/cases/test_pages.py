"""What goes out of a store on paper: the track, the school pack and the handover of one child."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.school_pack import term_of
from caseworker_app.services import commands as do
from caseworker_app.services.cases.handing_over import cases_of, handovers
from caseworker_app.services.cases.packs import (
    pack_of,
    settings_named,
    settings_with_children,
    term_named,
)
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.papers import told
from tests.support.sessions import add_child, done, record

SENT = date(2026, 11, 10)


def add(session: Session, name: str, **fields: object) -> str:
    return done(session, do.AddRecord(name, fields)).rows_of(name)[0].id


def test_records_of_a_case_stand_on_its_pages_and_on_no_others(session: Session) -> None:
    for name in ("Ash Primary", "Wharf Lane"):
        done(session, add_setting(name, "primary", 6))
    ash, wharf = (one.id for one in session.settings())
    here = add_child(session, "Okafor", born=date(2018, 1, 2), setting_id=ash)
    add_child(session, "Patel", born=date(2018, 1, 2), setting_id=ash)
    record(session, here, "request_received", date(2026, 8, 3))
    add(session, "consultation", child_id=here, setting_id=wharf, sent_id=SENT)
    panel = add(session, "panel", kind="send", on=SENT)
    add(session, "panel_item", panel_id=panel, child_id=here, question="issue")
    add(session, "note", child_id=here, on=SENT, kind="call", words="Rang")
    add(session, "promise", child_id=here, to_whom="Ms O", what="Ring back", by_when=SENT)

    (track,) = tracks(session)
    assert [one.words for one in track.asked] == ["Wharf Lane: no reply yet"]
    assert track.panels == ("SEND panel, 10 Nov 2026, Issue a plan, not decided yet",)

    term = term_of(session.today())
    assert [one.name for one in settings_with_children(session)] == ["Ash Primary", "Wharf Lane"]
    asked = told(pack_of(session, wharf, term).paper)
    assert list(asked) == ["Consultations waiting for your reply"]
    assert asked["Consultations waiting for your reply"][-1].startswith("Okafor, Grace")
    seen = session.settings()[0].version
    done(session, do.ChangeRecord("setting", ash, seen, {"senco": "Ms Rye", "email": "s@ash.org"}))
    paper = pack_of(session, ash, term).paper
    assert paper is not None
    assert paper.about.startswith("For Ms Rye (SENCO), s@ash.org. 1 Sep 2026 to 31 Dec 2026")
    theirs = told(paper)
    assert list(theirs) == ["Decisions the council owes you", "Plans to issue"]
    assert "Patel" not in str(theirs)

    assert len(cases_of(session, "")) == 2
    first, second = map(told, handovers(session, cases_of(session, "")))
    assert first["Promises"] == ["Ring back | Ms O | 10 Nov 2026 | 12 days late"]
    assert first["Last contact"] == ["10 Nov 2026, call: Rang"]
    assert "Consultation | Wharf Lane | 10 Nov 2026 | 12 days" in first["Who holds what"]
    assert second["Promises"] == []
    assert session.check() == ()


def test_a_pack_asks_for_a_reply_by_the_rule_in_force(file_session: Session) -> None:
    session = file_session
    done(session, add_setting("Ash Primary", "primary", 6))
    ash = session.settings()[0].id
    child = add_child(session, "Okafor")
    add(session, "consultation", child_id=child, setting_id=ash, sent_id=SENT)
    assert "Tell us within 15 days whether" in _asked(session, ash)
    assert "25 Nov 2026" in _asked(session, ash)
    ours = {
        "rule": "NA-08",
        "since": date(2026, 11, 1),
        "title": "Reply to the consultation",
        "what": "Reply within three weeks.",
        "number": 3,
        "unit": "weeks_after",
        "period": "within 3 weeks",
        "source": "Some Regulations 2026, reg 5",
        "address": "https://example.org/regulations",
        "checked_on": session.today(),
    }
    done(session, do.AddRecord("own_version", ours))
    assert "Tell us within 3 weeks whether" in _asked(session, ash)
    assert "1 Dec 2026" in _asked(session, ash)


def _asked(session: Session, setting: str) -> str:
    paper = pack_of(session, setting, term_of(session.today())).paper
    assert paper is not None
    return paper.words()


def test_a_setting_or_a_term_that_is_not_there_is_refused_by_name(file_session: Session) -> None:
    session = file_session
    for name in ("Ash Primary", "Wharf Lane"):
        done(session, add_setting(name, "primary", 6))
    ash = session.settings()[0].id
    add_child(session, setting_id=ash)
    assert [one.name for one in settings_named(session, "ash primary")] == ["Ash Primary"]
    assert settings_named(session, "") == settings_with_children(session)
    with pytest.raises(Refused, match="No child attends a setting of the name Wharf Lane"):
        settings_named(session, "Wharf Lane")
    term = term_named("", session.today())
    assert (term, term.key) == (term_of(session.today()), "autumn-2026")
    assert term_named("spring-2027", session.today()).name == "Spring term 2027"
    with pytest.raises(Refused, match="summer-1999 is no term: give one of autumn-2026, "):
        term_named("summer-1999", session.today())
    with pytest.raises(Refused, match="no longer in the store"):
        pack_of(session, "999", term)
    pack = pack_of(session, session.settings()[1].id, term)
    assert (pack.paper, pack.child_ids) == (None, ())
