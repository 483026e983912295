from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app import paths
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.catalogue import Rating, Target, read_target
from caseworker_app.domain.measures.every_answer import EVERY_ANSWER
from caseworker_app.reports.catalogue import load_autism_path, load_catalogue

ROW = """
[[measure]]
ref = "X1"
source = "s"
workstream = "w"
statement = "t"
target = "100%"
due = ""
cycle = "c"
lead = "l"
over = "day"
numerator = "d"
"""


def test_each_measure_is_answered_by_cases_or_by_hand_or_says_what_it_waits_for() -> None:
    every = load_catalogue(paths.resources() / "catalogue" / "measures.toml")
    by_hand = {one.ref for one in every if one.by_hand}
    assert len(by_hand) == 39
    assert not by_hand & EVERY_ANSWER.keys()
    assert all(one.milestone or one.hand for one in every if one.by_hand)
    measures = [one for one in every if not one.by_hand]
    refs = {measure.ref for measure in measures}
    beside = {f"{m.ref}-{one.suffix}" for m in measures for one in m.beside}
    assert {m.ref for m in measures if not m.waits_for} | beside == EVERY_ANSWER.keys()
    assert not {m.ref for m in measures if m.waits_for} & EVERY_ANSWER.keys()
    assert len(refs) == 50


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not toml", "cannot be read"),
        ("", r"no \[\[measure\]\]"),
        (ROW.replace('ref = "X1"\n', ""), "measure 1 has no ref"),
        (ROW.replace('"day"', '"week"'), "over is none of"),
        (ROW.replace('numerator = "d"\n', ""), "has no numerator"),
        (ROW + 'kind = "milestone"\n', "has no definition"),
        (ROW + 'extra = "x"\n', "unknown key extra"),
        (ROW.replace('"100%"', "100"), "target is not text"),
        (ROW + ROW, "has X1 twice"),
        (ROW + 'beside = [{ suffix = "s" }]\n', "beside has no definition"),
        (ROW + 'answered_by = "nobody"\n', 'either "cases" or "hand"'),
        (ROW + 'parts = [{ suffix = "s" }]\n', "parts has no statement"),
        ("measure = [1]", "measure 1 is not a table"),
    ],
)
def test_a_faulty_catalogue_is_refused_naming_the_row(
    text: str, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "measures.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable, match=sentence):
        load_catalogue(path)


def test_a_missing_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"measures\.toml cannot be read"):
        load_catalogue(tmp_path / "measures.toml")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (">=60%", Target(">=", 0.6, share=True)),
        ("100%", Target(">=", 1.0, share=True)),
        ("<=3%", Target("<=", 0.03, share=True)),
        ("<150", Target("<", 150, share=False)),
        (">100", Target(">", 100, share=False)),
        ("0", Target("<=", 0, share=False)),
        ("falling toward 2.9%", None),
        ("known for all", None),
        ("", None),
    ],
)
def test_targets_are_read_as_the_board_writes_them(text: str, target: Target | None) -> None:
    assert read_target(text) == target


@pytest.mark.parametrize(
    ("text", "value", "rating"),
    [
        (">=60%", 0.6, Rating.GREEN),
        (">=60%", 0.5, Rating.AMBER),
        (">=60%", 0.499, Rating.RED),
        ("100%", 1.0, Rating.GREEN),
        ("100%", 0.999, Rating.AMBER),
        ("<=3%", 0.03, Rating.GREEN),
        ("<=3%", 0.13, Rating.AMBER),
        ("<=3%", 0.131, Rating.RED),
        (">=668", 668, Rating.GREEN),
        (">=668", 602, Rating.AMBER),
        (">=668", 601, Rating.RED),
        (">100", 100, Rating.AMBER),
        ("<150", 150, Rating.AMBER),
        ("0", 0, Rating.GREEN),
        ("0", 1, Rating.RED),
    ],
)
def test_ratings(text: str, value: float, rating: Rating) -> None:
    target = read_target(text)
    assert target is not None
    assert target.rating(value) is rating


def test_the_planned_autism_path_follows_from_its_additions_and_discharges() -> None:
    path = load_autism_path(paths.resources() / "catalogue" / "autism_path.toml")
    assert len(path.months) == 24
    assert (path.months[0].waiting, path.months[-1].waiting) == (346, 139)
    assert path.waiting_at(date(2022, 12, 5)) == 247
    assert path.waiting_at(date(2024, 1, 1)) is None


def test_a_faulty_autism_path_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "path.toml"
    for text in ("x = 1", 'source = "s"\nwaiting_before = 3\n[[planned]]\nmonths = ["a", "b"]'):
        path.write_text(text, "utf-8")
        with pytest.raises(Unreadable, match=r"path\.toml cannot be read"):
            load_autism_path(path)
