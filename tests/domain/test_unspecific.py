"""Words that leave something open: found where they do, and left alone where they do not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caseworker_app import paths
from caseworker_app.domain import unspecific
from caseworker_app.domain.unspecific import OUTCOME, PROVISION, pointed_out

PATH = paths.resources() / "plans" / "unspecific.toml"
VAGUE = unspecific.read(tomllib.loads(PATH.read_text(encoding="utf-8")))

SENTENCES = Path(__file__).with_name("specific_sentences.txt").read_text("utf-8").splitlines()
"""Two hundred sentences of provision that are specific: none of them should be pointed out."""


def words(text: str, where: str = PROVISION, beside: str = "") -> list[str]:
    return [one.words for one in pointed_out(text, where, VAGUE, beside)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Regular speech and language therapy.", ["Regular"]),
        ("Speech therapy regularly, for 30 minutes a week.", []),
        ("Access to a quiet room.", ["Access to"]),
        ("Will have  access\nto a quiet room.", ["access\nto"]),
        ("Opportunities for social skills work as required", ["Opportunities for", "as required"]),
        ("Up to 5 hours a week from an assistant.", ["Up to"]),
        ("Counts up to 20 in twos, 10 minutes a day.", []),
        ("Would benefit from a laptop.", ["Would benefit from"]),
        ("One hour a week. Support with eating.", ["Support with"]),
        ("Support with eating at lunch for 20 minutes each day.", []),
        ("Irregular verbs, taught for 15 minutes a day.", []),
        ("Laptop, where possible, etc.", ["where possible", "etc"]),
        ("Accessed topics", []),
        ("", []),
    ],
)
def test_words_are_pointed_out_where_they_leave_something_open(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_hours_in_a_field_of_their_own_make_the_words_exact() -> None:
    assert words("Regular speech therapy") == ["Regular"]
    assert words("Regular speech therapy", beside="45 minutes a week") == []
    assert words("Access to a therapist", beside="45 minutes a week") == ["Access to"]


def test_an_outcome_that_says_how_far_may_say_improve() -> None:
    assert words("Improve reading", OUTCOME) == ["Improve"]
    assert words("Improve reading to 60 words a minute", OUTCOME) == []
    assert words("Access to a quiet room", OUTCOME) == []


def test_each_tells_what_to_write_and_why() -> None:
    (one,) = pointed_out("Physiotherapy as needed.", PROVISION, VAGUE)
    assert (one.at, one.words) == (14, "as needed")
    assert one.instead == "when, and who decides"
    assert "TW" in one.source


def test_a_block_without_a_source_is_refused() -> None:
    block = {"words": ["x"], "where": [PROVISION], "instead": "", "source": "hearsay"}
    with pytest.raises(ValueError, match="hearsay"):
        unspecific.read({"sources": {}, "vague": [block]})


MOST_FALSE = 3
"""So many of the 200 are pointed out wrongly, as the guide tells."""


def test_two_hundred_specific_sentences_raise_few_false_alarms() -> None:
    assert len(set(SENTENCES)) == 200
    false = [(text, words(text)) for text in SENTENCES if words(text)]
    assert len(false) <= MOST_FALSE, false
