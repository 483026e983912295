"""`retention` and `subject-access`: listed, previewed, carried out, refused with one sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.services import commands as do
from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence
from tests.support.sessions import add_child, done


@pytest.fixture
def due(store: Path, passphrase: str) -> Path:
    """The demo store with somebody of 36, of whom a note names another child."""
    session = bootstrap.open_session(
        str(store), passphrase=passphrase, today=date.fromisoformat(TODAY)
    )
    born = date(1990, 5, 5)
    old = add_child(session, "Quillfeather", forename="Zebedee", reference="QF-9017", born=born)
    add_child(session, "Oldacre", forename="Una", reference="OU-1", born=date(2012, 2, 2))
    words = "Spoke of Una Oldacre."
    note = {"child_id": old, "on": date(2020, 1, 1), "kind": "call", "words": words}
    done(session, do.AddRecord("note", note))
    hold = {"child_id": old, "why": "A claim", "asked_by": "Legal", "since": date(2020, 1, 1)}
    done(session, do.AddRecord("legal_hold", hold))
    session.close()
    return store


def run(*arguments: object) -> Said:
    *words, store = arguments
    return caseworker(*words, "--store", store, "--today", TODAY)


def test_a_case_is_listed_held_freed_previewed_and_disposed_of(due: Path, tmp_path: Path) -> None:
    listed = run("retention", "--json", due).json
    [case] = listed["cases"]
    assert (case["reference"], case["state"], case["due"]) == ("QF-9017", "held", "2021-05-05")
    assert "A claim (Legal)" in run("retention", due).out
    said = run("retention", "dispose", "qf-9017", "--basis", "over", "--yes", due)
    assert (said.code, said.out) == (2, "")
    assert one_sentence(said)
    assert "is held and cannot be disposed of: A claim" in said.err
    session = bootstrap.open_session(str(due), today=date.fromisoformat(TODAY))
    done(session, do.ChangeRecord("legal_hold", "1", 1, {"until": date(2026, 1, 1)}))
    session.close()
    backup = tmp_path / "away" / "by hand.backup"
    backup.parent.mkdir()
    assert caseworker("backup", "--store", due, "--to", backup).code == 0
    tried = run("retention", "dispose", "QF-9017", "--basis", "over", due)
    assert "Quillfeather, Zebedee (QF-9017): 1 note, 1 legal hold." in tried.out.replace(
        "1 legal hold, 1 note", "1 note, 1 legal hold"
    )
    assert "Nothing was changed" in tried.out
    gone = run("retention", "dispose", "QF-9017", "--basis", "over", "--yes", "--json", due).json
    assert [one["state"] for one in gone["disposal"]["copies"]] == ["rewritten"]
    assert "Quillfeather" not in json.dumps(gone["disposal"])
    assert run("retention", "--json", due).json["cases"] == []
    assert caseworker("check", "--store", due, "--today", TODAY).code == 0
    [one] = run("retention", "certificate", "--json", due).json["disposals"]
    out = tmp_path / "certificate.docx"
    assert run("retention", "certificate", one["reference"], "--out", out, due).code == 0
    assert out.read_bytes()[:2] == b"PK"
    assert run("retention", "rewrite", due).code == 0
    missing = run("retention", "dispose", "QF-9017", "--basis", "over", due)
    assert one_sentence(missing)
    assert "No case has the reference QF-9017." in missing.err


def test_everything_on_a_child_is_written_with_others_struck_out(due: Path, tmp_path: Path) -> None:
    shown = run("subject-access", "QF-9017", "--json", due).json
    assert [one["name"] for one in shown["others"] if one["struck_out"]] == ["Oldacre, Una (OU-1)"]
    folder = tmp_path / "bundle"
    keep = ("subject-access", "QF-9017", "--keep", "Oldacre, Una (OU-1)", "--out", folder)
    said = run(*keep, due)
    assert one_sentence(said)
    assert "It names another child" in said.err
    assert not folder.exists()
    assert run(*keep, "--although", "Both asked together", due).code == 0
    assert "Una Oldacre" in (folder / "Everything.json").read_text("utf-8")
    plain = tmp_path / "plain"
    assert run("subject-access", "QF-9017", "--out", plain, due).code == 0
    assert "Una" not in (plain / "Everything.json").read_text("utf-8")
