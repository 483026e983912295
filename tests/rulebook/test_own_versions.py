"""Versions of a rule that a council adds: on each side of the day the right one counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app import paths
from caseworker_app.domain.binding import Binding
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.declarations.own_rules import OwnVersion, RuleFile
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.own_version import is_own_version, period_words
from caseworker_app.domain.people import Child
from caseworker_app.domain.roles import Role, Stage
from caseworker_app.domain.rules import Rulebook, RuleVersion
from caseworker_app.rulebook import load, load_pack, shipped

PACK = shipped(paths.resources())
FROM = date(2027, 1, 1)


def rule(name: str) -> RuleVersion:
    return load(paths.resources())[0].of(name)[0]


def version(name: str = "NA-02", **more: Any) -> OwnVersion:
    base = rule(name)
    given: dict[str, Any] = {
        "rule": base.rule,
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


def loaded(*versions: OwnVersion, **records: Any) -> tuple[Rulebook, Calendars]:
    own = {kind_of(OwnVersion): versions, **{kind_named(k): v for k, v in records.items()}}
    return load_pack(PACK, Binding(records=own))


def test_the_version_before_ends_and_each_side_counts_by_its_own() -> None:
    book, calendars = loaded(version())
    old, new = book.of("NA-02")
    assert (old.until, new.since, new.until) == (date(2026, 12, 31), FROM, None)
    assert is_own_version(new)
    assert not is_own_version(old)
    assert new.why == "4 weeks from the request of {day}"
    assert [one.role for one in (old, new)] == [Role.ASSESS, Role.ASSESS]
    for asked, due in (
        (date(2026, 12, 31), date(2027, 2, 11)),
        (FROM, date(2027, 1, 29)),
    ):
        found = deadlines(
            Child("r", "s", "f", None), None, (Fact("request_received", asked),), book, calendars
        )
        assert {one.due for one in found if one.rule == "NA-02"} == {due}


def test_a_file_that_says_no_role_plays_that_of_the_version_before() -> None:
    text = PACK.rules()["NA-02.toml"].replace("from = 2014-09-01", f"from = {FROM}")
    lines = [one for one in text.splitlines() if not one.startswith(("role", "stage"))]
    by_hand = RuleFile(name="ours.toml", body="\n".join(lines))
    kept = loaded(rule_file=(by_hand,))[0].of("NA-02")
    assert [one.since for one in kept][1:] == [FROM]
    assert {(one.role, one.stage) for one in kept} == {(Role.ASSESS, Stage.ASSESSMENT)}


@pytest.mark.parametrize("turned", [False, True])
def test_one_put_between_two_ends_where_the_later_begins(turned: bool) -> None:
    both = [version(since=date(2028, 1, 1), number=3), version()]
    found = loaded(*(reversed(both) if turned else both))[0].of("NA-02")
    assert [(one.number, one.until) for one in found] == [
        (6, date(2026, 12, 31)),
        (4, date(2027, 12, 31)),
        (3, None),
    ]


def test_a_rule_that_counts_no_number_keeps_its_way_to_count() -> None:
    base = next(
        one for one in load(paths.resources())[0].versions if one.primitive and not one.number
    )
    new = loaded(version(base.rule, number=None, unit=""))[0].of(base.rule)[-1]
    assert (new.primitive, new.number) == (base.primitive, base.number)
    assert new.source == "Some Regulations 2026, reg 5"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": None}, "number"),
        ({"unit": ""}, "unit"),
        ({"since": date(2014, 9, 1)}, "since"),
        ({"rule": "NA-99"}, "rule"),
    ],
)
def test_what_cannot_be_a_version_is_refused_with_its_field(
    more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        loaded(version(**more))
    assert refused.value.field == field


def test_two_from_one_day_are_refused() -> None:
    with pytest.raises(Refused, match="There is a version from 2027-01-01 already") as refused:
        loaded(version(), version(number=5))
    assert refused.value.field == "since"


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
