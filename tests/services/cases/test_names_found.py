"""Names are found and sorted by the one fold, on both databases."""

from __future__ import annotations

from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import done, reviewed


def test_a_worker_is_found_without_accents_and_children_sort_by_plain_letters(
    session: Session,
) -> None:
    done(session, add_caseworker("Zoë Øst"))
    key = done(session, add_caseworker("Renée O\u2019Dowd")) and next(
        one.id for one in session.caseworkers() if one.name.startswith("R")
    )
    for surname in ("Zane", "Évans", "Evans", "Fox", "O'Neil", "obrien"):
        reviewed(session, surname, caseworker_id=key)
    right = ["Évans", "Evans", "Fox", "obrien", "O'Neil", "Zane"]

    for typed in ("Renee O'Dowd", "renee odowd", "ODOWD", "Renée O\u2019Dowd"):
        alerts = session.alerts(worker=typed)
        first = [one.surname for one in alerts if one.due == alerts[0].due]
        assert list(dict.fromkeys(first)) == right
    assert [one.surname for one in session.cases()] == right
    assert session.alerts(worker="Zoe Ost") == ()
    assert [one.name for one in session.caseworkers()] == ["Renée O\u2019Dowd", "Zoë Øst"]
