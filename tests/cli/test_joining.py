"""`merge` and `split`: previewed, carried out, undone, and refused with one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence

ROWS = """Ref,Surname,Forename,DOB,School,Plan issued,AR meeting held
004217,Okafor,Grace,3/3/2014,Acorn House,14/11/2024,16/10/2026
NB 2,Okafor,Gracie,3/3/2014,The Willows,14/11/2024,1/10/2025
NB3,Patel,Rohan,6/5/2019,Acorn House,14/3/2026,
"""


@pytest.fixture
def borough(tmp_path: Path, passphrase: str) -> Path:
    """A store of three cases, two of them perhaps one child."""
    assert passphrase
    tracker, where = tmp_path / "tracker.csv", tmp_path / "borough"
    tracker.write_text(ROWS, encoding="utf-8")
    assert caseworker("import", tracker, "--store", where, "--today", TODAY).code == 0
    return where


def cases(where: Path) -> dict[str, Any]:
    found = caseworker("cases", "--store", where, "--json", "--today", TODAY).json["cases"]
    return {case["reference"]: case for case in found}


def run(command: str, where: Path, *arguments: str) -> Said:
    return caseworker(command, *arguments, "--store", where, "--today", TODAY)


def events(case: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(event["id"], event["kind"], event["on"]) for event in case["events"]}


def parts(ids: list[str], **changed: str) -> list[str]:
    given = {"facts": ",".join(ids), "surname": "Okafor", "forename": "Gloria"}
    given |= {"born": "3/3/2014", **changed}
    return [word for name, value in given.items() for word in (f"--{name}", value)]


def test_every_event_carries_its_id_and_episode(borough: Path) -> None:
    found = [event for case in cases(borough).values() for event in case["events"]]
    assert found
    assert all({"id", "episode", "kind", "on"} <= set(event) for event in found)
    assert len({event["id"] for event in found}) == len(found)


def test_a_merge_is_tried_and_then_carried_out(borough: Path) -> None:
    before = cases(borough)
    tried = run("merge", borough, "4217.0", "nb2", "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "Okafor, Gracie, NB 2, is merged into Okafor, Grace, 004217" in tried.out
    assert "  Forename: Grace stands, Gracie goes" in tried.out
    assert tried.out.endswith("Nothing was changed.\n")
    assert cases(borough) == before

    said = run("merge", borough, "4217.0", "nb2")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Okafor, Gracie, NB 2, merged into Okafor, Grace, 004217: 1 event came over, 1 in both.\n"
    )
    after = cases(borough)
    assert set(after) == {"004217", "NB3"}
    assert {(kind, on) for _, kind, on in events(after["004217"])} == {
        ("plan_sent", "2024-11-14"),
        ("review_meeting_held", "2025-10-01"),
        ("review_meeting_held", "2026-10-16"),
    }
    assert caseworker("check", "--store", borough).code == 0


def test_a_split_is_tried_and_then_carried_out(borough: Path) -> None:
    before = cases(borough)
    held = next(
        event["id"]
        for event in before["004217"]["events"]
        if event["kind"] == "review_meeting_held"
    )
    tried = run("split", borough, "4217", *parts([held], reference="NB9"), "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "A new case, NB9, is made for Okafor, Gloria" in tried.out
    assert cases(borough) == before

    said = run("split", borough, "4217", *parts([held], reference="NB9"))
    assert (said.code, said.err) == (0, "")
    after = cases(borough)
    assert events(after["NB9"]) | events(after["004217"]) == events(before["004217"])
    assert {event["id"] for event in after["NB9"]["events"]} == {held}
    assert (after["NB9"]["forename"], after["NB9"]["born"]) == ("Gloria", "2014-03-03")
    assert caseworker("check", "--store", borough).code == 0


def test_what_was_split_comes_together_again_by_a_merge(borough: Path) -> None:
    before = cases(borough)
    held = before["004217"]["events"][0]["id"]
    assert run("split", borough, "004217", *parts([held])).code == 0
    assert run("merge", borough, "004217", "CW000001").code == 0
    after = cases(borough)
    assert set(after) == set(before)
    assert events(after["004217"]) == events(before["004217"])


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_cannot_be_merged_or_split_is_one_sentence(borough: Path, dry: tuple[str]) -> None:
    before = cases(borough)
    ids = [event["id"] for event in before["004217"]["events"]]
    for command, arguments in (
        ("merge", ["004217", "X99"]),
        ("merge", ["X99", "004217"]),
        ("merge", ["004217", "4217"]),
        ("merge", ["004217", " "]),
        ("merge", ["004217"]),
        ("split", ["X99", *parts(ids[:1])]),
        ("split", ["4217", *parts(ids)]),
        ("split", ["4217", *parts([","])]),
        ("split", ["4217", *parts([""])]),
        ("split", ["4217", *parts([*ids[:1], "987654"])]),
        ("split", ["4217", *parts(["\u0661"])]),
        ("split", ["4217", *parts(ids[:1], surname="")]),
        ("split", ["4217", *parts(ids[:1], forename="  ")]),
        ("split", ["4217", *parts(ids[:1], born="31/02/2014")]),
        ("split", ["4217", *parts(ids[:1], born="1/1/2030")]),
        ("split", ["4217", *parts(ids[:1], born="1/1/1901")]),
        ("split", ["4217", *parts(ids[:1], reference="nb2")]),
        ("split", ["4217", *parts(ids[:1], reference="4217")]),
        ("split", ["4217"]),
    ):
        said = run(command, borough, *arguments, *dry)
        assert said.code == 2, (command, arguments)
        assert one_sentence(said), said
    assert cases(borough) == before
