"""The check letter of a UPN: one changed sign, or two changed round, never passes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseworker_app.domain.upn import LETTERS, check_letter, fault, is_sound, is_upn, tidy

FIGURES = st.text("0123456789", min_size=11, max_size=11)
LAST = st.sampled_from("0123456789" + LETTERS)


@given(FIGURES, LAST)
def test_the_letter_made_for_the_figures_fits_them(figures: str, last: str) -> None:
    rest = figures + last
    assert fault(check_letter(rest) + rest) == ""
    assert is_sound(tidy(f" {check_letter(rest).lower()}{rest[:4]} {rest[4:]}"))


@given(FIGURES, LAST, st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_figure_changed_is_seen(figures: str, last: str, at: int, other: str) -> None:
    rest = figures + last
    changed = rest[:at] + other + rest[at + 1 :]
    assume(changed != rest and rest[at].isdigit())
    assert fault(check_letter(rest) + changed)


@given(FIGURES, LAST, st.integers(0, 9))
def test_two_figures_changed_round_are_seen(figures: str, last: str, at: int) -> None:
    rest = figures + last
    turned = rest[:at] + rest[at + 1] + rest[at] + rest[at + 2 :]
    assume(turned != rest)
    assert fault(check_letter(rest) + turned)


@pytest.mark.parametrize("letter", "IOS")
def test_letters_that_are_never_used_are_named(letter: str) -> None:
    assert fault(f"{letter}801200001001") == f"no UPN has the letter {letter}"
    assert fault(f"H80120000100{letter}") == f"no UPN has the letter {letter}"


@pytest.mark.parametrize(
    ("text", "shaped"),
    [("H801200001001", True), ("H80120000100A", True), ("H80120000100", False), ("", False)],
)
def test_the_shape(text: str, shaped: bool) -> None:
    assert is_upn(text) is shaped
