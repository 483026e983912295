"""The rule pack of this tree, and how strictly any pack is read."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from caseworker_app import paths, rulebook
from caseworker_app.domain.clock.counts import COUNTS, FIXED
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.roles import Role, Stage
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.rulebook.rules_file import read_rules
from tests.support.clock import pack

RULE = """\
duty = "LOC-01"

[[version]]
from = 2027-01-01
title = "Report in ten days"
what = "Send the report within ten days of the meeting."
trigger = ["review_meeting_held"]
scope = "review"
primitive = "days_after"
number = 10
period = "within 10 days"
why = "10 days from the meeting of {day}"
who = "school"
force = "local"
source = "Board paper of December 2026"
address = "https://council.example/board"
checked-on = 2026-12-01
met-by = ["review_report_received"]
"""


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_rules(text, "own.toml")
    return caught.value.sentence


def versions() -> tuple[RuleVersion, ...]:
    return pack()[0].versions


def test_a_file_of_rules_is_read_whole() -> None:
    (rule,) = read_rules(RULE, "own.toml")
    assert (rule.rule, rule.number, rule.force, rule.file) == ("LOC-01", 10, "local", "own.toml")
    assert rule.since == date(2027, 1, 1)
    assert rule.until is None


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('source = "Board paper of December 2026"\n', "", "source"),
        ('source = "Board paper of December 2026"', 'source = "  "', "source"),
        ('address = "https://council.example/board"', 'address = "the shelf"', "address"),
        ("checked-on = 2026-12-01\n", "", "checked-on"),
        ("checked-on = 2026-12-01", 'checked-on = "1/12/2026"', "checked-on"),
        ("from = 2027-01-01", "from = 2027-01-01T00:00:00", "from"),
        ("number = 10", "numbr = 10", "numbr"),
        ("number = 10", "number = -1", "number"),
        ("number = 10", "number = true", "number"),
        ('force = "local"', 'force = "perhaps"', "force"),
        ('force = "local"', 'force = "must"\nrole = "judge"', "role"),
        ('force = "local"', 'force = "must"\nstage = "late"', "stage"),
        ('who = "school"', 'who = "nobody"', "nobody"),
        ('scope = "review"', 'scope = "tea"', "tea"),
        ('"review_meeting_held"', '"tea_break"', "tea_break"),
        ('"review_meeting_held"', '"plan_sent"', "plan_sent"),
        ('"review_report_received"', '"review_decision_sent.alter"', "alter"),
        ('"review_report_received"', "5", "met-by"),
        ('primitive = "days_after"', 'primitive = "fortnight"', "fortnight"),
        ('trigger = ["review_meeting_held"]\n', "", "trigger"),
        ("from = 2027-01-01", "from = 2027-01-01\nuntil = 2026-12-31", "before it begins"),
        ("from = 2027-01-01", 'from = 2027-01-01\nexcused-by = ["EXC-Z"]', "EXC-Z"),
        ("[[version]]", "[version]", "version"),
        ('duty = "LOC-01"', 'duty = "LOC-01"\ncolour = "red"', "colour"),
        ("[[version]]", "[[version", "TOML"),
    ],
)
def test_a_fault_names_file_and_rule(before: str, after: str, says: str) -> None:
    assert before in RULE
    sentence = refusal(RULE.replace(before, after))
    assert says in sentence
    assert "own.toml" in sentence
    assert "LOC-01" in sentence or says in {"colour", "TOML", "version"}


def test_no_two_versions_of_a_rule_are_in_force_on_a_day() -> None:
    second = RULE.split("\n\n", 1)[1]
    assert "2028-01-01" in refusal(f"{RULE}\n{second.replace('2027-01-01', '2028-01-01')}")
    ended = RULE.replace("from = 2027-01-01", "from = 2027-01-01\nuntil = 2027-12-31")
    follows = f"{ended}\n{second.replace('2027-01-01', '2028-01-01')}"
    assert [one.since.year for one in read_rules(follows, "own.toml")] == [2027, 2028]


def test_the_pack_has_every_row_of_the_timetable() -> None:
    expected = [f"NA-{n:02}" for n in range(1, 12)]
    expected += [f"MED-{n:02}" for n in range(1, 7)] + [f"APP-{n:02}" for n in range(1, 4)]
    expected += [f"TRB-{n:02}" for n in range(1, 10)] + [f"AR-{n:02}" for n in range(1, 17)]
    expected += ["AR-07a"] + [f"RA-{n:02}" for n in range(1, 5)]
    expected += [f"PT-{n:02}" for n in range(1, 5)] + [f"YG-{n:02}" for n in range(1, 5)]
    expected += [f"AGE-{n:02}" for n in range(1, 8)] + [f"MV-{n:02}" for n in range(1, 7)]
    expected += ["LAC-01", "LAC-02", "DET-01", "DET-02", "DET-03", "PB-01", "PB-02", "PB-03"]
    expected += [f"CE-{n:02}" for n in range(1, 6)]
    assert sorted({version.duty for version in versions()}) == sorted(expected)


def test_every_way_to_count_is_used_and_every_dated_rule_can_be_told() -> None:
    used = {version.primitive for version in versions() if version.primitive}
    assert used | {"wdays_from"} == {*COUNTS, *FIXED}  # a council may want it
    for version in versions():
        assert version.title
        assert not version.title.endswith(".")
        assert version.what.endswith(".")
        if version.primitive:
            assert version.why
            assert version.met_words or version.lapses or not version.met_by
            assert version.lapses == (version.who == "family" or version.duty.startswith("AGE"))


def test_every_role_is_played_and_on_a_day_by_rules_of_one_stage() -> None:
    played = {(one.role, one.stage) for one in versions() if one.role}
    assert sorted(role for role, _ in played) == sorted(Role)
    assert {stage for _, stage in played} == set(Stage)
    assert all(bool(one.role) == bool(one.stage) for one in versions())
    shared = {Role.DETAINED_PLAN}
    for role in set(Role) - shared:
        assert len({one.rule for one in versions() if one.role == role}) == 1


def test_a_target_copied_from_its_duty_plays_no_role() -> None:
    law = RULE.replace('force = "local"', 'force = "must"\nrole = "report"')
    assert read_rules(law, "own.toml")[0].role == Role.REPORT
    assert not read_rules(law.replace('"must"', '"local"'), "own.toml")[0].role


def test_each_duty_has_its_file() -> None:
    for version in versions():
        assert version.file == f"{version.duty}.toml"


def test_lettered_rules_stand_in_the_order_of_their_row() -> None:
    letters = {
        duty: [v.rule.removeprefix(duty) for v in versions() if v.duty == duty]
        for duty in ("TRB-02", "TRB-03", "TRB-07", "MED-06", "DET-01")
    }
    assert letters == {
        "TRB-02": ["a", "b", "c"],
        "TRB-03": ["a", "b"],
        "TRB-07": ["a", "b"],
        "MED-06": ["a", "b"],
        "DET-01": ["a", "b", "c", "d"],
    }


def test_a_councils_own_version_ends_the_one_before() -> None:
    changed = (paths.resources() / "rules" / "AR-06.toml").read_text(encoding="utf-8")
    changed = changed.replace("from = 2014-09-01", "from = 2029-09-01")
    book, _ = rulebook.load(paths.resources(), extra_rules={"AR-06 from 2029": changed})
    old, new = book.of("AR-06")
    assert (old.until, new.since, new.until) == (date(2029, 8, 31), date(2029, 9, 1), None)
    assert book.version != pack()[0].version
    assert book.in_force("AR-06", date(2029, 8, 31)) is old
    assert book.in_force("AR-06", date(2029, 9, 1)) is new
    assert book.in_force("AR-99", date(2029, 9, 1)) is None


def test_a_pack_with_a_faulty_file_is_not_used_in_part(tmp_path: Path) -> None:
    folder = tmp_path / "resources"
    shutil.copytree(paths.resources() / "rules", folder / "rules")
    shutil.copytree(paths.resources() / "preferences", folder / "preferences")
    (folder / "rules" / "LOC-01.toml").write_text(RULE.replace("number", "numbers"), "utf-8")
    with pytest.raises(Unreadable, match=re.escape("LOC-01.toml: a version of LOC-01")):
        rulebook.load(folder)
    (folder / "rules" / "LOC-01.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unreadable, match=re.escape("LOC-01.toml cannot be read as text")):
        rulebook.load(folder)
    (folder / "rules" / "LOC-01.toml").write_text(RULE, "utf-8")
    assert rulebook.load(folder)[0].of("LOC-01")
    again = RULE.replace("LOC-01", "AR-06").replace("2027", "2028")
    (folder / "rules" / "LOC-01.toml").write_text(again, "utf-8")
    with pytest.raises(Unreadable, match="two versions of AR-06"):
        rulebook.load(folder)


def test_extra_closed_days_count(tmp_path: Path) -> None:
    proclaimed = date(2027, 6, 7)
    assert pack()[1].england.is_working(proclaimed)
    _, calendars = rulebook.load(paths.resources(), [proclaimed])
    assert calendars.england.is_closed_weekday(proclaimed)
    assert not calendars.tribunal.is_working(proclaimed)
    table = tmp_path / "preferences" / "closed_days.toml"
    shutil.copytree(paths.resources() / "rules", tmp_path / "rules")
    shutil.copytree(paths.resources() / "preferences", tmp_path / "preferences")
    table.write_text('[[closed]]\non = 2027-06-08\nname = "Bank holiday"\n', "utf-8")
    assert not rulebook.load(tmp_path)[1].england.is_working(date(2027, 6, 8))
    for wrong in ("[[closed]]\non = 2027-06-08", '[[closed]]\non = "x"\nname = "y"', "[closed"):
        table.write_text(wrong, "utf-8")
        with pytest.raises(Unreadable, match=re.escape("closed_days.toml")):
            rulebook.load(tmp_path)


def test_a_fixed_set_of_days_makes_calendars_too() -> None:
    from caseworker_app.domain.calendars import Calendars

    calendars = Calendars.of_days([date(2026, 12, 28)])
    assert not calendars.england.is_working(date(2026, 12, 28))
    assert calendars.england.is_working(date(2026, 12, 25))
    assert not calendars.tribunal.is_working(date(2026, 12, 24 + 1))
