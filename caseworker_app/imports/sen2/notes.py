"""What of a return nothing else holds: the notes that stay with the child, `Child.sen2`.

Items stand under their XML names in lower case; how those of an earlier request and of a further
placement are named says `domain/sen2/notes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from caseworker_app.domain.sen2.notes import PLANS, SURVEY, UNPLACED, of_place, of_request
from caseworker_app.domain.sen2.placing import PLANNED
from caseworker_app.imports.sen2.beside import OF_PERSON
from caseworker_app.imports.sen2.events import days_of
from caseworker_app.imports.sen2.joins import Request
from caseworker_app.imports.sen2.layout import layout
from caseworker_app.imports.sen2.tables import Record

_IN_FIELDS = frozenset({"surname", "forename", "sex", "upn", "uniquelearnernumber", "urn"})
_IN_FACTS = frozenset({"requestoutcome", "ceasereason"})
_DAYS = (
    *("assessmentoutcomedate", "phasetransferduedate", "phasetransferfinaldate"),
    *("entrydate", "leavingdate"),
)
_MODULES = ("assessment", "namedplan", "activeplans")
_OF_PLACE = ("ukprn", "sensettingother", "res", "wbp")
"""What the record of a placement has no field for."""

_PLANNED = tuple(one.lower() for one in PLANNED)


def notes(
    person: Record,
    requests: Sequence[Request],
    here: Record | None,
    further: Sequence[Record],
    survey: date | None,
) -> dict[str, str]:
    """The notes of a child.

    Args:
        person: the child's own row.
        requests: theirs, in the order they were received.
        here: the placement that the case itself is at.
        further: those of which records are made.
        survey: the day the return is of.
    """
    kept = dict(_items([person]))
    for request in requests:
        records = [request.record]
        for module in _MODULES:
            records += request.all(module)[:1]
        own = dict(_items(records)) | dict(_outcome(request))
        own |= {item: day.isoformat() for item, day in days_of(request)}
        latest = request is requests[-1]
        received = request.record.day("receiveddate")
        kept |= own if latest else {of_request(item, received): own[item] for item in own}
    if here is not None:
        kept |= dict(_items([here]))
    for record in further:
        if record is not here:
            at = (record.text("placementrank") or "1", record.day("entrydate"))
            kept |= {of_place(item, *at): text for item in _OF_PLACE if (text := record.text(item))}
    if requests:
        kept |= dict(_planned(requests, survey))
    if here is not None and not any(one.all("placementdetail") for one in requests):
        # The case is at the place that the plan names; where the child is taught is not told.
        kept[UNPLACED] = "yes"
    if survey is not None and requests:
        kept[SURVEY] = survey.isoformat()
    return kept


def _items(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    modules = layout().modules.values()
    items = {item for module in modules for item in module.items}
    items -= _IN_FIELDS | _IN_FACTS | OF_PERSON
    for record in records:
        for item in record.values:
            day = record.day(item) if item in _DAYS else None
            if day is not None:
                yield item, day.isoformat()
            elif item in items:
                yield item, record.text(item)


def _outcome(request: Request) -> Iterator[tuple[str, str]]:
    """A decision that the return tells without its day, so that no event can."""
    code = request.record.text("requestoutcome")
    if code in ("H", "W") and request.record.day("requestoutcomedate") is None:
        yield "requestoutcome", code


def _planned(requests: Sequence[Request], survey: date | None) -> Iterator[tuple[str, str]]:
    """The places that the latest plan names, where they are not those the child is at."""
    with_plan = [one for one in requests if one.all("plandetail")]
    if not with_plan:
        return
    request = with_plan[-1]
    plan = request.first("namedplan")
    ceased = plan.day("ceasedate") if plan is not None else None
    day = ceased or survey or date.max
    named = {one.text("placementrank") or "1": one for one in request.all("plandetail")}
    at: dict[str, Record] = {}
    for one in sorted(request.all("placementdetail"), key=_begins):
        left = one.day("leavingdate")
        if _begins(one) <= day and (left is None or day <= left):
            at[one.text("placementrank") or "1"] = one
    if {rank: _where(one) for rank, one in named.items()} != {
        rank: _where(one) for rank, one in at.items()
    }:
        for rank, one in named.items():
            for item in _PLANNED:
                if text := one.text(item):
                    yield f"{PLANS}{rank}.{item}", text


def _begins(record: Record) -> date:
    return record.day("entrydate") or date.min


def _where(record: Record) -> tuple[str, ...]:
    return tuple(map(record.text, _PLANNED))
