"""Files written whole or not at all, and the disk's refusals in plain words.

Every file that this application writes goes through here: beside its place under a private name,
flushed to the disk, and only then put in the place, with the folder flushed too. Only a regular
file is ever replaced; a link is followed to the file it leads to, and stays a link.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from caseworker_app import locks
from caseworker_app.domain.errors import Unavailable, in_bounds

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_HANDLES = {errno.EMFILE, errno.ENFILE}
_BEYOND = {*_NO_ROOM, *_NO_HANDLES, errno.ENAMETOOLONG}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}
_PART = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
_BLOCK = 1 << 20


def in_words(error: OSError, path: Path | str) -> str:
    """The one sentence for what the system refused about a file.

    Of a private name beside a file, see `part_name`, the sentence names the file.
    """
    if part := _PART.fullmatch(Path(path).name):
        path = Path(path).with_name(part[1])
    if error.errno in _NO_ROOM:
        return f"{path} could not be written: there is no room left on its disk."
    if error.errno in _NO_HANDLES:
        return (
            f"{path} could not be opened: too many files are open on this computer; close some "
            "programs and try again."
        )
    if error.errno == errno.ENAMETOOLONG:
        return in_bounds(f"The name of a file is longer than this computer allows: {path}.")
    if error.errno == errno.EROFS:
        return f"{path} cannot be written: its disk is read-only."
    if error.errno in _NO_FOLDER and not Path(path).parent.is_dir():
        return f"{path} cannot be written: there is no such folder."
    return f"{path} cannot be written: {error.strerror or type(error).__name__}."


def run_out(error: BaseException) -> str:
    """The sentence for an error that says what was asked is beyond the computer, else ""."""
    if isinstance(error, MemoryError):
        return "There is not enough memory left for this; close some programs and try again."
    if said := beyond(error):
        return said
    if isinstance(error, OSError | ImportError) and not _can_open():
        return in_words(OSError(errno.EMFILE, ""), "A file")
    return ""


def beyond(error: BaseException) -> str:
    """The sentence for a refusal of the system that no right program can avoid, else ""."""
    if isinstance(error, OSError) and error.errno in _BEYOND:
        return in_words(error, error.filename or "What was to be written")
    return ""


def _can_open() -> bool:
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    return True


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusal into a sentence.

    Raises:
        Unavailable: no room, no permission, no such folder, too many open files.
    """
    try:
        yield
    except OSError as error:
        raise Unavailable(in_words(error, error.filename or path)) from error


@contextmanager
def replacing(target: Path, *, flush: bool = True) -> Iterator[Path]:
    """A private file beside a target, which takes the target's place when the block ends well.

    Args:
        target: the file to write; what is there is replaced, if it is a regular file.
        flush: wait until the disk has it; not for what may be lost, on the window's thread.

    Raises:
        Unavailable: there is something there that is not a regular file.
        OSError: it cannot be written; what stood there before stands there still.
    """
    real = Path(os.path.realpath(target))
    refuse_irregular(real)
    sweep_parts(real)
    part = real.with_name(part_name(real.name))
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        # The lock says that whoever writes this is alive; see `sweep_parts`.
        with contextlib.suppress(OSError):
            locks.seize(handle, shared=False)
        yield part
        if flush:
            os.fsync(handle)
        # Windows moves no file that is open.
        os.close(handle)
        handle = -1
        refuse_irregular(real)
        with syncing(real.parent) if flush else contextlib.nullcontext():
            part.replace(real)
    finally:
        if handle >= 0:
            os.close(handle)
        part.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes, *, flush: bool = True) -> None:
    """Write a file whole or not at all, readable by this person alone; see `replacing`."""
    with replacing(target, flush=flush) as part, part.open("wb") as file:
        file.write(content)


def refuse_irregular(path: Path) -> None:
    """Refuse to write over what is no regular file.

    Raises:
        Unavailable: there is a folder, a device, a pipe or another special file.
    """
    if os.name == "nt" and _is_reserved(path):
        raise Unavailable(f"{path} is the name of a device, not of a file.")
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise Unavailable(in_words(error, path)) from error
    if stat.S_ISDIR(mode):
        raise Unavailable(f"{path} is a folder; name a file to write.")
    if not stat.S_ISREG(mode):
        raise Unavailable(f"{path} is a device or a pipe, not a file, so nothing was written.")


def opened(path: Path) -> FileIO:
    """A regular file, open to be read. A pipe would keep its reader waiting for ever.

    Raises:
        Unavailable: it is a folder, a device, a pipe or another special file.
        OSError: it is not there, or may not be read.
    """
    _refuse_to_read(path, path.stat().st_mode)
    file = FileIO(path, "rb", opener=_without_waiting)
    try:
        _refuse_to_read(path, os.fstat(file.fileno()).st_mode)
    except BaseException:
        file.close()
        raise
    return file


def _refuse_to_read(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Unavailable(f"{path} is a folder, not a file.")
    if not stat.S_ISREG(mode):
        raise Unavailable(f"{path} is a device or a pipe, not a file.")


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _is_reserved(path: Path) -> bool:
    # Python 3.13 has it in another place, and warns of the first.
    of_today = getattr(os.path, "isreserved", None)
    return bool(of_today(path) if of_today else path.is_reserved())


def part_name(name: str) -> str:
    """A private name for what is to become `name`, beside it."""
    # Loaded where something is written: a window that starts, and who only reads, need it not.
    import secrets

    return f".{name}.{secrets.token_hex(4)}.part"


def parts_of(*paths: Path, also: str = "") -> list[Path]:
    """What has such a name for one of these paths of one folder, in that folder."""
    names = "|".join(re.escape(path.name) for path in paths)
    if also:
        names += rf"|{re.escape(also)}.*"
    pattern = re.compile(rf"\.(?:{names})\.[0-9a-f]{{8}}\.part")
    try:
        with os.scandir(paths[0].parent) as there:
            return [paths[0].with_name(one.name) for one in there if pattern.fullmatch(one.name)]
    except OSError:
        return []


def sweep_parts(*paths: Path) -> None:
    """Take away what killed writers of the same files, of one folder, left beside them."""
    for part in parts_of(*paths):
        sweep_part(part)


def sweep_part(part: Path) -> None:
    """Take away one of them, unless whoever writes it is alive."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(part.lstat().st_mode):
            return
        handle = os.open(part, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            dead = locks.seize(handle, shared=False)
        finally:
            os.close(handle)
        if dead:
            part.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file's bytes under another name, whole or not at all."""
    import shutil

    with replacing(target) as part, source.open("rb") as read, part.open("wb") as write:
        shutil.copyfileobj(read, write, _BLOCK)


def flush_file(path: Path) -> None:
    """Make a file that another has written private, and flush it to the disk."""
    if os.name == "posix":
        path.chmod(0o600)
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def syncing(folder: Path) -> Iterator[None]:
    """Flush to the disk which files a folder holds, once the block has changed it.

    The folder is opened before, so that what the block has done is never reported as failed.
    Windows flushes folders by itself.
    """
    if os.name == "nt":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield
        # Some file systems cannot flush a folder; what is in it is written all the same.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
