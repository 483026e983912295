"""Published files as they come, slips and signs included; England and neighbours beside ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app import paths
from caseworker_app.domain.declarations.council_details import CouncilDetails
from caseworker_app.domain.declarations.published import PublishedFigure
from caseworker_app.domain.department.beside import (
    Beside,
    as_plain,
    beside_others,
    latest_words,
    of_plain,
    period_words,
    standings,
)
from caseworker_app.domain.department.files_as_published import (
    AsPublished,
    Unlike,
    Wanted,
    as_published,
)
from caseworker_app.domain.department.published_values import HEAD, is_value, number_of
from caseworker_app.domain.measures.every_answer import EVERY_ANSWER
from caseworker_app.reports.department_layout import load_layouts, load_twins

LAYOUTS = load_layouts(paths.resources())
TWINS = load_twins(paths.resources())
HAMLETS, CITY, HACKNEY = ("211", "Tower Hamlets"), ("201", "City of London"), ("204", "Hackney")
WANTED = Wanted("211", frozenset({"201"}))


def area(level: str, code: str = "", name: str = "") -> dict[str, str]:
    """The columns that say of which area a row is."""
    if level == "National":
        return {"geographic_level": level, "country_code": "E92000001", "country_name": "England"}
    if level == "Regional":
        return {"geographic_level": level, "region_code": code, "region_name": name}
    region = {"region_code": "E12000007", "region_name": "London"}
    return {"geographic_level": level, **region, "old_la_code": code, "la_name": name}


def row(period: str, where: dict[str, str], of: str, *cells: str, topic: str = "") -> list[str]:
    head = {
        **where,
        "time_period": period,
        "time_identifier": "Academic year" if len(period) == 6 else "Calendar year",
        "breakdown_topic": topic or of,
        "breakdown": of,
    }
    return [*(head.get(one, "") for one in HEAD), *cells]


TIMELINESS = [
    *("plans_issued_den", "plans_issued_den_ex", "plans_issued_within_20_weeks"),
    *("plans_issued_20_weeks_ex", "pc_plans_issued_within_20_weeks"),
]
ALL = "All EHC plans issued"


def timeliness() -> list[list[str]]:
    """An extract of what was published of England 2019 and of two boroughs in 2024."""
    local = "Local authority"
    return [
        [*HEAD, *TIMELINESS],
        row("2019", area("National"), ALL, "53327", "49519", "31313", "29895", "58.7"),
        row("2024", area("National"), ALL, "90392", "84866", "41448", "39407", "45.9"),
        row("2024", area("Regional", "E12000007", "London"), ALL, "9", "9", "6", "6", "64.7"),
        row("2024", area("Regional", "E12000001", "North East"), ALL, "5", "5", "4", "4", "80"),
        row("2022", area(local, *HAMLETS), ALL, "x", "x", "x", "x", "x"),
        row("2024", area(local, *HAMLETS), ALL, "593", "546", "233", "217", "39.3"),
        row("2024", area(local, *CITY), ALL, "5", "0", "4", "0", "80"),
        row("2024", area(local, *HACKNEY), ALL, "7", "7", "3", "3", "43"),
        row("2024", area(local, *HAMLETS), "age 3", "9", "9", "3", "3", "33.3", topic="Age"),
    ]


def read(rows: Sequence[Sequence[str]], name: str = "timeliness_20_week") -> AsPublished:
    return as_published(rows, name, LAYOUTS.files, WANTED)


def figures(*came: AsPublished) -> Iterable[PublishedFigure]:
    return (figure for one in came for _, figure in one.figures)


def beside(*came: AsPublished) -> dict[str, Beside]:
    details = CouncilDetails(la_number="211", neighbours=frozenset({"201"}))
    return {one.ref: one for one in beside_others(figures(*came), TWINS, details)}


def test_rows_of_england_the_region_and_those_compared_with_are_kept() -> None:
    came = read(timeliness())
    assert (came.file, came.rows, came.parked) == ("timeliness_20_week", 9, [])
    assert {one.place for one in figures(came)} == {
        "England",
        "London",
        "Tower Hamlets",
        "City of London",
    }
    assert len(came.figures) == 6 * 5
    assert dict(came.left) == {
        "Regions that are not yours": 1,
        "Authorities that are neither yours nor compared with it": 1,
        "Breakdowns, by age, sex and the like": 1,
    }
    first = next(iter(figures(came)))
    assert (first.level, first.place_code, first.period) == ("National", "E92000001", "2019")
    assert (first.measure, first.value) == ("plans_issued_den", "53327")


def test_england_2019_and_tower_hamlets_2024_come_out_of_their_counts() -> None:
    found = beside(read(timeliness()))
    england, london, hamlets, city = found["S2.1a-all"].areas
    assert [one.name for one in (england, london, hamlets, city)] == [
        *("England", "London", "Tower Hamlets", "City of London")
    ]
    assert hamlets.own
    assert round(england.figures["2019"].value or 0, 3) == 0.587
    assert round(hamlets.figures["2024"].value or 0, 3) == 0.393
    assert (hamlets.figures["2022"].value, hamlets.figures["2022"].sign) == (None, "not available")
    plain = found["S2.1a-without-exceptions"].areas
    assert round(plain[0].figures["2019"].value or 0, 3) == 0.604
    assert round(plain[2].figures["2024"].value or 0, 3) == 0.397
    assert plain[3].figures["2024"].sign == "nothing to count"
    assert found["S2.1a"].periods == ("2019", "2022", "2024")


def test_the_reviews_of_2024_come_out_with_their_doubled_column_and_counts_below_nought() -> None:
    head = [
        *("total_ehc_plans", "review_expected", "review_not_expected", "review_meeting_25"),
        *("review_meeting_24", "review_meeting_prior_24", "review_meeting_prior_24"),
        *("total_review_meeting", "no_review_meeting", "review_decision_outstanding"),
        *("outcome_maintan", "number_decsion_4weeks", "number_decision_gt_4weeks"),
    ]
    told = (
        "4555",
        "3874",
        "681",
        "0",
        "1667",
        "329",
        "329",
        "1996",
        "1878",
        "-5",
        "919",
        "223",
        "1773",
    )
    rows = [
        [*HEAD, *head],
        row("2024", area("Local authority", *HAMLETS), "All annual reviews", *told),
    ]
    came = read(rows, "data-annual_reviews (1)")
    assert (came.file, came.notes) == ("annual_reviews", [])
    kept = {one.measure: one.value for one in figures(came)}
    assert len(kept) == 12
    assert kept["review_decision_outstanding"] == "-5"
    found = beside(came)
    (hamlets,) = found["W1.4g"].areas
    assert (hamlets.figures["2024"].numerator, hamlets.figures["2024"].denominator) == (223, 1996)
    assert round(hamlets.figures["2024"].value or 0, 3) == 0.112
    expected = found["W1.4f"].areas[0].figures["2024"]
    assert (expected.numerator, expected.denominator) == (1996, 3874)
    rows[1][HEAD.index("breakdown") + 7] = "330"
    doubled = read(rows, "annual_reviews")
    assert "review_meeting_prior_24" not in {one.measure for one in figures(doubled)}
    assert any("stands twice" in note for note in doubled.notes)


def test_what_is_not_understood_is_told_and_nothing_is_made_of_it() -> None:
    rows = timeliness()
    rows[1][0] = "soon"
    rows[2][2] = "Parish"
    rows[6][HEAD.index("old_la_code")] = "E09"
    rows[7][-1] = "about 80"
    rows[7][-2] = ""
    rows.append(["2024", "Calendar year"])
    rows.append([""] * len(rows[0]))
    came = read(rows)
    whys = [why for _, why in came.parked]
    assert whys == [
        "time_period: 'soon' is no year",
        "geographic_level: 'Parish' is none that is known",
        "old_la_code: 'E09' is not three digits",
        f"it has 2 cells under {len(rows[0])} headings",
        "pc_plans_issued_within_20_weeks: 'about 80' is no figure and no sign",
    ]
    assert [at for at, _ in came.parked][:4] == [2, 3, 7, 11]
    assert came.notes[-1] == "1 empty cell is left out."


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 16), st.text(max_size=8)), max_size=12))
def test_every_row_is_taken_told_or_counted_as_left_out(slips: list[tuple[int, int, str]]) -> None:
    """Whatever stands in some cells: nothing is dropped in silence."""
    rows = timeliness()
    for line, column, cell in slips:
        rows[line][column] = cell
    came = read(rows)
    seen = {at for at, _ in (*came.figures, *came.parked)}
    empty = sum("empty cell" in note for note in came.notes)
    assert came.rows - sum(came.left.values()) - len(seen) <= empty
    assert all(is_value(one.value) and one.period[:4].isdigit() for one in figures(came))


def test_a_row_that_contradicts_an_earlier_one_is_told_and_one_that_repeats_it_is_not() -> None:
    rows = timeliness()
    rows.append([*rows[1]])
    rows.append([*rows[1][:-1], "58.8"])
    came = read(rows)
    assert came.parked == [
        (
            12,
            "pc_plans_issued_within_20_weeks: an earlier row says 58.7 of the same, this 58.8",
        )
    ]
    assert len({(one.period, one.place, one.measure) for one in figures(came)}) == 30


def test_columns_that_are_not_known_are_told() -> None:
    rows = timeliness()
    rows[0] += ["plans_issued_by_post", "remark"]
    for one in rows[1:]:
        one += ["3", "see the note"]
    came = read(rows)
    assert "The column plans_issued_by_post is not known: it is kept as it stands." in came.notes
    assert "The column remark is not known and holds no figures." in came.notes
    assert "remark" not in {one.measure for one in figures(came)}


def test_a_file_is_known_by_its_columns_where_its_name_says_nothing() -> None:
    assert read(timeliness(), "download").file == "timeliness_20_week"
    needs = ["ehc_plans", "number_asd", "number_hi", "asd_pc"]
    national = ["638745", "201183", "8765", "31.5"]
    day = [[*HEAD, *needs], row("202425", area("National"), "All EHC plans", *national)]
    year = [[*HEAD, *needs], row("2024", area("National"), "All EHC plans", *national)]
    assert read(day, "a").file == "sen_needs_all_plans"
    assert read(year, "b").file == "sen_need_newplans"
    odd = [[*HEAD, "des_med_off"], row("2024", area("Local authority", *HAMLETS), "", "Yes")]
    came = read(odd, "sen2_dmo_dco")
    assert (came.file, len(came.figures)) == ("sen2_dmo_dco", 1)
    assert came.notes[0].startswith("sen2_dmo_dco is none of the files")
    later = [[*HEAD, "decision_4_weeks"], row("2025", area("National"), "All", "5")]
    came = read(later, "annual_reviews (2)")
    assert came.file == "annual_reviews"
    assert "has other columns" in came.notes[0]


def test_what_is_no_published_file_or_too_much_of_one_is_refused() -> None:
    for rows in ([], [["a", "b"]], [["time_period"]]):
        with pytest.raises(Unlike):
            read(rows)
    many = [
        row("2024", area("Local authority", f"{300 + at}", f"Town {at}"), ALL, *["5"] * 5)
        for at in range(21)
    ]
    with pytest.raises(Unlike, match="21 authorities"):
        as_published([[*HEAD, *TIMELINESS], *many], "x", LAYOUTS.files, Wanted())
    few = as_published([[*HEAD, *TIMELINESS], *many[:20]], "x", LAYOUTS.files, Wanted())
    assert len(few.figures) == 100


def test_numbers_and_signs() -> None:
    for cell, number in (("5", 5), ("-5", -5), ("44.4", 44.4), ("1,234", 1234), ("1e+05", 100000)):
        assert number_of(cell) == number
        assert is_value(cell)
    for cell in ("x", "C", " z ", "low", ":", "n/a", "Yes"):
        assert number_of(cell) is None
        assert is_value(cell)
    for cell in ("", "five", "1,23", "=1", "5%", "1e+99"):
        assert not is_value(cell)


def test_each_twin_is_of_a_measure_that_is_counted_and_of_columns_that_are_known() -> None:
    columns = {one.name: set(one.columns) for one in LAYOUTS.files}
    for twin in TWINS:
        assert twin.ref == "live" or twin.ref in EVERY_ANSWER, twin.ref
        for file, names in (*twin.part, *twin.whole):
            assert columns[file] & set(names), (file, names)
    assert len({twin.ref for twin in TWINS}) == len(TWINS)


def test_the_council_has_a_line_of_its_own_with_what_it_has_now() -> None:
    one = beside(read(timeliness()))["S2.1a"]
    lines = standings(one, "Tower Hamlets", 0.5)
    assert [(line.name, line.own, line.now) for line in lines] == [
        ("England", False, None),
        ("London", False, None),
        ("Tower Hamlets", True, 0.5),
        ("City of London", False, None),
    ]
    alone = beside_others(figures(read(timeliness())), TWINS, CouncilDetails(la_number="999"))[0]
    assert standings(alone, "", None, hidden=True)[-1].name == "Your council"
    assert standings(alone, "", None, hidden=True)[-1].hidden
    assert latest_words(one) == "England 45.9%, London 66.7% in 2024"
    assert (period_words("2024"), period_words("202425")) == ("2024", "2024/25")


def test_a_comparison_is_kept_with_a_return_and_taken_out_again() -> None:
    for one in beside(read(timeliness())).values():
        kept = json.dumps(as_plain(one))
        assert of_plain(json.loads(kept)) == one
        assert json.dumps(as_plain(of_plain(json.loads(kept)))) == kept
