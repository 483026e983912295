"""Open a store, make it when asked, and say in one sentence what stands in the way."""

from __future__ import annotations

from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import Missing, Unavailable
from caseworker_app.store import cipher, replacing, schema
from caseworker_app.store.envelopes import Envelopes
from caseworker_app.store.holding import alone, hold_open
from caseworker_app.store.how import How
from caseworker_app.store.making import finish_interrupted, make_file, nothing_there
from caseworker_app.store.places import Place, disposal_list, place
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.unlocking import unlocked
from caseworker_app.store.unsafe_folders import refuse_unsafe


def open_store(where: str, how: How) -> SqlStore:
    """Open the store at a path or address.

    Raises:
        Missing, PassphraseNeeded, WrongPassphrase, Unavailable, Unreadable, Refused: see
            `services.application.Application.open_session`.
    """
    at = place(where)
    return _open_server(at, how) if at.path is None else _open_file(at, at.path, how)


def _open_file(at: Place, path: Path, how: How) -> SqlStore:
    refuse_unsafe(path)
    told = finish_interrupted(path)
    if not path.exists():
        if not how.create:
            raise Missing(nothing_there(path))
        try:
            make_file(path, how)
        except Unavailable:
            # Unless another made it in the same moment: then it is opened.
            if not path.exists():
                raise
    lock = hold_open(path)
    try:
        found = unlocked(path, how.passphrase, how.now, how.person, remember=how.remember)
        connection, key = found.connection, found.held.key
        if not _is_of_today(connection, path):
            connection.close()
            lock.release()
            _upgrade_file(path, key, how)
            lock = hold_open(path)
            connection = cipher.open_file(path, key)
        replacing.sweep(path)
    except BaseException:
        lock.release()
        raise
    notices = tuple(one for one in (told, found.said) if one)
    store = SqlStore(at, how.scripts, connection, key, lock=lock, notices=notices)
    store.tries = found.tries
    store.envelopes = Envelopes(path, found.held, found.envelope)
    return store


def _is_of_today(connection: cipher.Connection, path: Path) -> bool:
    try:
        return schema.judge(_revision_of_file(connection, path), str(path))
    except BaseException:
        connection.close()
        raise


def _revision_of_file(connection: cipher.Connection, path: Path) -> str | None:
    sql = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    with cipher.plain_errors(str(path)):
        if connection.execute(sql).fetchone() is None:
            return None
        found = connection.execute(schema.READ_REVISION).fetchone()
    return str(found[0]) if found else None


def _upgrade_file(path: Path, key: bytes, how: How) -> None:
    from caseworker_app.store.migrate import upgrade_file

    with files.plain_errors(path), alone(path):
        replacing.sweep(path)
        connection = cipher.open_file(path, key)
        done_meanwhile = _is_of_today(connection, path)
        connection.close()
        if not done_meanwhile:
            with replacing.workshop(path) as folder:
                kept = replacing.free_name(path, "before-upgrade", how.stamp)
                upgrade_file(path, key, how.scripts, kept, folder)


def _open_server(at: Place, how: How) -> SqlStore:
    from caseworker_app.store.engine import begin, have_alone
    from caseworker_app.store.migrate import current, upgrade

    store = SqlStore(at, how.scripts, passphrase=how.passphrase)
    try:
        store.hold_server()
        with begin(store.engine, at.shown, write=False) as connection:
            revision = current(connection)
        if revision is None and not how.create:
            raise Missing(f"There is no store in {at.shown}.")
        if revision is None or not schema.judge(revision, at.shown):
            store.let_go()
            with begin(store.engine, at.shown, write=True) as connection:
                # Another may have done it while this one waited for its turn.
                if current(connection) != schema.HEAD:
                    have_alone(connection, at.shown)
                    upgrade(connection, how.scripts)
            store.hold_server()
        _follow_people(store)
    except BaseException:
        store.close()
        raise
    return store


def _follow_people(store: SqlStore) -> None:
    """Let the roles on a team's server be those in the store, where a day or a log-in came since.

    What is changed in the store they follow at once; see `team_functions`.
    """
    from caseworker_app.store.engine import begin
    from caseworker_app.store.team_functions import DIFFERS, FOLLOW

    with begin(store.engine, store.where, write=False) as connection:
        found = connection.exec_driver_sql(f"SELECT to_regprocedure('{FOLLOW}()') IS NOT NULL")
        if not found.scalar():
            return
        behind = connection.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {DIFFERS}())")  # noqa: S608
        if not behind.scalar():
            return
    with begin(store.engine, store.where, write=True) as connection:
        connection.exec_driver_sql(f"SELECT {FOLLOW}()")


def restore_into(backup: Path, where: str, how: How) -> str:
    """Put a backup in the place of a store; the value is where what was there is kept, or "".

    Raises:
        Refused: the database holds a store already.
        Missing, PassphraseNeeded, WrongPassphrase, Unavailable, Unreadable: nothing has changed.
    """
    from caseworker_app.store.disposal_lists import keep_unread, lists_for_restore

    at = place(where)
    disposals = lists_for_restore(backup, at.path)
    if at.path is not None:
        from caseworker_app.store.backup import restore_file

        with files.plain_errors(at.path):
            keep_unread(disposal_list(at.path))
        return restore_file(backup, at.path, how.stamp, how.passphrase, disposals)
    from caseworker_app.store.copying import restore_server

    store = SqlStore(at, how.scripts)
    try:
        restore_server(store, backup, how.passphrase, disposals)
    finally:
        store.close()
    return ""
