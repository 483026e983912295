"""School closures from a file: what is read, to whom it belongs, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.people import Closure
from caseworker_app.services.rules.closures_file import changes, parse, read_file, said
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import done

TODAY = date(2026, 11, 22)
SUMMER = Closure(date(2027, 7, 22), date(2027, 9, 1))
EASTER = Closure(date(2027, 3, 25), date(2027, 4, 12))


def test_a_row_a_spell_with_a_heading_and_blank_lines(tmp_path: Path) -> None:
    file = tmp_path / "closures.csv"
    file.write_bytes(
        b"\xef\xbb\xbfSetting,From,Reopens\r\nBen Jonson,22/07/2027,01/09/2027\r\n\r\n"
        b"ben jonson,25 Mar 2027,2027-04-12\r\n"
    )
    assert read_file(file, TODAY) == {"ben jonson": [SUMMER, EASTER]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ben Jonson,summer,1/9/27\n", 'c.csv, row 1: "summer" is not a date.'),
        ("Ben Jonson,1/9/27,22/7/27\n", "c.csv, row 1: it opens again before it closes."),
        ("setting,from,reopens\nBen Jonson\n", "c.csv, row 2: a row is setting, from, reopens."),
        ("", "c.csv has no closures: a row is setting, from, reopens."),
        ('"never closed', "c.csv is not a CSV file."),
    ],
)
def test_what_cannot_be_read_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text, "c.csv", TODAY)
    assert refused.value.sentence == sentence


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unreadable, match=r"c\.csv cannot be read as text"):
        read_file(file, TODAY)


def test_spells_reach_the_settings_by_name_urn_or_all_and_only_once(session: Session) -> None:
    done(session, add_setting("Ben Jonson", "primary", 6, "100001", (EASTER,)))
    done(session, add_setting("Mile End Gate", "secondary", 11))
    text = "100001,22/7/27,1/9/27\nall,25/3/27,12/4/27\nElsewhere,22/7/27,1/9/27\n"
    commands, strange = changes(parse(text, "c.csv", TODAY), session.settings())
    for command in commands:
        done(session, command)
    assert {one.name: one.closures for one in session.settings()} == {
        "Ben Jonson": (EASTER, SUMMER),
        "Mile End Gate": (EASTER,),
    }
    assert said(len(commands), strange) == (
        "Closures added to 2 settings. Not known here: elsewhere."
    )
    assert changes(parse(text, "c.csv", TODAY), session.settings())[0] == []
