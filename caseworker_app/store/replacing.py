"""Put a store with its keys in the place of another so that, killed anywhere, one of them opens.

What is new stands whole in a folder beside, `.NAME.xxxxxxxx.part`. Then a journal,
`.NAME.replacing`, says what is to be done; from then on it is done, by this process or by whoever
opens the store next: each step is one rename, and a step that was done is not done again. Until
then nothing has changed, and the folder is left over. Every function that changes anything wants
the store alone (`holding.alone`).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from caseworker_app import files
from caseworker_app.domain.errors import Unavailable
from caseworker_app.store.holding import sweep_lock
from caseworker_app.store.places import backups_folder, key_copy, key_file

FORMAT = "caseworker-replacing-1"
RESTORE, MAKING, REKEYING = "restore", "making", "rekeying"
_KEPT = "before-restore"
_WAL, _SHM = "-wal", "-shm"
_OLD_NEW = ".{}.new"
"""Under this name the first release made what it then put in place."""
_BEGUN = {RESTORE: "A restore over", REKEYING: "The change of the key of"}
_OLD_LEFT = (".{}.new", ".{}.upgrade", ".{}.upgrade-wal", ".{}.upgrade-shm", ".{}.key.new")


class Journal(NamedTuple):
    """What is being put in place.

    Attributes:
        what: `RESTORE`, `MAKING` or `REKEYING`.
        folder: the folder beside that holds what is new, by name.
        kept: the name that what is replaced goes under; "" when there is nothing.
    """

    what: str
    folder: str
    kept: str


def new_store(folder: Path) -> Path:
    """Where in a workshop the new store stands, its key files beside it."""
    return folder / "store"


@contextmanager
def workshop(path: Path) -> Iterator[Path]:
    """A private folder beside a store, for what may take its place; gone at the end."""
    with files.plain_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = path.with_name(files.part_name(path.name))
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        journal = _read_journal(path)
        # What a journal names is not to be lost, whatever went wrong: the next opening needs it.
        if journal is None or journal.folder != folder.name:
            _remove_folder(folder)


def put_in_place(path: Path, folder: Path, what: str, stamp: str) -> str:
    """Put the store of a workshop, whole with its key files, where `path` is.

    Args:
        path: the store file.
        folder: the workshop.
        what: `RESTORE`, `MAKING`, or `REKEYING`, which keeps nothing of what it replaces: it would
            still open with the key that is to open nothing.
        stamp: names what is kept.

    Returns:
        Where the store that was replaced is kept, or "" when there was none.

    Raises:
        Unavailable: the disk refused. The store is then as it was, or is put in place when it is
            next opened.
    """
    if path.is_symlink():
        raise Unavailable(f"{path} is a link: name the file that it leads to.")
    new, was_there = new_store(folder), path.exists()
    anything = was_there or key_file(path).exists() or key_copy(path).exists()
    anything = anything and what != REKEYING
    kept = free_name(path, _KEPT if what == RESTORE else "before-new", stamp) if anything else None
    with files.plain_errors(path):
        for part in (new, key_file(new), key_copy(new)):
            files.flush_file(part)
        with files.syncing(folder):
            pass
        journal = Journal(what, folder.name, kept.name if kept else "")
        _write_journal(path, journal)
        _finish(path, journal)
    return str(kept) if kept and was_there else ""


def free_name(path: Path, why: str, stamp: str) -> Path:
    """A name for a kept copy under which nothing stands yet: `NAME.before-restore-STAMP`."""
    number = 1
    while True:
        ending = f"-{number}" if number > 1 else ""
        kept = path.with_name(f"{path.name}.{why}-{stamp}{ending}")
        if not any(one.exists() for one in (kept, key_file(kept), key_copy(kept))):
            return kept
        number += 1


def journal_file(path: Path) -> Path:
    """Where the journal of a store stands while it is being replaced."""
    return path.with_name(f".{path.name}.replacing")


def pending(path: Path) -> bool:
    """Whether a replacement was interrupted, by this release or by the first one."""
    return journal_file(path).exists() or _interrupted_before_journals(path) is not None


def kept_copies(path: Path) -> list[Path]:
    """The stores that were replaced and kept, oldest first."""
    try:
        names = sorted(one.name for one in path.parent.iterdir())
    except OSError:
        return []
    start = f"{path.name}.{_KEPT}-"
    endings = (".key", ".key.copy", _WAL, _SHM)
    return [
        path.with_name(one) for one in names if one.startswith(start) and not one.endswith(endings)
    ]


def recover(path: Path) -> str:
    """Finish or undo a replacement that was interrupted.

    Returns:
        What was done, in a sentence or two; "" when there was nothing to do.
    """
    with files.plain_errors(path):
        if journal_file(path).exists():
            return _recover_journal(path)
        kept = _interrupted_before_journals(path)
        if kept is None:
            return ""
        _put_back(path, kept)
        path.with_name(_OLD_NEW.format(path.name)).unlink(missing_ok=True)
    return f"A restore over {path} was interrupted. It was undone: the store is as it was before."


def sweep(path: Path) -> None:
    """Take away what killed programs left beside a store, which the caller holds."""
    journal = _read_journal(path)
    written = (path, key_file(path), key_copy(path), journal_file(path))
    # A kept copy, and the keys beside it, are written in the same way.
    for part in files.parts_of(*written, also=f"{path.name}.before-"):
        if journal is None or part.name != journal.folder:
            if part.is_dir() and not part.is_symlink():
                _remove_folder(part)
            else:
                # Keys are changed while sessions are open: what somebody writes still is left.
                files.sweep_part(part)
    sweep_lock(path)
    if not pending(path):
        for name in _OLD_LEFT:
            with contextlib.suppress(OSError):
                path.with_name(name.format(path.name)).unlink()


def _recover_journal(path: Path) -> str:
    journal = _read_journal(path)
    if journal is None:
        # It was written whole, so only a damaged disk can make it unreadable.
        raise Unavailable(
            f"{journal_file(path)} says that {path.name} was being replaced, and is damaged: "
            "move it away to open the store as it stands."
        )
    words = _BEGUN.get(journal.what, "The making of")
    kept = path.with_name(journal.kept) if journal.kept else None
    if not path.exists() and not new_store(path.with_name(journal.folder)).exists():
        if kept is None or not kept.exists():
            journal_file(path).unlink()
            return f"{words} {path} was interrupted, and what was to be put there is gone."
        _put_back(path, kept)
        with files.syncing(path.parent):
            journal_file(path).unlink()
        return f"{words} {path} was interrupted. It was undone: the store is as it was before."
    _finish(path, journal)
    said = f"{words} {path} was interrupted. It has been finished now."
    return f"{said} What it replaced is kept as {kept}." if kept and kept.exists() else said


def _finish(path: Path, journal: Journal) -> None:
    folder = path.with_name(journal.folder)
    new = new_store(folder)
    kept = path.with_name(journal.kept) if journal.kept else None
    if new.exists():
        # Its log belongs to the old store, and must never meet the new one.
        wal, shm = (path.with_name(path.name + one) for one in (_WAL, _SHM))
        if journal.what == REKEYING:
            # It was folded in before the copy was made, and is under the old key.
            wal.unlink(missing_ok=True)
        elif wal.exists():
            wal.replace(_beside(kept, _WAL) if kept else _beside(path, ".stray" + _WAL))
        shm.unlink(missing_ok=True)
        backups = backups_folder(path)
        if kept is not None and backups.is_dir() and not backups_folder(kept).exists():
            # They are of the store that goes: their trails are not the new one's.
            backups.rename(backups_folder(kept))
    parts = (
        (key_copy(new), key_copy(path)),
        (key_file(new), key_file(path)),
        (new, path),
    )
    with files.syncing(path.parent):
        for fresh, place in parts:
            if fresh.exists():
                if kept is not None and place.exists():
                    place.replace(_beside(kept, place.name.removeprefix(path.name)))
                fresh.replace(place)
    with files.syncing(path.parent):
        journal_file(path).unlink()
    _remove_folder(folder)


def _put_back(path: Path, kept: Path) -> None:
    """Give a kept store and all that belongs to it its name again, the store itself last."""
    with files.syncing(path.parent):
        for suffix in (_WAL, ".key.copy", ".key", ""):
            aside = _beside(kept, suffix)
            if aside.exists():
                aside.replace(_beside(path, suffix))


def _remove_folder(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _interrupted_before_journals(path: Path) -> Path | None:
    """What the first release kept of a store when it was killed half way through a restore.

    It moved log, key and store aside, in this order, and wrote its own key before its own store.
    """
    new = path.with_name(_OLD_NEW.format(path.name))
    if path.exists():
        if key_file(path).exists() or key_copy(path).exists():
            return None
        start, end = f"{path.name}.{_KEPT}-", ".key"
        try:
            names = sorted(one.name for one in path.parent.iterdir())
        except OSError:
            return None
        moved = [one for one in names if one.startswith(start) and one.endswith(end)]
        alone = [one for one in moved if not path.with_name(one.removesuffix(end)).exists()]
        return path.with_name(alone[-1].removesuffix(end)) if alone else None
    if not new.exists():
        return None
    return next(reversed(kept_copies(path)), None)


def _write_journal(path: Path, journal: Journal) -> None:
    body = {
        "format": FORMAT,
        "what": journal.what,
        "folder": journal.folder,
        "kept": journal.kept,
    }
    files.write_whole(journal_file(path), (json.dumps(body, indent=1) + "\n").encode())


def _read_journal(path: Path) -> Journal | None:
    try:
        body = json.loads(journal_file(path).read_bytes())
        if body["format"] != FORMAT:
            return None
        found = Journal(str(body["what"]), str(body["folder"]), str(body["kept"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    # Names beside the store alone: a journal moves nothing else.
    inside = all("/" not in one and "\\" not in one for one in (found.folder, found.kept))
    ours = found.folder.startswith(f".{path.name}.") and found.folder.endswith(".part")
    kept = not found.kept or found.kept.startswith(f"{path.name}.before-")
    return found if inside and ours and kept else None
