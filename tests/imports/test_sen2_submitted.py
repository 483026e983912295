"""A submitted return as rows to compare with: COLLECT's folder, joined by its ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports.sen2.submitted import submitted
from tests.imports.made import sen2
from tests.support.stores import TODAY


def test_the_exported_folder_gives_persons_with_what_hangs_on_their_requests(
    tmp_path: Path,
) -> None:
    sen2.exports(tmp_path, sen2.ROWS)
    read = submitted(tmp_path, TODAY)
    assert read.notes == ()
    first, second, third = read.persons
    assert first.text("Surname") == "W\u00f3jcik"
    assert first.text("PersonBirthDate") == "2010-07-29"
    (request,) = first.below
    modules = [row.module for row in request.every()]
    assert modules == [
        *("requests", "assessment", "namedplan", "plandetail", "activeplans"),
        *("placementdetail", "placementdetail", "placementdetail", "senneed", "senneed"),
    ]
    plan = first.first("namedplan")
    assert plan is not None
    assert (plan.text("CeaseDate"), plan.text("CeaseReason")) == ("2026-08-31", "3")
    assert [row.text("RequestOutcome") for row in second.below] == ["N", "Y"]
    active = third.first("activeplans")
    assert active is not None
    assert active.text("TransferLA") == "213"


def test_what_names_no_persons_is_no_return(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Colour\nAda,green\n", "utf-8")
    with pytest.raises(Unreadable, match="is no SEN2 return: it names no persons"):
        submitted(path, TODAY)


def test_what_cannot_be_read_or_joined_is_told(tmp_path: Path) -> None:
    rows = {name: [dict(row) for row in some] for name, some in sen2.ROWS.items()}
    rows["person"][1]["personbirthdate"] = "2012-Foo-01"
    rows["requests"][-1]["up"] = "99"
    sen2.exports(tmp_path, rows)
    notes = submitted(tmp_path, TODAY).notes
    told = " ".join(notes)
    assert "person, row 3, personbirthdate 2012-Foo-01" in told
    assert "requests, row 5, persontableid 99, no row of person has this id" in told
    # With the request go the five rows below it; five are told one by one.
    assert len(notes) == 6
    assert "further row" in notes[-1]


def test_one_file_of_an_export_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    paths = sen2.exports(tmp_path, sen2.ROWS)
    person = next(path for path in paths if path.stem.endswith("_person"))
    with pytest.raises(Unreadable, match="names persons and no requests: of an export, give the"):
        submitted(person, TODAY)


def test_broken_markup_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    for text in (
        "<Message><Header><CollectionDetails></CollectionDetails>",
        "<Message><CollectionDetails></CollectionDetails></Message>",
        '<!DOCTYPE x [<!ENTITY y "z">]><Message><CollectionDetails></CollectionDetails></Message>',
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(Unreadable, match="is no SEN2 return in XML, or it is damaged"):
            submitted(path, TODAY)
