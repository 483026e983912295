"""Backups that the program makes by itself, and the yearly proof that one can be restored."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from caseworker_app.domain.backup_times import DRILL_EVERY, KeptBackup
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.records import Entry
from caseworker_app.services.clock import compact, stamp
from caseworker_app.services.heads import sign
from caseworker_app.services.situation import Situation

_DRILL = "restore drill"


def keep_backup(session: Situation, second: Path | None) -> KeptBackup | None:
    """Back a store file up beside itself, where anything was recorded since the last time.

    Anybody's window does so: a backup is encrypted, and tells nothing of any case.

    Args:
        session: the store.
        second: a folder for a copy of it, or None.

    Returns:
        The backup; None where nothing is new, or the store is a server's.

    Raises:
        Unavailable, Unreadable: why there is none.
    """
    if session.store.unsigned:
        sign(session, "backup")
    return session.store.keep_backup(compact(session.clock.now()), second)


def drill(session: Situation) -> str:
    """Restore the newest backup to one side once a year, and say in the trail what came of it.

    Returns:
        What came of it, a sentence; "" where the last drill was less than a year ago, or there is
        no backup to try.
    """
    now = session.clock.now()
    last = session.store.note(_DRILL)
    if last and now - datetime.fromisoformat(last) < DRILL_EVERY:
        return ""
    try:
        found = session.store.rehearse_restore()
    except CaseworkerError as error:
        # It is tried again at the next occasion, until one can be restored.
        return f"The restore drill failed. {error} Make a backup, and check the store."
    if not found:
        return ""
    said = f"restore drill: {found}, was restored to one side and holds what it should"
    with session.store.writing() as unit:
        unit.set_meta({_DRILL: stamp(now)})
        unit.append([Entry("store", "", said, "", "", kind="note")], stamp(now), session.who)
    return f"{said[:1].upper()}{said[1:]}."
