from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.covered import with_cover


@dataclass(frozen=True)
class Held:
    caseworker: str
    caseworker_id: str


def test_a_case_covered_says_so_beside_the_name_and_in_full_when_read_aloud() -> None:
    away = {"7": "covered by you until 3 Dec 2026"}
    names: Column[Held] = Column("caseworker", "Caseworker", lambda row: row.caseworker)
    other: Column[Held] = Column("child", "Child", lambda row: row.caseworker_id)
    told, untouched = with_cover([names, other], lambda: away)
    assert untouched is other
    covered, own = Held("S. Miah", "7"), Held("S. Miah", "8")
    assert (told.text(covered), told.text(own)) == ("S. Miah (covered)", "S. Miah")
    assert told.said(covered) == "S. Miah, covered by you until 3 Dec 2026"
    assert told.said(own) == "S. Miah"
    assert told.order(covered) == told.order(own)
    away.clear()
    assert told.text(covered) == "S. Miah"
