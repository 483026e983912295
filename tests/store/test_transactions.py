"""Transactions: all or nothing, one writer at a time, readers see one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Caseworker, Child, Closure, Setting, Transfer
from caseworker_app.domain.records import Entry, Record
from caseworker_app.store import cipher, engine
from caseworker_app.store.opening import open_store
from caseworker_app.store.sql_store import SqlStore
from tests.support.stores import HOW, Places

FULL = Child(
    reference="TH-1",
    surname="O'Neill-Ğ",
    forename="Zoë",
    born=date(2012, 2, 29),
    upn="A123456789012",
    uln="1234567890",
    sex="F",
    need="ASD",
    secondary_need="SLCN",
    setting_id="1",
    caseworker_id="1",
    template="V3",
    actual_year=8,
    actual_year_why="deferred",
    history_from=date(2024, 1, 31),
    transfer=Transfer("post16_to_post16", date(2027, 9, 1)),
    comment="says 'hello'\nand = 1; DROP TABLE child",
    sen2={"ethnicity": "WBRI"},
    id="1",
    version=3,
    typed=frozenset({"surname", "-plan_sent:2020-01-01"}),
    actual_year_on=date(2026, 9, 1),
)
FACTS = (
    Fact("plan_sent", date(2020, 1, 1), {}, None, "1"),
    Fact("review_meeting_fixed", date(2026, 10, 1), {"meeting": date(2026, 11, 2)}, "r1", "2"),
    Fact("exception", date(2026, 10, 2), {"ground": "EXC-C", "note": "flood; 'roof'"}, None, "3"),
)
WORKER = Caseworker("R. Haque", "r@x.gov.uk", active=True, id="1", version=1)
CLOSED = Closure(date(2027, 7, 22), date(2027, 9, 1))
SETTING = Setting("St Anne's", "primary", 6, "123456", (CLOSED,))


def _put(store: SqlStore) -> None:
    with store.writing() as unit:
        unit.put(kind_of(Setting), [replace(SETTING, id="1", version=1)], [])
        unit.put(kind_of(Caseworker), [WORKER], [])
        unit.put_children([(FULL, ((date(2020, 1, 1), "live"),))], [])
        unit.put_facts([("1", fact) for fact in FACTS], [], ())
        unit.append([Entry("child", "1", "case opened", "", "{}")], "2026-11-22T10:42:00Z", "T.")


def test_values_come_back_as_they_went_in(store: SqlStore) -> None:
    _put(store)
    with store.reading() as reading:
        assert reading.records() == {"1": Record(FULL, FACTS)}
        assert reading.records(["1", "7"]) == {"1": Record(FULL, FACTS)}
        assert reading.records(kinds={"plan_sent"})["1"].facts == FACTS[:1]
        assert reading.settings()[0].closures == SETTING.closures
        assert reading.caseworkers() == (WORKER,)
        summary = next(iter(reading.summaries()))
        assert (summary.reference, summary.standing) == ("TH-1", ((date(2020, 1, 1), "live"),))
        assert reading.pointing(kind_of(Child), "setting_id", ["1"]) == ("1",)
        assert reading.pointing(kind_of(Child), "caseworker_id", ["1"]) == ("1",)


def test_an_error_in_the_block_takes_everything_back(store: SqlStore) -> None:
    class Stop(Exception):
        pass

    def half() -> None:
        with store.writing() as unit:
            unit.allot("child", 5)
            unit.put(kind_of(Setting), [Setting("A", id="9")], [])
            raise Stop

    with pytest.raises(Stop):
        half()
    with store.writing() as unit:
        assert unit.settings() == ()
        assert unit.allot("child", 1) == ["1"]


def test_keys_are_never_given_twice(store: SqlStore) -> None:
    with store.writing() as unit:
        assert unit.allot("child", 2) == ["1", "2"]
        assert unit.allot("fact", 1) == ["1"]
    with store.writing() as unit:
        assert unit.allot("child", 1) == ["3"]


def test_a_second_writer_is_told_that_the_store_is_busy(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "_PRAGMAS", (*cipher._PRAGMAS, "busy_timeout=50"))
    monkeypatch.setattr(engine, "_WAIT", "50ms")
    where = places.new()
    first, second = open_store(where, HOW), open_store(where, HOW)

    with first.writing() as unit:
        unit.allot("child", 1)
        with pytest.raises(Unavailable, match="is busy: another program is writing"):
            second.writing().__enter__()
    with second.writing() as unit:
        assert unit.allot("child", 1) == ["2"]
    first.close()
    second.close()


def test_a_reading_is_of_one_moment(places: Places) -> None:
    where = places.new()
    reader, writer = open_store(where, HOW), open_store(where, HOW)

    with reader.reading() as reading:
        assert reading.settings() == ()
        _put(writer)
        assert reading.settings() == ()
    with reader.reading() as reading:
        assert len(reading.settings()) == 1
    reader.close()
    writer.close()


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_reading_cannot_write_on_the_server(store: SqlStore) -> None:
    with (
        pytest.raises(Unavailable, match="may not be written"),
        engine.begin(store.engine, store.where, write=False) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM meta")
