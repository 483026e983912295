"""Children of the return, with their needs, settings and facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from caseworker_app.domain.facts import in_order
from caseworker_app.domain.incoming import CellProblem, Doubt, Incoming, IncomingCase, ParkedRow
from caseworker_app.imports.sen2 import beside as besides
from caseworker_app.imports.sen2.events import days_of, of_request
from caseworker_app.imports.sen2.joins import Request, requests_by_person
from caseworker_app.imports.sen2.layout import in_post, layout
from caseworker_app.imports.sen2.notes import notes as notes_of
from caseworker_app.imports.sen2.people import SEXES, People, Person, named_in
from caseworker_app.imports.sen2.tables import Record, Tables
from caseworker_app.imports.tracker.cells import Needs, readers
from caseworker_app.imports.tracker.name_notes import beside
from caseworker_app.services.progress import Progress

_EVERY = 250
_OFFICERS = {
    "dmo": "medical_officer",
    "dco": "clinical_officer",
    "dsco": "social_care_officer",
}


def incoming(tables: Tables, files: Sequence[str], progress: Progress | None) -> Incoming:
    """Everything that the modules of a return say.

    Raises:
        Cancelled: by the progress.
    """
    requests, people = requests_by_person(tables), People()
    persons = tables.of("person")
    for done, record in enumerate(persons, 1):
        if progress is not None and done % _EVERY == 0:
            progress(done, len(persons), "Reading the SEN2 return")
        people.add(record, tables.problems)
    people.attach(requests, tables.problems)
    survey = _survey_day(tables)
    cases = tuple(_case(person, survey, tables.problems) for person in people.everybody)
    if progress is not None:
        progress(len(persons), len(persons), "Read")
    slipped = [
        ParkedRow(record.place, why, named_in(record))
        for module, record, why in tables.unsure
        if module == "person"
    ]
    return Incoming(
        files=tuple(files),
        rows_read=len(persons) + len(slipped),
        cases=cases,
        parked=(*slipped, *people.parked),
        further_rows=people.further_rows,
        doubts=(*_slipped_elsewhere(tables), *people.doubts),
        problems=tuple(tables.problems),
        conflicts=tuple(people.conflicts),
        mapping=tables.mapping,
        unmapped=tables.unmapped,
        notes=tuple(_notes(people)),
        as_of=survey,
        council=_council(tables),
    )


def _survey_day(tables: Tables) -> date | None:
    """The day the return is of, by its header; of several returns the latest."""
    days = (record.day("referencedate") for record in tables.of("sen2"))
    return max((day for day in days if day is not None), default=None)


def _council(tables: Tables) -> dict[str, str]:
    """What the header says of the council itself."""
    found: dict[str, str] = {}
    states = in_post()
    for record in tables.of("sen2"):
        if number := record.text("lea"):
            found["la_number"] = number
        for item, name in _OFFICERS.items():
            state = states.get(record.text(item).upper())
            if state:
                found[name] = state
    return found


def _slipped_elsewhere(tables: Tables) -> Iterator[Doubt]:
    """Rows of the other modules whose cells may have slipped: nothing of them is taken."""
    for module, record, why in tables.unsure:
        if module != "person":
            value = ", ".join(map(str, record.values.values()))[:120]
            yield Doubt(record.place, "", value, f"{why}; nothing of it is taken")


def _notes(people: People) -> Iterator[str]:
    """What of the return is kept beside the facts, in sentences."""
    requests = [request for person in people.everybody for request in person.requests]
    kept = Counter(item for request in requests for item, _ in days_of(request))
    historical, drafts = kept["receiveddate"], kept["reviewdraft"]
    if historical:
        words = _words(historical, "request keeps its", "requests keep their")
        yield (
            f"{historical:,} historical {words} date as a note: the decisions on them belong to"
            " earlier returns."
        )
    if drafts:
        words = _words(drafts, "amended draft keeps its", "amended drafts keep their")
        yield (
            f"{drafts:,} {words} date as a note: older than the review meeting, of a review this"
            " return no longer holds."
        )


def _words(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _case(person: Person, survey: date | None, problems: list[CellProblem]) -> IncomingCase:
    record = person.record
    requests = sorted(person.requests, key=lambda one: one.record.day("receiveddate") or date.min)
    need, secondary = _needs(requests, problems)
    placement = _placement(requests)
    name, kind = _setting(placement)
    further = besides.further(besides.placements(requests, placement), placement)
    facts = [
        fact
        for request in requests
        for fact in of_request(request, _episode(request) if len(requests) > 1 else None)
    ]
    return IncomingCase(
        place=record.place,
        reference="",
        surname=record.text("surname"),
        forename=record.text("forename"),
        born=person.born,
        upn=record.text("upn"),
        uln=record.text("uniquelearnernumber"),
        sex=SEXES.get(record.text("sex").upper(), ""),
        need=need,
        secondary_need=secondary,
        setting=name,
        setting_kind=kind,
        urn=placement.text("urn") if placement is not None else "",
        comment=beside(person.notes) if person.notes else "",
        facts=in_order(tuple(facts)),
        one_cycle=True,
        sen2=notes_of(record, requests, placement, further, survey),
        proposals=tuple(person.proposals),
        beside=(
            *besides.of_person(record, problems),
            *(besides.of_placement(one, placement, name) for one in further),
        ),
    )


def _episode(request: Request) -> str:
    """The same for the same request in next year's export too."""
    received = request.record.day("receiveddate")
    return f"request {received or request.record.text('requeststableid')}"


def _needs(requests: Sequence[Request], problems: list[CellProblem]) -> tuple[str, str]:
    """Primary and secondary need of the latest request that has any."""
    read = readers()["need"]
    for request in reversed(requests):
        ranked: dict[str, str] = {}
        for record in request.all("senneed"):
            code = record.text("sentype")
            found = read(code)
            if isinstance(found, Needs):
                ranked.setdefault(record.text("sentyperank") or "1", found.first)
            elif code:
                problems.append(record.problem("sentype", code, "not a type of need"))
        if ranked:
            return ranked.get("1", ""), ranked.get("2", "")
    return "", ""


def _placement(requests: Sequence[Request]) -> Record | None:
    """Where the child is: the latest placement of the first rank that has not been left.

    Without placements, the setting named in the plan.
    """
    for request in reversed(requests):
        places = request.all("placementdetail")
        here = [place for place in places if place.day("leavingdate") is None] or places
        for module in (here, request.all("plandetail")):
            first = [place for place in module if place.text("placementrank") in ("1", "")]
            if first or module:
                return max(first or module, key=lambda one: one.day("entrydate") or date.min)
    return None


def _setting(placement: Record | None) -> tuple[str, str | None]:
    """The setting's name, and its kind where the return tells it."""
    if placement is None:
        return "", None
    code, name = placement.text("sensetting"), placement.text("sensettingother")
    known, kind = layout().settings.get(code, ("", None))
    if name:
        return name, kind
    if placement.text("urn"):
        return f"URN {placement.text('urn')}", None
    return known or (f"UKPRN {placement.text('ukprn')}" if placement.text("ukprn") else ""), kind
