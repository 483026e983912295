"""What narrows the annual reviews, and what a saved view keeps of it."""

from dataclasses import replace

from caseworker_app.ui.screens.reviews_filter import UNASSIGNED, ReviewFilter, load_filter
from tests.ui.test_reviews_paste import PLANS

THEIRS = replace(PLANS[0], caseworker="R. Haque", holder="school", state="decision 9 d late")
NOBODYS = replace(PLANS[1], setting="Ben Jonson", holder="ep")
FILTERS = (
    (ReviewFilter(worker="R. Haque"), [THEIRS], ["R. Haque"]),
    (ReviewFilter(worker=UNASSIGNED), [NOBODYS], ["Unassigned"]),
    (ReviewFilter(state="school"), [THEIRS], ["With the school"]),
    (ReviewFilter().by_cell("setting", NOBODYS), [NOBODYS], ["Setting: Ben Jonson"]),
    (
        ReviewFilter("R. Haque").by_cell("with", THEIRS).by_cell("report", THEIRS),
        [THEIRS],
        ["R. Haque", "With: School", "Report: empty"],
    ),
)


def test_a_filter_keeps_what_its_chips_say_and_comes_back_from_a_view() -> None:
    for narrowed, kept, chips in FILTERS:
        keep = narrowed.keep()
        assert keep is not None
        assert [row for row in (THEIRS, NOBODYS) if keep(row)] == kept
        assert list(narrowed.chips().values()) == chips
        assert load_filter(narrowed.dump()) == narrowed
        without = narrowed
        for chip in narrowed.chips():
            without = without.without(chip)
        assert without == ReviewFilter()
        assert without.keep() is None


def test_what_a_view_says_that_nobody_knows_any_more_is_left_out() -> None:
    assert load_filter('{"state": "gone", "cells": {"gone": "x"}}') == ReviewFilter()
    assert load_filter("no json") == load_filter("[1]") == ReviewFilter()
