"""The Costs screen, and the costs of one child with the statement to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord, Together
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from tests.support.borough import Borough, wait_until_still


def test_costs_are_summed_up_by_what_is_chosen_and_lead_to_the_case(
    window: MainWindow, borough: Borough, qtbot: QtBot, go: Callable[[str], Any]
) -> None:
    given = {"section": "F", "who": "SLT", "since": date(2025, 4, 1), "cost": 100_000}
    costs = tuple(
        AddRecord("provision", {**given, "child_id": borough.ids[who], "what": f"Help for {who}"})
        for who in ("Okafor", "Okafor", "Patel")
    )
    funded = AddRecord("provision", {**costs[2].fields, "what": "Therapy", "funder": "health"})
    window.jobs.submit(Together((costs[0], costs[2], funded), "costs"))
    wait_until_still(window, qtbot)
    screen = go("costs")
    assert [(row.name, row.total("provision")) for row in screen.model.rows()] == [
        ("No funder", 200_000),
        ("Health", 100_000),
    ]
    assert len(screen.children_.rows()) == 2
    for by, names in (
        ("setting", ["Ben Jonson", "Mile End Gate"]),
        ("year_group", ["Year 3", "Year 8"]),
        ("band", []),
        ("year", ["2026/27", "2025/26"]),
    ):
        screen.by.setCurrentIndex(screen.by.findData(by))
        wait_until_still(window, qtbot)
        assert [row.name for row in screen.model.rows()] == names
    assert [row.total("provision") for row in screen.children_.rows()] == [200_000, 100_000]
    screen.below.go_first()
    window.run_action("case.open")
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    assert case.child_id == borough.ids["Patel"]
    case.show_plan()
    part = case.plan.costs
    assert part is not None
    case.plan.parts.setCurrentWidget(part)
    wait_until_still(window, qtbot)
    assert len(part.model.rows()) == 2
    assert part.sums.text() == "Provision a year: Health £1,000, No funder £1,000."
    assert "plan.resources" in window.offered()
