"""What cannot be used comes back as one plain sentence and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import caseworker, one_sentence


@pytest.mark.parametrize(
    "line",
    [
        "bogus",
        "cases --bogus",
        "cases --store",
        "open",
        "demo",
        "demo {tmp}/d --children none",
        "demo {tmp}/d --children 0",
        "demo {tmp}/d --seed x",
        "import",
        "import {tmp}/absent.xlsx --store {tmp}/s",
        "import {tmp} --store {tmp}/s",
        "import {tmp}/absent.xlsx --store {tmp}/s --mapping {tmp}/absent.toml",
        "alerts --store {tmp}/absent",
        "alerts --store {tmp}/absent --within -1",
        "alerts --store {tmp}/absent --within soon",
        "cases --store {tmp}/absent",
        "cases --store {tmp}",
        "cases extra",
        "check --store {tmp}/absent",
        "backup --store {tmp}/absent --to {tmp}/b",
        "backup --store {tmp}/absent",
        "restore {tmp}/absent --store {tmp}/s",
        "restore",
        "return",
        "return nothing",
        "return board",
        "return board --store {tmp}/absent --from 2026-09-01 --to 2026-11-22 --out {tmp}/o.xlsx",
        "return board --store {tmp}/absent --from 2026-09-01 --to 2026-08-01 --out {tmp}/o.xlsx",
        "return board --store {tmp}/absent --from 31/06/2026 --to 2026-11-22 --out {tmp}/o.xlsx",
        "--today 2026-13-01 cases",
        "cases --today 31/02/2026",
        "clock --today yesterdayish",
        "cases --store sqlite:///{tmp}/x",
        "cases --store mysql://someone@somewhere/else",
        "--self-check",
        "--data-dir {tmp}",
        "--self-check --data-dir {tmp}/x cases",
    ],
)
def test_a_line_that_cannot_be_used_is_refused(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "correct horse battery staple")
    before = sorted(tmp_path.iterdir())
    said = caseworker(*(part.format(tmp=tmp_path) for part in line.split()))
    assert said.code == 2
    assert one_sentence(said), said.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("option", ["--store", "--worker"])
def test_an_empty_option_is_refused(option: str) -> None:
    said = caseworker("alerts", option, "")
    assert said.code == 2
    assert one_sentence(said), said.err


def test_without_a_passphrase_or_anybody_to_ask_a_store_is_not_made(tmp_path: Path) -> None:
    said = caseworker("demo", tmp_path / "demo", "--children", 3)
    assert said.code == 2
    assert one_sentence(said), said.err
    assert "passphrase" in said.err.lower()
    assert not list(tmp_path.iterdir())


def test_an_empty_variable_is_an_unset_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "")
    monkeypatch.setenv("CASEWORKER_STORE", "")
    said = caseworker("demo", tmp_path / "demo", "--children", 3)
    assert said.code == 2
    assert "passphrase" in said.err.lower()
    said = caseworker("cases")
    assert said.code == 2
    assert one_sentence(said), said.err


@pytest.mark.parametrize("line", ["--help", "-h", "import --help", "return board -h", "--version"])
def test_help_and_version_are_printed(line: str) -> None:
    said = caseworker(*line.split())
    assert said.code == 0
    assert said.out
    assert said.err == ""


@pytest.mark.parametrize("length", [300, 5000])
def test_a_name_longer_than_the_computer_allows_is_said(length: int, tmp_path: Path) -> None:
    long = tmp_path / ("y" * length)
    for line in (
        ("import", long, "--store", tmp_path / "new", "--dry-run"),
        ("import", tmp_path, "--mapping", long, "--store", tmp_path / "new"),
        ("cases", "--store", long),
        ("backup", "--store", long, "--to", tmp_path / "kept"),
        ("restore", long, "--store", tmp_path / "new"),
        ("clock", long),
    ):
        said = caseworker(*line)
        assert said.code == 2, (line[0], said)
        assert one_sentence(said), (line[0], said.err)
        assert "reference" not in said.err, (line[0], said.err)
