"""The template of a plan: the child says that in force, versions of the plan when which was."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

FIRST, AMENDED = date(2024, 3, 1), date(2026, 5, 1)


def _planned(session: Session, surname: str = "Okafor") -> str:
    child = add_child(session, surname, template="V2")
    record(session, child, "plan_sent", FIRST)
    record(session, child, "amended_plan_sent", AMENDED)
    return child


def _set(session: Session, child: str, template: str) -> do.ChangeChild:
    return do.ChangeChild(child, session.case(child).child.version, {"template": template})


def _on(session: Session, child: str, day: date) -> str:
    return session.case(child).on(day).child.template


def _versions(session: Session) -> list[tuple[int, str, str, str]]:
    rows = [row.record for row in session.record_rows("plan_version")]
    return sorted((one.number, one.kind, one.template, one.child_id) for one in rows)


def test_a_template_that_changes_leaves_what_the_plan_before_was_on(session: Session) -> None:
    child = _planned(session)
    assert session.record_rows("plan_version") == ()
    assert _on(session, child, FIRST) == "V2"

    done(session, _set(session, child, "V3"))
    assert _versions(session) == [(1, "first", "V2", child), (2, "amended", "V3", child)]
    assert [_on(session, child, day) for day in (date(2026, 4, 30), AMENDED)] == ["V2", "V3"]
    known = session.as_known(session.today()).files[0]
    assert known.on(date(2026, 4, 30)).child.template == "V2"
    assert session.check() == ()

    done(session, _set(session, child, "V4"))
    assert _versions(session)[1][2] == "V4"
    cleared = session.submit(_set(session, child, ""))
    assert isinstance(cleared, Failed)
    assert "change it there" in cleared.sentence
    done(session, do.Undo(sure=True))
    done(session, do.Undo(sure=True))
    assert (_versions(session), _on(session, child, AMENDED)) == ([], "V2")
    done(session, do.Redo(sure=True))
    assert len(_versions(session)) == 2
    assert session.check() == ()


def test_a_template_corrected_of_the_only_plan_needs_no_version(file_session: Session) -> None:
    child = add_child(file_session, template="V2")
    record(file_session, child, "plan_sent", FIRST)
    done(file_session, _set(file_session, child, "V3"))
    assert file_session.record_rows("plan_version") == ()
    assert _on(file_session, child, FIRST) == "V3"


def test_plans_that_were_sent_are_listed_before_anybody_records_a_version(
    file_session: Session,
) -> None:
    child = _planned(file_session)

    def listed() -> list[tuple[str, int, str, str]]:
        rows = [row for name, row in file_session.belonging(child) if name == "plan_version"]
        return [(row.id, row.record.number, row.record.kind, row.record.template) for row in rows]

    assert listed() == [("", 1, "first", ""), ("", 2, "amended", "V2")]
    old = {"child_id": child, "number": 1, "kind": "first", "fact_id": FIRST}
    done(file_session, do.AddRecord("plan_version", old))
    assert listed() == [("1", 1, "first", ""), ("2", 2, "amended", "V2")]


def test_a_version_entered_says_the_childs_template(file_session: Session) -> None:
    session = file_session
    child = _planned(session)
    old = {"child_id": child, "number": 1, "kind": "first", "fact_id": FIRST, "template": "V1"}
    done(session, do.AddRecord("plan_version", old))
    assert _versions(session) == [(1, "first", "V1", child), (2, "amended", "V2", child)]
    assert (_on(session, child, FIRST), _on(session, child, AMENDED)) == ("V1", "V2")

    newest = next(row for row in session.record_rows("plan_version") if row.record.number == 2)
    change = do.ChangeRecord("plan_version", newest.id, newest.record.version, {"template": "V3"})
    done(session, change)
    assert session.case(child).child.template == "V3"
    assert session.check() == ()


def test_versions_of_two_cases_that_are_one_child_are_dated_by_the_kept_events(
    session: Session,
) -> None:
    keep, other = _planned(session), _planned(session, "Okafor")
    done(session, _set(session, keep, "V3"))
    done(session, _set(session, other, "V4"))
    seen = [session.case(one).child.version for one in (keep, other)]
    done(session, do.MergeChildren(keep, seen[0], other, seen[1]))

    assert session.case(keep).child.template == "V3"
    facts = {one.id for one in session.case(keep).facts}
    rows = [row.record for row in session.record_rows("plan_version")]
    assert {one.fact_id for one in rows} == facts
    assert [one.number for one in rows] == [1, 2]
    assert "version 2, template V4" in session.case(keep).child.comment
    assert session.check() == ()
    done(session, do.Undo(sure=True))
    assert session.check() == ()


def test_a_split_takes_the_versions_with_the_events_that_date_them(file_session: Session) -> None:
    session = file_session
    child = _planned(session)
    done(session, _set(session, child, "V3"))
    first = session.case(child).facts[0].id
    seen = session.case(child).child.version
    split = do.SplitChild(child, seen, (first,), "Okafor", "Gift", date(2014, 3, 4))
    new = next(one for one in done(session, split).child_ids if one != child)
    assert _versions(session) == [(1, "first", "V2", new), (2, "amended", "V3", child)]
    assert (session.case(new).child.template, session.case(child).child.template) == ("V2", "V3")
    assert session.check() == ()
