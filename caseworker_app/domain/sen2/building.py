"""Case files to the return of a year: a person each, with all that hangs on their requests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.child_details import ChildDetails, together
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.sen2 import outcomes, plans
from caseworker_app.domain.sen2.cases import Asked, asked
from caseworker_app.domain.sen2.disputing import ASSESS, ISSUE, OTHER, WAYS, disputed
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import ASSESSMENT, HEADER, PERSON, REQUESTS
from caseworker_app.domain.sen2.rows import TRANSFERRED, Case, Person, Return, Row, said

KINDS = (
    *("child_details", "address", "request", "placement", "personal_budget", "pathway"),
    "dispute",
)
"""The kinds of record that the return reads, beside children and facts."""

K = TypeVar("K")
_COLLECTION, _LEVEL, _SOFTWARE = "SEN2", "L", "Caseworker"
_SEXES_OF_2023 = {"M": "1", "F": "2"}


def build(
    files: Iterable[CaseFile],
    frame: Frame,
    made_at: datetime,
    version: str,
    tell: Callable[[int], None] | None = None,
) -> Return:
    """The return of a year.

    Args:
        files: every case, with the records of `KINDS`.
        frame: what all are looked at by.
        made_at: for the header.
        version: of the program, for the header.
        tell: told how many cases have been read.
    """
    people = []
    for done, file in enumerate(files):
        if tell is not None and done % 500 == 0:
            tell(done)
        found = person(file, frame)
        if found is not None:
            people.append(found)
    return _put_together(people, frame, made_at, version)


def rebuild(
    before: Return,
    files: Iterable[CaseFile],
    changed: Collection[str],
    frame: Frame,
    made_at: datetime,
    version: str,
) -> Return:
    """The return again after some cases changed, the others as they were.

    Args:
        before: the return.
        files: those of the changed cases that are still there.
        changed: the ids of the children whose cases changed.
        frame: what all are looked at by now.
        made_at: for the header.
        version: of the program, for the header.
    """
    people = [one for one in before.persons if one.case.id not in changed]
    people += [one for one in (person(file, frame) for file in files) if one is not None]
    return _put_together(people, frame, made_at, version)


def _put_together(people: list[Person], frame: Frame, made_at: datetime, version: str) -> Return:
    people.sort(key=_place)
    return Return(frame.layout, _header(frame, made_at, version), tuple(people))


def person(file: CaseFile, frame: Frame) -> Person | None:
    """A child with all rows, or None where the return has nothing of them."""
    requests = asked(file, frame)
    if not requests:
        return None
    child = file.child
    case = Case(child.id, child.reference, whole_name(child.surname, child.forename))
    return Person(case, Row(PERSON, _person(file, frame), [_request(one) for one in requests]))


def _place(person: Person) -> tuple[str, ...]:
    """By name, then by all that tells two of one name apart; no number of the store has a part."""
    row = person.row
    first = row.below[0].text("ReceivedDate") if row.below else ""
    own = ("PersonBirthDate", "UPN", "UniqueLearnerNumber")
    return (
        folded(row.text("Surname")),
        folded(row.text("Forename")),
        *map(row.text, own),
        first,
    )


def _header(frame: Frame, made_at: datetime, version: str) -> Row:
    officers, layout = frame.council.officers, frame.layout
    in_post = (
        ("DMO", officers.medical),
        ("DCO", officers.clinical),
        ("DSCO", officers.social_care),
    )
    letter = frame.readings.letter
    values: list[tuple[str, str | date | None]] = [
        ("Collection", _COLLECTION),
        ("Year", str(layout.year)),
        ("ReferenceDate", layout.survey),
        ("SourceLevel", _LEVEL),
        ("LEA", frame.council.number),
        ("SoftwareCode", _SOFTWARE),
        ("Release", version),
        ("SerialNo", "1"),
        ("DateTime", made_at.strftime("%Y-%m-%dT%H:%M:%S")),
        *((name, letter("DesignatedOfficer", state)) for name, state in in_post),
    ]
    known = said(values)
    return Row(HEADER, {name: known[name] for name in known if layout.has(HEADER, name)})


def _person(file: CaseFile, frame: Frame) -> dict[str, str]:
    child, layout = file.child, frame.layout
    details = together(_kept(file, ChildDetails), child.id)
    upn, uln = child.upn, child.uln
    sex = child.sex if layout.has(PERSON, "Sex") else _SEXES_OF_2023.get(child.sex, "")
    kept = child.sen2
    # A return that was brought in before there were records for them left them as notes.
    ethnicity = details.ethnicity
    noted = kept.get("ethnicity", "").upper()
    # Nobody can take a note back: once a number is known, it says nothing any more.
    noted_why = "" if upn or uln else kept.get("upnunknown", "")
    return said(
        [
            ("Surname", child.surname),
            ("Forename", child.forename),
            ("PersonBirthDate", child.born),
            ("Sex" if layout.has(PERSON, "Sex") else "GenderCurrent", sex),
            ("Ethnicity", ethnicity or layout.main_ethnicity.get(noted, noted)),
            ("PostCode", _postcode(file, frame.survey) or kept.get("postcode", "")),
            ("UPN", upn),
            ("UniqueLearnerNumber", uln),
            ("UPNunknown", details.upn_unknown or noted_why),
        ]
    )


def _postcode(file: CaseFile, day: date) -> str:
    """Of the home on the survey day, or the last before it."""
    homes = sorted(_kept(file, Address), key=lambda one: one.since or date.min)
    held = [one for one in homes if covers(one, day)]
    before = [one for one in homes if (one.since or date.min) <= day]
    found = (held or before)[-1:]
    return found[0].postcode.upper() if found else ""


def _kept(file: CaseFile, of: type[K]) -> list[K]:
    return [one for one in file.kept.get(kind_of(of).name, ()) if isinstance(one, of)]


def _request(one: Asked) -> Row:
    outcome, on = outcomes.of_request(one)
    values: list[tuple[str, str | date | None]] = [
        ("ReceivedDate", one.received),
        ("RequestSource", _source(one)),
        ("RYA", _in_youth_accommodation(one, outcome)),
        ("RequestOutcomeDate", on),
        ("RequestOutcome", outcome),
    ]
    if outcome in ("Y", "N"):
        values += _flags(one, "Request", ASSESS, one.decision if outcome == "N" else None)
    below = []
    if outcomes.has_assessment(one, outcome):
        below.append(_assessment(one))
        if one.plan is not None:
            below.append(plans.active_plan(one))
    left = outcome == "W" or (below and below[0].text("AssessmentOutcome") == "W")
    if left:
        moved = plans.request_record(one, "exported_to")
        values.append(("Exported", moved or one.notes.text("exported")))
    layout = one.frame.layout
    known = {name: text for name, text in said(values).items() if layout.has(REQUESTS, name)}
    marks = frozenset({TRANSFERRED}) if one.transferred else frozenset[str]()
    return Row(REQUESTS, known, below, marks)


def _source(one: Asked) -> str:
    """Who asked: by the record of the request, by the words of its event, or as noted."""
    kept = plans.request_record(one, "source")
    if kept or one.transferred:
        return kept or one.notes.text("requestsource")
    words = [
        fact.text("source") or ""
        for fact in one.facts
        if fact.kind in ("request_received", "detained_request_received")
        and fact.on == one.received
    ]
    known = one.frame.layout.sources
    codes = [known[text] for text in map(folded, words) if text in known]
    return codes[0] if codes else one.notes.text("requestsource")


def _in_youth_accommodation(one: Asked, outcome: str) -> str:
    """Blank of a plan of long ago where nobody said."""
    if plans.was_in_youth_accommodation(one):
        return "1"
    return one.notes.text("rya") or ("" if outcome == "H" else "0")


def _assessment(one: Asked) -> Row:
    outcome, on = outcomes.of_assessment(one)
    values: list[tuple[str, str | date | None]] = [
        ("AssessmentOutcome", outcome),
        ("AssessmentOutcomeDate", on),
    ]
    if outcome in ("Y", "N"):
        values += _flags(one, "Assessment", ISSUE, one.refusal)
    if outcome in ("Y", "N", "H"):
        values += _flags(one, "Other", OTHER, _others_since(one))
    if outcomes.issued_in_year(one):
        claimed = one.assessment is not None and bool(one.assessment.exceptions)
        values.append(("Week20", "1" if claimed else one.notes.text("week20") or "0"))
    below = [plans.named_plan(one)] if one.plan is not None else []
    return Row(ASSESSMENT, said(values), below)


def _others_since(one: Asked) -> date | None:
    """From when a mediation or an appeal is about something else: after the plan, in the year."""
    if one.plan is None:
        return None
    return max(one.plan.since, one.frame.starts)


def _flags(
    one: Asked, start: str, about: str, since: date | None
) -> Iterator[tuple[str, str | None]]:
    """The pair of an item about mediation and one about the tribunal."""
    until = one.frame.survey
    if about != OTHER and one.plan is not None:
        until = one.plan.since - timedelta(days=1)
    for way in WAYS:
        name = f"{start}{way}"
        found = disputed(one.file, one.facts, way, about, since, until)
        note = one.notes.this_year if about == OTHER else one.notes.text
        yield name, "1" if found else note(name.lower()) or "0"
