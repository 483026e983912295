"""Open points of law: the recommended reading is in use, and another can be chosen."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app import paths, rulebook
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child, Setting, Transfer
from tests.support.clock import child, day, fact, only, pack, rules


def read_as(
    *facts: Fact, of: Child | None = None, setting: Setting | None = None, **chosen: str
) -> tuple[Deadline, ...]:
    book, calendars = rulebook.load(paths.resources(), chosen=chosen)
    return deadlines(of or child(), setting, facts, book, calendars)


def test_the_recommended_readings_are_in_use() -> None:
    readings = pack()[0].readings
    assert [reading.id for reading in readings] == [f"A{n}" for n in range(1, 19)]
    known = {version.rule for version in pack()[0].versions}
    for reading in readings:
        assert reading.chosen == reading.recommended
        assert reading.words in {option.words for option in reading.options}
        assert set(reading.rules) <= known
    assert pack()[0].reads("A2") == "day_before"
    assert pack()[0].reads("A99") == ""


def test_by_15_february() -> None:
    of = child("2016-08-31")
    (found,) = [
        d for d in read_as(fact("plan_sent", "2024-03-01"), of=of, A1="by") if d.rule == "PT-02"
    ]
    assert (found.due, found.common_due) == (day("2027-02-15"), day("2027-02-14"))
    assert "by 15 February" in " ".join(found.because)


def test_the_anniversary() -> None:
    found = only(read_as(fact("plan_sent", "2026-01-15"), A2="anniversary"), "AR-01")
    assert (found.due, found.common_due) == (day("2027-01-15"), day("2027-01-14"))


def test_a_new_version_of_the_plan_may_start_the_year_again() -> None:
    sent = (fact("plan_sent", "2025-01-15"), fact("plan_sent", "2025-09-10"))
    assert "AR-02" not in rules(read_as(*sent))
    found = read_as(*sent, A5="yes")
    assert only(found, "AR-01").superseded_on == day("2025-09-10")
    assert only(found, "AR-02").due == day("2026-09-09")


def test_staying_on_in_a_sixth_form() -> None:
    of, setting = child("2011-01-20"), Setting("", "secondary", 13)
    sent = fact("plan_sent", "2024-03-01")
    years = [d.due.year for d in read_as(sent, of=of, setting=setting) if d.rule == "PT-03"]
    assert years == [2027, 2029]
    literal = read_as(sent, of=of, setting=setting, A12="literal")
    assert [d.due.year for d in literal if d.rule == "PT-03"] == [2029]


def test_starting_school_from_no_setting() -> None:
    of, setting = child("2023-08-31"), Setting("", "none")
    sent = fact("plan_sent", "2025-03-01")
    assert "PT-01" in rules(read_as(sent, of=of, setting=setting))
    assert "PT-01" not in rules(read_as(sent, of=of, setting=setting, A18="no"))


def test_a_college_move_in_september() -> None:
    of = child(transfer=Transfer("post16_to_post16", date(2027, 9, 1)))
    found = only(read_as(fact("plan_sent", "2024-03-01"), of=of, A13="march"), "PT-04")
    assert (found.due, found.common_due) == (day("2027-03-31"), day("2027-04-01"))


@pytest.mark.parametrize("chosen", [{"A1": "loose"}, {"A99": "strict"}])
def test_a_reading_that_is_none_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(Unreadable, match=r"readings\.toml"):
        rulebook.load(paths.resources(), chosen=chosen)


def test_another_reading_makes_another_version_of_the_pack() -> None:
    book, _ = rulebook.load(paths.resources(), chosen={"A1": "by", "A2": "day_before"})
    assert book.version == f"{pack()[0].version}+A1=by"
