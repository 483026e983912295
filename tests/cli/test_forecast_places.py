"""`forecast-places`: from four files and from a store, as people and programs read it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.cli.conftest import TODAY
from tests.support.boroughs import drawn, lived
from tests.support.command import caseworker, one_sentence
from tests.support.four_files import of_history

PARTS = ("total", "settings", "needs", "years_taught", "cost")
QUANTILES = {"mean", "p2_5", "p10", "p50", "p90", "p97_5"}


def test_four_files_give_bands_by_year_and_the_same_bytes_again(tmp_path: Path) -> None:
    draw = Random(5)
    history = lived(drawn(draw, 0.3), draw, 4)
    names = ("--transitions", "--population", "--valid", "--costs")
    files = [x for pair in zip(names, of_history(tmp_path, history), strict=True) for x in pair]
    last = history.starts + 2
    asked = ("forecast-places", *files, "--until", last, "--simulations", 60, "--seed", 3)
    said = caseworker(*asked, "--json")
    assert (said.code, said.err) == (0, "")
    assert caseworker(*asked, "--json").out == said.out
    years = said.json["years"]
    assert [one["year"] for one in years] == [history.starts, history.starts + 1, last]
    for year in years:
        assert set(year) == {"year", *PARTS}
        assert set(year["total"]) == set(year["cost"]) == QUANTILES
        assert set(year["settings"]) == set(history.teaches)
    assert years[0]["total"]["mean"] == sum(history.stock(history.starts).values())
    assert years[0]["cost"]["mean"] == 1000 * years[0]["total"]["mean"]
    table = caseworker(*asked)
    assert table.code == 0
    assert "In all" in table.out
    assert "Rates come from the 3 years" in table.out


def test_what_is_missing_or_too_short_is_one_sentence(tmp_path: Path, passphrase: str) -> None:
    assert passphrase
    where, tracker = tmp_path / "borough", tmp_path / "tracker.csv"
    tracker.write_text("Ref,Surname,Forename,DOB\n1,Okafor,Grace,3/3/2014\n", encoding="utf-8")
    assert caseworker("import", tracker, "--store", where, "--today", TODAY).code == 0
    refused = [
        caseworker("forecast-places", "--transitions", tmp_path / "no.csv", "--json"),
        caseworker("forecast-places", "--store", where, "--today", TODAY, "--json"),
        caseworker("forecast-places", "--simulations", 1),
    ]
    assert all(one_sentence(said) and said.code == 2 for said in refused)
    assert "two Januaries running" in refused[1].err
    loaded = [caseworker("load-plan", "strategy", "--store", where) for _ in range(2)]
    assert loaded[0].out.startswith("Loaded SEND strategy 2018 to 2023: 5 workstreams")
    assert one_sentence(loaded[1])
    assert "not loaded a second time" in loaded[1].err
