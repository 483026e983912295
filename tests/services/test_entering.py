"""Text that no database keeps and ids that no row has: one sentence, on both databases alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.text import is_row_id, is_storable, storable
from caseworker_app.services import commands as do
from caseworker_app.services.entering import refuse_impossible
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, change_setting, reassign
from tests.support.sessions import add_child, done, incoming, incoming_case

BAD_TEXTS = ["a\x00b", "\ud800", "x\udcff", "\x1f", "\x1b[31m", "\x7f"]
BAD_IDS = ["²", "٣", "1e3", "-1", "+1", " 1", "1 ", "", "0x1", str(2**63), "9" * 400, "1\n", "①"]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_a_text_that_cannot_be_kept_is_refused_beside_its_field(
    session: Session, text: str
) -> None:
    child = add_child(session)
    seen = session.case(child).child.version
    fields = {"surname": text, "forename": "A", "born": date(2015, 1, 1)}
    before = session.history(99)
    for command, field in (
        (do.AddChild(fields), "surname"),
        (do.ChangeChild(child, seen, {"comment": text}), "comment"),
        (add_setting(text), "name"),
        (add_caseworker("R. Haque", text), "email"),
        (do.RecordFact(child, seen, "plan_sent", date(2025, 1, 1), {"why": text}), "why"),
        (do.RemoveFact(child, seen, "1", text), "why"),
        (do.Together((do.RemoveFact(child, seen, "1", text),), "both"), "why"),
    ):
        outcome = session.submit(command)
        assert isinstance(outcome, Failed), command
        assert (outcome.why, outcome.field) == ("refused", field)
        assert "cannot be kept" in outcome.sentence
    with pytest.raises(Refused, match="cannot be kept"):
        session.set_council(text)
    assert session.history(99) == before


@pytest.mark.parametrize("key", BAD_IDS)
def test_an_id_that_no_row_has_is_refused(session: Session, key: str) -> None:
    child = add_child(session)
    seen = session.case(child).child.version
    for command in (
        do.RecordFact(key, seen, "plan_sent", date(2025, 1, 1)),
        do.ChangeFact(child, seen, key, date(2025, 1, 1)),
        do.RemoveFact(child, seen, key, "why"),
        do.ChangeChild(key, seen, {"comment": "x"}),
        do.ChangeChild(child, seen, {"setting_id": key or "x"}),
        change_setting(key, 1, "School", None, None),
        reassign((child, key or "x"), None),
        reassign((child,), key or "x"),
        do.Undo(key or "x"),
    ):
        outcome = session.submit(command)
        assert isinstance(outcome, Failed), command
        assert outcome.why == "refused", (command, outcome)
    with pytest.raises(Refused):
        session.case(key)


def test_an_import_leaves_out_what_cannot_be_kept_and_says_so(session: Session) -> None:
    good, bad = incoming_case(2), incoming_case(3)
    fact = Fact("plan_sent", date(2019, 5, 1), {"why": "b\x00y post"})
    bad = replace(bad, surname="Pa\x00tel\ud800", comment="note\x1f", facts=(fact,))

    result = session.apply_import(incoming(good, bad))

    assert result.cases_created == 2
    assert [(one.place.row, one.value) for one in result.doubts] == [(3, "Patel, Grace (TH-3)")]
    assert {row.surname for row in session.cases()} == {good.surname, "Patel"}
    assert session.check() == ()


def test_a_file_whose_name_is_no_text_can_be_imported(session: Session) -> None:
    case = incoming_case(2)
    odd = replace(case, place=replace(case.place, file="tr\udcff.csv"))

    result = session.apply_import(replace(incoming(odd), files=("tr\udcff.csv",)))

    assert (result.cases_created, result.doubts) == (1, ())
    last = session.last_undo()
    assert last is not None
    assert "tr.csv" in last[1]


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_kept_of_a_text_can_be_kept(text: str) -> None:
    kept = storable(text)
    assert is_storable(kept)
    assert kept == text or not is_storable(text)
    kept.encode()
    assert "\x00" not in kept


@given(st.integers(0, 2**63 - 1))
def test_every_id_that_a_row_may_have_is_one(number: int) -> None:
    assert is_row_id(str(number))


@given(st.text())
def test_what_is_taken_for_an_id_is_a_number_a_database_can_hold(text: str) -> None:
    assert not is_row_id(text) or (text.isascii() and 0 <= int(text) < 2**63)


def test_what_is_as_it_should_be_passes(session: Session) -> None:
    name = "O\u2019Brien-Évans\tStraße 李"
    refuse_impossible(do.AddChild({"surname": name, "forename": "x\ny", "born": date(2015, 1, 1)}))
    done(session, add_setting("St Mary\u2019s"))
