"""What of a return becomes records of the child's own: details, home, and further placements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from caseworker_app.domain.codes import ETHNICITIES, SEN2_SETTINGS, UPN_UNKNOWN
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.incoming import CellProblem, RecordBeside
from caseworker_app.domain.kinds import kind_of
from caseworker_app.imports.sen2.joins import Request
from caseworker_app.imports.sen2.layout import main_ethnicity
from caseworker_app.imports.sen2.tables import Record

OF_PERSON = frozenset({"ethnicity", "postcode", "upnunknown"})
"""The items that stand in records, and so in no note."""

_POSTCODE = re.compile(kind_of(Address).field("postcode").pattern)
_TICKS = {"senunitindicator": "unit", "resourcedprovisionindicator": "resourced"}


def of_person(record: Record, problems: list[CellProblem]) -> Iterator[RecordBeside]:
    """Details and home of a person; what no list of codes knows is told and left out."""
    main = main_ethnicity()
    ethnicity, why = record.text("ethnicity").upper(), record.text("upnunknown").upper()
    fields: dict[str, str | date] = {}
    for item, name, code, known in (
        ("ethnicity", "ethnicity", main.get(ethnicity, ethnicity), ETHNICITIES),
        ("upnunknown", "upn_unknown", why, UPN_UNKNOWN),
    ):
        if code and code in known:
            fields[name] = code
        elif code:
            problems.append(record.problem(item, record.text(item), "not a code of the return"))
    if fields:
        yield RecordBeside("child_details", fields)
    written = record.text("postcode").upper()
    if _POSTCODE.fullmatch(written):
        yield RecordBeside("address", {"postcode": written})
    elif written:
        problems.append(record.problem("postcode", record.text("postcode"), "not a postcode"))


def placements(requests: Sequence[Request], here: Record | None) -> list[Record]:
    """Every placement once; plans of two requests may both have it."""
    found: dict[tuple[object, ...], Record] = {}
    for request in requests:
        for one in request.all("placementdetail"):
            found.setdefault(_key(one), one)
    if here is not None and _key(here) in found:
        # The row that the case itself is made of.
        found[_key(here)] = here
    return list(found.values())


def further(rows: Sequence[Record], here: Record | None) -> list[Record]:
    """Those of which a record is made: secondary ones, and all primary ones where one has moved.

    A child with one primary placement is at the setting of the case.
    """
    primary = [one for one in rows if _rank(one) == "1"]
    moved = len(primary) > 1 or (bool(primary) and here not in primary)
    return [one for one in rows if _rank(one) == "2" or moved]


def of_placement(record: Record, here: Record | None, setting: str) -> RecordBeside:
    """A placement; the one that the case is at points at the same setting as the case."""
    fields: dict[str, str | date] = {"rank": _rank(record)}
    for name, item in (("since", "entrydate"), ("until", "leavingdate")):
        day = record.day(item)
        if day is not None:
            fields[name] = day
    ticked = tuple(name for item, name in _TICKS.items() if record.text(item) == "1")
    code, urn = record.text("sensetting").upper(), record.text("urn")
    if record is here and setting:
        return RecordBeside("placement", fields, ticked, setting, None, urn)
    if urn or record.text("ukprn"):
        named = f"URN {urn}" if urn else f"UKPRN {record.text('ukprn')}"
        return RecordBeside("placement", fields, ticked, named, None, urn)
    fields["arrangement"] = code if code in SEN2_SETTINGS else "OTH"
    return RecordBeside("placement", fields, ticked)


def _rank(record: Record) -> str:
    return record.text("placementrank") or "1"


def _key(record: Record) -> tuple[object, ...]:
    items = ("urn", "ukprn", "sensetting", "sensettingother", "placementrank")
    return (*map(record.text, items), record.day("entrydate"), record.day("leavingdate"))
