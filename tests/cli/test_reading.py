"""The commands that read a store: their JSON is exact, their tables are for people."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from caseworker_app.domain.facts import KINDS
from tests.cli.conftest import TODAY
from tests.support.command import caseworker

CASE_KEYS = [
    *("reference", "surname", "forename", "born", "upn", "uln", "sex", "need", "secondary_need"),
    *("setting", "caseworker", "template", "status", "events"),
    *("comment", "history_from", "actual_year", "setting_kind", "setting_last_year", "aspects"),
]
ALERT_KEYS = ["reference", "rule", "due", "target", "state", "days", "who", "caseworker"]


def test_cases_are_whole_and_in_order(store: Path) -> None:
    said = caseworker("cases", "--store", store, "--json", "--today", TODAY)
    assert (said.code, said.err) == (0, "")
    cases = said.json["cases"]
    assert len(cases) == 60
    assert [case["reference"] for case in cases] == sorted(case["reference"] for case in cases)
    for case in cases:
        assert list(case) == CASE_KEYS
        assert date.fromisoformat(case["born"]) < date.fromisoformat(TODAY)
        assert case["status"] in {"live", "assessment", "ceased", "no plan"}
        for event in case["events"]:
            assert set(event) - {"id", "kind", "on", "episode"} <= {
                key.name for key in KINDS[event["kind"]].keys
            }
            assert date.fromisoformat(event["on"]) <= date.fromisoformat(TODAY)


def test_the_same_arguments_make_the_same_store(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert caseworker("demo", other, "--children", 60, "--today", TODAY).code == 0
    for command in ("cases", "alerts"):
        first = caseworker(command, "--store", store, "--json", "--today", TODAY)
        second = caseworker(command, "--store", other, "--json", "--today", TODAY)
        assert first.out == second.out


def test_alerts_are_open_deadlines_soonest_first(store: Path) -> None:
    said = caseworker("alerts", "--store", store, "--json", "--today", TODAY)
    assert (said.code, said.err) == (0, "")
    assert said.json["today"] == TODAY
    alerts = said.json["alerts"]
    assert alerts
    assert [alert["due"] for alert in alerts] == sorted(alert["due"] for alert in alerts)
    for alert in alerts:
        assert list(alert) == ALERT_KEYS
        due, today = date.fromisoformat(alert["due"]), date.fromisoformat(TODAY)
        assert alert["days"] == (due - today).days
        assert alert["state"] in {"due", "overdue", "exception_claimed"}
        assert (alert["state"] == "due") == (alert["days"] >= 0)
        assert alert["target"] <= alert["due"]


def test_within_and_worker_leave_the_rest_out(store: Path) -> None:
    whole = caseworker("alerts", "--store", store, "--json", "--today", TODAY).json["alerts"]
    soon = caseworker("alerts", "--store", store, "--json", "--today", TODAY, "--within", 14)
    assert soon.json["alerts"] == [alert for alert in whole if alert["days"] <= 14]
    worker = next(alert["caseworker"] for alert in whole if alert["caseworker"])
    part = worker.split()[-1].upper()
    hers = caseworker("alerts", "--store", store, "--json", "--today", TODAY, "--worker", part)
    assert hers.json["alerts"] == [a for a in whole if part in a["caseworker"].upper()]


@pytest.mark.parametrize("place", ["before", "after"])
def test_today_may_stand_before_or_after_the_command(store: Path, place: str) -> None:
    day = ("--today", "1 March 2027")
    line = [*day, "alerts"] if place == "before" else ["alerts", *day]
    said = caseworker(*line, "--store", store, "--json")
    assert said.json["today"] == "2027-03-01"


def test_the_store_may_come_from_the_environment(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_STORE", str(store))
    assert len(caseworker("cases", "--json").json["cases"]) == 60


def test_cases_can_be_read_as_they_were_known_on_an_evening(store: Path) -> None:
    now = caseworker("cases", "--store", store, "--json", "--today", TODAY).json
    said = caseworker("cases", "--store", store, "--json", "--known-at", TODAY, "--today", TODAY)
    assert (said.code, said.err) == (0, "")
    assert said.json == {"known_at": TODAY, **now, "disposed": 0}
    day_before = (date.fromisoformat(TODAY) - timedelta(days=1)).isoformat()
    before = caseworker("cases", "--store", store, "--json", "--known-at", day_before)
    assert before.json["cases"] == []
    table = caseworker("cases", "--store", store, "--known-at", TODAY, "--today", TODAY)
    assert table.out.startswith("60 cases")


def test_without_json_a_person_reads_tables(store: Path) -> None:
    cases = caseworker("cases", "--store", store, "--today", TODAY)
    alerts = caseworker("alerts", "--store", store, "--today", TODAY)
    assert cases.out.startswith("60 cases")
    assert "open deadlines on 22 Nov 2026" in alerts.out
    assert cases.err == alerts.err == ""
    rows = [line for line in cases.out.splitlines() if line.strip().startswith("NB2")]
    assert len(rows) == 60


def test_the_clock_says_of_stored_facts_what_the_alerts_say(store: Path) -> None:
    """Rules that need no setting come out the same from the store and from the calculator."""
    cases = caseworker("cases", "--store", store, "--json", "--today", TODAY).json["cases"]
    given = [
        {"id": case["reference"], "born": case["born"], "events": case["events"]} for case in cases
    ]
    said = caseworker("clock", "--today", TODAY, given=json.dumps({"cases": given}))
    assert (said.code, said.err) == (0, "")
    counted = {
        (case["id"], deadline["rule"], deadline["due"], deadline["state"])
        for case in said.json["cases"]
        for deadline in case["deadlines"]
        if deadline["state"] in {"due", "overdue", "exception_claimed"}
        and deadline["rule"].startswith(("AR-", "NA-"))
    }
    alerts = caseworker("alerts", "--store", store, "--json", "--today", TODAY).json["alerts"]
    stored = {
        (alert["reference"], alert["rule"], alert["due"], alert["state"])
        for alert in alerts
        if alert["rule"].startswith(("AR-", "NA-"))
    }
    assert stored == counted
    assert stored


def test_a_sound_store_is_proved_sound(store: Path) -> None:
    assert caseworker("check", "--store", store, "--json").json == {"sound": True, "problems": []}
    said = caseworker("check", "--store", store)
    assert (said.code, said.out) == (0, "File, audit chain and deadlines are sound.\n")


def test_a_damaged_store_is_told_and_left_as_it_is(store: Path) -> None:
    whole = bytearray(store.read_bytes())
    # Not among the tables that opening itself reads.
    whole[len(whole) * 3 // 4] ^= 255
    store.write_bytes(whole)
    said = caseworker("check", "--store", store, "--json")
    assert said.code == 1
    assert said.json["sound"] is False
    assert any("damaged" in problem for problem in said.json["problems"])
    assert store.read_bytes() == bytes(whole)
