"""A stranger's file: plain files alone, and never more than was asked for."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.services import plain_file
from tests.support.command import caseworker, one_sentence

MOST = 10_000_000


def contents(path: Path) -> bytes:
    return plain_file.contents(path, MOST, "a tracker")


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as told:
        contents(path)
    return told.value.sentence


def test_a_file_comes_whole_and_is_told_as_it_comes(tmp_path: Path) -> None:
    path, told = tmp_path / "tracker.csv", []
    path.write_bytes(b"Name,Born\r\n" * 800_000)
    assert plain_file.contents(path, MOST, "a tracker", told.append) == path.read_bytes()
    assert told[0] == 0
    assert sum(told) == path.stat().st_size
    (tmp_path / "link").symlink_to(path)
    assert contents(tmp_path / "link") == path.read_bytes()


def test_what_is_no_plain_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    # The folder of a test is too long a name for a socket.
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket")
    finally:
        os.chdir(here)
    assert refused(tmp_path / "pipe") == "pipe is a pipe, not a file."
    assert refused(tmp_path / "socket") == "socket is a socket, not a file."
    assert refused(tmp_path) == f"{tmp_path.name} is a folder, not a file."
    assert refused(Path(os.devnull)) == "null is a device, not a file."
    assert refused(Path("/dev/zero")) == "zero is a device, not a file."


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "and-round")
    (tmp_path / "and-round").symlink_to(tmp_path / "round")
    (tmp_path / "gone").symlink_to(tmp_path / "away")
    assert refused(tmp_path / "round") == "round could not be read from disk."
    assert refused(tmp_path / "gone") == "There is no file gone."
    assert refused(tmp_path / ("x" * 300)).endswith(" could not be read from disk.")
    assert refused(Path("nul\0l.csv")).endswith(" could not be read from disk.")


def test_not_one_byte_more_is_read_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    with path.open("wb") as file:
        file.truncate(MOST + 1)
    assert refused(path) == "tracker.csv is larger than a tracker can be (10 MB)."
    # A file that tells nothing of its length is read up to there.
    assert contents(Path("/proc/self/status")).startswith(b"Name:")


def test_a_file_that_grows_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(b"Name,Born\r\n" * 1000)

    def grow(count: int) -> None:
        if count == 11_000:
            with path.open("ab") as file:
                file.write(b"More\r\n")

    with pytest.raises(Unreadable, match=re.escape("being written to")):
        plain_file.contents(path, MOST, "a tracker", grow)


def test_a_file_that_vanishes_while_it_is_read_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(b"Name,Born\r\n" * 1000)
    data = path.read_bytes()
    assert (
        plain_file.contents(path, MOST, "a tracker", lambda _: path.unlink(missing_ok=True)) == data
    )


@pytest.mark.parametrize("what", ["file", "mapping"])
def test_the_command_says_so_of_a_pipe_nobody_writes_to(what: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "tracker.csv").write_text("Name,Born\n")
    line = {
        "file": ("import", tmp_path / "pipe"),
        "mapping": ("import", tmp_path / "tracker.csv", "--mapping", tmp_path / "pipe"),
    }[what]
    said = caseworker(*line, "--store", tmp_path / "new")
    assert said.code == 2
    assert said.err == "pipe is a pipe, not a file.\n"
    assert one_sentence(said)


def test_a_name_is_said_on_one_line(tmp_path: Path) -> None:
    assert (
        refused(tmp_path / "a\nb\x1b[2J\udcff.csv")
        == "There is no file a\ufffdb\ufffd[2J\ufffd.csv."
    )
    assert plain_file.name_of(Path("Élan & Søn.xlsx")) == "Élan & Søn.xlsx"
