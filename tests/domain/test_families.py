"""What families said, counted, with nothing that gives a small number away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.declarations.families import (
    ABOUT,
    RATINGS,
    STEPS,
    Feedback,
    Invitation,
    Response,
)
from caseworker_app.domain.families import (
    ASKED_WITHIN,
    BOTH,
    INVITED,
    QUESTIONS,
    TARGET,
    Figure,
    figures,
    is_due,
    themes,
)
from caseworker_app.domain.measures.catalogue import read_target
from caseworker_app.domain.measures.suppression import is_small
from tests.domain.measures.making import catalogue

ON = date(2026, 10, 1)
ANSWER = Feedback(about="assessment", on=ON, rating="good", involved="agree")
ASKED = Invitation(child_id="1", about="review", sent_on=ON, way="letter")


def by_id(found: tuple[Figure, ...]) -> dict[str, Figure]:
    return {one.id: one for one in found}


def test_a_family_is_to_be_asked_once_and_while_it_remembers() -> None:
    assert is_due(ON, [], ON)
    assert is_due(ON, [ON - timedelta(days=1)], ON)
    assert not is_due(ON, [ON], ON)
    assert is_due(ON, [], ON + ASKED_WITHIN)
    assert not is_due(ON, [], ON + ASKED_WITHIN + timedelta(days=1))


def test_a_question_counts_those_who_answered_it() -> None:
    answers = [ANSWER] * 15 + [replace(ANSWER, rating="poor")] * 5 + [replace(ANSWER, rating="")]
    found = by_id(figures(answers, [], []))
    rating = found["rating assessment"]
    assert (rating.said, rating.of, rating.share_words, rating.meets) == (15, 20, "75%", True)
    assert found["rating "].said == 15
    assert found["rating review"].answers == "none"
    assert found["reflects assessment"].of == 0


def test_answers_are_counted_against_invitations_by_their_code_alone() -> None:
    asked = [replace(ASKED, token=f"T{at}") for at in range(20)]
    found = by_id(figures([], asked, [f"t{at}" for at in range(8)] + ["strange", ""]))
    rate = found[f"{INVITED} review"]
    assert (rate.said, rate.of, rate.share_words, rate.meets) == (8, 20, "40%", None)


def test_few_answers_have_no_figure_and_give_none_away() -> None:
    four = by_id(figures([ANSWER] * 4, [], []))["rating assessment"]
    assert (four.said, four.answers, four.share_words) == (None, "fewer than 5", "")
    # Two who were not content follow from eighteen of twenty.
    two = by_id(figures([ANSWER] * 18 + [replace(ANSWER, rating="poor")] * 2, [], []))
    assert two["rating assessment"].share is None
    # Three answers about reviews follow from the two other counts.
    parts = [ANSWER] * 20 + [replace(ANSWER, about="review")] * 3
    three = by_id(figures(parts, [], []))
    assert None in (three["rating "].of, three["rating assessment"].of)


ANSWERS = st.builds(
    Feedback,
    about=st.sampled_from(sorted(ABOUT)),
    on=st.just(ON),
    rating=st.sampled_from(["", *RATINGS]),
    involved=st.sampled_from(["", *STEPS]),
)


@given(st.lists(ANSWERS, max_size=40))
@settings(max_examples=60)
def test_no_small_number_is_shown_or_follows(answers: list[Feedback]) -> None:
    found = by_id(figures(answers, [], []))
    for key in QUESTIONS:
        whole = found[f"{key} {BOTH}"]
        parts = [found[f"{key} {about}"] for about in ABOUT]
        for one in (whole, *parts):
            assert one.of is None or not is_small(one.of)
            assert one.said is None or not is_small(one.said)
            if one.of is not None and one.said is not None:
                assert not is_small(one.of - one.said)
        for name in ("of", "said"):
            sums: list[Any] = [getattr(one, name) for one in (whole, *parts)]
            # What is hidden alone follows from the two others, so it is no small number.
            if sums.count(None) == 1:
                assert not any(is_small(one) for one in _third(sums))


def _third(sums: list[int | None]) -> list[int]:
    whole, *parts = sums
    known = sum(one for one in parts if one is not None)
    return [known] if whole is None else [whole - known]


def test_a_theme_is_told_when_enough_said_it_with_what_was_done() -> None:
    answers = [replace(ANSWER, themes="Waiting, chasing, waiting")] * 5
    answers += [replace(ANSWER, themes="the meeting")] * 4
    done = [
        Response(theme="waiting: for the draft", done="We ring a week before", on=ON, id="1"),
        Response(theme="Waiting", done="We wrote it down", on=ON - timedelta(days=9), id="2"),
    ]
    found, few = themes(answers, done)
    assert [(one.words, one.said) for one in found] == [("chasing", 5), ("waiting", 5)]
    assert found[1].done == done[0]
    assert few == 1


def test_the_target_is_the_one_of_the_catalogue() -> None:
    wanted = {
        measure.ref: read_target(measure.target)
        for measure in catalogue()
        if measure.ref in ("W1.8b", "W1.8c", "S2.1b")
    }
    assert len(wanted) == 3
    assert {target.number for target in wanted.values() if target is not None} == {TARGET}
