"""`team setup` on a real server: what it prints, and its exit code."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.support.command import caseworker
from tests.support.postgres import Server
from tests.support.stores import postgresql

__all__ = ["postgresql"]


def test_it_says_what_it_did_and_what_is_wrong(postgresql: Server) -> None:
    url = postgresql.database()
    name = urlsplit(url).path[1:]
    first = caseworker("team", "setup", url)
    assert first.code == 0, first.err
    assert f"The role {name}_owner owns the tables" in first.out
    assert "Checked: all is as it should be." in first.out
    assert f'IN ROLE "{name}_people"' in first.out
    postgresql.run(f'ALTER ROLE "{name}_owner" LOGIN')
    again = caseworker("team", "setup", url, "--json")
    assert again.code == 1
    assert again.json["faults"] == ["Somebody can sign in as the role that owns the tables."]


def test_a_file_is_refused() -> None:
    came = caseworker("team", "setup", "team.store")
    assert came.code == 2
    assert came.err.startswith("A team shares a PostgreSQL database")
