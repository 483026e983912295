"""Files are written whole or not at all, over regular files alone, and say so in one sentence."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from caseworker_app import files
from caseworker_app.domain.errors import Unavailable


def test_what_is_written_is_private_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "x"
    files.write_whole(target, b"one")
    files.write_whole(target, b"two")

    assert target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def _half(target: Path, error: BaseException) -> None:
    with files.replacing(target) as part:
        part.write_bytes(b"half")
        raise error


@pytest.mark.parametrize("error", [ValueError("half"), OSError(errno.ENOSPC, "full")])
def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "x"
    target.write_bytes(b"before")

    with pytest.raises(type(error)):
        _half(target, error)

    assert target.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link to a device"])
def test_only_a_regular_file_is_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "x"
    if kind == "folder":
        target.mkdir()
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "device":
        target = Path(os.devnull)
    else:
        target.symlink_to(os.devnull)
    before = target.lstat()

    with pytest.raises(Unavailable, match=r"is a (folder|device)"):
        files.write_whole(target, b"no")

    after = target.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real"
    real.write_bytes(b"before")
    link = tmp_path / "link"
    link.symlink_to(real)

    files.write_whole(link, b"after")

    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_leftovers_of_the_dead_are_swept_and_those_of_the_living_kept(tmp_path: Path) -> None:
    target = tmp_path / "x"
    dead = tmp_path / ".x.0123abcd.part"
    dead.write_bytes(b"half")
    others = [tmp_path / ".x.y.0123abcd.part", tmp_path / ".x.part", tmp_path / ".x.0123abcg.part"]
    for other in others:
        other.write_bytes(b"not of x")

    with files.replacing(target) as living:
        living.write_bytes(b"first")
        files.write_whole(target, b"second")
        assert living.exists()

    assert target.read_bytes() == b"first"
    assert not dead.exists()
    assert all(one.exists() for one in others)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "there is no room left"),
        (errno.EDQUOT, "there is no room left"),
        (errno.EFBIG, "there is no room left"),
        (errno.EMFILE, "too many files are open"),
        (errno.EROFS, "its disk is read-only"),
        (errno.EACCES, "Permission denied"),
    ],
)
def test_what_the_system_refuses_is_one_sentence(number: int, words: str) -> None:
    said = files.in_words(OSError(number, os.strerror(number)), "the file")
    assert words in said
    assert said.endswith(".")
    assert "\n" not in said


def test_what_cannot_be_written_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "no folder" / "Report.txt"
    with pytest.raises(Unavailable) as refused, files.plain_errors(target):
        files.write_whole(target, b"")
    assert refused.value.sentence == f"{target} cannot be written: there is no such folder."
