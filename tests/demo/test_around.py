"""What goes on around the children of an invented borough: there, plausible, the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from caseworker_app.demo import around, invent_borough
from caseworker_app.demo.filling import fill
from caseworker_app.domain.declarations.talking import NOTES
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.cases.transfers import transfers
from caseworker_app.services.session import Session
from tests.support.stores import TODAY


def test_a_filled_borough_has_what_each_screen_shows(file_session: Session) -> None:
    fill(file_session, invent_borough(TODAY, 160, 7))
    kept = {
        kind: [row.record for row in file_session.record_rows(kind)]
        for kind in (
            *("team", "panel", "note", "promise", "contact", "consultation", "panel_item"),
            *("population", "commissioned", "placement", "success_measure", "progress"),
            *("hand_value", "autism_referral", "attendance", "attainment"),
            *("sibling", "document"),
        )
    }
    assert all(kept.values()), {kind: len(some) for kind, some in kept.items()}
    sat = [one for one in kept["panel"] if TODAY - timedelta(days=365) < one.on <= TODAY]
    assert len(sat) > 10
    assert len({one.parent_representative for one in sat}) == 2
    teams = {one.record.team_id for one in file_session.record_rows("caseworker")}
    assert teams <= {team.id for team in kept["team"]}
    assert all(note.on <= TODAY and note.kind in NOTES for note in kept["note"])
    assert all(one.kept_on is None or one.kept_on <= TODAY for one in kept["promise"])
    moving = [row for row in transfers(file_session).rows if row.asked]
    assert moving
    for row in moving:
        settings = Counter(one.setting for one in row.asked)
        assert max(settings.values()) == 1
        given = [one.preference for one in row.asked if one.preference is not None]
        assert sorted(given) in ([], list(range(1, len(row.asked) + 1)))
        assert all(one.sent and TODAY - timedelta(days=60) < one.sent <= TODAY for one in row.asked)
    assert all(one.on < TODAY for one in kept["document"])
    cases = {row.id: row for row in file_session.cases()}
    for one in kept["sibling"]:
        elder, younger = cases[one.child_id], cases[one.sibling_id]
        assert elder.surname == younger.surname
        assert elder.born
        assert younger.born
        assert younger.born - elder.born >= timedelta(days=365)
    assert any(row.panels for row in tracks(file_session))
    (referred,) = (one for one in kept["panel_item"] if one.referred_to_id)
    assert (referred.child_id, referred.referred_to_id, "") in {
        (one.child_id, one.panel_id, one.decision) for one in kept["panel_item"]
    }


def test_the_same_children_are_given_the_same(file_session: Session) -> None:
    fill(file_session, invent_borough(TODAY, 40, 7))
    rows, words = file_session.cases(), around.load_words()
    once = list(around.around_cases(rows, TODAY, words))
    assert once
    assert once == list(around.around_cases(rows, TODAY, words))
