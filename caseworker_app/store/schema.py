"""Which revision of the tables this application knows, and which one a store has.

Read by plain SQL, so that a start that finds nothing to do never loads the migration library.
"""

from __future__ import annotations

from caseworker_app.domain.errors import Unavailable, Unreadable

KNOWN = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"),
    *("0012", "0013", "0014", "0015", "0016", "0017", "0018", "0019", "0020"),
)
"""Every revision in `db/migrations/versions`, oldest first; a test holds it to be so."""

HEAD = KNOWN[-1]
"""The newest."""

READ_REVISION = "SELECT version_num FROM alembic_version"


def judge(revision: str | None, shown: str) -> bool:
    """Whether a store of this revision can be used as it is; False where it is to be upgraded.

    Raises:
        Unavailable: a newer application made it.
        Unreadable: it has no revision, so it is no store of ours.
    """
    if revision == HEAD:
        return True
    if revision is None:
        raise Unreadable(f"{shown} is not a Caseworker store.")
    if revision not in KNOWN:
        raise Unavailable(
            f"{shown} was made by a newer Caseworker (revision {revision}; this one knows up to "
            f"{HEAD}): update this Caseworker first."
        )
    return False
