"""A SEN2 return comes in the same from its exports, its workbook and the template."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.incoming import Incoming, IncomingCase
from caseworker_app.imports import reading as imports
from tests.imports.made import sen2, trackers

TODAY = date(2026, 11, 22)


def _read(folder: Path, rows: Any = sen2.ROWS) -> Incoming:
    sen2.exports(folder, rows)
    return imports.read([folder], today=TODAY)


def _changed(module: str, at: int, **items: str) -> Any:
    rows = copy.deepcopy(dict(sen2.ROWS))
    rows[module][at].update(items)
    return rows


def _facts(case: IncomingCase) -> list[tuple[str, str, dict[str, Any], str | None]]:
    return [(one.kind, one.on.isoformat(), dict(one.detail), one.episode) for one in case.facts]


def test_what_the_modules_tell_of_a_child(tmp_path: Path) -> None:
    got = _read(tmp_path)
    assert (got.rows_read, got.problems, got.parked, got.conflicts) == (3, (), (), ())
    first = got.cases[0]
    assert (first.surname, first.forename, first.born) == ("Wójcik", "Ana", date(2010, 7, 29))
    assert (first.upn, first.sex, first.reference) == ("Z211354723099", "F", "")
    assert (first.need, first.secondary_need) == ("ASD", "SLCN")
    assert (first.setting, first.urn, first.setting_kind) == ("URN 123456", "123456", None)
    assert _facts(first) == [
        ("plan_sent", "2020-05-20", {"first": "no"}, None),
        ("review_meeting_held", "2026-05-06", {}, None),
        ("review_decision_sent", "2026-05-27", {"outcome": "amend"}, None),
        ("amendment_notice_sent", "2026-05-27", {}, None),
        ("plan_ceased", "2026-08-31", {"reason": "3"}, None),
    ]
    assert first.sen2 == {
        "referencedate": "2026-01-15",
        "receiveddate": "2020-01-06",
        "requestoutcome": "H",
        "assessmentoutcome": "H",
        "pb": "1",
        "reviewoutcome": "A",
        "placementrank": "1",
        "entrydate": "2022-09-01",
        "wbp": "A",
        "sensettingother@1.2020-09-01": "Old School",
        "sensettingother@2.2023-09-01": "Second",
        "plandetail1.urn": "100001",
        "plandetail1.placementrank": "1",
    }
    assert first.one_cycle


def test_ethnicity_home_and_further_placements_come_as_records(tmp_path: Path) -> None:
    first, second, third = _read(tmp_path, _changed("person", 2, ethnicity="WENG")).cases
    details, *places = first.beside
    assert (details.kind, details.fields) == ("child_details", {"ethnicity": "WBRI"})
    told = [(one.fields["rank"], one.fields["since"], one.fields.get("until")) for one in places]
    assert told == [
        ("1", date(2020, 9, 1), date(2022, 8, 31)),
        ("1", date(2022, 9, 1), None),
        ("2", date(2023, 9, 1), None),
    ]
    assert [one.urn for one in places] == ["", "123456", ""]
    assert second.beside[0].fields == {"upn_unknown": "UN3"}
    # An extended code is kept as its main one.
    assert third.beside[0].fields == {"ethnicity": "WBRI"}


def test_a_return_is_of_its_survey_day(tmp_path: Path) -> None:
    read = _read(tmp_path)
    assert read.as_of == read.reference_date == date(2026, 1, 15)


def test_two_requests_of_one_child_are_two_episodes(tmp_path: Path) -> None:
    second = _read(tmp_path).cases[1]
    earlier, later = "request 2024-01-08", "request 2025-01-06"
    school, parent = {"source": "School or other education setting"}, "Parent or young person"
    assert _facts(second) == [
        ("request_received", "2024-01-08", school, earlier),
        ("assessment_decision_sent", "2024-02-12", {"outcome": "refuse"}, earlier),
        ("request_received", "2025-01-06", {"source": parent}, later),
        ("assessment_decision_sent", "2025-02-10", {"outcome": "assess"}, later),
        ("refusal_to_issue_sent", "2025-04-20", {}, later),
    ]
    assert second.sen2["week20"] == "1"
    assert second.sen2["requestsource@2024-01-08"] == "2"


def test_a_plan_of_another_authority_is_transferred_in(tmp_path: Path) -> None:
    third = _read(tmp_path).cases[2]
    assert (third.setting, third.setting_kind) == ("Elective home education", "none")
    assert _facts(third) == [
        # The decision is older than the meeting: it ended another review, its outcome unknown.
        ("review_decision_sent", "2025-06-01", {}, None),
        ("plan_transferred_in", "2025-09-01", {"plan_made": date(2024, 5, 20)}, None),
        ("review_meeting_held", "2026-05-06", {}, None),
    ]
    assert third.sen2["transferla"] == "213"


def test_a_historical_request_keeps_its_day_as_a_note_and_leaves_nothing_open(
    tmp_path: Path,
) -> None:
    got = _read(tmp_path)
    assert got.cases[0].sen2["receiveddate"] == "2020-01-06"
    assert "request_received" not in {fact.kind for fact in got.cases[0].facts}
    assert got.notes[-1] == (
        "1 historical request keeps its date as a note: the decisions on them belong to earlier "
        "returns."
    )


@pytest.mark.parametrize("outcome", ["Y", "N", "A", "W"])
def test_a_request_whose_assessment_is_of_this_return_starts_its_weeks(
    outcome: str, tmp_path: Path
) -> None:
    got = _read(tmp_path, _changed("assessment", 0, assessmentoutcome=outcome))
    assert ("request_received", "2020-01-06", {}, None) in _facts(got.cases[0])
    assert "receiveddate" not in got.cases[0].sen2


def test_a_historical_request_with_the_day_of_its_decision_is_a_request(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("requests", 0, requestoutcomedate="2020-Feb-10 00:00:00"))
    assert ("request_received", "2020-01-06", {}, None) in _facts(got.cases[0])


def test_a_plan_dated_after_its_review_is_the_amended_plan(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("namedplan", 0, startdate="2026-Jul-01 00:00:00", ceasedate=""))
    assert [(kind, on) for kind, on, _, _ in _facts(got.cases[0])] == [
        ("review_meeting_held", "2026-05-06"),
        ("review_decision_sent", "2026-05-27"),
        ("amendment_notice_sent", "2026-05-27"),
        ("plan_sent", "2026-07-01"),
        ("amended_plan_sent", "2026-07-01"),
    ]


def test_the_day_a_plan_was_issued_comes_before_that_of_the_plan_as_it_stands(
    tmp_path: Path,
) -> None:
    rows = _changed(
        "assessment", 0, assessmentoutcome="Y", assessmentoutcomedate="2020-May-20 00:00:00"
    )
    rows["namedplan"][0]["startdate"] = "2020-Nov-02 00:00:00"
    plans = [one for one in _facts(_read(tmp_path, rows).cases[0]) if "plan_sent" in one[0]]
    assert [(kind, on, detail) for kind, on, detail, _ in plans] == [
        ("plan_sent", "2020-05-20", {}),
        ("amended_plan_sent", "2020-11-02", {}),
    ]


def test_the_final_plan_of_a_transfer_is_said_once(tmp_path: Path) -> None:
    rows = _changed("activeplans", 0, phasetransferfinaldate="2026-Jul-01 00:00:00")
    rows["namedplan"][0]["startdate"] = "2026-Jul-01 00:00:00"
    kinds = [kind for kind, _, _, _ in _facts(_read(tmp_path, rows).cases[0])]
    assert kinds.count("amended_plan_sent") == 1


def test_a_draft_older_than_the_meeting_is_of_another_review_and_kept_as_a_note(
    tmp_path: Path,
) -> None:
    got = _read(tmp_path, _changed("activeplans", 0, reviewdraft="2025-May-27 00:00:00"))
    assert "amendment_notice_sent" not in {fact.kind for fact in got.cases[0].facts}
    assert got.cases[0].sen2["reviewdraft"] == "2025-05-27"
    assert got.notes[-1].startswith("1 amended draft keeps its date as a note")


def test_exports_workbook_and_template_say_the_same(tmp_path: Path) -> None:
    cases = _read(tmp_path).cases
    for write, name in ((sen2.presubmission, "pre.xlsx"), (sen2.template, "template.xlsx")):
        got = imports.read([write(tmp_path / name, sen2.ROWS)], today=TODAY)
        assert got.problems == ()
        assert got.rows_read == 3
        for case, other in zip(cases, got.cases, strict=True):
            assert other.facts == case.facts
            # The survey day stands in the header, which no pre-submission workbook has.
            days = {"referencedate"}
            assert {k: v for k, v in other.sen2.items() if k not in days} == {
                k: v for k, v in case.sen2.items() if k not in days
            }
            assert other.beside == case.beside
            assert (other.surname, other.need, other.setting) == (
                *(case.surname, case.need, case.setting),
            )


def test_the_files_may_be_named_one_by_one_in_any_order(tmp_path: Path) -> None:
    files = sen2.exports(tmp_path, sen2.ROWS)
    assert (
        imports.read(files[::-1], today=TODAY).cases == imports.read([tmp_path], today=TODAY).cases
    )


def test_renamed_exports_are_known_by_their_headings(tmp_path: Path) -> None:
    for number, path in enumerate(sen2.exports(tmp_path, sen2.ROWS)):
        path.rename(tmp_path / f"{number}.csv")
    assert len(imports.read([tmp_path], today=TODAY).cases) == 3


@pytest.mark.parametrize(
    ("module", "at", "item", "value"),
    [
        ("requests", 0, "receiveddate", "31/06/2020"),
        ("requests", 0, "requestoutcome", "Q"),
        ("activeplans", 0, "reviewoutcome", "Z"),
        ("namedplan", 0, "ceasereason", "12"),
        ("senneed", 0, "sentype", "BESD"),
        ("person", 0, "upn", "Z21135472309"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(
    module: str, at: int, item: str, value: str, tmp_path: Path
) -> None:
    got = _read(tmp_path, _changed(module, at, **{item: value}))
    assert [(one.place.row, one.column, one.value) for one in got.problems] == [
        (at + 2, item, value)
    ]
    assert f"_{module}" in got.problems[0].place.sheet
    assert len(got.cases) == 3


def test_a_row_that_hangs_on_nothing_is_told(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("senneed", 1, up="99"))
    assert [(one.column, one.value) for one in got.problems] == [("activeplanstableid", "99")]
    assert got.cases[0].need == ""
    assert got.cases[0].secondary_need == "SLCN"


def test_a_person_without_birthday_is_parked(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("person", 1, personbirthdate="", surname="", forename=""))
    assert [(one.place.row, one.why) for one in got.parked] == [(3, "no name and no date of birth")]
    assert len(got.cases) == 2


def test_a_child_listed_twice_is_one(tmp_path: Path) -> None:
    child = dict(sen2.ROWS["person"][0])
    got = _read(tmp_path, _changed("person", 1, **(child | {"id": "2", "sex": ""})))
    assert (len(got.cases), got.further_rows, got.rows_read) == (2, 1, 3)
    assert len(got.cases[0].facts) == 10


@pytest.mark.parametrize("note", ["(LAC)", "[moved]", "*", "- LAC"])
def test_a_note_beside_a_name_goes_to_the_comment(note: str, tmp_path: Path) -> None:
    persons = [{**row, "surname": f"{row['surname']} {note}"} for row in sen2.ROWS["person"]]
    got = _read(tmp_path, {**sen2.ROWS, "person": persons})
    assert [case.surname for case in got.cases] == [row["surname"] for row in sen2.ROWS["person"]]
    assert {case.comment for case in got.cases} == {f"beside the name: {note.strip('()[]- ')}"}


def test_a_upn_with_a_wrong_letter_is_told_and_kept(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("person", 0, upn="A211354723099"))
    assert got.cases[0].upn == "A211354723099"
    assert "the check letter does not fit the figures; kept as written" in {
        one.why for one in got.doubts if one.value == "A211354723099"
    }


def test_a_upn_of_another_child_is_told(tmp_path: Path) -> None:
    got = _read(tmp_path, _changed("person", 1, upn="Z211354723099"))
    assert [case.upn for case in got.cases] == ["Z211354723099", "", "B211354723099"]
    assert [one.column for one in got.problems] == ["upn"]


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    files = sen2.exports(tmp_path, sen2.ROWS)
    tracker, _ = trackers.make(1, tmp_path / "..")
    with pytest.raises(Refused, match="one after the other"):
        imports.read([*files, tracker], today=TODAY)
    with pytest.raises(Unreadable, match="the person module is missing"):
        imports.read([path for path in files if "person" not in path.name], today=TODAY)
    sen2.exports(tmp_path, sen2.ROWS, day="16-01-2025")
    with pytest.raises(Refused, match="one day at a time"):
        imports.read([tmp_path], today=TODAY)
