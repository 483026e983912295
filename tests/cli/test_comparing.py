"""`compare`: two Word documents of a plan, and no store."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.support.command import caseworker, one_sentence

OLD = "Speech therapy for 45 minutes once a week by a therapist."
NEW = "Speech therapy by a therapist, as required."


def written(path: Path, *provision: str) -> Path:
    document = docx.Document()
    document.add_heading("Section B: Special educational needs", 1)
    document.add_paragraph("Speech is hard to follow.")
    document.add_heading("Section F: Special educational provision", 1)
    for line in provision:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    old = written(tmp_path / "old.docx", OLD, "A timer.")
    return old, written(tmp_path / "new.docx", NEW, "A timer.")


def test_what_became_less_specific_is_told(both: tuple[Path, Path]) -> None:
    (change,) = caseworker("compare", *both, "--json").json["changes"]
    assert (change["section"], change["what"]) == ("F", "changed")
    assert (change["before"], change["after"]) == (
        OLD,
        NEW,
    )
    assert change["less_specific"]
    told = caseworker("compare", *both)
    assert told.code == 0
    assert "as required" in told.out
    assert "The two say the same." in caseworker("compare", both[0], both[0]).out


def test_what_is_no_document_is_refused_in_a_sentence(
    both: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "plan.docx"
    other.write_text("no document", encoding="utf-8")
    for path in (other, tmp_path / "missing.docx"):
        said = caseworker("compare", both[0], path)
        assert said.code == 2
        assert one_sentence(said)
        assert path.name in said.err
