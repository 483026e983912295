"""`records`, `import --as` and `export`: lists of any kind brought in, read and written out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msoffcrypto
import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence

SETTINGS = """Our schools,,,
School,Kind,Last year group,URN,Notes
Acorn House,Secondary,11,100001,big
"=cmd|' /C calc'!A0",primary,6,,
Acorn  HOUSE,secondary,11,100001,
The Willows,castle,6,,
"""


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one child, in the place of the demo that `store` copies for other tests."""
    folder = tmp_path_factory.mktemp("one")
    tracker = folder / "tracker.csv"
    tracker.write_text("Ref,Surname,Forename,DOB\n1,Okafor,Grace,3/3/2014\n", encoding="utf-8")
    where = folder / "store" / "borough"
    where.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORKER_PASSPHRASE", "correct horse battery staple")
        assert caseworker("import", tracker, "--store", where, "--today", TODAY).code == 0
    return where


def run(where: Path, *arguments: object) -> Said:
    return caseworker(*arguments, "--store", where, "--today", TODAY)


def counts(document: dict[str, Any]) -> list[int]:
    names = ("rows_read", "made", "changed", "unchanged", "further_rows")
    assert document["rows_read"] == sum(document[one] for one in names[1:]) + len(
        document["parked"]
    )
    return [document[one] for one in names]


def test_a_list_comes_in_once_is_read_and_is_written_out(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(SETTINGS, encoding="utf-8")
    tried = run(store, "import", path, "--as", "setting", "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert tried.out.startswith(
        "4 rows read: 2 settings would be made, 0 would be changed, 0 unchanged, 1 said already "
        "by an earlier row, 1 parked."
    )
    assert "not taken: Notes" in tried.out
    assert "none of the choices" in tried.out
    assert run(store, "records", "setting", "--json").json["records"] == []
    first = run(store, "import", path, "--as", "setting", "--json").json
    assert counts(first) == [4, 2, 0, 0, 1]
    assert first["parked"][0]["row"] == 6
    assert counts(run(store, "import", path, "--as", "setting", "--json").json) == [4, 0, 0, 2, 1]
    held = run(store, "records", "setting", "--json").json["records"]
    assert [one["name"] for one in held] == ["Acorn House", "=cmd|' /C calc'!A0"]
    assert held[0] == {
        "id": "1",
        "name": "Acorn House",
        "kind": "secondary",
        "last_year": 11,
        "urn": "100001",
    }
    assert "Acorn House" in run(store, "records", "setting").out
    out = tmp_path / "out.csv"
    assert run(store, "export", "setting", "--out", out).out == "Wrote 2 settings to out.csv.\n"
    assert ",'=cmd" in "," + out.read_text(encoding="utf-8-sig").splitlines()[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("records", "shoe"), "'shoe' is not a kind of record: "),
        (("records", "child"), "'child' is not a kind of record: "),
        (("export", "setting", "--out", "out.doc"), "out.doc does not end in .xlsx or .csv."),
        (("import", "{file}", "--as", "setting", "--mapping", "{file}"), "A mapping goes with a"),
        (("import", "{file}", "--as", "setting"), "nothing.csv holds no list of settings: "),
    ],
)
def test_what_cannot_be_is_one_sentence(
    store: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "nothing.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    told = run(store, *(one.format(file=path) for one in arguments))
    assert told.code == 2
    assert one_sentence(told)
    assert told.err.startswith(said)


def test_two_names_for_one_closed_day_park_the_second_and_keep_the_first(
    store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "days.csv"
    path.write_text(
        "Day,Name\n27/12/2027,Extra holiday\n27/12/2027,Another\n99/9/2027,Bad\n", encoding="utf-8"
    )
    came = run(store, "import", path, "--as", "closed_day", "--json").json
    assert counts(came) == [3, 1, 0, 0, 0]
    assert [(one["row"], one["why"]) for one in came["parked"]] == [
        (3, "row 2 says otherwise of the same closed day"),
        (4, 'Day: "99/9/2027" is not a date'),
    ]
    held = run(store, "records", "closed_day", "--json").json["records"]
    assert [one["name"] for one in held] == ["Extra holiday"]


def test_an_empty_list_has_its_title_on_one_line(store: Path) -> None:
    assert run(store, "records", "closed_day").out.startswith("0 closed days\n")


def test_a_list_is_written_under_a_password_that_stands_in_no_file(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "schools.xlsx"
    refused = run(store, "export", "setting", "--out", out, "--protect")
    assert one_sentence(refused)
    assert "CASEWORKER_FILE_PASSWORD" in refused.err
    monkeypatch.setenv("CASEWORKER_FILE_PASSWORD", "short")
    assert "at least 8" in run(store, "export", "setting", "--out", out, "--protect").err
    monkeypatch.setenv("CASEWORKER_FILE_PASSWORD", "four quiet yellow ducks")
    rows = run(store, "export", "setting", "--out", tmp_path / "schools.csv", "--protect")
    assert "cannot ask for a password" in rows.err
    assert not list(tmp_path.glob("schools*"))

    assert run(store, "export", "setting", "--out", out, "--protect").code == 0
    with out.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
        office.load_key(password="four quiet yellow ducks", verify_password=True)
    # Without being asked, the next one opens as it is.
    assert run(store, "export", "setting", "--out", out).code == 0
    assert out.read_bytes().startswith(b"PK")
