"""Somebody opens a store: who that is, what was tried before, and whether the passphrase will do.

Every start of the window comes through here: it loads little.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.signing_in import person_of
from caseworker_app.services.clock import in_words, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from caseworker_app.domain.permissions import Person
    from caseworker_app.domain.records import Entry
    from caseworker_app.services.ports import Store
    from caseworker_app.services.situation import Situation

WEAK = ("too short", "weak")
"""What `strength.strength` says of passphrases that are not taken any more."""
STORE = "Caseworker"
"""Who says in the trail what nobody at the keyboard did."""
_STRENGTH = "strength:"
_MOST_APART = timedelta(minutes=5)
"""The clocks of a team's computers may differ by so much."""
_MOST_TRIES = 20
"""So many wrong passphrases are on record one by one; of more, how many and when."""


def signed_in(store: Store, account: str, today: date) -> Person:
    """Whoever has opened a store, with their roles on a day; `account` is whose computer it is.

    Raises:
        Refused: they are not among its people, or may not sign in on that day.
    """
    opened = store.opened_by()
    return person_of(opened, store.people() if opened.bound else (), account, today)


def prove(session: Situation, passphrase: str, now: datetime) -> str:
    """Have whoever has opened a store file say their passphrase once more, as a lock asks.

    Wrong ones before it go on record. The value is the name they sign in by, or "".

    Raises:
        WrongPassphrase: it is another one, or comes too soon after wrong ones.
        Refused: the store is a database, to which nobody gave one.
    """
    envelopes = session.store.envelopes
    if envelopes is None:
        raise Refused("Nobody gave a passphrase to a database.", "store")
    envelopes.prove(passphrase, now)
    session.store.look_for_tries()
    put_tries_on_record(session)
    return session.store.opened_by().name


def put_tries_on_record(session: Situation) -> None:
    """Put the wrong passphrases since a store was last opened into its trail."""
    tries = session.store.tries
    if not tries:
        return
    entries = [note(one) for one in _tried(session)]
    with session.store.writing() as unit:
        unit.append(entries, stamp(session.clock.now()), STORE)
    session.store.forget_tries()


def _tried(session: Situation) -> Iterator[str]:
    from caseworker_app.services.wording import counted

    tries = session.store.tries
    for one in tries[-_MOST_TRIES:]:
        whom = f" as {one.person}" if one.person else ""
        yield f"wrong passphrase{whom} on {in_words(stamp(one.at))}"
    if (more := len(tries) - _MOST_TRIES) > 0:
        first = in_words(stamp(tries[0].at))
        many = counted(more, "more wrong passphrase")
        yield f"{many} before that, the first on {first}"


def notice_clock(session: Situation) -> None:
    """Tell, and put on record, that the clock here is behind what was recorded last.

    Moments are kept in UTC, so that no change to winter time looks so.
    """
    found = session.store.rows("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
    now = session.clock.now()
    if not found or now + _MOST_APART >= datetime.fromisoformat(str(found[0][0])):
        return
    last = in_words(str(found[0][0]))
    words = f"the clock of this computer was set back: the entry before this one is of {last}"
    with session.store.writing() as unit:
        unit.append([note(words)], stamp(now), session.who)
    told = (
        f"The clock of this computer says {in_words(stamp(now))}, but something was recorded on "
        f"{last}: set the clock right, for dates are counted by it."
    )
    session.store.notices = (*session.store.notices, told)


def note(what: str) -> Entry:
    """Something that is said in the trail and changes nothing."""
    from caseworker_app.domain.records import Entry

    return Entry("store", "", what, "", "", kind="note")


def ask_for_better(session: Situation, passphrase: str | None) -> None:
    """Tell whoever opened a store with a weak passphrase to change it.

    How strong it is is worked out once for each: that takes a moment.
    """
    envelopes = session.store.envelopes
    if envelopes is None or envelopes.own.recovery:
        return
    own, name = envelopes.own, f"{_STRENGTH}{envelopes.own.id}"
    mark, _, words = session.store.note(name).partition(" ")
    if mark != own.salt.hex():
        if passphrase is None:
            return
        from caseworker_app.services.strength import strength

        words = strength(passphrase)
        with session.store.writing() as unit:
            unit.set_meta({name: f"{own.salt.hex()} {words}"})
    if words in WEAK:
        asked = (
            f"This passphrase is {words}: change it, with File, Change the passphrase, or with "
            "“caseworker person passphrase”."
        )
        session.store.notices = (*session.store.notices, asked)


def weak_words(passphrase: str) -> str:
    """What is wrong with a new passphrase that is guessed too soon; "" with any other."""
    from caseworker_app.services.strength import SHORTEST, strength

    words = strength(passphrase)
    if words not in WEAK:
        return ""
    return (
        f"The new passphrase is {words}: take at least {SHORTEST} characters, best four or five "
        "words that nobody would say after each other."
    )


def refuse_weak(passphrase: str) -> None:
    """Refuse a new passphrase that is guessed too soon. Raises `Refused`."""
    if weak := weak_words(passphrase):
        raise Refused(weak, "new")
