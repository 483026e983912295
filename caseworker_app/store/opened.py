"""What an open store is to those who look it over or copy it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from caseworker_app.store import cipher
    from caseworker_app.store.places import Place
    from caseworker_app.store.signing import Signer


class OpenedStore(Protocol):
    """A store file or a PostgreSQL database that is open.

    Attributes:
        place: where it is.
        scripts: the folder of migrations.
        key: the raw key of a store file.
        passphrase: what encrypts a backup of a PostgreSQL store.
    """

    place: Place
    scripts: Path
    key: bytes
    passphrase: str | None

    @property
    def where(self) -> str:
        """The path or address, without any password."""
        ...

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine."""
        ...

    @property
    def file(self) -> cipher.Connection | None:
        """The open connection to a store file; None on PostgreSQL."""
        ...

    def signer(self) -> Signer | None:
        """Whoever has opened it, as they sign; None where they have no signing key."""
        ...

    def refuse_another_file(self) -> None:
        """Refuse to go on when the file at the path is not the one that was opened."""
        ...
