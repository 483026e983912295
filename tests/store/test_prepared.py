"""Rows asked for by keys: all of them, each once, however many are asked for."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Entry
from caseworker_app.store.sql_store import SqlStore

_AT = "2026-11-22T10:42:00Z"


def test_rows_of_keys_are_those_asked_for_each_once(store: SqlStore) -> None:
    with store.writing() as unit:
        keys = unit.allot("child", 70)
        made = [(Child(f"T-{key}", "A", "B", None, id=key, version=1), ()) for key in keys]
        unit.put_children(made, [])
        facts = [(key, Fact("plan_sent", date(2026, 1, 1), {}, None, key)) for key in keys]
        unit.put_facts(facts, [], ())
    with store.reading() as reading:
        for how_many in (0, 1, 2, 3, 64, 65, 70):
            asked = keys[::-1][:how_many]
            found = [one.id for one in reading.summaries(asked)]
            assert sorted(found, key=int) == sorted(asked, key=int)
            assert {child for child, _ in reading.facts_named(asked).values()} == set(asked)


def test_the_newest_entries_of_one_child_are_those_among_several(store: SqlStore) -> None:
    with store.writing() as unit:
        for number in range(6):
            whose = str(1 + number % 2)
            unit.append([Entry("child", whose, f"change {number}", "", "{}")], _AT, "T.")
    with store.reading() as reading:
        own = reading.latest_entries(2, only=("1",))
        both = reading.latest_entries(9, only=("1", "2"))
    assert [one.seq for one in own] == [one.seq for one in both if one.child == "1"][:2]
    assert len(own) == 2
