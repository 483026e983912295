"""Links between records of a case: none is left across two, and none outlives a disposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.thread import ProvisionFor
from caseworker_app.domain.kind_values import all_values, difference
from caseworker_app.domain.kinds import FACT, Kind, kind_named, ties, within
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.records import Entry
from caseworker_app.services import commands as do
from caseworker_app.services.changes import as_json
from caseworker_app.services.retention import dispose
from caseworker_app.services.session import Session
from tests.support.every_kind import Drawing, kinds
from tests.support.joining import merge, split
from tests.support.sessions import add_child, done, record
from tests.support.stores import PASSPHRASE, TODAY, Places, session_at

AT = "2026-11-22T12:00:00Z"
ACROSS = "take it out and enter it anew, or merge the two."

MORE = "between the store and its audit trail."
"""The end of what is told after the first few, of which those of other sorts come first."""


def _filled(session: Session) -> tuple[str, str]:
    """Two children, each with a record of every kind at an end of a link, and what those need."""
    drawing = Drawing(session, Random(5))
    first = drawing.child
    ends = {kind.name for kind, _ in ties(every_kind())} | {one.to for _, one in ties(every_kind())}
    needed = {one.to for kind in kinds() if kind.name in ends for one in kind.links() if one.needed}
    some = [kind for kind in kinds() if kind.name in ends | needed]
    for kind in some:
        drawing.add(kind, "A")
    drawing.child = add_child(session, "Ford", reference="NB3")
    shared = {kind.name for kind in kinds() if not kind.owner}
    drawing.made = {name: key for name, key in drawing.made.items() if name in shared}
    drawing.made["child"] = drawing.child
    for kind in some:
        if kind.owner:
            drawing.add(kind, "B")
    return first, drawing.child


@pytest.fixture
def linked(places: Places) -> Iterator[tuple[Session, str, str]]:
    where, (first, second) = places.copy(_filled)
    session = session_at(where)
    yield session, first, second
    session.close()


def _all(session: Session, name: str) -> dict[str, Any]:
    with session.store.reading() as reading:
        return reading.all_of(kind_named(name))


def _add(session: Session, of: str, /, **fields: Any) -> str:
    done(session, do.AddRecord(of, fields))
    return max(_all(session, of), key=int)


def _judged(session: Session) -> tuple[str, str]:
    """A case with two review meetings, an outcome with an aspiration and its judgement."""
    child = add_child(session, reference="NB1")
    for day in (date(2025, 5, 4), date(2026, 5, 4)):
        record(session, child, "review_meeting_held", day)
    review = session.case(child).facts[0].id
    hoped = {"whose": "child", "words": "To read", "on": date(2025, 1, 1)}
    aspiration = _add(session, "aspiration", child_id=child, **hoped)
    said = {"area": "learning", "words": "Reads a page", "set_on": date(2025, 1, 1)}
    outcome = _add(session, "outcome", child_id=child, aspiration_id=aspiration, **said)
    of = {"outcome_id": outcome, "review_id": review, "progress": "some"}
    _add(session, "judgement", child_id=child, **of)
    return child, review


def _give(session: Session, kind: Kind, key: str, child: str) -> None:
    """Give a record to another child past all rules, as a split of earlier days could."""
    with session.store.writing() as unit:
        old = unit.all_of(kind, (key,))[key]
        new = replace(old, **{kind.owner: child}, version=old.version + 1)
        unit.put(kind, (), (new,))
        before, after = map(as_json, difference(old, new))
        entry = Entry(kind.name, key, f"{kind.one} moved", before, after, child=child)
        unit.append((entry,), AT, "A. Officer")


def _across(session: Session) -> list[object]:
    with session.store.reading() as reading:
        return list(reading.crossed(99))


def test_a_judgement_goes_with_its_outcome_and_its_review_or_not_at_all(session: Session) -> None:
    child, review = _judged(session)
    alone = session.submit(split(session, child, review))
    assert isinstance(alone, Failed)
    assert alone.sentence == (
        "A judgement of an outcome goes and its outcome stays: let both go, or neither."
    )
    other = session.case(child).facts[1].id
    without = session.submit(split(session, child, other, records=("outcome/1",)))
    assert isinstance(without, Failed)
    assert without.sentence == (
        "A judgement of an outcome is dated by events of which some stay: "
        "let all of them go, or none."
    )
    both = split(session, child, review, records=("outcome/1",))
    told = [one.lines for one in session.preview(both).parts if one.heading.startswith("Links")]
    assert len(told) == 1
    assert told[0][0].endswith(": aspiration")
    made = done(session, both)
    (new,) = set(made.child_ids) - {child}
    assert _all(session, "judgement")["1"].child_id == new
    outcome = _all(session, "outcome")["1"]
    assert (outcome.child_id, outcome.aspiration_id) == (new, None)
    assert _all(session, "aspiration")["1"].child_id == child
    assert session.check() == ()
    done(session, do.Undo(made.undo, sure=True))
    assert _all(session, "outcome")["1"].aspiration_id == "1"
    assert session.check() == ()


def test_no_link_is_set_at_what_is_another_childs_and_no_undo_leaves_one(session: Session) -> None:
    child, _ = _judged(session)
    other = add_child(session, "Patel", reference="NB2")
    record(session, other, "review_meeting_held", date(2024, 5, 4))
    meeting = session.case(other).facts[0].id
    said = {"review_id": meeting, "progress": "none"}
    wrong = do.AddRecord("judgement", {"child_id": other, "outcome_id": "1", **said})
    refused = session.submit(wrong)
    assert isinstance(refused, Failed)
    assert (refused.field, "another child's" in refused.sentence) == ("outcome_id", True)
    merged = done(session, merge(session, other, child))
    _add(session, "judgement", child_id=other, outcome_id="1", **said)
    back = session.submit(do.Undo(merged.undo, sure=True))
    assert isinstance(back, Failed)
    assert "would point at what is another child's" in back.sentence
    assert _across(session) == []
    assert session.check() == ()


def test_an_old_link_across_two_cases_is_told_and_goes_with_either(session: Session) -> None:
    child, _ = _judged(session)
    other = add_child(session, "Patel", reference="NB2")
    _give(session, kind_named("outcome"), "1", other)
    said = session.check()
    assert [one.endswith(ACROSS) for one in said] == [True, True]
    assert said[1].startswith("The outcome of judgement of an outcome number 1 of case NB1 is in")
    dispose(session, [other], "mistake")
    assert _all(session, "judgement") == {}
    assert "Judgement of an outcome taken out" in [row.what for row in session.case(child).history]
    assert session.check() == ()


def test_an_optional_link_at_what_is_disposed_of_is_emptied_and_told(session: Session) -> None:
    child, _ = _judged(session)
    other = add_child(session, "Patel", reference="NB2")
    _give(session, kind_named("aspiration"), "1", other)
    dispose(session, [other], "mistake")
    assert _all(session, "outcome")["1"].aspiration_id is None
    words = "Outcome changed: aspiration taken out"
    assert words in [row.what for row in session.case(child).history]
    assert session.check() == ()


def test_a_merge_of_one_plan_lets_its_audit_point_at_the_version_that_stays(
    linked: tuple[Session, str, str],
) -> None:
    session, first, second = linked
    versions = _all(session, "plan_version")
    mine, theirs = (
        next(one for one in versions.values() if one.child_id == key) for key in (first, second)
    )
    fact = next(one for one in session.case(second).facts if one.id == theirs.fact_id)
    record(session, first, fact.kind, fact.on, **fact.detail)
    twin = next(
        one for one in session.case(first).facts if (one.kind, one.on) == (fact.kind, fact.on)
    )
    done(session, do.ChangeRecord("plan_version", mine.id, mine.version, {"fact_id": twin.id}))
    done(session, merge(session, first, second))
    assert set(_all(session, "plan_version")) == {mine.id}
    assert {one.plan_version_id for one in _all(session, "plan_audit").values()} == {mine.id}
    assert session.check() == ()


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_merged_split_taken_back_and_disposed_of(
    linked: tuple[Session, str, str], seed: int
) -> None:
    session, *_ = linked
    dice = Random(seed)
    made = 0
    while made < 6:
        cases = [row.id for row in session.cases()]
        act = dice.choice(("merge", "split", "split", "undo"))
        if act == "merge" and len(cases) > 1:
            outcome = session.submit(merge(session, *dice.sample(cases, 2)))
        elif act == "split":
            outcome = session.submit(_split(session, dice.choice(cases), dice))
        else:
            outcome = session.submit(do.Undo(sure=True))
        made += isinstance(outcome, Done) or dice.random() < 0.2
        assert _across(session) == []
    assert session.check() == ()
    _cross(session, dice)
    while cases := [row.id for row in session.cases()]:
        dispose(session, [dice.choice(cases)], "mistake")
        assert not [one for one in session.check() if not one.endswith((ACROSS, MORE))]
    assert not any(_all(session, kind.name) for kind, _ in within(every_kind()))


def _split(session: Session, child: str, dice: Random) -> do.SplitChild:
    facts = [one.id for one in session.case(child).facts]
    owned = [key for key, _ in session.owned_words(child)]
    some = dice.sample(facts, dice.randint(1, len(facts))) if facts else []
    more = tuple(dice.sample(owned, dice.randint(0, len(owned))))
    return split(session, child, *some, records=more)


def _cross(session: Session, dice: Random) -> None:
    """Give some records, drawn, to other children, as a store of earlier days may have it."""
    cases = [row.id for row in session.cases()]
    cases += [add_child(session, "Quill", reference=f"X{len(cases)}")]
    ends = {kind for kind, _ in within(every_kind())}
    ends |= {kind_named(one.to) for _, one in within(every_kind()) if one.to != FACT}
    for kind in sorted(ends, key=lambda one: one.name):
        for key in _all(session, kind.name):
            if dice.random() < 0.4:
                _give(session, kind, key, dice.choice(cases))


@pytest.mark.parametrize("places", ["file"], indirect=True)
def test_a_rewritten_backup_with_links_across_cases_ends_as_a_disposal_does(
    linked: tuple[Session, str, str], tmp_path: Path
) -> None:
    session, first, _ = linked
    _cross(session, Random(3))
    # One that says nothing without its outcome, by a link that may be blank all the same.
    outcome, provision = min(_all(session, "outcome")), min(_all(session, "provision"))
    _give(session, kind_named("outcome"), outcome, first)
    other = next(row.id for row in session.cases() if row.id != first)
    _give(session, kind_named("provision"), provision, other)
    with session.store.writing() as unit:
        kind = kind_named("provision_for")
        (key,) = unit.allot(kind.name, 1)
        bare = ProvisionFor(id=key, child_id=other, provision_id=provision, outcome_id=outcome)
        unit.put(kind, (bare,), ())
        made = as_json(all_values(bare))
        unit.append((Entry(kind.name, key, "added", "", made, child=other),), AT, "A. Officer")
    backup = tmp_path / "by hand.backup"
    session.backup(backup)
    dispose(session, [first], "mistake")
    elsewhere = tmp_path / "elsewhere" / "new.store"
    bootstrap.restore(backup, str(elsewhere), passphrase=PASSPHRASE)
    again = bootstrap.open_session(str(elsewhere), passphrase=PASSPHRASE, today=TODAY)
    assert not [one for one in again.check() if not one.endswith((ACROSS, MORE))]
    for kind, _ in ties(every_kind()):
        here, there = (_all(one, kind.name).items() for one in (again, session))
        # Of what was the other child's once the trail is sealed, and nothing is said of it.
        assert {key: all_values(one) for key, one in here} == {
            key: all_values(one) for key, one in there
        }, kind.name
    assert key not in _all(again, "provision_for")
    again.close()
