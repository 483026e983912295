"""How what was promised stands: by its lead's word, by its figure, and by its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.domain.declarations.promised import (
    PlanAction,
    Progress,
    SuccessMeasure,
    Workstream,
)
from caseworker_app.domain.improvement.highlight import highlight_report
from caseworker_app.domain.improvement.standing import (
    Records,
    Standing,
    by_ref,
    standings,
    streams_of,
)
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.catalogue import Rating

TODAY = date(2026, 11, 22)
STREAM = Workstream(id="1", plan_id="1", number=1, name="Plans", lead="Head of SEN")
ACTION = PlanAction(id="1", workstream_id="1", ref="1.1", words="Write better plans")


def measure(key: str = "1", **fields: object) -> SuccessMeasure:
    given = {
        "action_id": "1",
        "ref": f"1.1{'abcdefghijklmnopqrs'[int(key) - 1]}",
        "words": "Plans are good",
        "kind": "measure",
        "due": date(2027, 1, 31),
    }
    return SuccessMeasure(id=key, **{**given, **fields})  # type: ignore[arg-type]


def note(status: str, days: int = 10, key: str = "1", **fields: object) -> Progress:
    on = TODAY - timedelta(days=days)
    given = {"measure_id": key, "on": on, "status": status, "words": "So far.", "by": "A. Ford"}
    return Progress(id=f"{days}", **{**given, **fields})  # type: ignore[arg-type]


def result(value: float | None, rating: Rating = Rating.NONE, **fields: object) -> Result:
    given = {
        "ref": "W1.4g",
        "source": "",
        "workstream": "",
        "statement": "",
        "definition": "",
        "target": "",
        "due": "",
        "lead": "",
        "value": value,
        "rating": rating,
        "denominator": 40,
        "numerator": None if value is None else round(40 * value),
    }
    return Result(**{**given, **fields})  # type: ignore[arg-type]


def stood(one: SuccessMeasure, *notes: Progress, of: Result | None = None) -> Standing:
    records = Records(workstreams=(STREAM,), actions=(ACTION,), measures=(one,), notes=notes)
    (row,) = standings(records, () if of is None else (of,), TODAY)
    return row


def test_nothing_said_is_no_colour_and_wants_word() -> None:
    row = stood(measure())
    assert (row.words, row.rag, row.wants_news, row.owes) == (
        *("Nothing said yet", "", True),
        "Head of SEN",
    )


def test_the_last_word_counts_and_a_later_one_does_not_yet() -> None:
    row = stood(measure(), note("on_track", 40), note("at_risk", 5), note("done", -3))
    assert (row.words, row.rag, row.wants_news) == ("At risk", "amber", False)
    assert stood(measure(), note("on_track", 63)).wants_news


@pytest.mark.parametrize(
    ("value", "target", "words", "rag"),
    [
        (0.65, ">=60%", "On target", "green"),
        (0.52, ">=60%", "Near its target", "amber"),
        (0.2, ">=60%", "Off its target", "red"),
    ],
)
def test_a_figure_stands_by_the_target_of_the_success_measure(
    value: float, target: str, words: str, rag: str
) -> None:
    row = stood(measure(measure="W1.4g", target=target), of=result(value))
    assert (row.words, row.rag, row.target) == (words, rag, "at least 60%")
    assert row.figure == f"{value:.1%}"
    assert row.counts == f"W1.4g: {round(40 * value)} of 40"


def test_a_target_in_words_stands_by_the_catalogue() -> None:
    row = stood(measure(measure="W1.4g", target="rising"), of=result(0.3, Rating.GREEN))
    assert row.words == "On target"


@pytest.mark.parametrize("value", [None, 0.0, 1.0])
def test_a_milestone_is_done_or_not(value: float | None) -> None:
    told = result(value, milestone=True, denominator=None)
    row = stood(measure(measure="W1.4g", target="done", kind="milestone"), of=told)
    assert row.words == ("Done" if value else "Nothing said yet")
    assert row.figure == ""


def test_what_is_past_its_day_is_overdue_unless_it_is_reached() -> None:
    late = measure(due=TODAY - timedelta(days=1))
    assert stood(late, note("on_track")).words == "Overdue by 1 day"
    assert stood(measure(due=date(2026, 10, 31))).words == "Overdue by 22 days"
    assert stood(measure(due=TODAY)).days_over == 0
    for done in ("done", "closed"):
        row = stood(late, note(done))
        assert (row.days_over, row.is_done, row.wants_news) == (0, True, False)
    reached = stood(measure(due=date(2026, 1, 1), measure="W1.4g", target="50%"), of=result(0.6))
    assert (reached.words, reached.days_over) == ("On target", 0)


def test_who_owes_it_is_who_is_nearest_to_it() -> None:
    assert stood(measure(lead="A. Ford")).owes == "A. Ford"
    action = PlanAction(**{**_fields(ACTION), "leads": "DCO"})
    records = Records(workstreams=(STREAM,), actions=(action,), measures=(measure(),))
    assert standings(records, (), TODAY)[0].owes == "DCO"


def _fields(one: PlanAction) -> dict[str, str]:
    return {name: getattr(one, name) for name in ("id", "workstream_id", "ref", "words")}


def test_refs_stand_as_people_number_them() -> None:
    assert sorted(["1.10a", "1.9b", "1.9a", "2.1"], key=by_ref) == ["1.9a", "1.9b", "1.10a", "2.1"]


def test_a_report_tells_what_presses_on_one_page_and_how_much_it_leaves_out() -> None:
    measures = [measure(str(at + 1), words="x" * 400) for at in range(14)]
    measures.append(measure("15", due=date(2026, 5, 31), lead="A. Ford"))
    notes = [note("on_track", 5 + at, next_steps="More.") for at in range(8)]
    records = Records(workstreams=(STREAM,), actions=(ACTION,), measures=measures, notes=notes)
    rows = standings(records, (), TODAY)
    (stream,) = streams_of(rows, (STREAM,))
    assert (len(stream.rows), stream.overdue, stream.done) == (15, 1, 0)
    paper = highlight_report(stream, notes, "The plan", TODAY, "A. Ford, today")
    assert (paper.personal, paper.wide) == (False, False)
    stands, table, progress, owed = paper.parts
    assert stands.lines[-1].startswith("15 success measures: 1 green, 1 red, 13 not known.")
    assert table.table is not None
    assert table.table.rows[0][0] == "1.1o"
    assert table.lines == ("3 more, none of which presses harder.",)
    assert all(len(str(cell)) <= 150 for row in table.table.rows for cell in row)
    assert progress.lines[-1] == "3 more notes."
    assert owed.lines == ("A. Ford: 1.1o",)


def test_a_note_of_an_action_is_no_note_of_the_measure_with_its_number() -> None:
    of_action = note("off_track", 3, measure_id=None, action_id="1")
    row = stood(measure(), of_action)
    assert row.code == "no_word"
    (stream,) = streams_of([row], (STREAM,))
    paper = highlight_report(stream, [of_action, note("on_track", 4)], "", TODAY, "")
    assert [line.partition(",")[0] for line in paper.parts[2].lines] == ["1.1", "1.1a"]
