"""Names are found and sorted by the one fold, on both databases."""

from __future__ import annotations

from caseworker_app.services.desk import OpenDesk
from tests.support.commands import add_caseworker
from tests.support.desks import done, reviewed


def test_a_worker_is_found_without_accents_and_children_sort_by_plain_letters(
    desk: OpenDesk,
) -> None:
    done(desk, add_caseworker("Zoë Øst"))
    key = done(desk, add_caseworker("Renée O\u2019Dowd")) and next(
        one.id for one in desk.caseworkers() if one.name.startswith("R")
    )
    for surname in ("Zane", "Évans", "Evans", "Fox", "O'Neil", "obrien"):
        reviewed(desk, surname, caseworker_id=key)
    right = ["Évans", "Evans", "Fox", "obrien", "O'Neil", "Zane"]

    for typed in ("Renee O'Dowd", "renee odowd", "ODOWD", "Renée O\u2019Dowd"):
        alerts = desk.alerts(worker=typed)
        first = [one.surname for one in alerts if one.due == alerts[0].due]
        assert list(dict.fromkeys(first)) == right
    assert [one.surname for one in desk.cases()] == right
    assert desk.alerts(worker="Zoe Ost") == ()
    assert [one.name for one in desk.caseworkers()] == ["Renée O\u2019Dowd", "Zoë Øst"]
