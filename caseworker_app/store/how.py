"""How a store is to be opened or made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class How(NamedTuple):
    """How to open a store.

    Attributes:
        scripts: the folder of migrations.
        stamp: names the copies that an upgrade keeps, `20261122T104200Z`.
        now: the real moment in UTC, whatever day stands in for the clock: wrong passphrases are
            told apart by it.
        passphrase: None takes the key that the keyring remembers.
        create: make the store when there is none.
        person: whose passphrase it is; "" is anybody.
        maker: who makes the store, if it has to be made.
        remember: give the key to the keyring.
    """

    scripts: Path
    stamp: str
    now: datetime
    passphrase: str | None = None
    create: bool = False
    person: str = ""
    maker: str = ""
    remember: bool = False
