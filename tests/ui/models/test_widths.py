"""What goes and what shrinks where a table has little room, and that names are never cut first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.ui.models.case_columns import CASE_COLUMNS
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.widths import Wish, fitted, in_words, kept_widths, weights

NAME = Wish("name", 160, 150, 1000)
WISHES = (
    NAME,
    Wish("due", 120, 90, 300),
    Wish("need", 100, 60, 100),
    Wish("why", 200, 110, 50, stretch=True),
)


@given(st.integers(150, 1200))
def test_a_name_is_whole_and_what_matters_most_stays(room: int) -> None:
    widths = fitted(WISHES, room)
    assert widths["name"] >= NAME.least
    assert sum(widths.values()) <= room
    # The least important goes first: nobody is hidden while one who matters less is shown.
    shown = [one.weight for one in WISHES if one.key in widths]
    hidden = [one.weight for one in WISHES if one.key not in widths]
    assert not hidden or min(shown) > max(hidden)


def test_what_is_left_goes_to_the_one_that_stretches_or_to_all() -> None:
    assert fitted(WISHES, 900) == {"name": 160, "due": 120, "need": 100, "why": 520}
    assert fitted(WISHES[:3], 500) == {"name": 200, "due": 160, "need": 140}


def test_slack_is_given_up_before_anything_goes() -> None:
    widths = fitted(WISHES, 430)
    assert set(widths) == {"name", "due", "need", "why"}
    assert widths["name"] >= 150
    assert widths["due"] < 120


def test_a_table_to_type_into_is_scrolled_and_what_was_asked_for_is_kept() -> None:
    assert set(fitted(WISHES, 200, hides=False)) == {one.key for one in WISHES}
    assert "need" in fitted(WISHES, 260, kept=["need"])


def test_names_matter_most_and_those_spared_go_first() -> None:
    found = weights(CASE_COLUMNS, ("status", "need"))
    order = sorted(found, key=lambda key: found[key])
    assert order[:2] == ["status", "need"]
    assert order[-1] == "child"


def test_what_is_hidden_is_said() -> None:
    columns = (
        Column("setting", "Setting", lambda row: row),
        Column("need", "Need", lambda _: ""),
        Column("year", "Year", lambda _: "Y8"),
    )
    assert in_words(columns, "Acorn House", {"setting", "need"}) == "Setting: Acorn House"


def test_widths_that_nobody_can_have_chosen_are_left_out() -> None:
    held = {"widths": {"a": 120, "b": -3, "c": "wide", "d": 10**9}}
    assert kept_widths(held) == {"a": 120}
    assert kept_widths({"widths": 7}) == {}
