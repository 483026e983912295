"""What a person decided, emptied, renamed, merged or undid, no later import turns round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import ImportResult, IncomingCase
from caseworker_app.domain.people import Child
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import change_setting
from tests.support.sessions import add_child, done, incoming, incoming_case

BORN = date(2015, 5, 15)
UPN = "J801200001002"
TWIN: dict[str, Any] = {
    "reference": "F77",
    "surname": "Okonedo",
    "forename": "Taiwo",
    "born": BORN,
    "upn": UPN,
}


def case(row: int = 2, **changes: Any) -> IncomingCase:
    return incoming_case(row, **(TWIN | changes))


def bring(session: Session, *cases: IncomingCase) -> ImportResult:
    """Import; every case of the file must be counted once."""
    result = session.apply_import(incoming(*cases))
    counted = result.cases_created + result.cases_updated + result.cases_unchanged
    assert len(cases) == counted + result.further_rows + len(result.parked)
    return result


def children(session: Session) -> dict[str, Child]:
    """By reference."""
    return {one.child.reference: one.child for one in session.caseload()}


def test_a_refused_name_is_told_but_not_proposed_again(session: Session) -> None:
    bring(session, case())
    bring(session, case(surname="Adeyemi"))
    child = children(session)["F77"]
    done(session, do.DropProposal(child.id, child.version, "surname"))

    again = bring(session, case(surname="ADEYEMI"))

    assert children(session)["F77"].open_proposals == ()
    assert again.undo == ""
    assert "was refused before and is not taken" in again.doubts[0].why


@pytest.mark.parametrize("how", ["taken", "typed"])
def test_an_old_file_still_fits_a_child_whom_a_person_renamed(session: Session, how: str) -> None:
    old = case(reference="", upn="")
    bring(session, old)
    (child,) = children(session).values()
    if how == "taken":
        bring(session, case(reference=child.reference, upn="", surname="Adeyemi"))
        seen = children(session)[child.reference].version
        done(session, do.TakeProposal(child.id, seen, "surname"))
    else:
        done(session, do.ChangeChild(child.id, child.version, {"surname": "Adeyemi"}))

    result = bring(session, old)

    assert (result.cases_created, result.doubts, result.undo) == (0, (), "")
    assert [one.surname for one in session.cases()] == ["Adeyemi"]


def test_an_old_file_still_fits_a_child_whom_a_person_renumbered(session: Session) -> None:
    bring(session, case(upn=""))
    child = children(session)["F77"]
    done(session, do.ChangeChild(child.id, child.version, {"reference": "NB1"}))

    result = bring(session, case(upn=""))

    assert (result.cases_created, result.conflicts, result.undo) == (0, (), "")


def test_a_case_merged_into_another_is_not_made_again(session: Session) -> None:
    both = [
        case(2, reference="", upn=UPN),
        case(3, reference="", upn="H801200001001", sex="M"),
        case(4, reference="G5", upn=""),
    ]
    bring(session, both[0])
    assert bring(session, both[1]).cases_created == 1
    first, second = sorted(children(session).values(), key=lambda one: int(one.id))
    done(session, do.MergeChildren(first.id, first.version, second.id, second.version))

    result = bring(session, *both[:2])

    assert result.cases_created == 0
    assert len(session.cases()) == 1


def test_a_reference_by_hand_is_compared_in_the_same_way(session: Session) -> None:
    key = add_child(session, reference="004217")
    other = add_child(session, "Patel", reference="NB1")

    for reference in ("4217", "04217.0", "0 4217"):
        seen = session.case(other).child.version
        refused = session.submit(do.ChangeChild(other, seen, {"reference": reference}))
        assert getattr(refused, "field", "") == "reference"
    done(session, do.ChangeChild(key, session.case(key).child.version, {"reference": "4217"}))
    assert session.case(key).child.reference == "4217"


def test_what_a_person_took_out_of_an_event_no_import_puts_back(session: Session) -> None:
    sent = Fact("review_decision_sent", date(2026, 11, 1), {"outcome": "amend"})
    asked = Fact("request_received", date(2019, 1, 7), {"source": "School"})
    file = case(facts=(asked, Fact("plan_sent", date(2019, 6, 1)), sent))
    bring(session, file)
    child = children(session)["F77"]
    fact = next(one for one in session.case(child.id).facts if one.kind == "request_received")
    done(session, do.ChangeFact(child.id, child.version, fact.id, fact.on, {}))

    result = bring(session, file)

    kept = next(one for one in session.case(child.id).facts if one.kind == "request_received")
    assert dict(kept.detail) == {}
    assert result.undo == ""


def test_what_a_person_took_out_of_a_setting_no_import_puts_back(session: Session) -> None:
    file = case(setting_kind="secondary", urn="100001")
    bring(session, file)
    (setting,) = session.settings()
    done(session, change_setting(setting.id, setting.version, setting.name, None, 11))

    result = bring(session, file)

    assert (session.settings()[0].kind, session.settings()[0].urn) == (None, "")
    assert result.undo == ""


def test_an_import_undone_whole_comes_in_again(session: Session) -> None:
    bring(session, case())
    key = children(session)["F77"].id
    file = [
        case(setting_kind="secondary", urn="100001", surname="Adeyemi", sex="F"),
        case(3, reference="G9", upn="", surname="Patel"),
    ]
    before = children(session)
    first = bring(session, *file)
    done(session, do.Undo(first.undo, sure=True))
    assert {ref: one.proposals for ref, one in children(session).items()} == {"F77": ()}
    assert children(session)["F77"].sex == before["F77"].sex == ""

    second = bring(session, *file)

    assert (second.cases_created, second.cases_updated) == (1, 1)
    assert len(session.case(key).child.proposals) == 1
    assert (session.settings()[0].kind, session.settings()[0].urn) == ("secondary", "100001")
    assert session.check() == ()


FULL: dict[str, Any] = {
    "uln": "1234567890",
    "sex": "F",
    "need": "ASD",
    "secondary_need": "SEMH",
    "template": "2025",
    "comment": "Known to health",
    "actual_year": 4,
}


@pytest.mark.parametrize(
    "field", ["upn", "setting_id", "caseworker_id", *FULL], ids=lambda name: name
)
def test_what_a_person_emptied_no_import_fills_again(session: Session, field: str) -> None:
    bring(session, case(**FULL))
    child = children(session)["F77"]
    assert getattr(child, field)
    blank = None if field in {"setting_id", "caseworker_id", "actual_year"} else ""
    done(session, do.ChangeChild(child.id, child.version, {field: blank}))

    again = bring(session, case(**FULL))

    assert getattr(children(session)["F77"], field) == blank
    assert again.undo == ""


def test_the_day_of_an_actual_year_is_the_day_a_file_said_it(session: Session) -> None:
    bring(session, case())
    assert children(session)["F77"].actual_year_on is None
    bring(session, case(actual_year=4))
    child = children(session)["F77"]
    assert (child.actual_year, child.actual_year_on) == (4, session.today())
