from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.folding import fold
from caseworker_app.domain.today import Section, section_of, when
from caseworker_app.ui.models import alert_columns as alerts
from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.models.rows_model import DISPLAY, HEADING, ROW

TODAY = date(2026, 11, 22)


def alert(days: int, **changes: object) -> AlertRow:
    due = TODAY + timedelta(days=days)
    row = AlertRow(
        child_id=f"c{days}",
        reference=f"TH{100 + days}",
        surname="Okafor",
        forename="Grace",
        setting="Mile End Gate",
        caseworker="R. Haque",
        rule="AR-08",
        episode="e1",
        what="Decision after review",
        due=due,
        target=due,
        common_due=None,
        state=State.OVERDUE if days < 0 else State.DUE,
        days=days,
        who="authority",
        why="no decision recorded",
    )
    return row._replace(**changes)


@pytest.fixture
def model(qapp: QApplication) -> GroupedModel:
    made = GroupedModel(
        alerts.columns(lambda row: row.caseworker),
        alerts.identity,
        alerts.search_text,
        alerts.SECTIONS,
    )
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.set_rows([alert(days) for days in (-9, -1, 0, 6, 7, 28, 29)])
    return made


def lines(model: GroupedModel) -> list[str]:
    return [
        model.index(line, 0).data(HEADING) or model.index(line, 0).data(DISPLAY)
        for line in range(model.rowCount())
    ]


def test_rows_stand_under_headings_that_count_them(model: GroupedModel) -> None:
    assert lines(model) == [
        "Overdue · 2",
        "9 days late",
        "1 day late",
        "Next 7 days · 2",
        "today",
        "6 days",
        "Next four weeks · 2",
        "7 days",
        "28 days",
        "Later · 1",
        "29 days",
    ]
    assert (model.shown, model.total, model.heading_lines()) == (7, 7, [0, 3, 6, 9])


def test_a_heading_is_no_row_and_cannot_be_selected(model: GroupedModel) -> None:
    heading = model.index(0, 0)
    assert heading.flags() == Qt.ItemFlag.ItemNeverHasChildren
    assert heading.data(ROW) is None
    assert model.row_at(0) is None
    assert model.index(1, 0).flags() & Qt.ItemFlag.ItemIsSelectable


def test_a_folded_group_is_its_heading_alone_and_can_be_gone_to(model: GroupedModel) -> None:
    model.fold(Section.OVERDUE, on=True)
    assert lines(model)[:2] == ["▸ Overdue · 2", "Next 7 days · 2"]
    assert model.index(0, 0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert (model.shown, len(model.rows()), model.size(Section.OVERDUE)) == (7, 5, 2)
    model.fold(Section.OVERDUE, on=False)
    assert len(model.rows()) == 7


def test_rows_of_other_people_are_as_if_they_were_not_there(model: GroupedModel) -> None:
    model.upsert([alert(3, caseworker_id="9")])
    model.set_within(lambda row: row.caseworker_id == "9")
    assert lines(model) == ["Next 7 days · 1", "3 days"]
    assert (model.total, model.shown, len(model.all_rows())) == (1, 1, 8)
    model.upsert([alert(4, caseworker_id="8"), alert(5, caseworker_id="9")])
    assert model.total == 2
    model.set_within(None)
    assert model.total == 10


def test_by_caseworker_nobodys_come_first_then_who_has_most_overdue(model: GroupedModel) -> None:
    rows = [
        alert(-9, caseworker_id="1"),
        alert(-1, caseworker_id="1", snoozed_until=TODAY, rule="AR-02"),
        alert(-2, caseworker_id="2", caseworker="A. Ali"),
        alert(3, caseworker_id="", caseworker=""),
    ]
    model.set_rows(rows)
    model.set_grouping(alerts.by_caseworker(rows))
    assert [line for line in lines(model) if "·" in line] == [
        "Unassigned · 0 overdue, 1 in the next 7 days, 1 in all",
        "R. Haque · 2 overdue, 0 in the next 7 days, 2 in all",
        "A. Ali · 1 overdue, 0 in the next 7 days, 1 in all",
    ]


def test_by_team_those_in_none_stand_together(model: GroupedModel) -> None:
    rows = [
        alert(-9, caseworker_id="1"),
        alert(-2, caseworker_id="2", caseworker="A. Ali"),
        alert(4, caseworker_id="3", caseworker="J. Smith"),
        alert(3, caseworker_id="", caseworker=""),
    ]
    model.set_rows(rows)
    model.set_grouping(alerts.by_team(rows, {"1": "North", "3": "North"}))
    assert [line for line in lines(model) if "·" in line] == [
        "Unassigned · 0 overdue, 1 in the next 7 days, 1 in all",
        "North · 1 overdue, 1 in the next 7 days, 2 in all",
        "Not in a team · 1 overdue, 0 in the next 7 days, 1 in all",
    ]


def test_a_filter_drops_the_headings_of_empty_groups(model: GroupedModel) -> None:
    model.set_filter("th100")
    assert lines(model) == ["Next 7 days · 1", "today"]


def test_sorting_stays_within_the_groups(model: GroupedModel) -> None:
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert lines(model)[:4] == ["Overdue · 2", "1 day late", "9 days late", "Next 7 days · 2"]


def test_a_met_deadline_goes_and_its_heading_counts_anew(model: GroupedModel) -> None:
    model.upsert([], [alerts.identity(alert(-9))])
    assert lines(model)[:2] == ["Overdue · 1", "1 day late"]


def test_the_last_line_of_a_group_takes_its_heading_along_and_the_next_brings_it_again(
    model: GroupedModel,
) -> None:
    before, resets = lines(model), list[int]()
    model.modelReset.connect(lambda: resets.append(1))
    model.upsert([], [alerts.identity(alert(-9)), alerts.identity(alert(-1))])
    assert lines(model) == before[3:]
    model.upsert([alert(-9), alert(-1)])
    assert lines(model)[0] == "Overdue · 2"
    assert sorted(lines(model)) == sorted(before)
    assert not resets


def test_a_changed_row_that_stays_has_its_heading_drawn_anew(model: GroupedModel) -> None:
    drawn = set[int]()
    model.dataChanged.connect(lambda first, last: drawn.update(range(first.row(), last.row() + 1)))
    model.upsert([alert(-1, why="the report is in")])
    row = model.line_of(alerts.identity(alert(-1)))
    assert drawn == {row, *model.heading_lines()}


def test_a_claimed_exception_stands_apart_from_what_is_overdue() -> None:
    row = alert(-3, state=State.EXCEPTION_CLAIMED)
    assert section_of(row).words == "Exception claimed"
    assert alerts.tone(row) == "quiet"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-9, "9 days late", "late"),
        (-1, "1 day late", "late"),
        (0, "today", "soon"),
        (1, "1 day", "soon"),
        (12, "12 days", "ok"),
    ],
)
def test_a_distance_reads_as_people_say_it(days: int, words: str, tone: str) -> None:
    assert (alerts.when(alert(days)), alerts.tone(alert(days))) == (words, tone)


def test_two_readings_are_both_told() -> None:
    row = alert(10, common_due=TODAY + timedelta(days=11))
    assert alerts.why(row) == "no decision recorded"
    assert alerts.why_in_full(row) == "no decision recorded; by the common reading 3 Dec 2026"


def test_dates_that_wait_for_the_same_step_are_counted_and_named() -> None:
    row = alert(-3, also=(("Complete the annual review", TODAY),))
    assert alerts.why(row) == "1 also due, from 22 Nov 2026 · no decision recorded"
    assert alerts.why_in_full(row) == (
        "no decision recorded; also due: Complete the annual review, 22 Nov 2026"
    )


def test_a_person_is_warned_as_many_days_ahead_as_they_like() -> None:
    assert [alerts.tone(alert(days), 14) for days in (6, 13, 14, 40)] == [
        "soon",
        "soon",
        "ok",
        "ok",
    ]
    assert alerts.tone(alert(10, who="school")) == "ok"
    assert alerts.tone(alert(10, who="school"), 14) == "soon"
    assert alerts.tone(alert(-3, rule="OWN-AR-07", role="")) == "soon", "a target is no law"


def test_a_target_of_our_own_is_past_and_not_late_and_stands_behind_the_law() -> None:
    target, law = alert(-3, rule="OWN-AR-08", what="Our target"), alert(4)
    assert (when(target), section_of(target)) == ("3 days past target", Section.WEEK)
    (line,) = fold([target, law._replace(child_id=target.child_id)])
    assert (line.rule, line.days, line.also) == ("AR-08", 4, (("Our target", target.due),))


def test_the_heading_of_what_is_put_off_says_how_many_are_overdue(model: GroupedModel) -> None:
    model.set_rows([alert(days, snoozed_until=TODAY, snoozed_why="panel") for days in (-9, 3)])
    assert lines(model)[0] == "Snoozed · 2, 1 overdue"
