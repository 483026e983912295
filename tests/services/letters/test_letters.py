"""Letters drawn, filled, guarded and kept as sent with their event, in one act with one undo."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import bootstrap, paths
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable
from caseworker_app.domain.letters import FOLLOWING, Order
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.papers import word
from tests.support.sessions import add_child, done, record, reviewed

TODAY = date(2026, 11, 22)
READY = dict(
    zip(("decision", "invitation", "minutes", "notice"), bootstrap.ready_letters(), strict=True)
)


def added(session: Session, kind: str, fields: Mapping[str, Any]) -> str:
    return next(iter(done(session, do.AddRecord(kind, fields)).rows_of(kind))).id


def contact(session: Session, child_id: str, name: str, **more: Any) -> str:
    fields = {
        "child_id": child_id,
        "name": name,
        "relation": "mother",
        "address": "1 High Street\nLondon",
        "parental_responsibility": "yes",
        **more,
    }
    return f"contact/{added(session, 'contact', fields)}"


def template(session: Session, path: Path | str, fact: str = "", name: str = "Ours") -> str:
    fields = {"name": name, "file": str(path), "kind": "other", "fact": fact}
    return added(session, "letter_template", fields)


def ready(session: Session, which: str) -> str:
    return added(session, *READY[which])


def sent(session: Session, order: Order, folder: Path) -> Any:
    drawn = bootstrap.draw_letters(session, order)
    filled = bootstrap.fill_letters(session, order.template_id, drawn.letters)
    return bootstrap.send_letters(session, order, filled, folder)


def rows(session: Session, kind: str) -> list[Any]:
    return [one.record for one in session.record_rows(kind)]


def test_a_decision_is_written_logged_and_recorded_in_one_act_that_one_undo_takes_back(
    session: Session, tmp_path: Path
) -> None:
    child = reviewed(session)
    mother = contact(session, child, "Ada Okafor")
    contact(session, child, "Uncle Ben", relation="other", parental_responsibility="")
    contact(session, child, "Ex Okafor", do_not_contact=True)
    key = ready(session, "decision")
    answers = {"ask_our_reasons": "the outcomes are met", "caseworker": "R. Haque", "council": "X"}
    order = Order(key, (child,), TODAY, detail={"outcome": "maintain"}, answers=answers)
    drawn = bootstrap.draw_letters(session, order)
    (draft,) = drawn.letters
    assert (draft.to.key, draft.gaps, draft.doubts) == (mother, (), ())
    assert draft.values["review_held_on"] == "16 October 2026"
    # Counted by the rules, as if it were sent: two months to appeal.
    assert draft.values["appeal_by"] == "22 January 2027"
    before = session.case(child)
    outcome = sent(session, order, tmp_path)
    (letter,) = rows(session, "letter")
    (document,) = rows(session, "document")
    fact = next(one for one in session.case(child).facts if one.id == letter.fact_id)
    assert (fact.kind, fact.on, fact.text("outcome")) == ("review_decision_sent", TODAY, "maintain")
    assert (letter.to_whom, letter.sent_on, letter.way) == ("Ada Okafor", TODAY, "letter")
    assert "to_address: 1 High Street / London" in letter.merged
    assert "ask_our_reasons: the outcomes are met" in letter.merged
    assert Path(document.where).parent == tmp_path
    from caseworker_app.reports import word_template

    said = word_template.words(Path(document.where).read_bytes(), body=True)
    assert "Our decision about the education, health and care plan is: Maintain." in said
    assert "22 January 2027" in said
    assert "the changes we propose" not in said
    done(session, do.Undo(outcome.undo))
    assert session.case(child).facts == before.facts
    assert not rows(session, "letter") + rows(session, "document")
    # The same again is another file: none that is there is replaced.
    sent(session, order, tmp_path)
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_where_nobody_is_ticked_it_says_so_and_not_that_nobody_is_recorded(
    session: Session, tmp_path: Path
) -> None:
    ours = word(tmp_path / "ours.docx", "Dear {{ to_name }}")
    child, alone = add_child(session), add_child(session, "Alone")
    contact(session, child, "Parent")
    written = template(session, ours)

    def why(one: str) -> list[str]:
        drawn = bootstrap.draw_letters(session, Order(written, (one,), TODAY, "e-mail", to=()))
        return [left.why for left in drawn.left]

    assert why(child) == ["nobody is ticked to get it"]
    assert why(alone) == ["nobody it could go to is recorded"]


def test_many_letters_say_whom_they_leave_out_and_why_and_are_one_act(
    session: Session, tmp_path: Path
) -> None:
    ours = word(tmp_path / "ours.docx", "Dear {{ to_name }}, about {{ child_name }}, {{ upn }}")
    whole = [add_child(session, name, upn=f"A{at:012d}") for at, name in enumerate("XY", 1)]
    for at, child in enumerate(whole):
        contact(session, child, f"Parent {at}")
        contact(session, child, f"Other {at}")
    nobody, gap = add_child(session, "Nobody"), add_child(session, "Gap")
    contact(session, gap, "Parent Gap")
    barred = add_child(session, "Barred", upn="A999999999999")
    contact(session, barred, "Parent Barred", until=date(2026, 1, 1))
    ids = (*whole, nobody, gap, barred, "99")
    order = Order(template(session, ours), ids, TODAY, "e-mail")
    drawn = bootstrap.draw_letters(session, order)
    assert len(drawn.letters) == 4
    assert [(one.child_id, one.why) for one in drawn.left] == [
        (nobody, "no contact with parental responsibility is recorded"),
        (gap, "not recorded: upn"),
        (barred, "Parent Barred has parental responsibility: until 1 Jan 2026"),
        ("99", "no longer in the store"),
    ]
    outcome = sent(session, order, tmp_path)
    assert outcome.message == "4 letters sent for 2 children: Ours."
    assert len(rows(session, "letter")) == 4
    assert all(one.fact_id is None for one in rows(session, "letter"))
    done(session, do.Undo(outcome.undo))
    assert not rows(session, "letter")


def test_what_cannot_be_kept_as_sent_leaves_no_file(session: Session, tmp_path: Path) -> None:
    child = reviewed(session)
    contact(session, child, "Ada Okafor")
    ours = word(tmp_path / "ours.docx", "Dear {{ to_name }}")
    key = template(session, ours, "review_decision_sent")
    order = Order(key, (child,), TODAY)
    with pytest.raises(Refused, match="Outcome is needed"):
        sent(session, order, tmp_path)
    record(session, child, "review_decision_sent", TODAY, outcome="cease")
    other = Order(key, (child,), TODAY, detail={"outcome": "amend"})
    with pytest.raises(Refused, match=r"Okafor, Grace: .*has another outcome"):
        sent(session, other, tmp_path)
    assert [one.name for one in tmp_path.glob("*.docx")] == ["ours.docx"]
    assert not rows(session, "letter")
    # The event of that day is the one it is tied to, and no second is recorded.
    facts = session.case(child).facts
    sent(session, Order(key, (child,), TODAY, detail={"outcome": "cease"}), tmp_path)
    assert session.case(child).facts == facts
    assert rows(session, "letter")[0].fact_id == facts[-1].id


def test_no_letter_leaves_with_a_gap(session: Session, tmp_path: Path) -> None:
    child = add_child(session)
    contact(session, child, "Ada Okafor", address="")
    text = "{{ to_address }} {{ ask_when }}"
    key = template(session, word(tmp_path / "a.docx", text))
    answers = {"ask_when": "At noon"}
    with pytest.raises(Refused, match="to Ada Okafor about Okafor, Grace needs this: Their addr"):
        sent(session, Order(key, (child,), TODAY, answers=answers), tmp_path)
    # By e-mail no address is needed, but an answer is.
    with pytest.raises(Refused, match="needs this: When"):
        sent(session, Order(key, (child,), TODAY, "e-mail"), tmp_path)
    sent(session, Order(key, (child,), TODAY, "e-mail", answers=answers), tmp_path)
    assert len(rows(session, "letter")) == 1


def test_a_decision_on_record_under_another_day_is_asked_about(
    session: Session, tmp_path: Path
) -> None:
    child = reviewed(session)
    contact(session, child, "Ada Okafor")
    record(session, child, "review_decision_sent", date(2026, 11, 3), outcome="amend")
    fact = session.case(child).facts[-1]
    key = template(session, word(tmp_path / "a.docx", "Dear"), "review_decision_sent")
    detail = {"outcome": "amend"}
    (draft,) = bootstrap.draw_letters(session, Order(key, (child,), TODAY, detail=detail)).letters
    assert draft.doubts == (
        "Okafor, Grace: decision after review sent is recorded already, on 3 Nov 2026",
    )
    tied = Order(key, (child,), TODAY, event=fact.id)
    assert not bootstrap.draw_letters(session, tied).letters[0].doubts
    sent(session, tied, tmp_path)
    assert rows(session, "letter")[0].fact_id == fact.id


def test_what_leaves_is_looked_through_for_another_child(session: Session, tmp_path: Path) -> None:
    child = add_child(session)
    add_child(session, "Patel", forename="Rohan")
    contact(session, child, "Ada Okafor")
    ours = word(tmp_path / "a.docx", "Dear {{ to_name }}, {{ ask_why }}", header="Rohan Patel")
    order = Order(template(session, ours), (child,), TODAY, answers={"ask_why": "none"})
    drawn = bootstrap.draw_letters(session, order)
    (filled,) = bootstrap.fill_letters(session, order.template_id, drawn.letters)
    (finding,) = session.names_others(child, [Part(filled.text)])
    assert finding.said == "Rohan Patel"


def test_a_template_is_told_plainly_what_is_wrong_with_it(session: Session, tmp_path: Path) -> None:
    odd = word(tmp_path / "odd.docx", "{{ child_name }} {{ favourite_colour }}")
    with pytest.raises(Refused, match=r"Ours asks for a field that does not exist: .favourite_col"):
        bootstrap.template_asks(session, template(session, odd))
    with pytest.raises(Unreadable, match=r"There is no file gone\.docx"):
        bootstrap.template_asks(session, template(session, tmp_path / "gone.docx", name="2"))
    with pytest.raises(Refused, match="Give the whole path"):
        bootstrap.template_asks(session, template(session, "letters/a.docx", name="3"))
    with pytest.raises(Refused, match="no longer in the store"):
        bootstrap.template_asks(session, "999")
    copied = tmp_path / "copy.docx"
    bootstrap.copy_template(session, ready(session, "notice"), copied)
    mine = template(session, copied, "amendment_notice_sent", "4")
    assert "ask_changes_and_reasons" in bootstrap.template_asks(session, mine).questions


def test_every_date_that_follows_has_a_rule_that_there_is(session: Session) -> None:
    path = paths.resources() / "letter_dates.toml"
    by_rule = tomllib.loads(path.read_text(encoding="utf-8"))
    assert by_rule.keys() == FOLLOWING.keys()
    assert set(by_rule.values()) <= {one.rule for one in session.rulebook().versions}


def test_letters_go_into_a_folder_that_is_there(session: Session, tmp_path: Path) -> None:
    order = Order("1", (), TODAY)
    with pytest.raises(Refused, match="There is no folder"):
        bootstrap.send_letters(session, order, (), tmp_path / "none")
    child = add_child(session)
    contact(session, child, "A" * 300)
    key = template(session, word(tmp_path / "a.docx", "Dear"), name="Ours: a/b")
    folder = tmp_path / "out"
    folder.mkdir()
    order = Order(key, (child,), TODAY)
    outcome = sent(session, order, folder)
    (file,) = folder.iterdir()
    assert ":" not in file.name
    done(session, do.Undo(outcome.undo))
    folder.chmod(0o500)
    try:
        (folder / "probe").touch()
    except OSError:
        with pytest.raises(Unavailable):
            sent(session, order, folder)
        assert not rows(session, "letter")
    finally:
        folder.chmod(0o700)
