from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.people import Closure
from caseworker_app.ui.dialogs.setting import closure_words, read_closures

TODAY = date(2026, 11, 22)
SUMMER = Closure(date(2027, 7, 22), date(2027, 9, 1))


def test_a_line_a_spell_in_any_british_form() -> None:
    text = "22 Jul 2027 to 1 Sep 2027\n\n 18/12/26 to 4/1/27 \n"
    assert read_closures(text, TODAY) == (
        SUMMER,
        Closure(date(2026, 12, 18), date(2027, 1, 4)),
    )


def test_what_is_shown_can_be_read_back() -> None:
    assert read_closures(closure_words(SUMMER), TODAY) == (SUMMER,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("22 Jul 2027", 'Line 1: "22 Jul 2027" is not a date, "to" and a date.'),
        ("\n31/6/27 to autumn", "Line 2: June 2027 has 30 days."),
        ("1/9/27 to 22/7/27", "Line 1: it opens again before it closes."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_closures(text, TODAY)
    assert refused.value.sentence == sentence
    assert refused.value.field == "closures"
