"""How a store is to be opened or made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class How:
    """How to open a store.

    Attributes:
        scripts: the folder of migrations.
        stamp: names the copies that an upgrade keeps, `20261122T104200Z`.
        passphrase: None takes the key that the keyring remembers.
        create: make the store when there is none.
        remember: give the key to the keyring.
    """

    scripts: Path
    stamp: str
    passphrase: str | None = None
    create: bool = False
    remember: bool = False
