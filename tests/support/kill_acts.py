"""The acts that a kill may interrupt, each with what must hold whenever it did.

Every act works on `x.store` in a folder. `do` gets a callable that it tells what was confirmed to
the person; `judge` gets what was told, and raises `AssertionError` when anything of it is lost,
when no store opens, or when something is left over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused, WrongPassphrase
from caseworker_app.services.session import Session
from caseworker_app.store.opening import restore_into
from tests.support.sessions import add_child, incoming, incoming_case
from tests.support.stores import HOW, PASSPHRASE, TODAY

Confirm = Callable[[str], None]
OTHER = "the passphrase of another day"
ANN, HERS = "Ann Lee", "seven very plain ducks swim"
RELEASED = Path(__file__).parent.parent / "store" / "released" / "0001"
_ROWS = 30
_CASES = incoming(*(incoming_case(row) for row in range(2, 2 + _ROWS)))


@dataclass(frozen=True, slots=True)
class Act:
    """Something that changes files.

    Attributes:
        name: what it is called.
        base: the folder it starts from, as `prepare` made it.
        do: does it; what it confirms is told.
        judge: says whether what is there is as it should be.
    """

    name: str
    base: str
    do: Callable[[Path, Confirm], None]
    judge: Callable[[Path, list[str]], None]


def prepare(base: Path, *, demo: bool) -> None:
    """Make the folders that the acts start from: `empty`, `filled`, `people` and `released`.

    Where a demo is among the acts one is made here first, so that each fork knows its way.
    """
    (base / "empty").mkdir(parents=True)
    filled = base / "filled"
    filled.mkdir()
    _keep_apart(base)
    where = filled / "x.store"
    session = _open(where, create=True)
    add_child(session, "Early")
    session.backup(filled / "b")
    add_child(session, "Late")
    session.close()
    bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=OTHER)
    shutil.copytree(RELEASED, base / "released")
    for one in (base / "released").iterdir():
        if one.name.startswith("caseworker.store"):
            one.rename(one.with_name(one.name.replace("caseworker.store", "x.store")))
        else:
            one.unlink()
    # A store that was open when its computer went down: its last work is in its log alone.
    if (pid := os.fork()) == 0:
        session = _open(where, OTHER)
        add_child(session, "Last")
        os._exit(0)
    os.waitpid(pid, 0)
    assert where.with_name("x.store-wal").stat().st_size
    shutil.copytree(filled, base / "people")
    session = _open(base / "people" / "x.store", OTHER)
    bootstrap.add_person(session, ANN, new=HERS, passphrase=OTHER)
    session.close()
    if demo:
        bootstrap.demo(str(base / "first"), children=1, today=TODAY, passphrase=PASSPHRASE)


def _keep_apart(folder: Path) -> None:
    os.environ["CASEWORKER_TEMP"] = str(folder / "temp")
    os.environ["HOME"] = str(folder / "home")
    os.environ.pop("CASEWORKER_PASSPHRASE", None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.umask(0o077)


def _open(where: Path, passphrase: str = PASSPHRASE, *, create: bool = False) -> Session:
    return bootstrap.open_session(str(where), passphrase=passphrase, today=TODAY, create=create)


def _surnames(where: Path, passphrase: str, *, by_older_rules: bool = False) -> set[str]:
    """The surnames in a store that opens and is sound.

    One that an older program counted has a recount accepted first.
    """
    session = _open(where, passphrase)
    try:
        if by_older_rules and session.counted_otherwise():
            session.recompute()
        assert session.check() == (), session.check()
        return {row.surname for row in session.cases()}
    finally:
        session.close()


def _either(where: Path, *passphrases: str) -> tuple[str, set[str]]:
    """Which passphrase opens a store, and the surnames in it."""
    for passphrase in passphrases:
        try:
            return passphrase, _surnames(where, passphrase)
        except WrongPassphrase:
            continue
    raise AssertionError(f"no passphrase opens {where.name}")


def _nothing_left(folder: Path) -> None:
    """Nothing but stores, their keys, and the backup; nothing in the temporary folder either."""
    from caseworker_app import scratch

    left = {one.name for one in folder.iterdir()} - {"temp", "home", "b"}
    stores = {one for one in left if not one.endswith((".key", ".key.copy"))}
    assert all(one == "x.store" or one.startswith("x.store.before-") for one in stores), left
    # A key without a store is of one that was never made.
    assert all(one.removesuffix(".copy").removesuffix(".key") in stores for one in left - stores), (
        left
    )
    scratch.sweep()
    temp = folder / "temp"
    assert not temp.exists() or not list(temp.iterdir()), list(temp.iterdir())


def _kept(folder: Path, why: str) -> list[Path]:
    found = sorted(folder.glob(f"x.store.before-{why}-*"))
    return [one for one in found if not one.name.endswith((".key", ".copy", "-wal", "-shm"))]


EARLY, ALL = {"Early"}, {"Early", "Late", "Last"}


def _import(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", OTHER)
    for number in range(3):
        add_child(session, f"Typed {number}")
        confirm(f"Typed {number}")
    result = session.apply_import(_CASES)
    confirm(f"imported {result.cases_created}")
    session.close()


def _judge_import(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    found = _surnames(folder / "x.store", OTHER)
    imported = {case.surname for case in _CASES.cases}
    assert found >= ALL
    assert found >= {one for one in confirmed if one.startswith("Typed")}, (found, confirmed)
    assert not found & imported or found >= imported
    if f"imported {_ROWS}" in confirmed:
        assert found >= imported
    _nothing_left(folder)


def _restore(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    kept = restore_into(folder / "b", str(folder / "x.store"), HOW)
    confirm(f"kept {Path(kept).name}")


def _judge_restore(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    where = folder / "x.store"
    passphrase, found = _either(where, PASSPHRASE, OTHER)
    kept = _kept(folder, "restore")
    if passphrase == PASSPHRASE:
        assert found == EARLY
        assert len(kept) == 1, kept
        assert _surnames(kept[0], OTHER) == ALL
    else:
        assert found == ALL
        assert not kept
        assert not any(one.startswith("kept") for one in confirmed)
    _nothing_left(folder)
    # And the next try is not stood in the way of.
    assert restore_into(folder / "b", str(where), HOW)
    assert _surnames(where, PASSPHRASE) == EARLY


def _backup(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", OTHER)
    session.backup(folder / "b")
    confirm("backed up")
    session.close()


def _judge_backup(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    assert _surnames(folder / "x.store", OTHER) == ALL
    back = folder / "home" / "back.store"
    restore_into(folder / "b", str(back), HOW.__class__(HOW.scripts, HOW.stamp, HOW.now))
    passphrase, found = _either(back, PASSPHRASE, OTHER)
    assert found == (EARLY if passphrase == PASSPHRASE else ALL)
    assert passphrase == OTHER or "backed up" not in confirmed
    shutil.rmtree(folder / "home")
    session = _open(folder / "x.store", OTHER)
    session.backup(folder / "b")
    session.close()
    _nothing_left(folder)


_FOUR = "four released words here"


def _migrate(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", _FOUR)
    confirm("opened")
    session.close()


def _judge_migrate(folder: Path, confirmed: list[str]) -> None:
    del confirmed
    _keep_apart(folder)
    found = _surnames(folder / "x.store", _FOUR, by_older_rules=True)
    assert "Évans" in found
    for kept in _kept(folder, "upgrade"):
        assert _surnames(kept, _FOUR, by_older_rules=True) == found
        # Opening it has upgraded it too.
        for again in folder.glob(f"{kept.name}.before-upgrade-*"):
            again.unlink()
    for one in folder.glob("x.store.before-upgrade-*.key*"):
        # A key whose store the kill kept from being kept.
        if not one.with_name(one.name.removesuffix(".copy").removesuffix(".key")).exists():
            one.unlink()
    _nothing_left(folder)


def _change(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    bootstrap.change_passphrase(str(folder / "x.store"), old=OTHER, new=PASSPHRASE)
    confirm("changed")


def _judge_change(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    passphrase, found = _either(folder / "x.store", PASSPHRASE, OTHER)
    assert found == ALL
    assert passphrase == PASSPHRASE or "changed" not in confirmed
    _nothing_left(folder)


def _add(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", OTHER)
    bootstrap.add_person(session, ANN, new=HERS, passphrase=OTHER)
    confirm("added")
    session.close()


def _judge_add(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    where = folder / "x.store"
    assert _surnames(where, OTHER) == ALL
    session = _open(where, OTHER)
    try:
        bootstrap.add_person(session, ANN, new=HERS, passphrase=OTHER)
    except Refused:
        # Then she was added whole.
        pass
    else:
        assert "added" not in confirmed
    session.close()
    # With a role that may not check the store, she sees it all the same.
    session = _open(where, HERS)
    assert {row.surname for row in session.cases()} == ALL
    session.close()
    _nothing_left(folder)


def _end(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", OTHER)
    bootstrap.end_person(session, ANN)
    confirm("ended")


def _judge_end(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    where = folder / "x.store"
    assert _surnames(where, OTHER) == ALL
    if "ended" not in confirmed:
        # Half way it is done again.
        session = _open(where, OTHER)
        bootstrap.end_person(session, ANN)
        session.close()
    try:
        _open(where, HERS).close()
    except WrongPassphrase:
        where.with_name(".x.store.tries").unlink()
    else:
        raise AssertionError("who left opens the store")
    assert _surnames(where, OTHER) == ALL
    _nothing_left(folder)


def _leak(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    where = str(folder / "x.store")
    bootstrap.change_passphrase(where, old=OTHER, new=PASSPHRASE, leaked=True)
    confirm("changed")


def _judge_leak(folder: Path, confirmed: list[str]) -> None:
    _judge_change(folder, confirmed)
    session = _open(folder / "x.store", HERS)
    assert session.who == ANN
    session.close()


def _make(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    session = _open(folder / "x.store", create=True)
    confirm("made")
    result = session.apply_import(_CASES)
    confirm(f"imported {result.cases_created}")
    session.close()


def _judge_make(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    assert (folder / "x.store").exists() or "made" not in confirmed
    session = _open(folder / "x.store", create=True)
    result = session.apply_import(_CASES)
    assert result.cases_created in (0, _ROWS)
    assert result.cases_created == 0 or f"imported {_ROWS}" not in confirmed
    assert session.check() == ()
    session.close()
    _nothing_left(folder)


def _demo(folder: Path, confirm: Confirm) -> None:
    _keep_apart(folder)
    bootstrap.demo(str(folder / "x.store"), children=4, today=TODAY, passphrase=PASSPHRASE)
    confirm("made")


def _judge_demo(folder: Path, confirmed: list[str]) -> None:
    _keep_apart(folder)
    where = folder / "x.store"
    try:
        bootstrap.demo(str(where), children=4, today=TODAY, passphrase=PASSPHRASE)
    except Refused:
        # Then it was made whole.
        pass
    else:
        assert "made" not in confirmed
    assert _surnames(where, PASSPHRASE)
    session = _open(where)
    assert len(session.cases()) == 4
    session.close()
    _nothing_left(folder)


ACTS = (
    Act("import", "filled", _import, _judge_import),
    Act("restore", "filled", _restore, _judge_restore),
    Act("backup", "filled", _backup, _judge_backup),
    Act("upgrade", "released", _migrate, _judge_migrate),
    Act("passphrase", "filled", _change, _judge_change),
    Act("adding", "filled", _add, _judge_add),
    Act("ending", "people", _end, _judge_end),
    Act("leaked", "people", _leak, _judge_leak),
    Act("making", "empty", _make, _judge_make),
    Act("demo", "empty", _demo, _judge_demo),
)
