"""Who is who across imports: twins, renamed, renumbered and mistyped children, and what is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import ImportResult, IncomingCase
from caseworker_app.domain.people import Child
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, incoming, incoming_case, record

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


def test_triplets_under_one_reference_are_three_and_found_again(session: Session) -> None:
    names = ("Taiwo", "Kehinde", "Idowu")
    cases = [case(row, forename=name) for row, name in enumerate(names, 2)]

    first, again = bring(session, *cases), bring(session, *cases[::-1])

    assert first.cases_created == 3
    assert [(one.place.row, one.column, one.value) for one in first.doubts] == [
        (3, "reference", "F77"),
        (3, "upn", UPN),
        (4, "reference", "F77"),
        (4, "upn", UPN),
        (4, "upn", UPN),
    ]
    assert "the reference of Okonedo, Taiwo (F77), born 15 May 2015" in first.doubts[0].why
    assert "added as CW000001" in first.doubts[0].why
    assert (again.cases_created, again.cases_unchanged, again.undo) == (0, 3, "")
    assert {ref: one.forename for ref, one in children(session).items()} == {
        "F77": "Taiwo",
        "CW000001": "Kehinde",
        "CW000002": "Idowu",
    }


def test_a_twin_in_next_years_file_does_not_become_the_other(session: Session) -> None:
    bring(session, case())
    ended = Fact("plan_ceased", date(2026, 7, 20), {"reason": "5"})

    result = bring(session, case(forename="Kehinde", facts=(ended,)))

    assert result.cases_created == 1
    stood = next(one for one in session.caseload() if one.child.forename == "Taiwo")
    assert "plan_ceased" not in {fact.kind for fact in stood.facts}


def test_a_reference_used_again_for_others_parks_them_naming_both(session: Session) -> None:
    bring(session, case())
    before = children(session)
    others = [
        case(row, forename=name, surname="Heskin", born=date(2006, 11, row), upn="")
        for row, name in enumerate(("Rae", "Cal", "Imrie"), 2)
    ]

    result = bring(session, *others)

    assert (result.cases_created, result.cases_updated, result.undo) == (0, 0, "")
    assert [one.case for one in result.parked] == [
        "Heskin, Rae (F77)",
        "Heskin, Cal (F77)",
        "Heskin, Imrie (F77)",
    ]
    assert result.parked[0].why == (
        "the reference of Okonedo, Taiwo (F77), born 15 May 2015; Heskin, Rae (F77), born "
        "2 Nov 2006 has another name and another birthday"
    )
    assert children(session) == before
    assert session.settings()
    assert not any(one.reference.startswith("CW") for one in session.cases())


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"surname": "Adeyemi"}, "surname", "Adeyemi"),
        ({"surname": "Adeyemi", "reference": ""}, "surname", "Adeyemi"),
        ({"surname": "Adeyemi", "upn": ""}, "surname", "Adeyemi"),
        ({"forename": "Tawio"}, "forename", "Tawio"),
        ({"forename": "T."}, "forename", "T."),
        ({"born": date(2015, 6, 15)}, "born", "2015-06-15"),
        ({"born": date(2014, 2, 1)}, "born", "2014-02-01"),
        ({"born": date(2015, 5, 16), "reference": ""}, "born", "2015-05-16"),
    ],
)
def test_another_name_or_birthday_is_proposed_and_never_taken(
    session: Session, changes: dict[str, Any], field: str, value: str
) -> None:
    bring(session, case())
    before = children(session)["F77"]

    result = bring(session, case(5, **changes))
    again = bring(session, case(5, **changes))

    child = children(session)["F77"]
    assert len(session.cases()) == 1
    assert getattr(child, field) == getattr(before, field)
    assert [(one.field, one.value, one.source) for one in child.proposals] == [
        (field, value, "tracker.xlsx, Reviews, row 5")
    ]
    assert (result.cases_updated, result.cases_unchanged) == (0, 1)
    assert len(result.doubts) == len(again.doubts) == 1
    assert "is not taken, but proposed" in result.doubts[0].why
    assert again.undo == ""
    assert session.last_undo() == (
        result.undo,
        "import of tracker.xlsx: 0 cases, 1 doubt left to a person",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": "G5"},
        {"reference": "G5", "upn": ""},
        {"reference": "", "upn": "H801200001001"},
        {"reference": "", "upn": "", "sex": "M"},
        {"reference": "", "upn": "", "forename": "Tawio"},
        {"reference": "G5", "upn": "", "born": date(2015, 5, 16)},
        {"reference": "", "upn": "", "surname": "Adeyemi"},
    ],
)
def test_two_who_may_be_one_are_both_kept_and_told(
    session: Session, changes: dict[str, Any]
) -> None:
    bring(session, case(sex="F"))

    result = bring(session, case(7, **changes))
    again = bring(session, case(sex="F"), case(7, **changes))

    assert result.cases_created == 1
    (doubt,) = result.doubts
    assert doubt.why.startswith("perhaps the same child as Okonedo, Taiwo (F77)")
    assert doubt.place.row == 7
    assert (again.cases_created, again.facts_added, again.undo) == (0, 0, "")


def test_another_school_and_caseworker_are_the_same_child_a_year_on(session: Session) -> None:
    bring(session, case(reference="", upn=""))

    result = bring(session, case(reference="", upn="", setting="The Grove", caseworker="A. New"))

    assert (result.cases_created, result.cases_updated, result.doubts) == (0, 1, ())


def test_a_row_that_fits_two_children_is_parked_naming_both(session: Session) -> None:
    bring(session, case(2, upn=""), case(3, upn="", reference="G5"))

    result = bring(session, case(9, reference="", upn=""))

    (parked,) = result.parked
    assert "Okonedo, Taiwo (F77)" in parked.why
    assert "Okonedo, Taiwo (G5)" in parked.why
    assert parked.why.startswith("it may be ")


@pytest.mark.parametrize("written", ["004217", "4217", " 4217 ", "4217.0", "4 217"])
def test_references_compare_without_zeros_spaces_and_point_zero(
    session: Session, written: str
) -> None:
    bring(session, case(reference="04217", upn=""))

    result = bring(session, case(reference=written, upn=""))

    assert (result.cases_created, result.conflicts, result.doubts) == (0, (), ())
    assert set(children(session)) == {"04217"}


def test_a_store_that_has_a_reference_twice_goes_by_how_it_is_written(session: Session) -> None:
    add_child(session, "Okonedo", forename="Taiwo", born=BORN, reference="004217")
    with session.store.writing() as unit:
        # An older application let the second one in.
        (one,) = unit.records().values()
        from dataclasses import replace

        twin = replace(one.child, id=unit.allot("child", 1)[0], reference="4217")
        unit.put_children([(twin, ())], [])

    result = bring(session, case(reference="4217", upn="", need="MLD"))

    assert (result.cases_created, result.cases_updated) == (0, 1)
    assert children(session)["4217"].need == "MLD"
    assert children(session)["004217"].need == ""


def test_a_number_of_another_child_is_not_taken_for_a_known_one(session: Session) -> None:
    bring(session, case(), case(3, reference="", upn="", surname="Patel", forename="Rohan"))

    result = bring(session, case(3, reference="", surname="Patel", forename="Rohan"))

    patel = next(one for one in children(session).values() if one.surname == "Patel")
    assert patel.upn == ""
    assert [(one.column, one.value) for one in result.doubts] == [("upn", UPN)]
    record(session, patel.id, "review_report_received", date(2026, 10, 1))
