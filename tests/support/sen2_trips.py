"""Drawn SEN2 returns written, brought in and made again; and faults planted for the checks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from caseworker_app import bootstrap
from caseworker_app.domain.sen2 import checks
from caseworker_app.domain.sen2.rows import Return, Row
from caseworker_app.imports import reading
from caseworker_app.reports import sen2_workbook, sen2_xml
from caseworker_app.services.returns import sen2_return
from tests.support.sen2_borough import (
    BESIDE,
    PLANTS,
    TODAY,
    YEAR,
    drawn,
    embellished,
    frame,
    returned,
)

WRITERS = {"xml": sen2_xml.write, "xlsx": sen2_workbook.write}


def told(row: Row) -> Any:
    """A row with all below it, as values to compare."""
    return row.module, dict(sorted(row.values.items())), [told(one) for one in row.below]


def by_name(return_: Return) -> dict[str, Any]:
    """The persons of a return by their names."""
    return {
        f"{one.row.text('Surname')} {one.row.text('Forename')}": told(one.row)
        for one in return_.persons
    }


def differing(seed: int, ending: str, folder: Path, each: int = 8) -> list[str]:
    """Write a drawn return, bring it in twice, and say what came back otherwise each time."""
    first = embellished(returned(drawn(seed, each)), Random(seed))
    path = folder / f"return.{ending}"
    WRITERS[ending](first, path)
    incoming = reading.read([path], today=TODAY)
    store = str(folder / f"store-{ending}")
    session = bootstrap.open_session(store, passphrase="return", today=TODAY, create=True)
    wrong = [f"not read: {one}" for one in (*incoming.problems, *incoming.parked)]
    try:
        for time in ("once", "twice"):
            came = session.apply_import(incoming)
            if time == "twice" and (came.cases_created, came.cases_updated) != (0, 0):
                wrong.append("brought in again it changes something")
            made = sen2_return.made(session, YEAR, "0").return_
            wrong += [f"{time}: {one}" for one in _differences(by_name(first), by_name(made))]
            for item in ("LEA", "DMO", "DCO", "DSCO"):
                if made.header.text(item) != first.header.text(item):
                    wrong.append(f"{time}: {item}")
        wrong += session.check()
    finally:
        session.close()
    return wrong


def _differences(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> list[str]:
    names = sorted(theirs.keys() | ours.keys())
    return [
        f"{name}: {theirs.get(name)} is {ours.get(name)}"
        for name in names
        if theirs.get(name) != ours.get(name)
    ]


def planted(seed: int) -> list[str]:
    """What is told wrongly of a clean borough, and of it with each fault planted in turn."""
    wrong = [f"invented {hit.rule}" for hit in checks.found(returned(drawn(seed)), frame())]
    for rule, plant in PLANTS.items():
        return_ = returned(drawn(seed))
        reference = plant(return_)
        hits = checks.found(return_, frame())
        own = [hit.case.reference for hit in hits if hit.rule == rule]
        if own != [reference]:
            wrong.append(f"{rule} found in {own}, planted in {reference or 'the header'}")
        others = {hit.rule for hit in hits} - {rule}
        if others != BESIDE.get(rule, frozenset()):
            wrong.append(f"{rule} planted, {', '.join(sorted(others))} found too")
    return wrong


def tried(count: int, seed: int) -> list[str]:
    """What went wrong over so many drawn boroughs."""
    wrong = []
    for at in range(count):
        drawn_from = seed * 10_000 + at
        wrong += [f"seed {drawn_from}: {one}" for one in planted(drawn_from)]
        with tempfile.TemporaryDirectory() as folder:
            for ending in WRITERS:
                found = differing(drawn_from, ending, Path(folder))
                wrong += [f"seed {drawn_from}, {ending}: {one}" for one in found]
    return wrong
