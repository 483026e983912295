"""Tables that were published come out of caseloads that have their counts."""

from __future__ import annotations

from datetime import date

from caseworker_app import paths
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.department.sheets import department_return
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.people import Child
from caseworker_app.reports.department_layout import load_layouts
from tests.domain.measures.making import counts, fact, table

PLANS_OF_2018 = dict(
    zip(
        ("MSI", "VI", "SPLD", "OTH", "PD", "MLD", "SLD", "HI", "PMLD", "SEMH", "SLCN", "ASD"),
        (5, 24, 39, 41, 62, 77, 84, 85, 172, 206, 551, 640),
        strict=True,
    )
)
"""Table 2 of 2018: Tower Hamlets' plans by primary need."""


def caseload_of_2018() -> Caseload:
    plan = (fact("plan_sent", "2016-03-01"),)
    needs = [need for need, many in PLANS_OF_2018.items() for _ in range(many)]
    day = date(2018, 1, 18)
    files = (
        CaseFile(Child(f"C{at:04}", "S", "F", date(2008, 5, 5), need=need), None, None, plan, ())
        for at, need in enumerate(needs)
    )
    views = tuple(view(file, day) for file in files)
    return Caseload(views, Period(date(2017, 1, 1), date(2017, 12, 31)), day)


def test_the_plans_of_2018_by_need_come_out_in_the_board_s_table_and_in_the_file() -> None:
    caseload = caseload_of_2018()
    by_need = table(caseload_tables(caseload), "primary_need")
    assert counts(by_need) == PLANS_OF_2018
    assert by_need.total == 1986
    layouts = load_layouts(paths.resources())
    made, _ = department_return(caseload, layouts, 2017, caseload.as_at)
    row = made.sheet("sen_needs_all_plans").everybody.values
    assert {need: row[f"number_{need.lower()}"] for need in PLANS_OF_2018} == PLANS_OF_2018
    assert (row["ehc_plans"], row["number_need_unknown"], row["asd_pc"]) == (1986, 0, 32.2)
