"""Notes beside names: drawn names with drawn notes come apart again, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.imports.tracker.name_notes import cleaned, spaced
from caseworker_app.imports.tracker.names import Order, split
from tests.imports.made.books import read

FORENAMES = (
    "Rose",
    "Jonathan",
    "Zoë",
    "Łukasz",
    "Mary-Ann",
    "D\u2019Andre",
    "Ana Maria",
    "J P",
    "A.",
)
SURNAMES = (
    *("Pike", "O'Brien", "O\u2019Neil", "Smith-Jones", "de la Cruz", "van der Berg", "St John"),
    *("MacDonald", "Évans", "Foster", "Young", "New", "Left", "Núñez", "Ó Súilleabháin", "Ng"),
)
NOTES = (
    *(
        "LAC",
        "lac",
        "CLA",
        "EHE",
        "adopted",
        "moved",
        "moved to Kent",
        "DECEASED",
        "twin",
        "twin 2",
    ),
    *(
        "out of borough",
        "see notes",
        "on hold",
        "care leaver",
        "left area",
        "nee Crow",
        "aka Jonty",
    ),
    *("formerly Crow", "known as Jonty", "née Crow", "UASC", "previously LAC", "transferred out"),
)
FREE = ("Jonty", "Smith's cousin", "rings on Fridays", "2 of 2", "Crow", "XYZ", "=see sheet")
MARKS = ("*", "**", "?", "\u2020", "#", "!")


@dataclass(frozen=True)
class Written:
    """A name cell, with what it says."""

    text: str
    surname: str
    forename: str
    note: str


@st.composite
def whole_names(draw: st.DrawFn) -> tuple[Written, Order]:
    """A whole name with a note somewhere beside it."""
    surname, forename = draw(st.sampled_from(SURNAMES)), draw(st.sampled_from(FORENAMES))
    order: Order = draw(st.sampled_from(["forename first", "comma"]))
    name = f"{surname}, {forename}" if order == "comma" else f"{forename} {surname}"
    way = draw(st.sampled_from(["brackets", "inside", "dash", "bare", "mark", "comma", "suffix"]))
    note = draw(st.sampled_from(NOTES))
    if way in ("brackets", "inside"):
        note = draw(st.sampled_from(NOTES + FREE))
        opens, closes = draw(st.sampled_from(["()", "[]", "{}"]))
        aside = f"{opens}{note}{closes}"
        if way == "inside":
            first, _, rest = name.partition(" ")
            comma = "," if first.endswith(",") else ""
            text = f"{first.rstrip(',')} {aside}{comma} {rest}"
        else:
            text = name + draw(st.sampled_from([" ", ""])) + aside
    elif way == "dash":
        text = name + draw(st.sampled_from([" - ", " \u2013 ", " -", "- "])) + note
    elif way == "mark":
        note = draw(st.sampled_from(MARKS))
        text = draw(st.sampled_from([f"{name}{note}", f"{name} {note}", f"{note}{name}"]))
    elif way == "comma":
        text = f"{name}, {note}"
    elif way == "suffix":
        note = draw(st.sampled_from(["Jr", "Jnr", "Sr", "III"]))
        text = f"{name} {note}"
    else:
        text = f"{name} {note}"
    return Written(text, surname, forename, note), "forename first"


@given(whole_names())
def test_a_note_beside_a_whole_name_goes_to_the_notes(drawn: tuple[Written, Order]) -> None:
    written, order = drawn
    found = cleaned(written.text, whole=True)
    surname, forename = split(found.name, order)
    assert (spaced(surname), spaced(forename)) == (written.surname, written.forename)
    # A mark of two signs may be told as one; nothing of the note is lost.
    assert "".join(written.note.split()) in "".join(" ".join(found.notes).split())


@given(
    st.sampled_from(SURNAMES + FORENAMES),
    st.sampled_from(NOTES + FREE),
    st.sampled_from(["()", "[]"]),
)
def test_a_note_in_a_column_of_one_part(name: str, note: str, brackets: str) -> None:
    opens, closes = brackets
    found = cleaned(f"{name} {opens}{note}{closes}", whole=False)
    assert (found.name, found.notes) == (name, [note])


@given(st.sampled_from(SURNAMES), st.sampled_from(FORENAMES))
def test_a_name_without_a_note_stays_as_it_is(surname: str, forename: str) -> None:
    for text in (f"{forename} {surname}", f"{surname}, {forename}"):
        found = cleaned(text, whole=True)
        assert (found.name, found.notes, found.doubts) == (text, [], [])
    for text in (surname, forename, surname.upper()):
        assert cleaned(text, whole=False).name == text


@pytest.mark.parametrize(
    "text",
    ["Rose Smith - Jones", "Rose Pike/Jones", "Rose Pike CSC", "Rose Pike rings", "Pike & Co"],
)
def test_what_may_be_part_of_the_name_is_kept_and_asked_about(text: str) -> None:
    found = cleaned(text, whole=True)
    assert spaced(found.name) == text
    assert found.doubts


@pytest.mark.parametrize("text", ["(LAC)", "DECEASED", "*LAC*", "- moved"])
def test_a_note_alone_is_no_name(text: str) -> None:
    found = cleaned(text, whole=True)
    assert found.name == ""
    assert found.notes
    assert found.doubts


def test_a_surname_in_capitals_before_the_forename_is_told(tmp_path: Path) -> None:
    """One row written the other way than its column."""
    rows = [
        ["PIKE Rose", "1/1/15"],
        ["Al Fry", "2/1/15"],
        ["J.P. Lee", "3/1/15"],
        ["Bo Roe", "4/1/15"],
    ]
    got = read(tmp_path, [["Name", "DOB"], *rows])
    assert [(one.surname, one.forename) for one in got.cases] == [
        *(("Pike", "Rose"), ("Fry", "Al"), ("Lee", "J.P."), ("Roe", "Bo"))
    ]
    assert [one.place.row for one in got.doubts] == [2]


def test_notes_go_to_the_comment_and_questions_to_the_doubts(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Ref", "Surname", "Forename", "DOB", "Comments"],
            ["A1", "Pike (LAC)", "Jonathan (Jonty)", "1/1/15", "rings on Fridays"],
            ["A2", "Smith - Jones", "Al", "2/1/15", ""],
            ["A3", "(moved)", "", "3/1/15", ""],
        ],
    )
    first, second = got.cases
    assert (first.surname, first.forename) == ("Pike", "Jonathan")
    assert first.comment == "rings on Fridays; beside the name: LAC, Jonty"
    assert (second.surname, second.comment) == ("Smith - Jones", "")
    assert [(one.place.row, one.value, one.case) for one in got.doubts] == [
        (3, "Smith - Jones", "Smith - Jones, Al (A2)"),
        (4, "(moved)", "reference A3"),
    ]
    assert [(row.place.row, row.why, row.case) for row in got.parked] == [
        (4, "no name", "reference A3")
    ]
