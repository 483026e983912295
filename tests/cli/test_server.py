"""The commands on a PostgreSQL database instead of a file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import TODAY
from tests.support.command import caseworker, one_sentence
from tests.support.postgres import Server
from tests.support.stores import postgresql

__all__ = ["postgresql"]


def test_a_database_holds_what_a_file_holds(
    store: Path, postgresql: Server, tmp_path: Path
) -> None:
    url = postgresql.database()
    made = caseworker("demo", url, "--children", 60, "--today", TODAY)
    assert (made.code, made.err) == (0, "")
    for command in ("cases", "alerts"):
        of_file = caseworker(command, "--store", store, "--json", "--today", TODAY)
        of_server = caseworker(command, "--store", url, "--json", "--today", TODAY)
        assert of_server.out == of_file.out
    assert caseworker("check", "--store", url).code == 0
    assert caseworker("backup", "--store", url, "--to", tmp_path / "kept").code == 0
    back = tmp_path / "back"
    assert caseworker("restore", tmp_path / "kept", "--store", back).code == 0
    assert caseworker("cases", "--store", back, "--json").json == of_cases(url)


def of_cases(where: object) -> object:
    return caseworker("cases", "--store", where, "--json").json


def test_a_database_without_a_store_and_a_server_that_is_not_there_are_refused(
    postgresql: Server, passphrase: str
) -> None:
    for url in (postgresql.database(), "postgresql://nobody@127.0.0.1:9/none?connect_timeout=2"):
        said = caseworker("cases", "--store", url)
        assert said.code == 2
        assert one_sentence(said), said.err


def test_a_password_in_an_address_is_not_repeated(passphrase: str) -> None:
    url = "postgresql://somebody:s3cretw0rd@127.0.0.1:9/none?connect_timeout=2"
    said = caseworker("cases", "--store", url)
    assert said.code == 2
    assert "s3cretw0rd" not in said.err
