"""What has been published is remembered, each once, and protects what is published later."""

from __future__ import annotations

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.editions import Edition, beside_earlier, edition_of
from caseworker_app.domain.measures.hiding import protect, shown_again
from caseworker_app.domain.measures.published import published
from caseworker_app.domain.measures.relations import Over, over
from caseworker_app.services.returns.runs import NewRun, keep, published_before
from caseworker_app.services.session import Session
from tests.domain.measures.making import board, case, day, fact


def made(*ended: str, end: str = "2026-11-22") -> BoardReturn:
    """A return of children whose review was decided on these days."""
    files = [
        case(
            f"C{number:02}",
            fact("plan_sent", "2024-03-01"),
            fact("review_meeting_held", on),
            fact("review_decision_sent", on, outcome="maintain"),
        )
        for number, on in enumerate(ended)
    ]
    return board(files, end=end)


def one() -> Edition:
    return protect(made("2026-09-10", "2026-09-11", "2026-10-01"))[1]


def publish(session: Session, edition: Edition) -> str:
    """Keep a published return of which only the protection matters."""
    days = {"from": edition.period.start, "to": edition.period.end, "as_at": edition.as_at}
    asked = {name: day.isoformat() for name, day in days.items()}
    rules, data = session.rules, ""
    return keep(session, NewRun("board", asked, b"", rules, data, public=True, editions=(edition,)))


def test_what_was_published_is_remembered_once_and_told_of(file_session: Session) -> None:
    kept = one()
    for _ in range(2):
        publish(file_session, kept)
    with file_session.store.reading() as reading:
        (back,) = published_before(reading)
    assert (back.period, back.as_at, back.hidden) == (kept.period, kept.as_at, kept.hidden)
    assert back.counts.counts == kept.counts.counts
    assert back.counts.sums == kept.counts.sums
    other = protect(made("2026-09-10"))[1]
    publish(file_session, other)
    with file_session.store.reading() as reading:
        assert [edition.hidden for edition in published_before(reading)] == [
            kept.hidden,
            other.hidden,
        ]
    assert file_session.history(1)[0].what == ("Board return, 1 Sep 2026 to 22 Nov 2026 published")
    assert not file_session.check()


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        edition_of(b"nothing")


def test_what_was_hidden_is_hidden_again_in_the_same_figures() -> None:
    whole = made("2026-09-10", "2026-09-11", "2026-10-01")
    seen, edition = protect(whole)
    assert shown_again(whole, edition_of(edition.packed())) == seen
    assert shown_again(whole, edition) != whole


def test_the_part_year_and_the_year_to_date_do_not_tell_the_months_between() -> None:
    early = ["2026-09-10"] * 12
    _, kept = protect(made(*early, end="2026-09-30"))
    files = [*early, *["2026-10-20"] * 8]
    later = made(*files, end="2026-10-31")
    assert _maintained(protect(later)[0]) == _maintained(protect(later, [kept])[0]) == 20
    few = made(*early, *["2026-10-20"] * 2, end="2026-10-31")
    assert _maintained(protect(few)[0]) == 14


def _maintained(seen: BoardReturn) -> int | None:
    table = next(one for one in seen.annual_reviews if one.key == "review_outcomes")
    return next(line.count for line in table.lines if line.key == "maintain")


def test_the_same_day_asked_again_shows_no_more_than_it_did() -> None:
    whole = made("2026-09-10", "2026-09-11", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04")
    _, kept = protect(whole)
    _, again = protect(whole, [kept])
    assert again.hidden == kept.hidden


def test_a_period_is_tied_to_one_that_it_goes_on_from() -> None:
    first, both = (Period(day("2026-09-01"), day(f"2026-{end}")) for end in ("09-30", "10-31"))
    six, eight = (published(made(*["2026-09-10"] * count)) for count in (6, 8))
    earlier = Edition(first, first.end, six, frozenset())
    tied = beside_earlier(eight, both, both.end, [earlier])
    between = {cell: count for cell, count in tied.counts.items() if cell[0] == "between"}
    assert between["between", "|", "earlier", "0", "W1.4f", "denominator"] == 2
    assert beside_earlier(eight, both, both.end, []) is eight


@pytest.mark.parametrize(
    ("cell", "is_over"),
    [
        (("primary_need", "ASD"), Over.DAY),
        (("S3.2a", "denominator"), Over.DAY),
        (("budgets", "total"), Over.DAY),
        (("transfers_into_school_2026", "late"), Over.DAY),
        (("review_outcomes", "none"), Over.SHRINKING),
        (("review_outcomes", "total"), Over.EXACT),
        (("two_clocks", "dfe_completed", "of"), Over.DAY),
        (("a_table_nobody_has_thought_of", "x"), Over.GROWING),
    ],
)
def test_what_nobody_said_of_a_count_is_the_cautious_thing(
    cell: tuple[str, ...], is_over: Over
) -> None:
    assert over(cell) is is_over


def test_returns_published_before_are_tied_to_each_other_too() -> None:
    september, october = ["2026-09-10"] * 12, ["2026-10-20"] * 8
    _, first = protect(made(*september, end="2026-09-30"))
    _, second = protect(made(*september, *october, end="2026-10-31"), [first])
    now = made(*september, *october, *["2026-11-10"] * 9)
    both = beside_earlier(published(now), now.period, now.as_at, [first, second])
    maintained = ("review_outcomes", "maintain")
    long, short = (("earlier", number, *maintained) for number in ("1", "0"))
    (between,) = {
        one.parts[1] for one in both.sums if one.total == long and one.parts[:1] == (short,)
    }
    assert both.counts[between] == 8
    assert between in both.past
