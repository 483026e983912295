from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Proposal, Setting
from tests.domain.measures.making import board, case, day, fact

BOW = Setting("Bow School", "secondary", 11)
PLAN = fact("plan_sent", "2025-12-15")
OLD_PLAN = fact("plan_sent", "2024-12-15")
ASKED = fact("request_received", "2025-08-01")
AGREED = fact("assessment_decision_sent", "2025-08-20", outcome="assess")


def sound(reference: str = "A", *facts: Fact, **given: Any) -> CaseFile:
    return case(reference, ASKED, AGREED, PLAN, *facts, **{"setting": BOW} | given)


def found(*files: CaseFile) -> list[tuple[str, str]]:
    return [(row.check, row.reference) for row in board(files).to_mend]


def test_a_sound_case_has_nothing_to_mend() -> None:
    assert found(sound()) == []


@pytest.mark.parametrize(
    ("file", "check"),
    [
        (sound(born=None), "No date of birth"),
        (sound(need=""), "No primary need"),
        (sound(setting=None), "No setting"),
        (sound(setting=Setting("Bow")), "Setting of unknown kind"),
        (sound(caseworker=""), "No caseworker"),
        (sound(upn=""), "No UPN or ULN from age 6"),
        (sound(upn="A801200001001"), "UPN that cannot be right"),
        (sound(upn="I801200001001"), "UPN that cannot be right"),
        (sound(uln="9276308687"), "ULN that cannot be right"),
        (sound(born=day("2000-11-22")), "Aged 26 or over"),
        (case("A", PLAN, setting=BOW), "No request before a first plan"),
        (case("A", ASKED, PLAN, setting=BOW), "No decision to assess"),
        (
            case("A", fact("plan_sent", "2019-01-01"), setting=BOW, history_from=day("2025-09-01")),
            "Earlier reviews not recorded",
        ),
        (
            case("A", fact("review_meeting_held", "2026-11-01"), setting=BOW),
            "No day the plan was sent",
        ),
        (sound("A", fact("review_meeting_held", "2026-10-24")), "Meeting without decision"),
        (
            sound(
                "A",
                fact("review_meeting_held", "2026-10-24"),
                fact("review_decision_sent", "2026-10-30"),
            ),
            "Decision without outcome",
        ),
        (
            sound("A", fact("review_decision_sent", "2026-10-30", outcome="maintain")),
            "Review without meeting",
        ),
        (
            case(
                "A",
                ASKED,
                AGREED,
                fact("exception", "2025-09-01", ground="EXC-C"),
                PLAN,
                setting=BOW,
            ),
            "Exception without note",
        ),
        (
            sound("A", fact("plan_ceased", "2026-01-01"), fact("plan_ceased", "2026-02-01")),
            "Dates that contradict",
        ),
        (sound(born=day("2025-09-01"), upn="X"), "Dates that contradict"),
        (sound("A", fact("request_received", "2026-02-01")), "Dates that contradict"),
    ],
)
def test_each_check_finds_its_fault_alone(file: CaseFile, check: str) -> None:
    assert found(file) == [(check, "A")]


def test_a_meeting_28_days_ago_is_not_late_yet() -> None:
    assert found(sound("A", fact("review_meeting_held", "2026-10-25"))) == []


def test_ceasing_is_to_mend_when_two_months_have_passed_with_no_appeal_and_no_end() -> None:
    told = fact("cease_notice_sent", "2026-09-21")
    assert found(sound("A", told)) == [("Ceasing not finished", "A")]
    assert found(sound("A", fact("cease_notice_sent", "2026-09-22"))) == []
    assert found(sound("A", told, fact("appeal_registered", "2026-10-01"))) == []
    assert found(sound("A", told, fact("plan_ceased", "2026-11-20"))) == []


def test_a_later_decision_to_maintain_takes_ceasing_back() -> None:
    kept = (
        fact("review_meeting_held", "2026-03-01"),
        fact("review_decision_sent", "2026-03-10", outcome="cease"),
        fact("review_meeting_held", "2026-05-01"),
        fact("review_decision_sent", "2026-05-10", outcome="maintain"),
    )
    assert found(sound("A", *kept)) == []
    assert found(sound("A", *kept[:2])) == [("Ceasing not finished", "A")]


def test_one_upn_on_two_cases_is_found_on_both() -> None:
    files = [sound("A", upn="X1"), sound("B", upn="X1"), sound("C", upn="X2")]
    assert found(*files) == [("UPN used twice", "A"), ("UPN used twice", "B")]


def test_a_ceased_case_is_left_in_peace() -> None:
    gone = fact("plan_ceased", "2026-02-01")
    assert found(sound("A", gone, need="", upn="", caseworker="", setting=None)) == []


def test_each_check_is_counted_by_case_and_explained() -> None:
    made = board([sound("A", need=""), sound("B", need="", upn="")])
    counted = {line.label: line.count for line in made.mend_counts[0].lines}
    assert (counted["No primary need"], counted["No UPN or ULN from age 6"]) == (2, 1)
    assert counted["No caseworker"] == 0
    explained = {term.word for term in made.terms}
    assert counted.keys() <= explained


def _two(*told_apart: str, **second: Any) -> list[CaseFile]:
    """Two cases of one name and birthday, as a store has them."""
    one = sound("A", id="1", told_apart=frozenset(told_apart))
    return [one, sound("B", id="2", **second)]


def test_two_cases_of_one_name_and_birthday_may_be_one_child() -> None:
    assert found(*_two()) == [
        ("Perhaps the same child", "A"),
        ("Perhaps the same child", "B"),
    ]
    (mended, _) = board(_two()).to_mend
    assert mended.words == "Perhaps the same child as B: merge them, or say they are two"


def test_two_whom_a_person_told_apart_are_no_longer_listed() -> None:
    assert found(*_two("2")) == []


def test_another_birthday_tells_two_of_one_name_apart() -> None:
    assert found(*_two(born=day("2011-09-20"))) == []


def test_references_that_are_read_as_one_are_told() -> None:
    files = (sound("004217", id="1"), sound("4217", id="2", born=day("2011-09-20")))
    assert found(*files) == [("Reference used twice", "004217"), ("Reference used twice", "4217")]


def test_a_name_that_waits_for_a_person_is_told_without_saying_it() -> None:
    open_one = Proposal("surname", "Adeyemi", "autumn.xlsx, Reviews, row 5")
    refused = Proposal("forename", "Graces", "autumn.xlsx, Reviews, row 5", refused=True)
    (row,) = board([sound("A", proposals=(open_one, refused))]).to_mend
    assert (row.check, "Adeyemi" in row.words) == ("Name or birthday to decide on", False)
