"""The reading process as it is: what it may do, how it ends, and what is said when it must."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from caseworker_app import imports
from caseworker_app.domain.errors import Cancelled, Refused, Unavailable, Unreadable
from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports import reading
from caseworker_app.imports.process import limits, parent
from caseworker_app.imports.process.allowance import Allowance, OutOfTime
from tests.cli.test_process import PROGRAM
from tests.imports.process.conftest import PATIENCE, children, ends, slow_tracker

TODAY = date(2026, 11, 22)
LEAST = "Case ref,Surname,Forename,DOB,EHCP issued\nA1,Osei,Ama,03/05/2014,01/02/2022\n"


def test_the_answer_is_that_of_reading_here(tmp_path: Path) -> None:
    path = tmp_path / "Élan \udcff.csv"
    path.write_text(LEAST + "A2,Ünal,Zoë,31/02/2014,01/02/2022\n", encoding="utf-8")
    told: list[str] = []
    got = imports.read([path], today=TODAY, progress=lambda *step: told.append(step[2]))
    assert got == reading.read([path], today=TODAY)
    assert len(got.cases) == 1
    assert told
    assert not children(os.getpid())


def test_a_refusal_keeps_its_field(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(LEAST)
    (tmp_path / "m.toml").write_text('"No such heading" = "reference"\n')
    with pytest.raises(Refused, match="no such heading") as told:
        imports.read([tmp_path / "t.csv"], mapping=tmp_path / "m.toml", today=TODAY)
    assert told.value.field == "mapping"


def test_cancel_ends_the_process_at_once(tmp_path: Path) -> None:
    seen: list[int] = []

    def stop(_done: int, _total: int, words: str) -> None:
        seen.extend(children(os.getpid()))
        if words.startswith("Reading"):
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        imports.read([slow_tracker(tmp_path / "t.csv")], today=TODAY, progress=stop)
    assert seen
    assert not children(os.getpid())


def test_a_process_that_is_killed_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    def kill(_done: int, _total: int, words: str) -> None:
        for child in children(os.getpid()) if words.startswith("Opening") else ():
            os.kill(child, signal.SIGKILL)

    with pytest.raises(Unreadable, match=r"^t\.csv is damaged .*\.$"):
        imports.read([slow_tracker(tmp_path / "t.csv")], today=TODAY, progress=kill)


def test_the_process_dies_with_the_one_that_started_it(tmp_path: Path) -> None:
    slow_tracker(tmp_path / "t.csv")
    words = (
        "import sys, pathlib, datetime\n"
        "from caseworker_app import imports\n"
        "def told(*step): print(step[2], flush=True)\n"
        "imports.read([pathlib.Path('t.csv')], today=datetime.date(2026, 11, 22), progress=told)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(imports.__file__).parents[2])},
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        (child,) = children(process.pid)
        process.kill()
        assert ends(child)


def test_ctrl_c_stops_the_command_and_the_process(tmp_path: Path) -> None:
    slow_tracker(tmp_path / "t.csv")
    before = set(tmp_path.iterdir())
    with subprocess.Popen(
        [*PROGRAM, "import", "t.csv", "--store", "new"],
        cwd=tmp_path,
        env={**os.environ, "CASEWORKER_PASSPHRASE": "correct horse battery staple"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (found := children(process.pid)):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, "")
    assert err == "Stopped; what was not finished was not kept.\n"
    assert ends(found[0])
    assert set(tmp_path.iterdir()) == before


def test_memory_has_its_bound_and_the_time_its_end(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        for _ in range(120):
            file.write(b"a,b\n" * (1 << 18))
    began = monotonic()
    with pytest.raises(Unreadable, match=r"^t\.csv .*\.$"):
        imports.read([path], today=TODAY)
    assert monotonic() - began < PATIENCE
    assert not children(os.getpid())


NOTES = [one.name for one in fields(Incoming)].index("notes")

CANNOT = """
import os, socket, subprocess, sys
from caseworker_app.imports.process import confine
confine.limit(768 << 20, os.getppid())
import resource
confine.renounce()
open(sys.argv[1]).read()
tried = {
    "network": lambda: socket.socket(),
    "program": lambda: os.execv("/bin/true", ["true"]),
    "making": lambda: open(sys.argv[1] + "2", "w"),
    "emptying": lambda: os.open(sys.argv[1], os.O_WRONLY | os.O_TRUNC),
    "writing": lambda: os.write(os.open(sys.argv[1], os.O_WRONLY), b"x"),
    "removing": lambda: os.unlink(sys.argv[1]),
    "renaming": lambda: os.rename(sys.argv[1], sys.argv[1] + "3"),
    "folder": lambda: os.mkdir(sys.argv[1] + "4"),
    "killing": lambda: os.kill(os.getppid(), 0),
    "memory": lambda: bytearray(1 << 30),
}
for name, attempt in tried.items():
    try:
        attempt()
    except (OSError, MemoryError):
        continue
    print(name)
print(resource.getrlimit(resource.RLIMIT_CORE)[1])
"""


def test_the_process_can_do_nothing_but_read(tmp_path: Path) -> None:
    """What it gives up fails, each by itself; a core dump is never written."""
    (tmp_path / "t.csv").write_text(LEAST)
    done = subprocess.run(
        [sys.executable, "-c", CANNOT, str(tmp_path / "t.csv")],
        env={**os.environ, "PYTHONPATH": str(Path(imports.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert list(tmp_path.iterdir()) == [tmp_path / "t.csv"]
    assert (tmp_path / "t.csv").read_text() == LEAST


def test_the_process_never_sees_the_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "correct horse battery staple")
    kept: list[bytes] = []

    def look(_done: int, _total: int, _words: str) -> None:
        kept.extend(Path(f"/proc/{one}/environ").read_bytes() for one in children(os.getpid()))
        raise Cancelled("Seen.")

    with pytest.raises(Cancelled):
        imports.read([slow_tracker(tmp_path / "t.csv")], today=TODAY, progress=look)
    assert kept
    assert all(b"PATH=" in one and b"horse" not in one for one in kept)


def said_by(program: str, seconds: float = 60) -> str:
    """The sentence for a process that says something else than ours."""
    head = (
        "import os, sys, struct\n"
        "def say(kind, data=b'null'): os.write(1, struct.pack('>cI', kind, len(data)) + data)\n"
        "say(b'H')\n"
    )
    allowance = Allowance(monotonic(), seconds)
    talk = parent.Talk(["t.xlsx"], None, allowance)
    with (
        pytest.raises(Unreadable) as told,
        parent.started([sys.executable, "-c", head + program], {}) as working,
    ):
        talk.hear(working)
    return told.value.sentence


def test_a_process_that_does_not_start_says_nothing_of_the_file() -> None:
    talk = parent.Talk(["t.xlsx"], None, Allowance(monotonic()))
    with (
        pytest.raises(Unavailable, match="did not start"),
        parent.started([sys.executable, "-c", "raise SystemExit(1)"], {}) as working,
    ):
        talk.hear(working)
    with (
        pytest.raises(Unavailable, match="could not be started"),
        parent.started(["no such program"], {}),
    ):
        pass


@pytest.mark.parametrize(
    "program",
    [
        "",
        "sys.exit(3)",
        "os.kill(os.getpid(), 11)",
        "os.write(1, b'Traceback (most recent call last)')",
        "say(b'D')",
        "say(b'D', b'[]')",
        "say(b'R', b'[99, []]')",
        "say(b'R', b'[2, [[]]]')",
        "say(b'P', b'[1, 2]')",
        "say(b'B', b'-1')",
        "say(b'E', b'[\"Missing\"]')",
        "say(b'X', b'[\"Name\", \"of a child\\\\n\"]')",
        "os.write(1, struct.pack('>cI', b'D', 1 << 31))",
    ],
)
def test_a_process_that_was_taken_over_gives_one_sentence(program: str) -> None:
    assert said_by(program).startswith("t.xlsx is damaged")


def test_a_process_that_never_stops_talking_is_stopped() -> None:
    words = f"data = b'[{NOTES}, [' + b','.join([b'\"' + b'x' * 60 + b'\"'] * 9999) + b']]'\n"
    assert "MiB" in said_by(words + "while True: say(b'R', data)")


def test_a_process_that_goes_on_and_on_is_given_up() -> None:
    assert "given up" in said_by("while True: pass", 0.2)
    assert "given up" in said_by("while True: say(b'W', b'1000')", 0.2)


def test_time_is_given_for_bytes_and_for_rows_that_have_bytes() -> None:
    allowance = Allowance(0.0, 8)
    allowance.begin(10.0)
    allowance.bytes_came(0, 10.0)
    allowance.bytes_came(4_000_000, 15.0)
    allowance.check(22.9)
    allowance.rows_read(10_000)
    more = 10_000 * limits.SECONDS_A_ROW
    allowance.check(22.9 + more)
    with pytest.raises(OutOfTime):
        allowance.check(23.1 + more)
    allowance.rows_read(500_000)
    most = 23.0 + 2 * 4_000_000 / limits.BYTES_A_ROW * limits.SECONDS_A_ROW
    allowance.check(most - 0.1)
    with pytest.raises(OutOfTime):
        allowance.check(most + 0.1)
    # Rows that are copies of one another earn nothing.
    allowance.rows_read(2 * 4_000_000 // limits.LEAST_A_ROW)
    allowance.check(22.9)
    with pytest.raises(OutOfTime):
        allowance.check(23.1)


def test_a_busy_computer_takes_no_time_from_a_file_and_a_process_that_hangs_has_none() -> None:
    allowance = Allowance(0.0, 8)
    allowance.begin(10.0, 0.5)
    allowance.check(80.0, 8.4)
    with pytest.raises(OutOfTime):
        allowance.check(18.0, 8.6)
    with pytest.raises(OutOfTime):
        allowance.check(10.1 + 8 * limits.SLOWEST, 1.0)


def test_a_disk_that_has_fallen_asleep_is_given_up() -> None:
    allowance = Allowance(0.0)
    allowance.begin(1.0, 0.5)
    allowance.bytes_came(0, 1.0)
    allowance.check(1.0 + limits.SECONDS_FOR_A_PIECE - 0.1, 0.6)
    allowance.check(1.0 + limits.SECONDS_FOR_A_PIECE + 0.1, 2.0)
    with pytest.raises(OutOfTime):
        allowance.check(1.0 + limits.SECONDS_FOR_A_PIECE + 0.1, 0.6)


def test_a_process_that_never_starts_is_given_up() -> None:
    allowance = Allowance(0.0)
    allowance.check(limits.SECONDS_TO_START - 0.1)
    with pytest.raises(OutOfTime):
        allowance.check(limits.SECONDS_TO_START + 0.1)


def test_a_further_file_earns_time() -> None:
    allowance = Allowance(0.0, 8)
    allowance.begin(0.0)
    for at in range(3):
        allowance.bytes_came(0, float(at))
    allowance.rows_read(0)
    allowance.check(8 + 2 * limits.SECONDS_A_FILE - 0.1)
    with pytest.raises(OutOfTime):
        allowance.check(8 + 2 * limits.SECONDS_A_FILE + 0.1)
