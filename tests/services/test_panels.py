"""Panels: what waits for one, referral from one to another in one act, agenda and minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.chronology import chronology
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.panel_papers import agenda, lacking
from caseworker_app.services import commands as do
from caseworker_app.services.panels.panels import PanelRow, panels
from caseworker_app.services.panels.what_waits import waiting
from caseworker_app.services.session import Session
from caseworker_app.ui.screens.case_pinned import pinned_words
from tests.support.papers import said_in_word, word
from tests.support.sessions import add_child, done, record

TODAY = date(2026, 11, 22)


def added(session: Session, name: str, /, **fields: Any) -> str:
    return next(iter(done(session, do.AddRecord(name, fields)).rows_of(name))).id


def item(session: Session, panel: str, child: str, question: str = "assess", **more: Any) -> str:
    fields = {"panel_id": panel, "child_id": child, "question": question, **more}
    return added(session, "panel_item", **fields)


def by_id(session: Session) -> Mapping[str, PanelRow]:
    return {row.id: row for row in panels(session)}


def test_what_waits_is_what_is_open_and_before_no_panel(session: Session) -> None:
    asked, before, put_off, done_with = (add_child(session, name) for name in "ABCD")
    for child in (asked, before, put_off, done_with):
        record(session, child, "request_received", date(2026, 10, 20))
    old = added(session, "panel", kind="send", on=date(2026, 11, 5))
    coming = added(session, "panel", kind="send", on=date(2026, 12, 3))
    item(session, coming, before)
    item(session, old, put_off, decision="deferred")
    item(session, old, done_with, decision="agreed")
    lines = {one.child_id: one for one in waiting(session)}
    assert lines.keys() == {asked, put_off}
    assert (lines[asked].question, lines[asked].due) == ("assess", date(2026, 12, 1))
    assert lines[put_off].why == "deferred by SEND panel, 5 Nov 2026"
    # The next comes first, and what is past after it.
    assert [row.id for row in panels(session)] == [coming, old]
    # What was answered since without a panel waits no more.
    record(session, put_off, "assessment_decision_sent", TODAY, outcome="assess")
    assert {one.child_id for one in waiting(session)} == {asked}
    item(session, coming, asked)
    assert waiting(session) == ()


def test_reviews_places_top_ups_and_ceasing_wait_by_what_is_recorded(session: Session) -> None:
    names = ("Held", "Placed", "Asked", "Banded", "Paid", "Ceased", "Going")
    kept = {name: add_child(session, name) for name in names}
    for child in kept.values():
        record(session, child, "plan_sent", date(2025, 12, 1))
    record(session, kept["Held"], "review_meeting_held", date(2026, 11, 9))
    for name in ("Placed", "Asked"):
        done(session, do.AddRecord("setting", {"name": f"School {name}"}))
        school = max(session.settings(), key=lambda one: int(one.id)).id
        fields = {"child_id": kept[name], "setting_id": school}
        key = added(session, "consultation", **fields, sent_id=date(2026, 10, 20))
        fields = {"replied_id": date(2026, 11, 4), "answer": "yes"}
        version = session.version_of("consultation", key)
        done(session, do.ChangeRecord("consultation", key, version, fields))
    place = {"setting_id": school, "rank": "1", "since": date(2026, 11, 10)}
    added(session, "placement", child_id=kept["Asked"], **place)
    added(session, "top_up", child_id=kept["Banded"], band="Band C", until=date(2026, 12, 31))
    paid = {
        "section": "F",
        "what": "Speech therapy",
        "who": "Therapist",
        "since": date(2025, 12, 1),
    }
    added(session, "provision", child_id=kept["Paid"], funder="high_needs", **paid)
    for name in ("Ceased", "Going"):
        record(session, kept[name], "cease_considered", date(2026, 11, 2))
    record(session, kept["Ceased"], "cease_notice_sent", date(2026, 11, 16))
    lines = {(one.child, one.question): one for one in waiting(session)}
    assert {key: (one.due, one.why, one.sure) for key, one in lines.items()} == {
        ("Held, Grace", "review"): (date(2026, 12, 7), "", False),
        ("Placed, Grace", "place"): (None, "School Placed: yes", False),
        ("Banded, Grace", "top_up"): (*(date(2026, 12, 31), "Band C ends on 31 Dec 2026", False),),
        ("Paid, Grace", "top_up"): (
            *(None, "top-up pays for provision, and no band is agreed", False),
        ),
        ("Going, Grace", "cease"): (None, "considered on 2 Nov 2026", False),
    }
    # Once it is before a panel it waits no more, and the case says which one.
    panel = added(session, "panel", kind="send", on=date(2026, 12, 3))
    item(session, panel, kept["Going"], "cease", papers_by=date(2026, 11, 26))
    assert ("Going, Grace", "cease") not in {(one.child, one.question) for one in waiting(session)}
    rows = session.belonging(kept["Going"])
    assert pinned_words(rows, TODAY) == [
        "\u25c6 Before the SEND panel, 3 Dec 2026 (11 days): cease, papers by 26 Nov 2026"
    ]
    (line,) = (one for one in chronology((), rows) if one.sort == "panel_item")
    assert (line.on, line.what, line.words) == (
        *(date(2026, 12, 3), "Before the SEND panel, 3 Dec 2026", "Cease"),
    )


def test_a_referral_stands_before_the_other_panel_in_the_same_act(session: Session) -> None:
    child = add_child(session)
    one = added(session, "panel", kind="send", on=date(2026, 11, 5))
    other = added(session, "panel", kind="joint", on=date(2026, 12, 3))
    key = item(session, one, child, "place")
    version = session.version_of("panel_item", key)
    wrong = do.ChangeRecord("panel_item", key, version, {"referred_to_id": one})
    refused = session.submit(wrong)
    assert isinstance(refused, Failed)
    assert refused.field == "referred_to_id"
    fields = {"decision": "referred", "referred_to_id": other, "reasons": "Joint funding"}
    outcome = done(session, do.ChangeRecord("panel_item", key, version, fields))
    (line,) = by_id(session)[other].lines
    assert (line.item.question, line.item.decision) == ("place", "")
    assert line.came_from == "SEND panel, 5 Nov 2026"
    assert by_id(session)[one].lines[0].referred_to == "Joint decisions panel, 3 Dec 2026"
    # Said again, it is there once.
    version = session.version_of("panel_item", key)
    done(session, do.ChangeRecord("panel_item", key, version, {"reasons": "Joint funding."}))
    assert len(by_id(session)[other].lines) == 1
    done(session, do.Undo(session.last_undo()[0]))
    done(session, do.Undo(outcome.undo))
    assert not by_id(session)[other].lines


def test_agenda_and_minutes_say_what_is_before_a_panel_and_what_it_decided(
    session: Session, tmp_path: Path
) -> None:
    children = [add_child(session, name, reference=f"TH-{name}") for name in ("Ada", "Bee")]
    for child in children:
        record(session, child, "request_received", date(2026, 10, 20))
    key = added(session, "panel", kind="send", on=TODAY, chair="A. Ford")
    told = {"decision": "agreed", "reasons": "The need is shown", "fact_id": TODAY}
    item(session, key, children[0], papers_by=date(2026, 11, 16), **told)
    item(session, key, children[1])
    row = by_id(session)[key]
    assert row.undecided == 1
    assert lacking(row.panel, row.lines) == ("who came", "1 of 2 decisions")
    paper = agenda(row.words, row.panel, row.lines, "foot")
    assert paper.title == "Agenda, SEND panel, 22 Nov 2026"
    assert "Ada, Grace" in paper.words()
    target = tmp_path / "minutes.docx"
    assert bootstrap.write_minutes(session, key, target) == ("who came", "1 of 2 decisions")
    said = said_in_word(target)
    for words in ("SEND panel, 22 Nov 2026", "A. Ford", "The need is shown", "Not decided"):
        assert words in said, words
    assert "Parent representative: not present" in said
    # The council's own template stands in its place, and is told where it is wrong.
    text = (
        "{% for one in items %}{{ one.number }} {{ one.child }} told {{ one.told_on }}{% endfor %}"
    )
    file = word(tmp_path / "ours.docx", text)
    added(session, "letter_template", name="Ours", file=str(file), kind="minutes")
    bootstrap.write_minutes(session, key, target)
    assert "1 Ada, Grace told 22 November 2026" in said_in_word(target)
    wrong = word(tmp_path / "wrong.docx", "{% for one in items %}{{ one.shoe }}{% endfor %}")
    other = added(session, "letter_template", name="Wrong", file=str(wrong), kind="minutes")
    with pytest.raises(Refused, match=r"Wrong asks for a field that does not exist: .shoe"):
        bootstrap.write_minutes(session, key, target, other)
    with pytest.raises(Refused, match="no longer in the store"):
        bootstrap.write_minutes(session, "999", target)
