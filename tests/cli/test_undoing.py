"""`undo` and `redo` from the command line: the person's own latest, and --yes where it is much."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence


def tracker(folder: Path, children: int) -> Path:
    path = folder / "autumn.csv"
    rows = [f"Z{at},Sur{chr(97 + at)},Ada,0{1 + at % 9}/04/2015" for at in range(children)]
    path.write_text("\n".join(["Case ref,Surname,Forename,DOB", *rows]) + "\n", encoding="utf-8")
    return path


def cases(store: Path) -> str:
    return caseworker("cases", "--store", store, "--json", "--today", TODAY).out


def run(*words: object, store: Path) -> Said:
    return caseworker(*words, "--store", store, "--today", TODAY)


def test_a_large_import_needs_a_yes_both_ways(store: Path, tmp_path: Path) -> None:
    before = cases(store)
    run("import", tracker(tmp_path, 12), store=store)
    after = cases(store)

    refused = run("undo", store=store)
    assert refused.code == 2
    assert one_sentence(refused)
    assert refused.err == (
        "This takes back the import of autumn.csv: 12 cases made; "
        "nothing was changed, --yes does it.\n"
    )
    assert cases(store) == after

    assert run("undo", "--yes", store=store).out == "Undone: import of autumn.csv: 12 cases.\n"
    assert cases(store) == before
    refused = run("redo", store=store)
    assert (refused.code, one_sentence(refused), cases(store)) == (2, True, before)
    assert "12 cases made" in refused.err
    assert run("redo", "--yes", store=store).out == "Redone: import of autumn.csv: 12 cases.\n"
    assert cases(store) == after
    assert run("check", store=store).code == 0


def test_a_small_one_needs_none(store: Path, tmp_path: Path) -> None:
    before = cases(store)
    run("import", tracker(tmp_path, 2), store=store)
    after = cases(store)
    for _ in range(2):
        assert run("undo", store=store).code == 0
        assert cases(store) == before
        assert run("redo", store=store).code == 0
        assert cases(store) == after


def test_with_nothing_to_redo_it_says_so(store: Path) -> None:
    said = run("redo", store=store)
    assert (said.code, said.err) == (2, "There is nothing to redo.\n")


def test_somebody_elses_change_is_not_undone(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", tracker(tmp_path, 2), store=store)
    after = cases(store)
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", "seven very plain ducks swim")
    assert run("person", "add", "Ann Lee", "--role", "senior", store=store).code == 0
    with monkeypatch.context() as hers:
        hers.setenv("CASEWORKER_PASSPHRASE", "seven very plain ducks swim")
        said = run("undo", "--yes", store=store)
    assert (said.code, said.err) == (2, "There is nothing to undo.\n")
    assert cases(store) == after


def test_a_demo_is_not_taken_away_without_a_yes(store: Path) -> None:
    while "60 cases made" not in run("undo", store=store).err:
        said = run("undo", "--yes", store=store)
        assert (said.code, said.out.endswith(" of the demo.\n")) == (0, True)
    before = cases(store)
    for _ in range(3):
        said = run("undo", store=store)
        assert said.code == 2
        assert "60 cases made" in said.err
    assert cases(store) == before
