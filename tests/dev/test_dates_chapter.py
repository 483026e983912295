"""The chapter on dates in the user guide is the rendering of the rule pack, to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dates_chapter import render

from caseworker_app.domain.rules import Rulebook
from tests.support.clock import pack
from tests.support.project import ROOT

CHAPTER = ROOT / "docs" / "users" / "dates.md"


def test_the_chapter_in_the_guide_is_what_the_pack_says() -> None:
    assert CHAPTER.read_text(encoding="utf-8") == render(pack()[0])


def test_every_rule_and_every_open_point_has_its_place() -> None:
    rulebook, _ = pack()
    text = render(rulebook)
    for version in rulebook.versions:
        assert f"### {version.rule}: {version.title}\n" in text
    for reading in rulebook.readings:
        assert f"### {reading.id}: {reading.question}\n" in text


def test_a_changed_rule_changes_the_chapter() -> None:
    rulebook, _ = pack()
    later = date(2029, 9, 1)
    own = replace(rulebook.versions[0], rule="LOC-01", duty="LOC-01", since=later, force="local")
    text = render(Rulebook("test", (*rulebook.versions, own), rulebook.readings))
    assert "## The council's own rules" in text
    assert "In force: from 1 September 2029." in text
