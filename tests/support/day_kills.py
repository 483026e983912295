"""SIGKILL in the middle of a caseworker's day at the window; then the store is judged.

Run by itself. Each day runs in a fork on a copy of the store and says, once the window was told,
what was saved: the audit group of each change, and each draft. After the kill every one must be
there, the store sound, and the drafts offered again.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.support.kills import all_said, ended, in_fork

Say = Callable[[bytes], None]
_REST_S = 0.2
"""So long a cell is left half typed, for the kill to fall there."""


def _go_through(folder: Path, say: Say) -> None:
    from pytestqt.qt_compat import qt_api
    from pytestqt.qtbot import QtBot

    from caseworker_app.domain.outcome import Done
    from caseworker_app.ui.starting import qt_application
    from tests.support import day as steps

    qt_api.set_qt_api("pyside6")
    held = qt_application()
    day = steps.Day(folder / "day.store", folder / "options", QtBot(None))

    def told(done: Done, initiator: object) -> None:
        del initiator
        if done.undo:
            say(f"saved {done.undo}\n".encode())
        elif done.redo:
            say(f"undone {done.redo}\n".encode())

    day.window.hub.done.connect(told)
    say(b"begun\n")
    steps.record_one_review(day)
    steps.begin_a_note(day)
    say(b"draft\n")
    steps.paste_twenty(day)
    steps.wait_for_draft(day, "cancelled")
    say(b"refused\n")
    day.hands.press("Right")
    day.hands.type("12/1")
    steps.wait_for_draft(day, "12/1")
    say(b"half typed\n")
    select.select([], [], [], _REST_S)
    say(b"given up\n")
    day.hands.press("Esc", "Left")
    steps.decide_ten(day)
    steps.snooze_one(day)
    steps.reassign_thirty(day)
    steps.write_a_school_pack(day, folder / "packs")
    steps.undo_all(day)
    steps.redo_all(day)
    say(b"done\n")
    del held


def _judge(folder: Path, said: bytes) -> None:
    """Raise where something that was saved is not there."""
    from caseworker_app import bootstrap
    from caseworker_app.services.drafts import drafts
    from tests.support.borough import PASSPHRASE, TODAY

    lines = said.decode().splitlines()
    session = bootstrap.open_session(str(folder / "day.store"), passphrase=PASSPHRASE, today=TODAY)
    try:
        assert session.check() == ()
        saved = [one.removeprefix("saved ") for one in lines if one.startswith("saved ")]
        with session.store.reading() as reading:
            lost = [one for one in saved if not reading.group(one, 1)]
            undone = [one.removeprefix("undone ") for one in lines if one.startswith("undone ")]
            lost += [one for one in undone if reading.turn(one) is None]
        assert not lost, f"{len(lost)} saved changes are gone"
        words = [text for one in drafts(session) for text in one.typed.values()]
        half = "half typed" in lines and "given up" not in lines
        for said, wanted in (
            ("draft" in lines, "mother rang"),
            ("refused" in lines, "cancelled"),
            (half, "12/1"),
        ):
            assert not said or any(wanted in text for text in words), f"the draft {wanted} is gone"
    finally:
        session.close()


def _judging(folder: Path, said: bytes, say: Say) -> None:
    del say
    _judge(folder, said)


def run(own: Path, moments: int, seed: int) -> tuple[list[str], dict[str, int]]:
    """Kill the day at so many drawn moments.

    Returns:
        What went wrong, and how many kills fell before the window stood, in the day and after.
    """
    from tests.support import day as steps

    base, now = own / "base", own / "now"
    base.mkdir()
    steps.found(base / "day.store")
    draw = random.Random(seed)
    counts = {
        "moments": 0,
        "in the day": 0,
        "changes confirmed": 0,
        "drafts kept": 0,
        "half typed": 0,
    }
    took, wrong = 0.0, []
    # How long a day takes matters to moments that are drawn; the first of all is none of them.
    for number in range(0 if moments > 1 else 1, moments + 1):
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(base, now)
        started = time.monotonic()
        pid, read = in_fork(lambda say: _go_through(now, say))
        before = b""
        if number == 1:
            # One falls where a cell of the grid is half typed, which no draw would hit.
            while b"half typed" not in before and (block := os.read(read, 65536)):
                before += block
        elif number:
            select.select([], [], [], draw.uniform(0, took))
        if number:
            os.kill(pid, signal.SIGKILL)
        said = before + all_said(read)
        code = ended(pid)
        if not number:
            took = time.monotonic() - started
            if code or b"done" not in said:
                return [f"the day does not go through: {said.decode()[-1500:]}"], counts
        elif code not in (0, -signal.SIGKILL):
            wrong.append(f"moment {number}: failed by itself: {said.decode()[-800:]}")
            continue
        pid, read = in_fork(partial(_judging, now, said))
        words = all_said(read)
        if ended(pid):
            wrong.append(f"moment {number}: {words.decode()[-800:]}")
        counts["moments"] += bool(number)
        counts["in the day"] += bool(number) and b"begun" in said
        counts["changes confirmed"] += said.count(b"saved ")
        counts["drafts kept"] += b"draft" in said
        counts["half typed"] += b"half typed" in said and b"given up" not in said
    return wrong, counts


if __name__ == "__main__":
    os.environ.update(QT_QPA_PLATFORM="offscreen", CASEWORKER_PASSPHRASE="correct horse battery")
    found, counted = run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    for one in found:
        print(one)  # noqa: T201
    print(counted)  # noqa: T201
    sys.exit(1 if found else 0)
