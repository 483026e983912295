"""Many rows at once come in whole, however they fill the statements that take them."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select

from caseworker_app.store.bulk import insert_rows
from caseworker_app.store.tables import META


@pytest.mark.parametrize("how_many", [0, 1, 24, 25, 26, 50, 77])
def test_every_row_comes_in_once(how_many: int) -> None:
    rows = [(f"name {at:03}", f"value {at}") for at in range(how_many)]
    with create_engine("sqlite://").begin() as connection:
        META.create(connection)
        insert_rows(connection, META, rows)
        found = connection.execute(select(META).order_by(META.c.name)).all()
    assert [tuple(one) for one in found] == rows
