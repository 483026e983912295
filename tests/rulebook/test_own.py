from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from caseworker_app.rulebook.own import (
    add_target,
    choose_reading,
    read_own,
    remove_target,
)

from caseworker_app import paths
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.local_target import LocalTarget, can_sharpen
from caseworker_app.domain.people import Child
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.rulebook import load

TODAY = date(2026, 11, 22)


def rule(name: str) -> RuleVersion:
    book, _ = load(paths.resources())
    return book.of(name)[0]


def target(**more: object) -> LocalTarget:
    given = {
        "base": rule("AR-07"),
        "title": 'Decision, our "three weeks"',
        "number": 3,
        "unit": "weeks_after",
        "since": date(2026, 1, 1),
        "source": "Cabinet, 4 March 2026\nminute 7",
    }
    return LocalTarget(**{**given, **more})


def test_no_folder_means_nothing_of_ones_own(tmp_path: Path) -> None:
    assert read_own(tmp_path / "none") == ({}, {})


def test_a_target_dates_beside_the_law_from_its_day_on(tmp_path: Path) -> None:
    add_target(tmp_path, target(), TODAY)
    files, chosen = read_own(tmp_path)
    assert chosen == {}
    book, calendars = load(paths.resources(), extra_rules=files)
    (own,) = book.of("OWN-AR-07")
    assert (own.force, own.period, own.title) == ("local", "within 3 weeks", target().title)
    facts = (
        Fact("plan_sent", date(2024, 1, 10)),
        Fact("review_meeting_held", date(2025, 10, 16)),
        Fact("review_meeting_held", date(2026, 10, 16)),
    )
    found = deadlines(Child("r", "s", "f", None), None, facts, book, calendars)
    dates = [(one.rule, one.due) for one in found if one.rule.endswith("AR-07")]
    assert ("OWN-AR-07", date(2026, 11, 6)) in dates
    assert ("AR-07", date(2026, 11, 13)) in dates
    assert [day.year for rule_, day in dates if rule_ == "OWN-AR-07"] == [2026]


def test_a_target_is_replaced_and_removed(tmp_path: Path) -> None:
    add_target(tmp_path, target(), TODAY)
    add_target(tmp_path, target(number=1, unit="days_after"), TODAY)
    book, _ = load(paths.resources(), extra_rules=read_own(tmp_path)[0])
    assert book.of("OWN-AR-07")[0].period == "within 1 day"
    remove_target(tmp_path, "OWN-AR-07")
    remove_target(tmp_path, "OWN-AR-07")
    assert read_own(tmp_path) == ({}, {})


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"number": 0}, "number"),
        ({"unit": "months_after"}, "unit"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_a_target_is_refused_with_its_field(
    more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        target(**more).check()
    assert refused.value.field == field


def test_only_rules_that_count_from_an_event_can_be_sharpened() -> None:
    assert can_sharpen(rule("AR-07"))
    assert not can_sharpen(rule("AR-13"))
    assert not can_sharpen(rule("PT-02"))
    with pytest.raises(Refused, match="counts from no event"):
        target(base=rule("PT-02")).check()


def test_a_reading_is_chosen_and_given_back(tmp_path: Path) -> None:
    choose_reading(tmp_path, "A1", "by")
    choose_reading(tmp_path, "A2", "anniversary")
    _, chosen = read_own(tmp_path)
    assert chosen == {"A1": "by", "A2": "anniversary"}
    book, _ = load(paths.resources(), chosen=chosen)
    assert book.reads("A1") == "by"
    choose_reading(tmp_path, "A1", None)
    assert read_own(tmp_path) == ({}, {"A2": "anniversary"})


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be written"):
        choose_reading(tmp_path / "file", "A1", "by")


def test_readings_that_are_none_are_told_by_their_file(tmp_path: Path) -> None:
    (tmp_path / "readings.toml").write_text("A1 = 3\n")
    with pytest.raises(Unreadable, match=r"readings\.toml"):
        read_own(tmp_path)
