"""What is typed into a cell of the plan, read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.declarations.thread import SMART, Outcome
from caseworker_app.domain.errors import Refused
from caseworker_app.ui.screens.case_plan_cells import marks, read_marks, read_typed

TODAY = date(2026, 11, 22)


@given(st.fixed_dictionaries({name: st.sampled_from(["yes", "no", ""]) for name in SMART}))
def test_marks_are_read_as_they_are_shown(given_marks: dict[str, str]) -> None:
    aim = Outcome(child_id="1", area="well", words="Ten words", set_on=TODAY, **given_marks)
    assert read_marks(marks(aim)) == given_marks


def test_letters_alone_say_which_marks_hold_and_nothing_leaves_them_open() -> None:
    assert [name for name, said in read_marks("tm").items() if said == "yes"] == [
        "measurable", "timed",
    ]  # fmt: skip
    assert set(read_marks("-").values()) == {"no"}
    assert set(read_marks("").values()) == {""}


@pytest.mark.parametrize(
    ("kind", "field", "typed", "says"),
    [
        ("outcome", "smart", "xyz", "letters of SMART"),
        ("outcome", "by_when", "nonsense", "date"),
        ("provision", "cost", "a lot", "not an amount"),
        ("provision", "what", "  ", "needed"),
    ],
)
def test_what_cannot_be_read_says_why(kind: str, field: str, typed: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_typed(kind, field, typed, TODAY, {})


def test_amounts_days_and_choices_are_read_and_an_emptied_cell_is_empty() -> None:
    assert read_typed("provision", "cost", "£1,250", TODAY, {}) == {"cost": 125_000}
    assert read_typed("outcome", "by_when", "31/7/27", TODAY, {}) == {"by_when": date(2027, 7, 31)}
    assert read_typed("provision", "funder", "health", TODAY, {}) == {"funder": "health"}
    assert read_typed("provision", "cost", "", TODAY, {}) == {"cost": None}
