"""The returns that have been published, kept in the store so that the next does not undo them."""

from __future__ import annotations

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.records import Entry
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation

_NAME = "published:"


def published_before(reading: Reading) -> tuple[Edition, ...]:
    """Every return that was published, the first first.

    Raises:
        Unreadable: what was kept of one cannot be read.
    """
    kept = {name: text for name, text in reading.meta().items() if name.startswith(_NAME)}
    return tuple(edition_of(kept[name]) for name in sorted(kept))


def keep_published(session: Situation, edition: Edition, what_it_is: str = "board return") -> None:
    """Remember that a return has been published, once, and say so in the trail."""
    text = edition.as_text()
    with session.store.writing() as unit:
        kept = [name for name in unit.meta() if name.startswith(_NAME)]
        if any(unit.meta()[name] == text for name in kept):
            return
        unit.set_meta({f"{_NAME}{len(kept) + 1:06}": text})
        period = f"{day_words(edition.period.start)} to {day_words(edition.period.end)}"
        what = f"{what_it_is} published, {period}, as at {day_words(edition.as_at)}"
        entry = Entry("store", "", what, "", "", kind="note")
        unit.append([entry], stamp(session.clock.now()), session.who)
