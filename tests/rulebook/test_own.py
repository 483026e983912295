"""Targets and readings of a council's own, and the folder that once held them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import paths
from caseworker_app.domain.binding import Binding
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.declarations.own_rules import (
    AlertThreshold,
    ChosenReading,
    LocalTarget,
    OwnVersion,
    RuleFile,
)
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.local_target import can_sharpen
from caseworker_app.domain.people import Child
from caseworker_app.domain.rules import Rulebook, RuleVersion
from caseworker_app.rulebook import holds_rules, load, load_pack, read_folder, shipped

TODAY = date(2026, 11, 22)
PACK = shipped(paths.resources())


def rule(name: str) -> RuleVersion:
    book, _ = load(paths.resources())
    return book.of(name)[0]


def target(**more: Any) -> LocalTarget:
    given: dict[str, Any] = {
        "rule": "AR-07",
        "title": 'Decision, our "three weeks"',
        "number": 3,
        "unit": "weeks_after",
        "since": date(2026, 1, 1),
        "source": "Cabinet, 4 March 2026, minute 7",
        "set_on": TODAY,
    }
    return LocalTarget(**{**given, **more})


def binding(*records: Any) -> Binding:
    kinds: dict[Any, list[Any]] = {}
    for one in records:
        kinds.setdefault(kind_of(one), []).append(one)
    return Binding(records={kind: tuple(some) for kind, some in kinds.items()})


def book_with(*records: Any) -> Rulebook:
    return load_pack(PACK, binding(*records))[0]


def test_a_target_dates_beside_the_law_from_its_day_on() -> None:
    book, calendars = load_pack(PACK, binding(target()))
    (own,) = book.of("OWN-AR-07")
    assert (own.force, own.period, own.title) == ("local", "within 3 weeks", target().title)
    assert (own.stage, own.role) == ("", "")
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


def test_one_day_is_worded_as_one() -> None:
    assert (
        book_with(target(number=1, unit="days_after")).of("OWN-AR-07")[0].period == "within 1 day"
    )


def test_only_rules_that_count_from_an_event_can_be_sharpened() -> None:
    assert can_sharpen(rule("AR-07"))
    assert not can_sharpen(rule("AR-13"))
    assert not can_sharpen(rule("PT-02"))
    with pytest.raises(Refused, match="counts from no event"):
        book_with(target(rule="PT-02"))


def test_a_target_beside_no_rule_is_refused_with_its_field() -> None:
    with pytest.raises(Refused, match="There is no rule AR-99") as refused:
        book_with(target(rule="AR-99"))
    assert refused.value.field == "rule"


def test_no_folder_means_nothing_of_ones_own(tmp_path: Path) -> None:
    assert not holds_rules(tmp_path / "none")
    assert not holds_rules(tmp_path)
    assert read_folder(tmp_path / "none", PACK) == ()


def test_readings_that_are_none_are_told_by_their_file(tmp_path: Path) -> None:
    (tmp_path / "readings.toml").write_text("A1 = 3\n")
    with pytest.raises(Unreadable, match=r"readings\.toml"):
        read_folder(tmp_path, PACK)


def made(found: tuple[tuple[str, Any], ...]) -> list[Any]:
    classes = {
        kind_of(of).name: of
        for of in (OwnVersion, LocalTarget, RuleFile, ChosenReading, AlertThreshold)
    }
    return [classes[name](**fields) for name, fields in found]


# As the window of an older Caseworker wrote them.
A_TARGET = """duty = "OWN-AR-07"

[[version]]
from = 2026-01-01
title = "Our three weeks"
what = {what}
trigger = ["review_meeting_held"]
scope = "review"
{anchor}primitive = "weeks_after"
number = 3
period = "within 3 weeks"
why = "our target, within 3 weeks"
who = "authority"
force = "local"
source = "Cabinet, 4 March 2026"
address = {address}
checked-on = 2026-11-22
met-by = [{met}]
superseded-by = [{superseded}]
met-words = {words}
"""


def quoted(words: str) -> str:
    return f'"{words}"'


def old_target() -> str:
    base = rule("AR-07")
    return A_TARGET.format(
        what=quoted(base.what),
        anchor=f"anchor = {quoted(base.anchor)}\n" if base.anchor else "",
        address=quoted(base.address),
        met=", ".join(map(quoted, base.met_by.split())),
        superseded=", ".join(map(quoted, base.superseded_by.split())),
        words=quoted(base.met_words),
    ).replace('["review_meeting_held"]', f"[{', '.join(map(quoted, base.trigger.split()))}]")


def test_what_the_window_wrote_comes_in_as_records_and_counts_as_it_did(tmp_path: Path) -> None:
    (tmp_path / "OWN-AR-07.toml").write_text(old_target(), "utf-8")
    (tmp_path / "readings.toml").write_text('A2 = "anniversary"\n', "utf-8")
    (tmp_path / "alerts.toml").write_text(
        '[[alert]]\nrules = ["AR-07"]\nlevel = "amber"\ndays = -2\nwords = "late"\n\n'
        '[[birthday]]\nages = [16, 18]\nlevel = "red"\nmonths = 3\n',
        "utf-8",
    )
    records = made(read_folder(tmp_path, PACK))
    kinds = [type(one).__name__ for one in records]
    assert kinds == ["LocalTarget", "ChosenReading", *3 * ["AlertThreshold"]]
    assert [(one.level, one.age, one.days) for one in records[2:]] == [
        ("amber", None, -2),
        ("red", 16, None),
        ("red", 18, None),
    ]
    as_file = RuleFile(name="OWN-AR-07.toml", body=old_target())
    assert book_with(records[0]).of("OWN-AR-07") == book_with(as_file).of("OWN-AR-07")


def test_what_somebody_wrote_by_hand_stays_the_file_it_is(tmp_path: Path) -> None:
    by_hand = old_target().replace('who = "authority"', 'who = "school"')
    (tmp_path / "OWN-AR-07.toml").write_text(by_hand, "utf-8")
    (tmp_path / "ours.toml").write_text(old_target().replace("OWN-AR-07", "LOC-07"), "utf-8")
    records = made(read_folder(tmp_path, PACK))
    assert [(type(one).__name__, one.name) for one in records] == [
        ("RuleFile", "OWN-AR-07.toml"),
        ("RuleFile", "ours.toml"),
    ]
    assert book_with(*records).of("OWN-AR-07")[0].who == "school"


def test_rules_of_a_folder_that_do_not_hold_together_are_told(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("duty = 3\n", "utf-8")
    with pytest.raises(Unreadable, match=r"ours\.toml"):
        read_folder(tmp_path, PACK)
