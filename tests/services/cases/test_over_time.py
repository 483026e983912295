"""What was true on the day: records with a from and a to follow the child's fields, or lead."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.returns.board_return import board
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record
from tests.support.stores import Places, session_at

FIRST = date(2026, 1, 12)
STEPS = {"file": 40, "postgresql": 15}
KINDS = ("need", "placement", "holder", "taught_year")


def _on(session: Session, day: date) -> None:
    session.clock = FixedClock(day)


def _change(session: Session, child_id: str, **fields: Any) -> Done:
    return done(session, do.ChangeChild(child_id, session.case(child_id).child.version, fields))


def _rows(session: Session, kind: str, child_id: str) -> list[tuple[Any, ...]]:
    """The records of a child, by their days: what they hold, from and to."""
    value = {"need": "type", "placement": "setting_id", "holder": "caseworker_id"}
    found = [
        (getattr(row.record, value.get(kind, "year")), row.record.since, row.record.until)
        for row in session.record_rows(kind)
        if row.record.child_id == child_id
    ]
    return sorted(found, key=lambda one: one[1] or date.min)


def _need(session: Session, child_id: str, day: date) -> str:
    return view(session.case(child_id), day).file.child.need


def _setting(session: Session, name: str, kind: str = "primary", last_year: int = 6) -> str:
    done(session, do.AddRecord("setting", {"name": name, "kind": kind, "last_year": last_year}))
    return next(one.id for one in session.settings() if one.name == name)


def _worker(session: Session, name: str) -> str:
    done(session, do.AddRecord("caseworker", {"name": name, "active": True}))
    return next(one.id for one in session.caseworkers() if one.name == name)


def test_a_need_that_changes_today_was_another_yesterday(session: Session) -> None:
    child = add_child(session, need="MLD")
    assert _rows(session, "need", child) == []
    _on(session, date(2026, 5, 11))
    _change(session, child, need="ASD")

    assert _rows(session, "need", child) == [
        ("MLD", None, date(2026, 5, 10)),
        ("ASD", date(2026, 5, 11), None),
    ]
    assert _need(session, child, date(2026, 5, 10)) == "MLD"
    assert _need(session, child, date(2026, 5, 11)) == "ASD"
    assert session.check() == ()


def test_what_is_filled_in_holds_as_long_as_it_is_known_but_a_case_is_given_on_a_day(
    session: Session,
) -> None:
    child, worker = add_child(session), _worker(session, "Rosa Haque")
    _on(session, date(2026, 12, 1))
    _change(session, child, need="ASD", caseworker_id=worker)

    assert _need(session, child, date(2026, 3, 31)) == "ASD"
    assert _rows(session, "holder", child) == [(worker, date(2026, 12, 1), None)]
    assert view(session.case(child), date(2026, 11, 30)).caseworker == ""


def test_two_changes_of_one_day_are_one_and_one_taken_back_leaves_what_was(
    session: Session,
) -> None:
    child = add_child(session, need="MLD")
    _on(session, date(2026, 12, 1))
    _change(session, child, need="ASD")
    _change(session, child, need="SLD")
    assert _rows(session, "need", child)[1:] == [("SLD", date(2026, 12, 1), None)]
    _change(session, child, need="MLD")
    assert _rows(session, "need", child) == [("MLD", None, None)]
    assert session.check() == ()


def test_an_undo_takes_the_records_back_and_a_redo_brings_them_again(session: Session) -> None:
    child = add_child(session, need="MLD", setting_id=_setting(session, "Mile End Gate"))
    before = _rows(session, "need", child)
    _on(session, date(2026, 12, 1))
    reach = _setting(session, "Stepney Reach")
    group = _change(session, child, need="ASD", setting_id=reach).undo
    after = [_rows(session, kind, child) for kind in KINDS]
    _on(session, date(2026, 12, 9))
    done(session, do.Undo(group))
    assert _rows(session, "need", child) == before
    assert _rows(session, "placement", child) == []
    done(session, do.Redo(group))
    assert [_rows(session, kind, child) for kind in KINDS] == after
    assert session.check() == ()


def test_a_record_by_hand_sets_the_child_and_ends_what_held(session: Session) -> None:
    child = add_child(session, need="MLD")
    _on(session, date(2026, 12, 1))
    need = {"child_id": child, "type": "ASD", "rank": "1", "since": date(2026, 9, 1)}
    done(session, do.AddRecord("need", need))

    assert session.case(child).child.need == "ASD"
    assert _rows(session, "need", child) == [
        ("MLD", None, date(2026, 8, 31)),
        ("ASD", date(2026, 9, 1), None),
    ]
    # And back, in one step.
    done(session, do.Undo(session.actions(1)[0].group))
    assert session.case(child).child.need == "MLD"
    assert _rows(session, "need", child) == []
    assert session.check() == ()


def test_a_past_that_was_not_known_is_entered_by_hand(session: Session) -> None:
    child = add_child(session, need="ASD")
    ended = {"child_id": child, "type": "MLD", "rank": "1", "until": date(2024, 8, 31)}
    done(session, do.AddRecord("need", ended))
    assert session.case(child).child.need == "ASD"
    assert _need(session, child, date(2024, 8, 31)) == "MLD"
    assert _need(session, child, date(2024, 9, 1)) == "ASD"
    assert session.check() == ()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"since": date(2030, 1, 1)}, "has not come yet"),
        ({"until": date(2030, 1, 1)}, "leave it empty while it holds"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "To is before from"),
        ({"since": date(2024, 1, 1), "until": date(2024, 2, 1)}, "is there already"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(
    session: Session, days: dict[str, date], said: str
) -> None:
    child = add_child(session, need="MLD")
    known = {"child_id": child, "type": "MLD", "rank": "1", "since": date(2020, 1, 1)}
    done(session, do.AddRecord("need", known))
    outcome = session.submit(
        do.AddRecord("need", {"child_id": child, "type": "ASD", "rank": "1", **days})
    )
    assert isinstance(outcome, Failed)
    assert said in outcome.sentence
    assert outcome.field in days
    assert session.check() == ()


def test_a_record_taken_out_leaves_the_child_with_what_holds_still(session: Session) -> None:
    child = add_child(session, need="MLD")
    _on(session, date(2026, 12, 1))
    _change(session, child, need="ASD")
    now = next(row.record for row in session.record_rows("need") if row.record.until is None)
    done(session, do.RemoveRecord("need", now.id, now.version, "typed for another child"))
    assert session.case(child).child.need == ""
    past = session.record_rows("need")[0].record
    done(session, do.ChangeRecord("need", past.id, past.version, {"until": None}))
    assert session.case(child).child.need == "MLD"
    assert session.check() == ()


def test_a_merge_keeps_what_stands_over_time_and_tells_what_goes(session: Session) -> None:
    keep, other = add_child(session, need="MLD"), add_child(session, need="ASD", uln="123")
    _on(session, date(2026, 12, 1))
    _change(session, other, need="SLD", secondary_need="SLCN")
    _change(session, other, secondary_need="HI")
    address = {"child_id": other, "postcode": "E1 4NS", "inside": "yes"}
    done(session, do.AddRecord("address", address))
    versions = [session.case(one).child.version for one in (keep, other)]
    command = do.MergeChildren(keep, versions[0], other, versions[1])
    parts = {one.heading: one for one in session.preview(command).parts}
    left = parts["Not taken over; kept in the comment"]
    assert left.doubtful
    assert left.lines == ("Need ASD to 30 Nov 2026", "Need SLD from 1 Dec 2026")
    assert len(parts["Records that come over"].lines) == 3
    outcome = done(session, command)

    child = session.case(keep).child
    assert (child.need, child.secondary_need) == ("MLD", "HI")
    assert "need ASD to 30 Nov 2026; need SLD from 1 Dec 2026" in child.comment
    assert [row.record.child_id for row in session.record_rows("address")] == [keep]
    assert session.check() == ()
    done(session, do.Undo(outcome.undo, sure=True))
    assert {row.record.child_id for row in session.record_rows("need")} == {other}
    assert session.check() == ()


def test_check_says_where_a_record_and_its_child_disagree(session: Session) -> None:
    child = add_child(session, need="MLD")
    _on(session, date(2026, 12, 1))
    _change(session, child, need="ASD")
    one = next(row.record for row in session.record_rows("need") if row.record.until is None)
    kind = kind_named("need")
    with session.store.writing() as unit:
        unit.put(kind, (), [type(one)(child_id=child, type="SLD", rank="1", id=one.id, version=2)])
    said = session.check()
    assert any("primary need of case" in sentence and "needs say" in sentence for sentence in said)
    assert any("hold on the same day" in sentence for sentence in said)


def test_no_later_change_touches_the_figures_of_an_earlier_day(places: Places) -> None:
    """Drawn changes on drawn days: what was seen on each day is what is seen as at it later."""
    seed = random.randrange(10**6)
    draw, day = random.Random(seed), FIRST
    session = session_at(places.new(), day)
    settings = [_setting(session, name) for name in ("Ash", "Beech")]
    settings.append(_setting(session, "Cedar", "middle", 8))
    workers = [None, _worker(session, "Rosa"), _worker(session, "Ben")]
    given: dict[str, Any] = {"need": "MLD", "secondary_need": "HI", "setting_id": settings[0]}
    # In Year 6 until September 2026, which the middle school goes on beyond.
    given["born"] = date(2015, 3, 3)
    children = [add_child(session, f"Okafor{letter}", **given) for letter in "abc"]
    for child in children:
        record(session, child, "plan_sent", date(2025, 3, 3))
    choices: dict[str, list[Any]] = {
        "need": ["ASD", "MLD", "SLD", ""],
        "secondary_need": ["HI", "VI", ""],
        "setting_id": [*settings, None],
        "caseworker_id": workers,
        "actual_year": [6, 7],
    }
    for child in children:
        _change(session, child, actual_year=6)
    seen = {}
    for _ in range(STEPS[places.kind]):
        seen[day] = _figures(session, day)
        day += timedelta(days=draw.randrange(1, 20))
        _on(session, day)
        for _ in range(draw.randrange(1, 4)):
            field = draw.choice(sorted(choices))
            child = draw.choice(children)
            change = _change(session, child, **{field: draw.choice(choices[field])})
            # What is undone on a later day was a mistake, and figures of the days between follow.
            if change.undo and draw.random() < 0.3:
                done(session, do.Undo(change.undo))
                if draw.random() < 0.5:
                    done(session, do.Redo(change.undo))
    later = {one: _figures(session, one) for one in seen}
    assert later == seen, seed
    assert session.check() == (), seed
    session.close()


def _figures(session: Session, day: date) -> object:
    made = board(
        session.caseload(on=day),
        Period(date(2025, 9, 1), date(2027, 8, 31)),
        day,
        (),
        made_at=session.clock.now(),
        audience=Audience.TEAM,
    )
    return made.caseload, made.lists.plans, made.lists.reviews, made.transfers, made.overdue


def test_a_transfer_goes_by_the_setting_of_the_last_day_of_its_school_year(
    session: Session,
) -> None:
    _on(session, date(2025, 12, 1))
    primary, middle = _setting(session, "Ash"), _setting(session, "Cedar", "middle", 8)
    child = add_child(session, born=date(2015, 3, 3), setting_id=primary)
    record(session, child, "plan_sent", date(2025, 3, 3))
    _on(session, date(2026, 9, 7))
    _change(session, child, setting_id=middle)

    def due(day: date) -> set[date]:
        (file,) = session.caseload(on=day)
        return {one.due for one in file.deadlines}

    assert date(2026, 2, 14) in due(date(2026, 3, 31))
    assert date(2026, 2, 14) in due(date(2026, 11, 30))
    assert date(2026, 2, 14) in due(date(2027, 11, 30))
    (kept,) = session.caseload()
    assert date(2026, 2, 14) not in {one.due for one in kept.deadlines}


def test_what_a_case_is_from_a_day_to_a_day_is_listed_kept_or_said_by_the_child_alone(
    session: Session,
) -> None:
    child = add_child(session, need="MLD", setting_id=_setting(session, "Ash"))
    listed = session.over_time(child)
    assert [(name, row.id) for name, row in listed] == [("need", ""), ("placement", "")]
    _change(session, child, need="ASD")
    needs = [row for name, row in session.over_time(child) if name == "need"]
    assert [row.record.type for row in needs] == ["MLD", "ASD"]
    assert all(row.id for row in needs)
    assert session.over_time("999") == ()
