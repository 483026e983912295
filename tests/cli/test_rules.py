"""`rules` from the command line: which rules bind, what others would move, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app import bootstrap
from tests.cli.conftest import TODAY
from tests.support import packs
from tests.support.command import Said, caseworker, one_sentence


def run(*words: object, store: Path) -> Said:
    return caseworker(*words, "--store", store, "--today", TODAY)


def test_newer_rules_wait_until_somebody_accepts_them(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("alerts", "--json", store=store)
    assert before.err == ""
    monkeypatch.setattr(bootstrap, "PACK", packs.slower())

    waiting = run("alerts", "--json", store=store)

    assert waiting.json == before.json
    assert "caseworker rules --accept" in waiting.err
    assert run("check", store=store).code == 0
    told = run("rules", "--json", store=store).json
    assert told["waiting"] is True
    assert told["rules"] == "2026.11.22"
    assert {one["rule"] for one in told["moves"]} == {"AR-07"}
    assert run("alerts", "--json", store=store).json == before.json
    accepted = run("rules", "--accept", store=store)
    assert accepted.code == 0
    assert "The rules of 2027.2.1 are in force." in accepted.out
    after = run("alerts", "--json", store=store)
    assert after.err == ""
    assert after.json != before.json
    assert run("check", store=store).code == 0
    again = run("rules", "--accept", store=store)
    assert (again.code, one_sentence(again)) == (2, True)


def test_rules_of_this_computer_are_told_of_and_brought_in(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setenv("CASEWORKER_RULES", str(folder))
    nothing = run("rules", "--bring-in", store=store)
    assert (nothing.code, one_sentence(nothing)) == (2, True)
    (folder / "readings.toml").write_text('A2 = "anniversary"\n', "utf-8")
    before = run("cases", "--json", store=store)
    assert "caseworker rules --bring-in" in before.err

    brought = run("rules", "--bring-in", store=store)

    assert brought.code == 0, brought.err
    assert "brought in from a folder" in brought.out
    assert "A2=anniversary" in brought.out
    assert run("cases", "--json", store=store).err == ""
    twice = run("rules", "--bring-in", store=store)
    assert (twice.code, one_sentence(twice)) == (2, True)
    assert run("check", store=store).code == 0
    assert run("undo", store=store).code == 0
    assert "A2=anniversary" not in run("rules", store=store).out
