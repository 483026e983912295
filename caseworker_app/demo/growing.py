"""Growing up in an invented borough: reviews from Year 9, pathways, adult services, addresses.

The same store is given the same: each young person is drawn from their own reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app.demo.around import Fields, Wanted
from caseworker_app.domain.adulthood import AFTER_11, AFTER_14, AdultRow, Person, settled_on
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.yeargroup import birthday

_PLANS = {
    "employment": ("Two weeks of work experience in a café.", "Talk to the job coach in spring."),
    "living": ("Learn to travel to college alone.", "Cook one meal a week at home."),
    "community": ("Joins the youth club on Fridays.", "Try the football team."),
    "health": ("Annual health check with the GP.", "Moves from paediatrics at 18."),
}
_AT_16 = (
    *(["sixth_form"] * 8 + ["fe"] * 11 + ["specialist"] * 3 + ["internship"] * 2),
    *("apprenticeship", "traineeship", "neet", "unknown"),
)
_AT_19 = (
    *(["fe"] * 6 + ["specialist"] * 3 + ["internship"] * 4 + ["supported_apprenticeship"]),
    *("work", "higher", "day", "day", "neet", "unknown"),
)
_ABOUT = ("Where to live", "Which college to go to", "Managing money", "Who is told of the plan")
_POSTCODES = ("E1 4NS", "E2 6AH", "E3 2SJ", "E14 8JJ", "E1W 2RD")
_OUTSIDE = ("IG1 1NN", "CM1 1QH", "SS7 2QL", "RM3 8XB", "E15 4BG")
_TEAMS = ("Adult learning disability team", "Transitions social work", "Adult mental health team")
_YEAR_11 = 11
_PUPILS, _TAUGHT, _MOST_PUPILS = range(3, 12), range(12), 400
_SESSIONS, _AFTER_KS2, _AUTUMN, _EASTER = 110, 7, 9, 4


def growing_up(rows: Sequence[AdultRow], meetings: dict[str, str], today: date) -> Wanted:
    """What is recorded of those from Year 9 on.

    Args:
        rows: who they are.
        meetings: the last review meeting of each, by the id of the child.
        today: no day of what was done is later.
    """
    for row in rows:
        draw = Random(f"{row.reference}:growing")  # noqa: S311  (invented data, not secrets)
        if row.child_id in meetings and draw.random() < 0.85:
            yield "adulthood", _areas(draw, row.child_id, meetings[row.child_id])
        yield from _pathways(draw, row.person, row.year, today)
        if row.age >= 16:
            yield from _of_sixteen(draw, row, today)
        if row.age >= 19 and draw.random() < 0.9:
            outside = draw.random() < 0.14
            fields = {
                "child_id": row.child_id,
                "postcode": draw.choice(_OUTSIDE if outside else _POSTCODES),
                "inside": "no" if outside else "yes",
                "since": today - timedelta(days=draw.randint(200, 1500)),
            }
            yield "address", fields


def school_results(rows: Sequence[CaseRow], today: date) -> Wanted:
    """The attendance of the last whole term of half the pupils, and what some reached in Year 6."""
    pupils = [row for row in rows if row.status == "live" and row.nc_year in _TAUGHT]
    for row in pupils[: min(_MOST_PUPILS, len(pupils) // 2)]:
        draw = Random(f"{row.reference}:school")  # noqa: S311
        away = draw.choices((0.05, 0.14, 0.3, 0.65), (62, 24, 10, 4))[0] * draw.uniform(0.5, 1.4)
        attended = round(_SESSIONS * (1 - min(1.0, away)))
        fields = {"child_id": row.id, "term": _last_term(today), "possible": _SESSIONS}
        yield "attendance", {**fields, "attended": attended}
        if row.nc_year == _AFTER_KS2 and today.month >= _AUTUMN:
            for what in ("Reading", "Writing", "Mathematics"):
                value = draw.choices(("EXS", "GDS", "WTS", "PK4"), (22, 3, 50, 25))[0]
                result = {"stage": "ks2", "year": today.year, "what": what, "value": value}
                yield "attainment", {"child_id": row.id, **result}


def _last_term(today: date) -> str:
    """The term that ended last, as `Attendance` has it."""
    if today.month >= _AUTUMN:
        return f"Summer {today.year}"
    return f"Spring {today.year}" if today.month > _EASTER else f"Autumn {today.year - 1}"


def suspensions(rows: Sequence[CaseRow], today: date) -> Wanted:
    """Suspensions of this school year and the last, and a few permanent exclusions."""
    for row in rows:
        draw = Random(f"{row.reference}:suspended")  # noqa: S311
        if row.status != "live" or row.nc_year not in _PUPILS:
            continue
        if draw.random() < 0.035:
            for _ in range(draw.choice((1, 1, 2))):
                yield (
                    "suspension",
                    {
                        "child_id": row.id,
                        "since": today - timedelta(days=draw.randint(3, 420)),
                        "half_days": draw.choice((1, 2, 3, 4, 6, 10)),
                        "reason": draw.choice(("PP", "PA", "VA", "DB", "DB", "DM")),
                    },
                )
        elif draw.random() < 0.003:
            fields = {"child_id": row.id, "since": today - timedelta(days=draw.randint(20, 300))}
            yield "suspension", {**fields, "permanent": True, "reason": "PA", "upheld": "yes"}


def _areas(draw: Random, child_id: str, review_id: str) -> Fields:
    fields: dict[str, Any] = {"child_id": child_id, "review_id": review_id}
    whole = draw.random() < 0.68
    for code in ADULT_AREAS:
        fields[code] = whole or draw.random() < 0.5
        if fields[code] and draw.random() < 0.7:
            fields[f"{code}_plan"] = draw.choice(_PLANS[code])
    return fields


def _pathways(draw: Random, person: Person, year: int, today: date) -> Iterator[tuple[str, Fields]]:
    of = {"child_id": person.child_id}
    first = settled_on(person, AFTER_11).replace(month=9, day=1)
    second = settled_on(person, AFTER_14).replace(month=9, day=1)
    if year < _YEAR_11 or draw.random() < 0.07:
        return
    if first > today:
        if draw.random() < 0.7:
            kind = draw.choice(_AT_16[:-2])
            yield "pathway", {**of, "kind": kind, "state": "planned", "since": first}
        return
    then: dict[str, Any] = {**of, "kind": draw.choice(_AT_16), "state": "started", "since": first}
    if second <= today:
        yield "pathway", {**then, "until": second - timedelta(days=1)}
        yield "pathway", {**of, "kind": draw.choice(_AT_19), "state": "started", "since": second}
        return
    yield "pathway", then
    if (second - today).days < 300 and draw.random() < 0.6:
        kind = draw.choice(_AT_19[:-2])
        yield "pathway", {**of, "kind": kind, "state": "planned", "since": second}


def _of_sixteen(draw: Random, row: AdultRow, today: date) -> Iterator[tuple[str, Fields]]:
    needed = draw.choices(("yes", "no", "open", ""), (34, 44, 10, 12))[0]
    turns_18 = row.turns_18
    if needed:
        sixteen = birthday(row.person.born, 16) or today
        decided = min(today, sixteen + timedelta(days=draw.randint(10, 300)))
        fields: dict[str, Any] = {"needed": needed, "decided_on": decided}
        plan = turns_18 - timedelta(days=draw.randint(-60, 340))
        if needed == "yes":
            fields["adult_team"] = draw.choice(_TEAMS)
            if decided <= plan <= today and draw.random() < 0.9:
                fields["plan_on"] = plan
            if draw.random() < 0.5:
                fields["meeting_on"] = turns_18 - timedelta(days=draw.randint(20, 90))
        yield "adult_transition", {"child_id": row.child_id, **fields}
    if draw.random() < 0.62:
        has = draw.choices(("has", "has_not", "open"), (60, 32, 8))[0]
        fields = {
            "child_id": row.child_id,
            "on": today - timedelta(days=draw.randint(10, 400)),
            "about": draw.choice(_ABOUT),
            "result": has,
        }
        if has == "has_not" and draw.random() < 0.85:
            fields["representative"] = f"Mrs {row.surname}"
            fields["relation"] = "parent"
        yield "capacity", fields
