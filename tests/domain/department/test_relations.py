"""The relations that the published files keep, held to files of boroughs drawn at random."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import pytest

from caseworker_app.domain.department.layout import in_per_cent
from caseworker_app.domain.department.sheets import SheetRow
from tests.domain.department.making import drawn

SEEDS = range(3)

_TOLD = """
[caseload]
ehcplans = mainstream_total special_total ap_pru_total fe_total ed_elsewhere nm_early_years
    placement_unknown
mainstream_total = mainstream_la_maintained mainstream_la_maintained_senunit
    mainstream_la_maintained_resourced_provision mainstream_academy
    mainstream_academy_resourced_provision mainstream_academy_senunit mainstream_free_school
    mainstream_free_school_resourced_provision mainstream_free_school_senunit
    mainstream_independent
fe_total = general_fe_tertiary_colleges specialist_post_16_institutions ukrlp_provider
[newplans]
new_ehc_plans = mainstream_total special_total ap_pru_total fe_total ed_elsewhere nm_early_years
    placement_unknown
[sen_needs_all_plans]
ehc_plans = number_asd number_hi number_mld number_msi number_oth number_pd number_pmld
    number_semh number_slcn number_sld number_spld number_vi number_need_unknown
[requests]
requests_received_in_year = requests_decided_to_assess requests_decided_not_to_assess
    requests_decision_not_made requests_withdrawn
[assessments]
assess_in_year = assess_issued assess_not_issued assess_not_made assess_withdrawn
[timeliness_20_week]
plans_issued_den = plans_issued_within_20_weeks plans_issued_gt20weeks_ltYear
    plans_issued_gt_1_year
plans_issued_den_ex = plans_issued_20_weeks_ex plans_issued_gt20weeks_ltYear_ex
    plans_issued_gt_1_year_ex
[annual_reviews]
total_ehc_plans = review_expected review_not_expected
review_expected = total_review_meeting no_review_meeting
total_review_meeting = review_meeting_26 review_meeting_25 review_meeting_prior_25
total_review_meeting = review_decision26 review_decision25 review_decision_prior25
    review_decision_not_due review_decision_outstanding
total_review_meeting = outcome_amend outcome_cease outcome_maintan no_outcome
[residential_settings]
Res_tot = Res_3851 Res_52
[work_based_placements]
open_wbp = open_supp_intern open_apprentice open_trainee
[ceased_plans]
total_ceased = max_age needs_met he employ transfer no_engage moved_outside_eng deceased not_rec
    other
"""
"""Totals, each with the columns that make it up, by file."""


def _sums() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in re.sub(r"\n    ", " ", _TOLD.strip()).split("\n"):
        if line.startswith("["):
            of = found.setdefault(line.strip("[]"), [])
        else:
            total, _, parts = line.partition(" = ")
            of.append((total, parts))
    return found


SUMS = _sums()
NOT_MORE = {
    "timeliness_20_week": [
        ("plans_issued_den_ex", "plans_issued_den"),
        ("plans_issued_20_weeks_ex", "plans_issued_within_20_weeks"),
        ("plans_issued_gt20weeks_ltYear_ex", "plans_issued_gt20weeks_ltYear"),
        ("plans_issued_gt_1_year_ex", "plans_issued_gt_1_year"),
    ],
    "personal_budgets": [
        ("org_arrangments", "personal_budget"),
        ("pb_health", "personal_budget"),
        ("pb_integrated", "personal_budget"),
    ],
    "requests": [("tribunal_after_mediation_request", "tribunal_related_request")],
    "phase_transfers": [("due_25", "ehc_plans"), ("due_26", "ehc_plans")],
}
"""File to columns that are never more than another."""

SHARES = {
    "timeliness_20_week": [
        ("pc_plans_issued_within_20_weeks", "plans_issued_within_20_weeks", "plans_issued_den"),
        ("PC_plans_issued_20_weeks_ex", "plans_issued_20_weeks_ex", "plans_issued_den_ex"),
    ],
    "annual_reviews": [
        (
            "pc_decsion_4weeks",
            "number_decsion_4weeks",
            "number_decsion_4weeks number_decision_gt_4weeks",
        )
    ],
    "caseload": [("special_total_pc", "special_total", "ehcplans")],
    "sen_needs_all_plans": [("asd_pc", "number_asd", "ehc_plans")],
}
"""File to shares, each with its part and what makes the whole."""


def total(row: SheetRow, columns: str) -> int:
    return sum(int(row.values[one]) for one in columns.split())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_keeps_the_relations_of_the_published_files(seed: int) -> None:
    made, _ = drawn(seed)
    for sheet in made.sheets:
        name = sheet.layout.name
        for row in sheet.rows:
            for whole, parts in SUMS.get(name, ()):
                assert total(row, whole) == total(row, parts), (name, row.words, whole)
            for part, whole in NOT_MORE.get(name, ()):
                assert total(row, part) <= total(row, whole), (name, row.words, part)
            for share, part, whole in SHARES.get(name, ()):
                of = total(row, whole)
                said = row.values[share]
                if of == 0:
                    assert said == "z"
                    continue
                exact = Decimal(100 * total(row, part)) / of
                assert said == float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rows_of_a_breakdown_add_up_to_everybody(seed: int) -> None:
    made, _ = drawn(seed)
    for sheet in made.sheets:
        layout = sheet.layout
        for heading, rows in groupby(sheet.rows[1:], key=lambda row: row.heading):
            single = [row for row in rows if not row.words.endswith(" - total")]
            for column in layout.counted:
                summed = sum(total(row, column) for row in single)
                assert summed == total(sheet.everybody, column), (layout.name, heading, column)


@pytest.mark.parametrize("seed", SEEDS)
def test_files_of_the_same_plans_agree(seed: int) -> None:
    made, _ = drawn(seed)
    everybody = {sheet.layout.name: sheet.everybody.values for sheet in made.sheets}
    plans = everybody["caseload"]["ehcplans"]
    assert plans
    assert plans == everybody["sen_needs_all_plans"]["ehc_plans"]
    assert plans == everybody["annual_reviews"]["total_ehc_plans"]
    assert plans == everybody["phase_transfers"]["ehc_plans"]
    new = everybody["newplans"]["new_ehc_plans"]
    assert new == everybody["sen_need_newplans"]["ehc_plans"]
    assert new == everybody["assessments"]["assess_issued"]
    reviews = made.sheet("annual_reviews").everybody
    decided = total(reviews, "review_decision26 review_decision25 review_decision_prior25")
    assert total(reviews, "number_decsion_4weeks number_decision_gt_4weeks") == decided


@pytest.mark.parametrize("seed", SEEDS)
def test_each_thing_stands_in_columns_of_its_file_alone(seed: int) -> None:
    made, units = drawn(seed)
    for sheet in made.sheets:
        plain = set(sheet.layout.plain)
        for unit in units[sheet.layout.name]:
            assert plain.issuperset(unit.columns), (sheet.layout.name, unit.columns)


def test_drawn_boroughs_have_something_in_nearly_every_column() -> None:
    """What is never drawn is never proved."""
    seen: set[tuple[str, str]] = set()
    every: set[tuple[str, str]] = set()
    for seed in SEEDS:
        for sheet in drawn(seed)[0].sheets:
            values = sheet.everybody.values
            every |= {(sheet.layout.name, one) for one in sheet.layout.counted}
            seen |= {(sheet.layout.name, one) for one in sheet.layout.counted if values[one]}
    missing = {column for _, column in every - seen}
    assert len(missing) < 6, sorted(missing)


def test_shares_of_the_published_counts_come_out() -> None:
    """England 2019: 53,327 plans issued, 31,313 in time; 49,519 and 29,895 without exceptions."""
    assert in_per_cent(31_313, 53_327) == 58.7
    assert in_per_cent(29_895, 49_519) == 60.4
    assert in_per_cent(154_924, 348_759) == 44.4
    assert in_per_cent(223, 1_996) == 11.2
    assert in_per_cent(17, 20) == 85
    assert in_per_cent(1, 8) == 12.5
    assert in_per_cent(1, 2000) == 0.1
    assert in_per_cent(0, 0) == "z"
