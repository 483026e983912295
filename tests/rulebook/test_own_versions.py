"""Versions of a rule that a council adds: on each side of the day the right one counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from caseworker_app.rulebook.own import add_version, read_own, remove_version, version_text

from caseworker_app import paths
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.own_version import OwnVersion, is_own_version, period_words
from caseworker_app.domain.people import Child
from caseworker_app.domain.roles import Role, Stage
from caseworker_app.domain.rules import Rulebook, RuleVersion
from caseworker_app.rulebook import load
from caseworker_app.rulebook.rules_file import read_rules

FROM = date(2027, 1, 1)


def rule(name: str) -> RuleVersion:
    return load(paths.resources())[0].of(name)[0]


def version(name: str = "NA-02", **more: object) -> OwnVersion:
    base = rule(name)
    given = {
        "base": base,
        "since": FROM,
        "title": base.title,
        "what": base.what,
        "number": 4,
        "unit": "weeks_after",
        "period": "within 4 weeks",
        "source": "Some Regulations 2026, reg 5",
        "address": "https://example.org/regulations",
        "checked_on": date(2026, 11, 22),
    }
    return OwnVersion(**{**given, **more})


def book_with(folder: Path) -> Rulebook:
    return load(paths.resources(), extra_rules=read_own(folder)[0])[0]


def test_the_version_before_ends_and_each_side_counts_by_its_own(tmp_path: Path) -> None:
    add_version(tmp_path, version())
    book, calendars = load(paths.resources(), extra_rules=read_own(tmp_path)[0])
    old, new = book.of("NA-02")
    assert (old.until, new.since, new.until) == (date(2026, 12, 31), FROM, None)
    assert is_own_version(new)
    assert not is_own_version(old)
    assert new.why == "4 weeks from the request of {day}"
    for asked, due in (
        (date(2026, 12, 31), date(2027, 2, 11)),
        (FROM, date(2027, 1, 29)),
    ):
        found = deadlines(
            Child("r", "s", "f", None), None, (Fact("request_received", asked),), book, calendars
        )
        assert {one.due for one in found if one.rule == "NA-02"} == {due}


def test_a_version_plays_the_role_of_the_one_before(tmp_path: Path) -> None:
    add_version(tmp_path, version())
    assert [one.role for one in book_with(tmp_path).of("NA-02")] == [Role.ASSESS, Role.ASSESS]
    (file,) = tmp_path.glob("*.toml")
    lines = file.read_text(encoding="utf-8").splitlines()
    older = [line for line in lines if not line.startswith(("role", "stage"))]
    assert len(older) == len(lines) - 2
    file.write_text("\n".join(older), encoding="utf-8")
    kept = book_with(tmp_path).of("NA-02")
    assert {(one.role, one.stage) for one in kept} == {(Role.ASSESS, Stage.ASSESSMENT)}


def test_taken_away_the_version_before_stands_again(tmp_path: Path) -> None:
    add_version(tmp_path, version())
    remove_version(tmp_path, version().file)
    assert [one.until for one in book_with(tmp_path).of("NA-02")] == [None]


def test_one_put_between_two_ends_where_the_later_begins(tmp_path: Path) -> None:
    add_version(tmp_path, version(since=date(2028, 1, 1), number=3))
    between = book_with(tmp_path).in_force("NA-02", FROM)
    add_version(tmp_path, version(base=between))
    assert [(one.number, one.until) for one in book_with(tmp_path).of("NA-02")] == [
        (6, date(2026, 12, 31)),
        (4, date(2027, 12, 31)),
        (3, None),
    ]


@pytest.mark.parametrize("name", [one.rule for one in load(paths.resources())[0].versions])
def test_every_rule_survives_being_written(name: str) -> None:
    made = version(name, unit=rule(name).primitive, number=rule(name).number, period="p").made()
    assert read_rules(version_text(made), made.file) == (made,)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"what": ""}, "what"),
        ({"period": ""}, "period"),
        ({"source": ""}, "source"),
        ({"number": None}, "number"),
        ({"unit": "moons"}, "number"),
        ({"address": "http://example.org"}, "address"),
        ({"since": date(2014, 9, 1)}, "since"),
    ],
)
def test_what_cannot_be_a_version_is_refused_with_its_field(
    more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        version(**more).check()
    assert refused.value.field == field


def test_two_from_one_day_are_refused_by_the_loader(tmp_path: Path) -> None:
    add_version(tmp_path, version())
    files, _ = read_own(tmp_path)
    files["another.toml"] = version_text(version(number=5).made())
    with pytest.raises(Unreadable, match=r"two versions of NA-02 are in force on 2027-01-01"):
        load(paths.resources(), extra_rules=files)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (5, "weeks_after", "within 5 weeks"),
        (1, "wdays_after", "within 1 working day"),
        (15, "days_from", "within 15 days"),
        (2, "months_before", "at least 2 months before"),
        (1, "weeks_before", "at least 1 week before"),
    ],
)
def test_the_period_is_worded_as_it_is_counted(number: int, unit: str, words: str) -> None:
    assert period_words(rule("NA-02"), number, unit) == words
