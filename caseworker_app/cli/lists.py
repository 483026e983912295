"""Cases, alerts and the board's figures, as JSON and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.cli.output import print_table, say
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.standing import on_day, standing

if TYPE_CHECKING:
    from caseworker_app.domain.alert_row import AlertRow
    from caseworker_app.domain.caseload import AsKnown, CaseFile
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.measures.board import BoardReturn, Result


_ASPECTS = {
    "need": "need",
    "placement": "setting_id",
    "holder": "caseworker_id",
    "year_taught": "actual_year",
    "template": "template",
}
"""What is told of a case over time, and the field of a child that says what holds now."""


def cases_document(
    files: Sequence[CaseFile], status: Mapping[str, str], on: date | None = None
) -> dict[str, Any]:
    """Every case with its facts, by reference.

    Args:
        files: the caseload.
        status: child id to "live", "assessment", "ceased" or "no plan".
        on: a day; all is then as it was on it.
    """
    ordered = sorted(files, key=lambda file: file.child.reference)
    return {"cases": [_case(file, status[file.child.id], on) for file in ordered]}


def as_at(files: Sequence[CaseFile], day: date) -> tuple[tuple[CaseFile, ...], dict[str, str]]:
    """The cases as they were on a day, with the events until then; how each stood, by id."""
    found = tuple(
        replace(file.on(day), facts=tuple(fact for fact in file.facts if fact.on <= day))
        for file in files
    )
    return found, {file.child.id: on_day(standing(file.facts), day) for file in found}


def _case(file: CaseFile, status: str, on: date | None) -> dict[str, Any]:
    child = file.child
    return {
        "reference": child.reference,
        "surname": child.surname,
        "forename": child.forename,
        "born": _iso(child.born),
        "upn": child.upn,
        "uln": child.uln,
        "sex": child.sex,
        "need": child.need,
        "secondary_need": child.secondary_need,
        "setting": file.setting.name if file.setting else "",
        "caseworker": file.caseworker.name if file.caseworker else "",
        "template": child.template,
        "status": status,
        "events": [_event(fact) for fact in file.facts],
        "comment": child.comment,
        "history_from": _iso(child.history_from),
        "actual_year": child.actual_year,
        "setting_kind": file.setting.kind if file.setting else None,
        "setting_last_year": file.setting.last_year if file.setting else None,
        "aspects": {name: _aspect(file, field, on) for name, field in _ASPECTS.items()},
    }


def _aspect(file: CaseFile, field: str, on: date | None) -> list[dict[str, Any]]:
    """What a field said from when to when; of what never changed, what the case says."""
    told = [one for one in file.spells if one.name == field and (on is None or covers(one, on))]
    if told or any(one.name == field for one in file.spells):
        told.sort(key=lambda one: one.since or date.min)
        return [
            {
                "value": one.at.name if one.at is not None else one.fields[field],
                "from": _iso(one.since),
                "to": _iso(one.until),
            }
            for one in told
        ]
    pointed = {"setting_id": file.setting, "caseworker_id": file.caseworker}
    at = pointed.get(field)
    value = getattr(file.child, field) if field not in pointed else at.name if at else None
    return [] if value in ("", None) else [{"value": value, "from": None, "to": None}]


def _event(fact: Fact) -> dict[str, Any]:
    event: dict[str, Any] = {
        "id": fact.id,
        "kind": fact.kind,
        "on": fact.on.isoformat(),
        "episode": fact.episode,
    }
    for key, value in fact.detail.items():
        event[key] = value.isoformat() if isinstance(value, date) else value
    return event


def known_document(known: AsKnown) -> dict[str, Any]:
    """Every case as it was known on an evening, and how many of then are disposed of since."""
    return {
        "known_at": known.day.isoformat(),
        **cases_document(known.files, _status(known)),
        "disposed": known.disposed,
    }


def print_known(known: AsKnown) -> None:
    """The same as a table."""
    print_cases(known.files, _status(known))
    if known.disposed:
        cases = "case has" if known.disposed == 1 else "cases have"
        say(f"{known.disposed:,} more {cases} been disposed of since.")


def _status(known: AsKnown) -> dict[str, str]:
    return {file.child.id: on_day(standing(file.facts), known.day) for file in known.files}


def print_cases(files: Sequence[CaseFile], status: Mapping[str, str]) -> None:
    """The cases as a table, the latest fact of each in words."""
    print_table(
        f"{len(files):,} cases",
        ("Reference", "Name", "Born", "Setting", "Need", "Caseworker", "Status", "Facts", "Latest"),
        (
            (
                file.child.reference,
                file.child.name,
                _british(file.child.born),
                file.setting.name if file.setting else "",
                file.child.need,
                file.caseworker.name if file.caseworker else "",
                status[file.child.id],
                len(file.facts),
                _latest(file),
            )
            for file in files
        ),
    )


def _latest(file: CaseFile) -> str:
    if not file.facts:
        return ""
    fact = file.facts[-1]
    return f"{_british(fact.on)} {KINDS[fact.kind].label}"


def alerts_document(rows: Sequence[AlertRow], today: date) -> dict[str, Any]:
    """Open deadlines, soonest first."""
    return {
        "today": today.isoformat(),
        "alerts": [
            {
                "reference": row.reference,
                "rule": row.rule,
                "due": row.due.isoformat(),
                "target": row.target.isoformat(),
                "state": row.state.value,
                "days": row.days,
                "who": row.who,
                "caseworker": row.caseworker,
            }
            for row in rows
        ],
    }


def print_alerts(rows: Sequence[AlertRow], today: date) -> None:
    """Open deadlines as a table."""
    print_table(
        f"{len(rows):,} open deadlines on {_british(today)}",
        ("Due", "Days", "State", "Reference", "Name", "What", "Rule", "Who", "Caseworker"),
        (
            (
                _british(row.due),
                row.days,
                row.state.value.replace("_", " "),
                row.reference,
                row.name,
                row.what,
                row.rule,
                WHO.get(row.who, row.who),
                row.caseworker,
            )
            for row in rows
        ),
    )


def print_board(figures: BoardReturn) -> None:
    """The board's measures as a table, then those that cannot be answered yet."""
    answered = [result for result in figures.measures if result.answered]
    print_table(
        f"{len(answered)} measures, {_british(figures.period.start)} to "
        f"{_british(figures.period.end)}, as at {_british(figures.as_at)}",
        ("Ref", "Measure", "Count", "Of", "Value", "Target", "Rating"),
        (
            (
                result.ref,
                result.statement,
                _count(result, result.numerator),
                _count(result, result.denominator),
                _value(result),
                result.target_words,
                result.rating.words,
            )
            for result in answered
        ),
    )
    waiting = len(figures.measures) - len(answered)
    if waiting:
        say(f"{waiting} more measures are not recorded yet; the workbook says why.")


def _count(result: Result, number: int | None) -> str:
    if number is None:
        return "hidden" if result.hidden else ""
    return f"{number:,}"


def _value(result: Result) -> str:
    if result.value is None:
        return ""
    from caseworker_app.domain.measures.by_hand import value_words

    if result.milestone:
        return "done" if result.value else "not done"
    return value_words(result.value, share=result.shared)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _british(day: date | None) -> str:
    return day_words(day) if day else ""
