"""Redo, whose change is meant by undo, what is asked first, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from caseworker_app.demo import invent_borough
from caseworker_app.demo.filling import fill
from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from tests.support.acts_model import cells_of
from tests.support.commands import add_caseworker, add_setting, reassign
from tests.support.desks import add_child, done, incoming, incoming_case, reviewed
from tests.support.stores import TODAY, Places, desk_at

OTHER = "Ren\u00e9e O\u2019Dowd"


def other(desk: OpenDesk) -> OpenDesk:
    """Somebody else's desk at the same store."""
    return OpenDesk(desk.store, desk.rules, desk.clock, OTHER)


def seen(desk: OpenDesk, key: str) -> int:
    return desk.case(key).child.version


def refused(desk: OpenDesk, command: do.Command) -> str:
    outcome = desk.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert outcome.why == "refused", outcome
    return outcome.sentence


def asked(desk: OpenDesk, command: do.Command) -> str:
    outcome = desk.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert outcome.why == "unsure", outcome
    return outcome.sentence


def test_undo_and_redo_go_all_the_way_and_back_also_after_restarts(places: Places) -> None:
    where = places.new()
    desk = desk_at(where)
    states = [cells_of(desk)]
    key = reviewed(desk)
    commands: list[Callable[[OpenDesk], do.Command]] = [
        lambda _: add_setting("Mile End Gate", "primary", 6),
        lambda _: add_caseworker("Ann Lee"),
        lambda one: do.ChangeChild(key, seen(one, key), {"setting_id": one.settings()[0].id}),
        lambda one: reassign((key,), one.caseworkers()[0].id),
        lambda one: do.RemoveFact(key, seen(one, key), one.case(key).facts[-1].id, "not so"),
        lambda _: do.AddChild({"surname": "New", "forename": "Ada", "born": TODAY}),
    ]
    groups = len(desk.actions(99))
    states = [states[0], *[None] * (groups - 1), cells_of(desk)]
    for command in commands:
        done(desk, command(desk))
        states.append(cells_of(desk))

    for _ in range(2):
        for state in reversed(states[:-1]):
            desk.close()
            desk = desk_at(where)
            done(desk, do.Undo())
            assert state is None or cells_of(desk) == state
        assert desk.last_undo() is None
        for state in states[1:]:
            desk.close()
            desk = desk_at(where)
            done(desk, do.Redo())
            assert state is None or cells_of(desk) == state
        assert desk.last_redo() is None
        assert refused(desk, do.Redo()) == "There is nothing to redo."
    assert desk.check() == ()
    desk.close()


def test_a_new_change_of_mine_ends_what_can_be_brought_back(desk: OpenDesk) -> None:
    key = add_child(desk)
    done(desk, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(desk, do.Undo())
    done(other(desk), add_caseworker("Ann Lee"))
    assert desk.last_redo() is not None
    done(desk, add_caseworker("R. Haque"))
    assert desk.last_redo() is None
    assert refused(desk, do.Redo()) == "There is nothing to redo."


def test_undo_means_ones_own_and_never_an_older_one_instead(desk: OpenDesk) -> None:
    key = add_child(desk)
    done(desk, do.ChangeChild(key, 1, {"need": "ASD"}))
    theirs = done(other(desk), do.ChangeChild(key, 2, {"need": "MLD"}))
    before = cells_of(desk)

    sentence = refused(desk, do.Undo())

    assert sentence == (
        "\u201cPrimary need changed for Okafor, Grace\u201d cannot be undone: Okafor, Grace was "
        f"changed again since by {OTHER} (primary need changed). "
        "An older change can be taken back from the history."
    )
    assert cells_of(desk) == before
    assert asked(desk, do.Undo(theirs.undo)) == (
        f"This takes back a change by {OTHER}: primary need changed for Okafor, Grace. "
        "Take it back?"
    )
    assert cells_of(desk) == before
    done(desk, do.Undo(theirs.undo, sure=True))
    assert desk.case(key).child.need == "ASD"
    # What I undid is mine to bring back, and then mine to take back.
    done(desk, do.Redo())
    assert desk.case(key).child.need == "MLD"
    done(desk, do.Undo())
    assert desk.case(key).child.need == "ASD"
    assert refused(desk, do.Undo(theirs.undo, sure=True)) == "This is undone already."
    assert refused(other(desk), do.Undo(theirs.undo)) == ("This is undone already by A. Tester.")


def test_redo_is_refused_where_something_rests_on_the_undo(desk: OpenDesk) -> None:
    key = add_child(desk)
    done(desk, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(desk, do.Undo())
    done(other(desk), do.ChangeChild(key, seen(desk, key), {"need": "SEMH"}))
    before = cells_of(desk)
    sentence = refused(desk, do.Redo())
    assert f"cannot be redone: Okafor, Grace was changed again since by {OTHER}" in sentence
    assert cells_of(desk) == before


def test_a_case_does_not_come_back_to_a_setting_that_is_gone(desk: OpenDesk) -> None:
    setting = done(other(desk), add_setting("Mile End Gate"))
    add_child(desk, setting_id=desk.settings()[0].id)
    done(desk, do.Undo())
    done(other(desk), do.Undo(setting.undo))
    assert refused(desk, do.Redo()) == (
        "\u201cCase opened for Okafor, Grace\u201d cannot be redone: "
        "the setting of Okafor, Grace is no longer in the store."
    )
    done(other(desk), do.Redo())
    done(desk, do.Redo())
    assert desk.check() == ()


def test_no_name_and_no_reference_is_given_twice_by_a_redo(desk: OpenDesk) -> None:
    done(desk, add_setting("Mile End Gate"))
    done(desk, do.Undo())
    done(other(desk), add_setting("MILE END GATE"))
    assert "there is another Mile End Gate by now" in refused(desk, do.Redo())
    add_child(desk, reference="NB1")
    done(desk, do.Undo())
    add_child(other(desk), "Patel", reference="nb 1")
    assert "the reference NB1 is another child's by now" in refused(desk, do.Redo())
    assert desk.check() == ()


def test_a_case_that_comes_back_keeps_its_key_and_no_key_is_given_twice(desk: OpenDesk) -> None:
    first = add_child(desk)
    done(desk, do.Undo())
    second = add_child(other(desk), "Patel", reference="P1")
    outcome = done(desk, do.Redo())
    assert first in outcome.child_ids
    assert {row.id for row in desk.cases()} == {first, second}


def test_what_touches_many_cases_is_asked_about_with_their_number(desk: OpenDesk) -> None:
    given = [incoming_case(row) for row in range(2, 13)]
    before = cells_of(desk)
    desk.apply_import(incoming(*given))
    after = cells_of(desk)
    words = "the import of tracker.xlsx: 11 cases made"
    assert asked(desk, do.Undo()) == f"This takes back {words}. Take it back?"
    assert cells_of(desk) == after
    done(desk, do.Undo(sure=True))
    assert cells_of(desk) == before
    assert asked(desk, do.Redo()) == f"This brings back {words}. Bring it back?"
    done(desk, do.Redo(sure=True))
    assert cells_of(desk) == after

    done(desk, add_caseworker("Ann Lee"))
    ids = tuple(row.id for row in desk.cases())
    worker = next(one.id for one in desk.caseworkers() if one.name == "Ann Lee")
    done(desk, reassign(ids[:10], worker))
    done(desk, do.Undo())
    done(desk, reassign(ids, worker))
    assert asked(desk, do.Undo()) == (
        "This takes back: 11 cases given to Ann Lee (11 cases changed). Take it back?"
    )


def test_an_import_of_one_case_and_a_merge_are_asked_about(desk: OpenDesk) -> None:
    desk.apply_import(incoming(incoming_case(2)))
    assert asked(desk, do.Undo()) == (
        "This takes back the import of tracker.xlsx: 1 case made. Take it back?"
    )
    keep, gone = add_child(desk, "Patel", reference="P1"), add_child(desk, "Pattel", reference="P2")
    done(desk, do.MergeChildren(keep, 1, gone, 1))
    assert asked(desk, do.Undo()) == (
        "This takes back: P2 merged into P1 (1 case changed and 1 case removed). Take it back?"
    )
    assert OTHER not in asked(desk, do.Undo())
    assert asked(other(desk), do.Undo(desk.last_undo()[0])).startswith(
        "This takes back a change by A. Tester: P2 merged into P1"
    )


def test_a_demo_does_not_go_by_keys_pressed_too_often(file_desk: OpenDesk) -> None:
    fill(file_desk, invent_borough(TODAY, 12, 7))
    before = cells_of(file_desk)
    for _ in range(5):
        assert "12 cases made" in asked(file_desk, do.Undo())
    assert cells_of(file_desk) == before
    done(file_desk, do.Undo(sure=True))
    assert file_desk.cases() == ()
    sentence = asked(file_desk, do.Undo())
    assert sentence.startswith("This takes back: settings and caseworkers of the demo (")
    assert file_desk.settings() != ()


def test_an_import_that_was_undone_may_come_in_again(desk: OpenDesk) -> None:
    known = add_child(desk, "Okafor-c", reference="TH-2", forename="Grace")
    done(desk, do.ChangeChild(known, 1, {"comment": "by hand"}))
    given = incoming(*(incoming_case(row, need="ASD") for row in range(2, 9)))
    before = cells_of(desk)
    first = desk.apply_import(given)
    after = _without_keys(desk)
    done(desk, do.Undo(first.undo, sure=True))
    assert cells_of(desk) == before

    again = desk.apply_import(given)

    assert replace(again, undo="") == replace(first, undo="")
    assert _without_keys(desk) == after
    assert desk.check() == ()


def test_the_history_says_what_is_undone_and_what_can_be_taken_back(desk: OpenDesk) -> None:
    key = add_child(desk)
    done(other(desk), do.ChangeChild(key, 1, {"need": "ASD"}))
    done(desk, add_setting("Mile End Gate"))
    done(desk, do.Undo())

    rows = desk.actions()

    assert [(row.who, row.what, row.state, bool(row.group)) for row in rows] == [
        ("A. Tester", "Undone: Mile End Gate added", "", False),
        ("A. Tester", "Mile End Gate added", "undone", False),
        (OTHER, "Okafor, Grace: Primary need changed", "", True),
        ("A. Tester", "Okafor, Grace: Case opened", "", True),
    ]
    assert [row.group for row in desk.case(key).history] == [row.group for row in rows[2:]]
    done(desk, do.Undo(rows[2].group, sure=True))
    assert [row.state for row in desk.case(key).history] == ["", "undone", ""]
    # Somebody who is gone is still named.
    done(desk, do.Undo(rows[3].group))
    assert desk.actions(1)[0].what == "Okafor, Grace: Undone: case opened"


@pytest.mark.parametrize("group", ["x", "999", "1" * 30, "\u00b2", "-1"])
def test_what_never_was_cannot_be_redone(file_desk: OpenDesk, group: str) -> None:
    assert refused(file_desk, do.Redo(group)) == "There is nothing to redo."
    assert refused(file_desk, do.Undo(group)) == "There is nothing to undo."


def _without_keys(desk: OpenDesk) -> list[tuple[object, ...]]:
    """What there is, told by references: keys are never given twice."""
    names = {one.id: one.name for one in (*desk.settings(), *desk.caseworkers())}
    return [
        (
            replace(file.child, id="", version=0, setting_id=None, caseworker_id=None),
            names.get(file.child.setting_id or ""),
            [replace(fact, id="") for fact in file.facts],
        )
        for file in desk.caseload()
    ]
