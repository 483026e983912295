"""The inspection list: its answers, and one finding for each fault planted, none without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.brought_in import Attendance, Suspension
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.inspection import checks
from caseworker_app.domain.inspection.list_rows import ListRow, rows
from caseworker_app.domain.people import Setting
from caseworker_app.services.returns.inspection import layout
from tests.domain.measures.making import case, day, fact

AS_AT = date(2026, 11, 22)
BOW = Setting("Bow", "secondary", 11, "100002", id="2")
SETTINGS = {"2": BOW, "3": Setting("Unit", "primary", 6, "100003", type="Pupil referral unit")}
TOLD = frozenset({"suspension", "attendance"})


def _file(reference: str = "A", *, kept: tuple = (), **given: object) -> CaseFile:  # type: ignore[type-arg]
    details = ChildDetails(
        child_id="1",
        ethnicity="ABAN",
        disability=True,
        pupil_premium=False,
        social_care_status="in_need",
        social_care_team="North",
    )
    facts = (
        fact("plan_sent", "2024-01-15"),
        fact("review_meeting_held", "2026-01-10"),
        fact("review_decision_sent", "2026-01-30", outcome="amend"),
        fact("amended_plan_sent", "2026-03-20"),
    )
    about = {"sex": "F", "born": day("2014-05-05"), "setting": BOW} | given
    return case(reference, *facts, kept=(details, *kept), **about)  # type: ignore[arg-type]


def _rows(*files: CaseFile) -> tuple[ListRow, ...]:
    return rows(files, AS_AT, layout(), SETTINGS, told=TOLD)


def _cells(row: ListRow) -> dict[str, object]:
    return dict(zip(layout().columns, row.cells, strict=True))


def test_answers_carry_their_letters_and_dates_are_kept_apart() -> None:
    kept = (
        Placement(child_id="1", setting_id="2", rank="1"),
        Placement(child_id="1", setting_id="3", rank="2", since=date(2026, 9, 1)),
        Suspension(child_id="1", since=date(2026, 9, 10), half_days=4),
        Suspension(child_id="1", since=date(2026, 2, 10), half_days=4),
        Attendance(child_id="1", term="Autumn 2026", possible=80, attended=70),
        Attendance(child_id="1", term="Spring 2026", possible=100, attended=10),
    )
    (row,) = _rows(_file(kept=kept))
    cells = list(_cells(row).values())
    assert cells == [
        *("A", "AA", None, day("2014-05-05"), "b) Female", "l) ABAN"),
        *(day("2024-01-15"), day("2026-03-20"), day("2026-01-10"), "k) ASD"),
        *("100002", "e) Secondary", "h) Pupil referral unit/Alternative provision", "b) No"),
        *(1, 0, 12.5, "b) No", "a) Yes", "North", "a) Yes"),
    ]


def test_what_nobody_said_is_blank() -> None:
    plan = fact("plan_sent", "2024-01-15")
    (row,) = rows([case("B", plan)], AS_AT, layout(), SETTINGS, told=frozenset())
    cells = _cells(row)
    for column in ("Suspensions", "Absence", "Pupil Premium", "Date updated EHC plan issued"):
        assert cells[column] in (None, "")


def test_only_live_plans_are_on_the_list() -> None:
    ceased = case("C", fact("plan_sent", "2024-01-15"), fact("plan_ceased", "2026-01-15"))
    assert _rows(ceased, case("D", fact("request_received", "2026-09-01"))) == ()


def _spoilt(**cells: object) -> tuple[ListRow, ...]:
    """The list of two children, some cells of the second changed."""
    first, second = _rows(_file("A"), _file("B", upn="B"))
    changed = _cells(second) | {
        next(one for one in layout().columns if one.startswith(name.replace("_", " "))): value
        for name, value in cells.items()
    }
    born = changed["Date of birth"]
    known = born if isinstance(born, date) else None
    return first, replace(second, cells=tuple(changed.values()), born=known)


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        ("101a", {"Date_of_birth": None}),
        ("101b", {"Gender": ""}),
        ("101c", {"Ethnicity": ""}),
        ("101d", {"SEN_primary_need": ""}),
        ("102a", {"Date_of_birth": date(2001, 5, 5)}),
        ("102b", {"Date_of_birth": date(2000, 5, 5)}),
        ("103", {"Does_the_child": ""}),
        ("105a", {"Date_of_birth": date(2027, 5, 5)}),
        ("105c", {"Date_updated": date(2027, 5, 5)}),
        ("105d", {"Date_EHC_plan_last": date(2027, 5, 5)}),
        ("106a", {"Date_updated": date(2023, 5, 5)}),
        ("106b", {"Date_EHC_plan_last": date(2023, 5, 5)}),
        ("107", {"UPN": None}),
        ("108a", {"Main_education_establishment_\u2013_URN": None}),
        ("109", {"UPN": "AA"}),
    ],
)
def test_a_planted_fault_is_found_once(rule: str, cells: dict[str, object]) -> None:
    (hit,) = checks.found(_spoilt(**cells), AS_AT, layout())
    assert (hit.rule, hit.case.reference) == (rule, "B")


def test_a_first_plan_to_come_contradicts_what_followed_it_too() -> None:
    hits = checks.found(_spoilt(Date_initial=date(2027, 5, 5)), AS_AT, layout())
    assert [hit.rule for hit in hits] == ["105b", "106a", "106b"]


def test_a_subsidiary_school_wants_a_main_one() -> None:
    spoilt = _spoilt(
        **{"Main_education_establishment_\u2013_URN": None, "Subsidiary": "b) Primary"}
    )
    (hit,) = checks.found(spoilt, AS_AT, layout())
    assert hit.rule == "108b"


@pytest.mark.parametrize(("born", "asked"), [("2010-01-02", True), ("2008-01-02", False)])
def test_a_school_is_asked_of_those_of_5_to_16_and_a_main_one_of_all(
    born: str, asked: bool
) -> None:
    none = {"Main_education_establishment_\u2013_URN": None, "Date_of_birth": day(born)}
    rules = {one.rule for one in checks.found(_spoilt(**none), AS_AT, layout())}
    assert ("108a" in rules) is asked
    beside = _spoilt(**none, Subsidiary="b) Primary")
    assert "108b" in {one.rule for one in checks.found(beside, AS_AT, layout())}


def test_a_sound_list_has_no_finding_and_every_check_has_words() -> None:
    assert checks.found(_rows(_file("A"), _file("B", upn="B")), AS_AT, layout()) == ()
    assert "104" not in checks.TITLES
