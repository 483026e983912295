import csv
import io
import tomllib
from datetime import date

import pytest

from caseworker_app.domain.incoming import (
    CellProblem,
    Conflict,
    Doubt,
    ImportResult,
    Incoming,
    IncomingCase,
    ParkedRow,
    Place,
)
from caseworker_app.imports.tracker.catalogue import catalogue
from caseworker_app.ui.screens.import_rows import (
    FIELDS,
    account_words,
    as_csv,
    doubt_rows,
    doubt_words,
    fault_in_words,
    fault_rows,
    fault_words,
    field_words,
    heading_rows,
    mapping_text,
    result_words,
    rows_words,
)

PLACE = Place("tracker.xlsx", "Autumn", 7)
CASE = IncomingCase(PLACE, "TH1", "Okafor", "Grace", date(2014, 3, 3))
INCOMING = Incoming(
    files=("tracker.xlsx",),
    rows_read=1200,
    cases=(CASE,),
    parked=(ParkedRow(PLACE, "no date of birth", "Nobody, Anne"),),
    problems=(CellProblem(PLACE, "AR mtg", "=31/02", "not a date"),),
    doubts=(Doubt(PLACE, "DOB", "4 Mar 2014", "3 Mar 2014 stands", "Okafor, Grace (TH1)"),),
    conflicts=(Conflict(PLACE, "TH1", "born", "3 Mar 2014", "4 Mar 2014"),),
    mapping={"Autumn": {"Pupil": "surname", "AR mtg": "review_meeting_held"}},
    unmapped={"Autumn": ("RAG",)},
)
NOTHING = ImportResult(0, 0, 0)
PARKED = ParkedRow(PLACE, "another child", "Nobody, Anne")


def test_headings_nobody_could_place_come_first() -> None:
    rows = heading_rows(INCOMING)
    assert [(row.heading, row.words) for row in rows] == [
        ("RAG", "left out"),
        ("Pupil", "Surname"),
        ("AR mtg", "Review meeting held"),
    ]


def test_faults_are_listed_and_a_difference_found_twice_once() -> None:
    rows = fault_rows(INCOMING, ImportResult(0, 0, 0, conflicts=INCOMING.conflicts))
    assert [row.kind for row in rows] == ["Row left out", "Cell not read", "Two values differ"]
    assert rows[0].child == "Nobody, Anne"
    assert rows[2].column == "Date of birth"
    assert rows[2].why == '"3 Mar 2014" is kept for TH1'


def test_sentences_count_what_they_name() -> None:
    rows = fault_rows(INCOMING, NOTHING)
    assert rows_words(INCOMING) == "tracker.xlsx: 1,200 rows with a child"
    assert fault_words(rows) == (
        "Not taken: 1 row left out, 1 cell not read, 1 difference. Nothing was guessed."
    )
    assert fault_words(rows[1:2] * 3).startswith("Not taken: 3 cells not read.")
    assert fault_words(()) == "Everything was understood."


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (NOTHING, "Nothing new: everything in the file is stored already."),
        (ImportResult(1, 0, 4), "Importing makes 1 new case and adds 4 facts."),
        (
            ImportResult(180, 2, 1812),
            "Importing makes 180 new cases, brings 2 cases up to date and adds 1,812 facts.",
        ),
        (ImportResult(0, 1, 0), "Importing brings 1 case up to date and adds 0 facts."),
    ],
)
def test_what_an_import_does_is_one_sentence(result: ImportResult, words: str) -> None:
    assert result_words(result) == words


@pytest.mark.parametrize(
    ("result", "further", "parked", "words"),
    [
        (NOTHING, 0, 0, "0 rows read = 0."),
        (ImportResult(1, 0, 4), 0, 0, "1 row read = 1 new case."),
        (
            ImportResult(1000, 2, 9, cases_unchanged=1, further_rows=1, parked=(PARKED,)),
            1,
            1,
            (
                "1,007 rows read = 1,000 new cases + 2 cases brought up to date "
                "+ 1 case with nothing new + 2 further rows of children met already "
                "+ 2 rows left out."
            ),
        ),
    ],
)
def test_the_accounts_add_up(result: ImportResult, further: int, parked: int, words: str) -> None:
    done = (result.cases_created, result.cases_updated, result.cases_unchanged)
    cases = sum(done) + result.further_rows + len(result.parked)
    read = Incoming(
        files=("tracker.xlsx",),
        rows_read=cases + further + parked,
        cases=(CASE,) * cases,
        parked=(PARKED,) * parked,
        further_rows=further,
    )
    said = account_words(read, result)
    assert said == words
    total, _, terms = said.replace(",", "").rstrip(".").partition(" = ")
    assert int(total.split()[0]) == sum(int(term.split()[0]) for term in terms.split(" + "))


def test_doubts_are_counted_and_each_listed_once() -> None:
    rows = doubt_rows(INCOMING, ImportResult(0, 0, 0, doubts=INCOMING.doubts))
    assert [(row.child, row.value) for row in rows] == [("Okafor, Grace (TH1)", "4 Mar 2014")]
    assert doubt_words(rows) == " Left to you: 1 doubt."
    assert doubt_words(rows * 2) == " Left to you: 2 doubts."
    assert doubt_words(()) == ""
    nothing = ImportResult(0, 0, 0, doubts=INCOMING.doubts)
    assert result_words(nothing) == "Nothing new comes in."


def test_what_it_did_is_told_as_done() -> None:
    assert (
        result_words(ImportResult(1, 0, 2), done=True) == "Imported: 1 new case and 2 facts added."
    )


def test_a_row_is_told_whole_below_its_list() -> None:
    faults, doubts = fault_rows(INCOMING, NOTHING), doubt_rows(INCOMING, NOTHING)
    assert [fault_in_words(row) for row in (*faults, *doubts)] == [
        "Autumn, row 7, Nobody, Anne: no date of birth.",
        'Autumn, row 7, AR mtg: "=31/02"; not a date.',
        'Autumn, row 7, TH1, Date of birth: "4 Mar 2014"; "3 Mar 2014" is kept for TH1.',
        'Autumn, row 7, Okafor, Grace (TH1), DOB: "4 Mar 2014"; 3 Mar 2014 stands.',
    ]


def test_the_csv_holds_every_fault_and_no_formula() -> None:
    text = as_csv(fault_rows(INCOMING, NOTHING), doubt_rows(INCOMING, NOTHING))
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["What", "File", "Sheet", "Row", "Child", "Column", "Value", "Why"]
    assert rows[2] == [
        "Cell not read",
        "tracker.xlsx",
        "Autumn",
        "7",
        "",
        "AR mtg",
        "'=31/02",
        "not a date",
    ]
    assert rows[4] == [
        "Doubt",
        "tracker.xlsx",
        "Autumn",
        "7",
        "Okafor, Grace (TH1)",
        "DOB",
        "4 Mar 2014",
        "3 Mar 2014 stands",
    ]
    assert len(rows) == 5


def test_a_field_without_words_of_its_own_still_reads() -> None:
    assert field_words("some_field") == "Some field"


def test_the_fields_offered_are_those_the_reader_knows() -> None:
    assert set(FIELDS) == set(catalogue().fields)
    assert len(FIELDS) == len(set(FIELDS))


def test_what_was_mapped_by_hand_is_read_back_as_it_was() -> None:
    by_hand = {'LA "view"\nof it': "outcome", "Old \\ column": ""}
    assert tomllib.loads(mapping_text(by_hand)) == by_hand
    days = {("Old ]", "DOB"): "UTC", ("Old ]", "AR\n"): "as shown", ("New", "DOB"): "left out"}
    assert tomllib.loads(mapping_text(by_hand, days)) == {
        **by_hand,
        "dates": {"Old ]": {"DOB": "UTC", "AR\n": "as shown"}, "New": {"DOB": "left out"}},
    }
