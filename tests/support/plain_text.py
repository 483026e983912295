"""A day's work, an import and a preview, ended in any way; then every file is searched for names.

Run by itself. Each act runs in a fork with a home, a temporary folder and a store of its own, and
closes, is told to end, is killed or breaks at a drawn moment. What the fork was given to read, and
what it was asked to write, is left out: nothing else may hold a child's name, number or a note.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import random
import select
import shutil
import signal
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.kills import all_said, ended, in_fork

Say = Callable[[bytes], None]

ROWS = 400
READ, WRITTEN = "given", "asked for"
"""The folders of what is read, and of what is written because somebody asked for it."""
NOTE = "their mother rang"
SURNAMES = ("Ashwell", "Birchmore", "Coppard", "Quill", "Thornquist", "Vandermolen")
NUMBER = "Z8001004"
"""How the pupil numbers of those brought in begin."""
NEEDLES = (*SURNAMES, NOTE, NUMBER)
ENDINGS = {
    "closes": None,
    "is told to end": signal.SIGTERM,
    "is killed": signal.SIGKILL,
    "breaks": signal.SIGABRT,
}


def _begin(folder: Path) -> None:
    """Be a process as the program is: its files in a home of its own, its report begun."""
    from caseworker_app import crash_report, logs, process

    for name, part in (("HOME", "home"), ("TMPDIR", "tmp")):
        (folder / part).mkdir(exist_ok=True)
        os.environ[name] = str(folder / part)
    for name in ("CASEWORKER_TEMP", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        os.environ.pop(name, None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.chdir(folder / "tmp")
    process.keep_to_itself()
    logs.keep_log()
    crash_report.begin()


def _day(folder: Path, say: Say) -> None:
    _begin(folder)
    from pytestqt.qt_compat import qt_api
    from pytestqt.qtbot import QtBot

    from caseworker_app import process
    from caseworker_app.ui.print_preview import PreviewDialog
    from caseworker_app.ui.starting import qt_application
    from tests.support import day as steps
    from tests.support.borough import PATIENCE_MS, dialog, shown

    qt_api.set_qt_api("pyside6")
    held = qt_application()
    with process.ended_by_term():
        day = steps.Day(folder / "day.store", folder / "options", QtBot(None))
        say(b"begun\n")
        steps.record_one_review(day)
        steps.begin_a_note(day)
        steps.reassign_thirty(day)
        day.hands.press("Ctrl+P")
        day.qtbot.waitUntil(lambda: bool(shown(PreviewDialog)), timeout=PATIENCE_MS)
        say(b"previewed\n")
        dialog(PreviewDialog).close()
        day.qtbot.waitUntil(lambda: not shown(PreviewDialog), timeout=PATIENCE_MS)
        day.hands.press("Ctrl+2")
        steps.write_a_school_pack(day, folder / WRITTEN)
        backed_up = folder / "day.backup"
        day.ask(lambda session: session.backup(backed_up))
        say(b"done\n")
        day.close()
    del held


def _import(folder: Path, say: Say) -> None:
    _begin(folder)
    from caseworker_app import bootstrap

    say(b"begun\n")
    tracker = str(folder / READ / "tracker.xlsx")
    for more in (["--dry-run"], []):
        with (folder / WRITTEN).open("a") as told, contextlib.redirect_stdout(told):
            code = bootstrap.main(["import", tracker, "--store", str(folder / "day.store"), *more])
        assert code == 0, code
        say(b"read\n")
    say(b"done\n")


ACTS: dict[str, Callable[[Path, Say], None]] = {"a day": _day, "an import": _import}


def _write_tracker(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Surname", "Forename", "Date of birth", "UPN", "Final plan sent"])
    for row in range(ROWS):
        surname = SURNAMES[-1 - row % 2]
        born, sent = f"{1 + row % 28:02d}/03/2014", f"{1 + row % 28:02d}/11/2025"
        sheet.append([surname, f"Child{row}", born, f"{NUMBER}{row:05d}", sent])
    path.parent.mkdir()
    book.save(path)


def _inside(path: Path) -> Iterator[bytes]:
    """What a file holds as it stands, and unpacked where it is packed."""
    with contextlib.suppress(FileNotFoundError):
        held = path.read_bytes()
        yield held
        if zipfile.is_zipfile(io.BytesIO(held)):
            broken = contextlib.suppress(zipfile.BadZipFile, zlib.error, EOFError)
            with broken, zipfile.ZipFile(io.BytesIO(held)) as packed:
                for name in packed.namelist():
                    yield packed.read(name)
        for unpack in (gzip.decompress, zlib.decompress):
            with contextlib.suppress(OSError, EOFError, zlib.error):
                yield unpack(held)


def found_in(folder: Path) -> list[str]:
    """Which files of a folder hold which words of a child; what was given and asked for aside."""
    wrong = []
    for path in sorted(folder.rglob("*")):
        at = path.relative_to(folder)
        if at.parts[0] in (READ, WRITTEN) or not path.is_file():
            continue
        names = {word for word in NEEDLES if word.casefold() in str(at).casefold()}
        for held in _inside(path):
            low = held.lower()
            for word in NEEDLES:
                ways = (word.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
                if any(way in low for way in ways):
                    names.add(word)
        wrong += [f"{at} holds {word!r}" for word in sorted(names)]
    return wrong


def run(own: Path, moments: int, seed: int) -> tuple[list[str], dict[str, int]]:
    """Run each act that is drawn to its end, and let it end in any way at so many drawn moments.

    Returns:
        What was found in which file, and how many ended how.
    """
    from tests.support import day as steps

    base, now = own / "base", own / "now"
    base.mkdir()
    steps.found(base / "day.store")
    _write_tracker(base / READ / "tracker.xlsx")
    draw = random.Random(seed)
    counts = {"moments": 0, "files searched": 0, **dict.fromkeys(ENDINGS, 0)}
    took: dict[str, float] = {}
    wrong: list[str] = []
    drawn = [(draw.choice([*ACTS]), draw.choice([*ENDINGS][1:])) for _ in range(moments)]
    whole = [act for act in ACTS if not moments or act in {one for one, _ in drawn}]
    for act, ending in [*((act, "closes") for act in whole), *drawn]:
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(base, now)
        number, began = ENDINGS[ending], time.monotonic()
        pid, read = in_fork(lambda say, act=act: ACTS[act](now, say))  # type: ignore[misc]
        if number is not None:
            select.select([], [], [], draw.uniform(0, took[act]))
            os.kill(pid, number)
        said = all_said(read)
        code = ended(pid)
        if number is None:
            took[act] = time.monotonic() - began
            if code or b"done" not in said:
                return [f"{act} does not go through: {said.decode()[-1500:]}"], counts
        wrong += [f"{act} that {ending}: {one}" for one in found_in(now)]
        counts["moments"] += number is not None
        counts[ending] += 1
        counts["files searched"] += sum(one.is_file() for one in now.rglob("*"))
    return wrong, counts


if __name__ == "__main__":
    os.environ.update(QT_QPA_PLATFORM="offscreen", CASEWORKER_PASSPHRASE="correct horse battery")
    found, counted = run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    for one in found:
        print(one)  # noqa: T201
    print(counted)  # noqa: T201
    sys.exit(1 if found else 0)
