"""No file beside what was asked for holds a child in plain text, however the program ends."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

from tests.support.alone import run_alone
from tests.support.plain_text import READ, WRITTEN, found_in


def test_a_drawn_end_leaves_nobody_in_plain_text(tmp_path: Path) -> None:
    """One of the moments; `dev.py prove plain` tries a hundred."""
    done = run_alone("tests.support.plain_text", tmp_path, 1, 4)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'moments': 1" in done.stdout


def test_what_a_file_holds_is_found_however_it_is_written_or_packed(tmp_path: Path) -> None:
    words = "Quill, Zoë"
    (tmp_path / "log.txt").write_text(words, encoding="utf-8")
    (tmp_path / "page").write_bytes(b"\0" + words.upper().encode("utf-16-le"))
    (tmp_path / "packed.gz").write_bytes(gzip.compress(words.encode()))
    with zipfile.ZipFile(tmp_path / "left.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", words)
    (tmp_path / "Review of Quill.docx").touch()
    for left_out in (READ, WRITTEN):
        (tmp_path / left_out).mkdir()
        (tmp_path / left_out / "asked.txt").write_text(words, encoding="utf-8")
    (tmp_path / "other").write_text("nobody", encoding="utf-8")
    assert [one.partition(" holds ")[0] for one in found_in(tmp_path)] == [
        "Review of Quill.docx",
        "left.xlsx",
        "log.txt",
        "packed.gz",
        "page",
    ]
