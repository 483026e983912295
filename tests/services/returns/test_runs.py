"""Every return that is written is kept: counted again to the digit, compared, and withdrawn."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from caseworker_app import bootstrap
from caseworker_app.domain.declarations.return_runs import ReturnRun
from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock, stamp
from caseworker_app.services.returns.board_return import as_json
from caseworker_app.services.returns.commentary import of_run
from caseworker_app.services.returns.differing import again_rows, compared_rows, words_of
from caseworker_app.services.returns.runs import published_before, runs
from caseworker_app.services.session import Session
from tests.services.quality.test_audits import as_role
from tests.support.sessions import add_child, done, record

START, END = date(2026, 9, 1), date(2026, 11, 22)


@pytest.fixture
def children(file_session: Session) -> list[str]:
    """Eight children with a plan and a review held; of seven it was decided."""
    made = [add_child(file_session, f"Okafor{at}", reference=f"R{at}") for at in range(8)]
    for at, child in enumerate(made):
        record(file_session, child, "plan_sent", date(2025, 10, 1))
        record(file_session, child, "review_meeting_held", date(2026, 9, 1 + at))
        if at:
            decided = date(2026, 9, 20)
            record(file_session, child, "review_decision_sent", decided, outcome="maintain")
    return made


def written(session: Session, target: Path, audience: Audience = Audience.TEAM, **more: Any) -> str:
    """Write a return, as a workbook or as rows; what it printed as JSON."""
    which = "target" if target.suffix == ".xlsx" else "tidy"
    made = bootstrap.board(session, START, END, **{which: target}, edition=audience, **more)
    return json.dumps(as_json(made))


def latest(session: Session) -> ReturnRun:
    return runs(session)[0]


def mended(session: Session, children: list[str]) -> None:
    """What is found out later, on another day: a decision, another name, a case more."""
    session.clock = FixedClock(date(2026, 12, 10))
    record(session, children[0], "review_decision_sent", date(2026, 9, 20), outcome="cease")
    seen = session.case(children[1]).child.version
    done(session, do.ChangeChild(children[1], seen, {"surname": "Adeyemi", "reference": "NEW"}))
    late = add_child(session, "Mensah", reference="R9")
    record(session, late, "plan_sent", date(2026, 9, 3))
    done(session, do.AddRecord("closed_day", {"on": date(2026, 9, 4), "name": "A day off"}))


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.MANAGERS])
def test_a_kept_return_is_counted_again_to_the_same_figures_after_later_edits(
    file_session: Session, children: list[str], tmp_path: Path, audience: Audience
) -> None:
    first = written(file_session, tmp_path / "first.csv", audience)
    run = latest(file_session)
    assert (run.public, run.made_by) == (audience.suppressed, file_session.who)
    assert run.asked["edition"] == audience.value
    mended(file_session, children)
    assert written(file_session, tmp_path / "second.csv", audience) != first

    again = bootstrap.run_again(file_session, run.id)

    assert json.dumps(as_json(again.board)) == first
    assert (again.other, again.disposed) == ((), 0)
    with file_session.store.reading() as reading:
        kept = reading.body(run.figures) or b""
    assert len(kept) < 20_000
    assert not file_session.check()
    if audience is not Audience.BOARD:
        assert (again.board.overdue, again.board.lists) != ((), None)


def test_children_disposed_of_since_are_counted_without_names(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    first = json.loads(written(session, tmp_path / "first.csv"))
    with session.store.writing() as unit:
        unit.forget_children(children[2:4], stamp(session.clock.now()), session.who)

    again = bootstrap.run_again(session, "1")

    assert (again.other, again.disposed) == ((), 2)
    assert again_rows(again) == (
        (
            "2 children are disposed of since and counted without a name. "
            "The same figures as were kept of return 1."
        ),
        [],
    )
    now = as_json(again.board)
    assert now["tables"] == first["tables"]
    counts = ("ref", "numerator", "denominator", "value", "rating")
    assert [[one[name] for name in counts] for one in now["measures"]] == [
        [one[name] for name in counts] for one in first["measures"]
    ]
    held = next(one for one in now["measures"] if one["ref"] == "W1.4f")
    assert sorted(row["case"] for row in held["rows"]) == [
        "",
        "",
        "R0",
        "R1",
        "R4",
        "R5",
        "R6",
        "R7",
    ]
    assert "R2" not in json.dumps(now)
    assert not session.check()


def test_two_returns_are_compared_case_by_case(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    written(session, tmp_path / "first.csv")
    mended(session, children)
    written(session, tmp_path / "second.csv")
    with session.store.writing() as unit:
        unit.forget_children(children[7:], stamp(session.clock.now()), session.who)

    for now in ("2", None):
        compared = bootstrap.compare_runs(session, "1", now)
        found = {one.difference.figure.key: one for one in compared.found}
        decided = found["W1.4g", ""]
        before, after = decided.difference.before, decided.difference.now
        assert before is not None
        assert after is not None
        assert (before.numerator, before.denominator) == (7, 8)
        if now:
            assert (after.numerator, after.denominator) == (8, 8)
            assert decided.difference.references == ("R0",)
        (entry,) = decided.changes["R0"]
        assert entry.what.startswith("Decision after review sent 20 Sep 2026")
        assert entry.at.startswith("10 Dec 2026")
        assert found["review_outcomes", "cease"].difference.references == ("R0",)
        assert compared.notes == ("The rules in force changed between them.",)
        heading, rows = compared_rows(compared, {"R0": children[0]})
        assert heading.startswith(f"Return 1 and {f'return {now}' if now else 'today'}: ")
        (figure,) = [at for at, row in enumerate(rows) if row.figure.startswith("W1.4g ")]
        assert (rows[figure].then, rows[figure].now) == ("7 of 8", words_of(after))
        case = next(row for row in rows[figure + 1 :] if row.case == "R0")
        assert (case.child_id, case.what) == (children[0], entry.what)
    gone = found["W1.4f", ""].difference.gone
    assert [one.reference for one in gone if one.on == date(2026, 9, 8)] == [""]


def test_a_return_whose_file_cannot_be_written_is_not_kept(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session, target = file_session, tmp_path / "return.xlsx"
    seen: list[int] = []

    def stop(_done: int, _total: int, words: str) -> None:
        if words == "Writing the workbook":
            # By then it is remembered.
            seen.append(len(runs(session)))
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        written(session, target, Audience.BOARD, progress=stop)

    assert seen == [1]
    assert (runs(session), target.exists()) == ((), False)
    with session.store.reading() as reading:
        assert published_before(reading) == ()
    assert session.history(1)[0].what.endswith("not kept: its file could not be written")
    assert not session.check()
    assert session.last_undo() is None or "return" not in session.last_undo()[1]  # type: ignore[index]
    with pytest.raises(Refused, match="does not end in"):
        written(session, tmp_path / "return.doc", Audience.BOARD)


def test_what_is_withdrawn_protects_still_unless_it_never_left(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    for name in ("first", "second"):
        written(session, tmp_path / f"{name}.csv", Audience.BOARD)
        mended(session, children) if name == "first" else None
    written(session, tmp_path / "third.csv")

    def protecting() -> int:
        with session.store.reading() as reading:
            return len(published_before(reading))

    every = protecting()
    assert every >= 2
    for command, why in (
        (do.WithdrawRun("2", " "), "Say why"),
        (do.WithdrawRun("3", "A slip"), "Only a return that was published"),
        (do.WithdrawRun("99", "A slip"), "no longer in the store"),
    ):
        outcome = session.submit(command)
        assert why in outcome.sentence  # type: ignore[union-attr]
    officer = as_role(session, "D. Officer", "data")
    assert "is not for" in officer.submit(do.WithdrawRun("2", "A slip")).sentence  # type: ignore[union-attr]
    done(session, do.WithdrawRun("1", "A slip in the period"))
    assert protecting() == every
    with session.store.reading() as reading:
        assert {one.withdrawn for one in published_before(reading)} == {True, False}
    done(session, do.WithdrawRun("2", "Never sent", never_left=True))
    assert 0 < protecting() < every
    first, second = (next(one for one in runs(session) if one.id == key) for key in "12")
    assert (first.withdrawn_on, first.never_left) == (session.today(), False)
    assert (second.withdrawn_why, second.never_left) == ("Never sent", True)
    entry = session.history(1)[0]
    assert entry.what.endswith("withdrawn; it never left the house")
    assert entry.why == "Never sent"
    assert "withdrawn already" in session.submit(do.WithdrawRun("2", "x")).sentence  # type: ignore[union-attr]


def test_it_is_said_when_a_return_was_sent_on(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    assert children
    written(file_session, tmp_path / "return.csv", Audience.BOARD)
    done(file_session, do.SendRun("1", END, " The  Board "))
    assert (latest(file_session).sent_on, latest(file_session).sent_to) == (END, "The Board")
    worker = as_role(file_session, "C. Worker", "caseworker")
    assert "is not for" in worker.submit(do.SendRun("1", None)).sentence  # type: ignore[union-attr]
    done(file_session, do.SendRun("1", None))
    assert (latest(file_session).sent_on, latest(file_session).sent_to) == (None, "")


def test_a_kept_return_is_written_out_as_it_was_shown(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    shown = tmp_path / "shown.csv"
    bootstrap.board(session, START, END, tidy=shown)
    mended(session, children)
    again = tmp_path / "again.csv"
    bootstrap.export_run(session, "1", again)
    assert again.read_bytes() == shown.read_bytes()
    bootstrap.export_run(session, "1", tmp_path / "again.xlsx")
    assert len(runs(session)) == 1
    with pytest.raises(Refused, match="no kept return 7"):
        bootstrap.export_run(session, "7", again)


def test_a_kept_edition_of_the_managers_is_for_whoever_may_see_it_new(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    assert children
    written(file_session, tmp_path / "managers.csv", Audience.MANAGERS)
    written(file_session, tmp_path / "team.csv")
    reader = as_role(file_session, "I. Inspector", "reader")
    out = tmp_path / "out.csv"
    assert bootstrap.run_again(reader, "2").other == ()
    bootstrap.export_run(reader, "2", out)
    out.unlink()
    for look in (
        lambda: bootstrap.run_again(reader, "1"),
        lambda: bootstrap.export_run(reader, "1", out),
        lambda: bootstrap.compare_runs(reader, "2", "1"),
    ):
        with pytest.raises(Refused, match="bulk change"):
            look()
    assert not out.exists()


def test_figures_of_a_past_evening_are_those_that_were_known(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    evening = session.today()
    then = written(session, tmp_path / "then.csv")
    mended(session, children)
    assert written(session, tmp_path / "now.csv", known_at=evening) == then
    run = latest(session)
    assert run.days["known_at"] == evening
    record(session, children[1], "plan_ceased", date(2026, 9, 25), reason="1")
    assert json.dumps(as_json(bootstrap.run_again(session, run.id).board)) == then
    worker = as_role(session, "C. Worker", "caseworker")
    with pytest.raises(Refused, match="Audit trail"):
        bootstrap.board(worker, START, END, known_at=evening)


def test_damage_to_what_was_kept_is_told(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    assert children
    written(file_session, tmp_path / "return.csv")
    run = latest(file_session)
    with file_session.store.writing() as unit:
        unit.drop_body(run.figures)
        unit.keep_body(run.figures, b"something else")
    assert "What was kept of return 1 is missing or damaged." in file_session.check()


def rows(session: Session) -> list[dict[str, Any]]:
    """What other programs read of the store."""
    with session.store.reading() as reading:
        connection: Any = reading._connection  # type: ignore[attr-defined]
        found = connection.exec_driver_sql("SELECT * FROM open_data")
        return [dict(row._mapping) for row in found]


def test_other_programs_read_what_was_published_last_and_nothing_else(
    session: Session, tmp_path: Path
) -> None:
    for at in range(3):
        child = add_child(session, f"Okafor{at}", reference=f"R{at}")
        record(session, child, "plan_sent", date(2025, 10, 1))
    written(session, tmp_path / "team.csv")
    assert rows(session) == []
    tidy = tmp_path / "published.csv"
    bootstrap.board(session, START, END, tidy=tidy)
    with tidy.open(encoding="utf-8-sig", newline="") as file:
        published = list(csv.DictReader(file))
    assert [_as_text(row) for row in rows(session)] == published
    live = next(row for row in rows(session) if row["measure"] == "live")
    assert (live["numerator"], live["value"], live["hidden"]) == (None, None, 1)
    written(session, tmp_path / "later.csv", Audience.BOARD)
    done(session, do.WithdrawRun("3", "Sent too early"))
    assert [_as_text(row) for row in rows(session)] == published
    done(session, do.WithdrawRun("2", "Sent too early"))
    assert rows(session) == []
    with session.store.writing() as unit:
        connection: Any = unit._connection  # type: ignore[attr-defined]
        with pytest.raises(DatabaseError, match="open_data"):
            connection.exec_driver_sql("UPDATE open_data SET hidden = 0")


def _as_text(row: dict[str, Any]) -> dict[str, str]:
    return {
        name: "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in row.items()
    }


def test_a_board_return_of_before_figures_were_kept_cannot_be_counted_again(
    file_session: Session,
) -> None:
    from tests.services.returns.test_editions import one, publish

    publish(file_session, one())
    with pytest.raises(Refused, match="only what protects later ones is known"):
        bootstrap.run_again(file_session, "1")


def test_what_the_owner_says_stands_in_the_next_return_beside_the_measure(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    assert children
    written(session, tmp_path / "first.csv")
    said = do.CommentOnMeasure("1", "W1.4g", "Two letters went astray. All are sent now.")
    done(session, said)

    def shown(audience: Audience) -> str:
        made = bootstrap.board(session, START, END, edition=audience, tidy=tmp_path / "next.csv")
        return made.commentary.get("W1.4g", "")

    named = f"({session.who}, 22 Nov 2026)"
    assert shown(Audience.TEAM) == f"Two letters went astray. All are sent now. {named}"
    assert "Two" not in shown(Audience.BOARD)
    assert "All are sent now." in shown(Audience.BOARD)
    again = bootstrap.run_again(session, "2").board
    done(session, do.CommentOnMeasure("3", "W1.4g", ""))
    assert shown(Audience.TEAM) == ""
    assert again.commentary["W1.4g"].startswith("Two letters")
    assert "1" in {one.run_id for one in of_run_all(session)}
    worker = as_role(session, "C. Worker", "caseworker")
    assert "is not for" in worker.submit(said).sentence  # type: ignore[union-attr]
    assert "Say which" in session.submit(do.CommentOnMeasure("1", " ", "x")).sentence  # type: ignore[union-attr]


def of_run_all(session: Session) -> list[Any]:
    with session.store.reading() as reading:
        return [one for key in ("1", "2", "3") for one in of_run(reading, key).values()]


def test_a_restricted_case_is_counted_again_and_compared_without_its_name(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    session = file_session
    first = json.loads(written(session, tmp_path / "first.csv"))
    since = session.today() - timedelta(days=3)
    fields = {"child_id": children[0], "why": "family works here", "since": since}
    done(session, do.AddRecord("restriction", fields))
    record(session, children[0], "review_decision_sent", date(2026, 9, 20), outcome="cease")
    person = Person("Ann Lee", frozenset({"data"}), known=True)
    somebody = Session(session.store, session.offered, session.clock, person)

    again = bootstrap.run_again(somebody, "1")

    assert (again.other, again.disposed) == ((), 0)
    now = as_json(again.board)
    assert now["tables"] == first["tables"]
    assert "R0" in json.dumps(first)
    assert "R0" not in json.dumps(now)
    compared = bootstrap.compare_runs(somebody, "1", None)
    found = {one.difference.figure.key: one for one in compared.found}
    assert [thing.reference for thing in found["W1.4g", ""].difference.come] == [""]
    assert all("R0" not in one.changes for one in compared.found)
    (told,) = (
        one
        for one in bootstrap.compare_runs(session, "1", None).found
        if one.difference.figure.key == ("W1.4g", "")
    )
    assert told.difference.references == ("R0",)
