"""`person`: adding, listing and ending those who sign in, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.services.commands import AddRecord
from tests.support.command import Said, caseworker, one_sentence
from tests.support.sessions import done

ANN, HERS = "Ann Lee", "seven very plain ducks swim"


def _as(monkeypatch: pytest.MonkeyPatch, passphrase: str, *line: object) -> Said:
    with monkeypatch.context() as patch:
        patch.setenv("CASEWORKER_PASSPHRASE", passphrase)
        return caseworker(*line)


def test_somebody_is_added_listed_ended(
    store: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", HERS)
    said = caseworker("person", "add", ANN, "--role", "data", "--role", "quality", "--store", store)
    assert said.code == 0, said.err
    assert f"{ANN} signs in now, as data officer, quality lead." in said.out
    code = said.out.split("Recovery key: ")[1].split("\n")[0]
    assert len(code) == 39

    listed = caseworker("person", "list", "--store", store, "--json").json["people"]
    (ann,) = (one for one in listed if one["name"] == ANN)
    assert (ann["roles"], ann["state"], ann["ended"]) == (["data", "quality"], "signs in", False)
    (me,) = (one for one in listed if one["name"] != ANN)
    assert len(me["roles"]) == 6
    assert ANN in caseworker("person", "list", "--store", store).out

    hers = _as(monkeypatch, HERS, "cases", "--store", store, "--person", ANN, "--json")
    assert (hers.code, len(hers.json["cases"])) == (0, 60)
    for line in (("cases", "--store", store, "--person", "Zoe"), ("cases", "--store", store)):
        with monkeypatch.context() as patch:
            patch.setenv("CASEWORKER_PERSON", ANN)
            said = caseworker(*line)
        assert said.code == 2
        assert one_sentence(said), said.err
    said = caseworker("person", "roles", ANN, "--role", "reader", "--store", store)
    assert (said.code, said.out) == (
        0,
        f"{ANN} signs in as read only (inspector, auditor) from now on.\n",
    )
    said = caseworker("person", "roles", me["name"], "--role", "reader", "--store", store)
    assert (said.code, "has to stay" in said.err) == (2, True)
    assert caseworker("person", "roles", "Zoe", "--role", "data", "--store", store).code == 2
    said = _as(monkeypatch, HERS, "person", "end", me["name"], "--store", store)
    assert "not for the role" in said.err

    old = Path(f"{store}.key").read_bytes()
    said = caseworker("person", "end", "ann lee", "--store", store)
    assert (said.code, said.err) == (0, "")
    assert _as(monkeypatch, HERS, "cases", "--store", store).code == 2
    listed = caseworker("person", "list", "--store", store, "--json").json["people"]
    assert [one["ended"] for one in listed if one["name"] == ANN] == [True]
    assert _as(monkeypatch, code, "check", "--store", store).code == 0
    for name in ("key", "key.copy"):
        Path(f"{store}.{name}").write_bytes(old)
    said = caseworker("cases", "--store", store)
    assert said.code == 2
    assert "from before it got another key" in said.err


def test_a_passphrase_is_changed_and_a_recovery_key_printed(
    store: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", "password")
    for line in (("add", ANN), ("passphrase",)):
        said = caseworker("person", *line, "--store", store)
        assert said.code == 2
        assert "weak" in said.err
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", "")
    said = caseworker("person", "passphrase", "--store", store)
    assert (said.code, one_sentence(said)) == (2, True)
    assert "CASEWORKER_NEW_PASSPHRASE" in said.err
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", HERS)
    assert caseworker("person", "passphrase", "--store", store, "--leaked").code == 0
    assert caseworker("cases", "--store", store).code == 2
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", HERS)
    said = caseworker("person", "recovery", "--store", store)
    code = said.out.split("Recovery key: ")[1].split("\n")[0]
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", code)
    assert caseworker("check", "--store", store).code == 0


def test_a_weak_passphrase_is_told_where_a_store_is_made_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "password")
    assert caseworker("demo", tmp_path / "d", "--children", 1, "--person", "Ann Lee").code == 0
    said = caseworker("cases", "--store", tmp_path / "d", "--person", "Ann Lee", "--json")
    assert said.code == 0
    assert len(said.json["cases"]) == 1
    assert "This passphrase is weak: change it" in said.err


def test_what_is_in_a_restricted_case_is_listed_to_nobody_who_has_not_opened_it(
    store: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    session = bootstrap.open_session(str(store), passphrase=passphrase)
    bootstrap.add_person(session, ANN, ["reader"], new=HERS, passphrase=passphrase)
    child = session.cases()[0]
    restriction = {"child_id": child.id, "why": "x", "opened_by": "Ola", "since": session.today()}
    done(session, AddRecord("restriction", restriction))
    session.close()
    hers = _as(monkeypatch, HERS, "cases", "--store", store, "--person", ANN, "--json")
    assert child.reference not in hers.out
    assert len(hers.json["cases"]) == 59
    assert hers.err.startswith("1 restricted case is left out")
