"""Today's query as each database is asked."""

from __future__ import annotations

import pytest

from caseworker_app.store.today import OPEN_NOW, OPEN_NOW_OF_CHILD, as_on_server


@pytest.mark.parametrize("sql", [OPEN_NOW, OPEN_NOW_OF_CHILD])
def test_a_server_is_not_asked_to_join_every_deadline_to_the_few(sql: str) -> None:
    """It reckons with more open dates than there are, and so read all of them to join them."""
    assert "JOIN deadline" in sql
    assert "JOIN deadline" not in as_on_server(sql)
