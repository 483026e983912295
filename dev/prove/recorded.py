"""Drawn caseloads brought in from sheets, with every record: measures agree with a plain count.

The account and the count are those of the tests, which see no store, no file and no import.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from caseworker_app import bootstrap
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.incoming import Incoming, IncomingCase, Place
from caseworker_app.domain.kinds import FACT, FieldSpec, Kind, importable, kind_named, kind_of
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Done
from caseworker_app.imports import plain_rows
from caseworker_app.imports.records import understood
from caseworker_app.services import commands as do
from tests.domain.measures import test_drawn, test_drawn_records
from tests.domain.measures.drawing_records import (
    LISTS,
    SCHOOLS,
    TOOLS,
    Whole,
    beside,
    draw_beside,
    draw_whole,
    records_of,
)

COUNT = 4
CHILDREN = 40
TODAY = date(2026, 11, 22)
_PASSPHRASE = "four quiet herons by the lock"  # noqa: S105  (of a store that is thrown away)
_LATER = (
    *("aspiration", "described_need", "outcome", "need_behind", "judgement", "provision"),
    *("provision_for", "plan_version", "plan_audit", "moderation", "personal_budget"),
    *("adulthood", "pathway", "adult_transition", "address", "suspension", "placement"),
    *("feedback", "panel"),
)
"""The kinds that come in from sheets, what is pointed at before what points."""


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Draw caseloads, bring them in, count, and compare row by row; what went wrong."""
    figures = rows = 0
    wrong: list[str] = []
    os.environ["CASEWORKER_PASSPHRASE"] = _PASSPHRASE
    for number in range(count):
        with TemporaryDirectory() as folder:
            made = _Caseload(Path(folder), seed + number)
            for period in test_drawn.PERIODS:
                told = made.compared(period)
                figures, rows = figures + told[0], rows + told[1]
                wrong += told[2]
            made.close()
    many, periods = CHILDREN + CHILDREN // 2, len(test_drawn.PERIODS)
    return [
        f"{count} caseloads of {many} children, all from sheets, at {periods} periods each",
        f"{figures:,} measures of {rows:,} rows held against a plain count",
        *(f"WRONG {one}" for one in wrong[:40]),
    ]


class _Caseload:
    """One caseload in a store of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._seed, self._random, self._folder = seed, Random(seed), folder  # noqa: S311
        self._drawn = draw_whole(seed, CHILDREN)
        self._answers, self._sat = draw_beside(seed)
        self._session = bootstrap.open_session(str(folder / "store"), today=TODAY, create=True)
        self._people()
        records: dict[str, list[tuple[CaseFile, Any]]] = {}
        for one, file in self._drawn:
            for record in (*records_of(one, file), *_placements(one)):
                records.setdefault(kind_of(record).name, []).append((file, record))
        for record in beside(self._answers, self._sat):
            if record not in TOOLS and record not in LISTS:
                records.setdefault(kind_of(record).name, []).append((self._drawn[0][1], record))
        for name in _LATER:
            self._bring(kind_named(name), records.get(name, []))

    def close(self) -> None:
        """Close the store."""
        self._session.close()

    def compared(self, period: tuple[str, str, str]) -> tuple[int, int, list[str]]:
        """How many measures and rows there are of a period, and what differs."""
        start, end, as_at = period
        made = bootstrap.board(
            self._session,
            date.fromisoformat(start),
            date.fromisoformat(end),
            as_at=date.fromisoformat(as_at or end),
            edition=Audience.TEAM,
        )
        found = {one.ref: one for one in made.measures}
        asked = test_drawn.Asked(*period)
        wrong, rows = [], 0
        by_records = test_drawn_records.COUNTS.items()
        by_facts = test_drawn.COUNTS.items()
        wanted = [
            (ref, [r for one, _ in self._drawn for r in of(asked, one)]) for ref, of in by_records
        ]
        wanted += [
            (ref, [r for one, _ in self._drawn for r in of(asked, one.told)])
            for ref, of in by_facts
        ]
        for ref, expected in wanted:
            things = [(one.reference, one.on, one.counts) for one in found[ref].things]
            rows += len(expected)
            if sorted(map(str, things)) != sorted(map(str, expected)):
                more = sorted({*map(str, things)} - {*map(str, expected)})[:3]
                less = sorted({*map(str, expected)} - {*map(str, things)})[:3]
                where = f"seed {self._seed}, {start} to {end}, {ref}"
                wrong.append(f"{where}: {found[ref].note} too many {more}, missing {less}")
        return len(wanted), rows, wrong

    def _people(self) -> None:
        """The settings, lists and audit tools by hand, the children with their events at once."""
        for name, (kind, number) in SCHOOLS.items():
            self._add("setting", {"name": name, "kind": kind or None, "la_number": number})
        for one in LISTS:
            self._add("choice", _values(one))
        for tool in TOOLS:
            self._add("audit_tool", _values(tool))
        cases = tuple(
            IncomingCase(
                Place("drawn", "drawn", at),
                one.told.reference,
                f"Surname {_letters(at)}",
                "Forename",
                one.told.born,
                need="ASD",
                facts=tuple(replace(fact, id="") for fact in file.facts),
            )
            for at, (one, file) in enumerate(self._drawn)
        )
        self._session.apply_import(Incoming(("drawn",), len(cases), cases))

    def _add(self, kind: str, values: dict[str, Any]) -> None:
        outcome = self._session.submit(
            do.AddRecord(kind, {name: value for name, value in values.items() if value is not None})
        )
        assert isinstance(outcome, Done), (kind, outcome)

    def _bring(self, kind: Kind, records: Sequence[tuple[CaseFile, Any]]) -> None:
        if not records:
            return
        path = self._folder / f"{kind.name}.csv"
        specs = importable(kind)
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow([f"{kind.many} of the borough"])
            who = ["Reference"] if kind.owner else []
            sheet.writerow([*who, *(one.label.upper() for one in specs)])
            for case, record in records:
                head = [case.child.reference] if kind.owner else []
                cells = [self._cell(case, one, getattr(record, one.name)) for one in specs]
                sheet.writerow([*head, *cells])
        came = self._session.bring_in(understood(plain_rows.read([path]), kind))
        told = kind.name, came.made, len(records), came.parked[:3], came.notes
        assert (came.made, came.parked, came.notes) == (len(records), (), ()), told

    def _cell(self, case: CaseFile, spec: FieldSpec, value: Any) -> str:  # noqa: ANN401
        if value is None or value == spec.blank:
            return self._random.choice(("", "-", "n/a")) if not spec.needed else ""
        if spec.to == FACT:
            return self._day(next(one.on for one in case.facts if one.id == value))
        if isinstance(value, date):
            return self._day(value)
        if spec.type == "link":
            return _pointed(case, spec, value)
        if spec.type == "choice":
            return self._random.choice((str(value), spec.choices.get(value, value).upper()))
        if spec.type == "money":
            return f"£{value / 100:,.2f}"
        if spec.type == "yes or no":
            return self._random.choice(("Yes", "y", "TRUE", "x"))
        if spec.coder is not None:
            return ", ".join(map(spec.coder.words, value))
        return str(value)

    def _day(self, day: date) -> str:
        return self._random.choice((f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"{day:%Y-%m-%d}"))


def _pointed(case: CaseFile, spec: FieldSpec, key: str) -> str:
    """What a record is called that is pointed at."""
    if spec.to == "setting":
        return key
    if spec.to == "audit_tool":
        one = next(tool for tool in TOOLS if tool.id == key)
        return kind_of(one).title(one)
    one = next(one for one in case.kept[spec.to] if one.id == key)
    return kind_of(one).title(one)


def _placements(one: Whole) -> Iterator[Any]:
    of = kind_named("placement").of
    for place in one.places:
        yield of(
            child_id="1", setting_id=place.what, rank="1", since=place.since, until=place.until
        )


def _values(record: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a person would type of a record."""
    typed: Iterable[FieldSpec] = kind_of(record).typed_by_hand()
    return {one.name: getattr(record, one.name) for one in typed}


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
