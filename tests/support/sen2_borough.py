"""A borough drawn clean for SEN2, and a fault for each check to find, planted one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from caseworker_app.domain import upn
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.requesting import Request
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.sen2 import building
from caseworker_app.domain.sen2.frame import Council, Frame, Officers
from caseworker_app.domain.sen2.layout import (
    ACTIVE,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PLACEMENT,
    PLAN_DETAIL,
)
from caseworker_app.domain.sen2.readings import in_words, readings_of
from caseworker_app.domain.sen2.rows import Person, Return, Row
from caseworker_app.services.returns.sen2_layouts import layout
from tests.domain.measures.making import pack

YEAR = 2027
TODAY = date(2027, 1, 20)
MADE = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)
SETTINGS = {
    one.id: one
    for one in (
        Setting("Mill Primary", "primary", 6, "100001", id="1"),
        Setting("Bow Secondary", "secondary", 11, "100002", id="2"),
        Setting("Willow School", "special", 14, "100003", id="3"),
    )
}
ROADS = (
    *("legacy", "agreed_before", "issued", "refused", "withdrawn"),
    *("open", "assessing", "moved_in", "ceased"),
)


def frame(year: int = YEAR, **changed: Any) -> Frame:
    """What the borough's return is made by, with every code confirmed."""
    of_year = layout(year)
    confirmed = {name: in_words(one.letters) for name, one in of_year.unverified.items()}
    council = Council("201", Officers("yes", "no", "recruiting"))
    made = Frame(of_year, readings_of(of_year, confirmed), council, SETTINGS, TODAY)
    return replace(made, **changed)


def drawn(seed: int, each: int = 3) -> list[CaseFile]:
    """So many children of each road, without a fault."""
    draw = Random(f"sen2:{seed}")
    return [_child(draw, road, number) for road in ROADS for number in range(each)]


def returned(files: list[CaseFile], of: Frame | None = None) -> Return:
    """Their return."""
    return building.build(files, of or frame(), MADE, "0")


def _child(draw: Random, road: str, number: int) -> CaseFile:
    key = str(ROADS.index(road) * 100 + number + 1)
    born = date(draw.choice([2011, 2013, 2014, 2015]), draw.randint(1, 12), draw.randint(1, 28))
    figures = f"{draw.choice(['201', '820', '919'])}{draw.randrange(10**8):08d}{number % 10}"
    setting = SETTINGS[draw.choice(list(SETTINGS))]
    child = Child(
        f"{road}-{number}",
        f"{road.title()}{'abcdefghij'[number]}",
        draw.choice(["Ana", "Bo", "Cem"]),
        born,
        f"{upn.check_letter(figures)}{figures}",
        sex=draw.choice("MF"),
        need=draw.choice(["ASD", "SLCN", "SEMH"]),
        secondary_need=draw.choice(["", "MLD", "PD"]),
        setting_id=setting.id,
        id=key,
    )
    facts = in_order(replace(one, id=f"{key}{at}") for at, one in enumerate(_facts(draw, road)))
    kept: list[Any] = [
        ChildDetails(child_id=key, ethnicity=draw.choice(["WBRI", "ABAN", "MOTH"])),
        Address(child_id=key, postcode="E1 4NS"),
        Placement(child_id=key, setting_id=setting.id, rank="1", since=date(2023, 9, 1)),
    ]
    if road != "moved_in":
        asked = next(one for one in facts if one.kind == "request_received")
        kept.append(Request(child_id=key, fact_id=asked.id, source=draw.choice("12345")))
    else:
        came = next(one for one in facts if one.kind == "plan_transferred_in")
        kept.append(Request(child_id=key, fact_id=came.id, previous_authority="213"))
    made = deadlines(child, setting, facts, *pack())
    by_kind = {kind_of(one).name: (one,) for one in kept}
    return CaseFile(child, setting, None, facts, made, kept=by_kind)


def _facts(draw: Random, road: str) -> list[Fact]:
    def on(day: str) -> date:
        return date.fromisoformat(day) + timedelta(draw.randint(0, 9))

    def asked(day: date, outcome: str) -> list[Fact]:
        decided = Fact("assessment_decision_sent", day + timedelta(35), {"outcome": outcome})
        return [Fact("request_received", day), decided]

    def reviewed(day: date) -> list[Fact]:
        outcome = draw.choice(["maintain", "amend"])
        decided = day + timedelta(draw.randint(5, 28))
        notice = [Fact("amendment_notice_sent", decided)] if outcome == "amend" else []
        return [
            Fact("review_meeting_held", day),
            Fact("review_decision_sent", decided, {"outcome": outcome}),
            *notice,
        ]

    if road in ("legacy", "ceased"):
        begun = on("2022-03-01")
        facts = [*asked(begun, "assess"), Fact("plan_sent", begun + timedelta(130))]
        facts += reviewed(on("2025-06-10")) + reviewed(on("2026-05-20"))
        ended = Fact("plan_ceased", on("2026-07-20"), {"reason": "5"})
        return [*facts, ended] if road == "ceased" else facts
    if road == "moved_in":
        arrived = on("2026-04-01")
        made = arrived - timedelta(200)
        came = Fact("plan_transferred_in", arrived, {"plan_made": made})
        return [came, *reviewed(arrived + timedelta(60))]
    if road == "agreed_before":
        begun = on("2025-11-01")
        return [*asked(begun, "assess"), Fact("plan_sent", begun + timedelta(138))]
    if road == "issued":
        begun = on("2026-02-20")
        return [*asked(begun, "assess"), Fact("plan_sent", begun + timedelta(133))]
    if road == "refused":
        return asked(on("2026-04-20"), "refuse")
    if road == "withdrawn":
        begun = on("2026-05-05")
        return [Fact("request_received", begun), Fact("request_withdrawn", begun + timedelta(9))]
    if road == "assessing":
        return asked(on("2026-09-01"), "assess")
    return [Fact("request_received", on("2026-12-05"))]


# Faults, one a check: each changes the rows of one child, whose reference it gives.


def _of(return_: Return, road: str, number: int = 0) -> Person:
    return next(one for one in return_.persons if one.case.reference == f"{road}-{number}")


def _row(person: Person, module: str) -> Row:
    found = person.row.first(module)
    assert found is not None
    return found


Plant = Callable[[Return], str]


def _set(road: str, module: str, **values: str) -> Plant:
    """Say something else in a row of a child; "" says nothing."""

    def plant(return_: Return) -> str:
        person = _of(return_, road)
        row = person.row if module == "person" else _row(person, module)
        row.values |= values
        for name in [name for name, text in row.values.items() if not text]:
            del row.values[name]
        return person.case.reference

    return plant


def _header(**values: str) -> Plant:
    def plant(return_: Return) -> str:
        return_.header.values |= values
        return ""

    return plant


def _twice(*names: str) -> Plant:
    """Let a child have the items of another."""

    def plant(return_: Return) -> str:
        first, second = _of(return_, "legacy", 0), _of(return_, "legacy", 1)
        second.row.values |= {name: first.row.text(name) for name in names}
        return second.case.reference

    return plant


def _without(road: str, above: str, module: str) -> Plant:
    """Take the rows of a module out."""

    def plant(return_: Return) -> str:
        person = _of(return_, road)
        row = person.row if above == "person" else _row(person, above)
        row.below[:] = [one for one in row.below if one.module != module]
        return person.case.reference

    return plant


def _with(road: str, above: str, made: Row) -> Plant:
    """Hang one row more under a row."""

    def plant(return_: Return) -> str:
        person = _of(return_, road)
        _row(person, above).below.append(made)
        return person.case.reference

    return plant


def _upn(change: Callable[[str], str]) -> Plant:
    def plant(return_: Return) -> str:
        person = _of(return_, "legacy")
        person.row.values["UPN"] = change(person.row.text("UPN"))
        return person.case.reference

    return plant


def _wrong_letter(number: str) -> str:
    at = upn.LETTERS.index(number[0])
    return f"{upn.LETTERS[(at + 1) % len(upn.LETTERS)]}{number[1:]}"


def _other_authority(number: str) -> str:
    figures = f"999{number[4:]}"
    return f"{upn.check_letter(figures)}{figures}"


def _both(one: Plant, other: Plant) -> Plant:
    """Plant in two rows of one child."""

    def plant(return_: Return) -> str:
        one(return_)
        return other(return_)

    return plant


def _second_request(return_: Return) -> str:
    person, other = _of(return_, "open"), _of(return_, "open", 1)
    person.row.below.append(other.requests[0])
    return person.case.reference


_URN = {"URN": "100001", "SENunitIndicator": "0", "ResourcedProvisionIndicator": "0"}
_PLACE = {**_URN, "PlacementRank": "1", "EntryDate": "2024-01-01"}
_NO_NUMBER = {"UPN": "", "UniqueLearnerNumber": ""}
_NO_PLACE = {"URN": "", "SENunitIndicator": "", "ResourcedProvisionIndicator": ""}

PLANTS: Mapping[str, Plant] = {
    "H01": _header(LEA="999"),
    "H02": _header(DSCO=""),
    "P01": _set("legacy", "person", Ethnicity=""),
    "P02": _set("open", "person", PersonBirthDate="2027-02-01"),
    "P03": _set("legacy", "person", PersonBirthDate="2000-05-05"),
    "P04": _set("legacy", "person", **_NO_NUMBER),
    "P05": _set("legacy", "person", **_NO_NUMBER, UPNunknown="UN2"),
    "P06": _upn(_wrong_letter),
    "P07": _twice("UPN"),
    "P08": _upn(_other_authority),
    "P09": _upn(lambda number: f"{number[:6]}X{number[7:]}"),
    "P10": _upn(lambda number: f"{number[:12]}I"),
    "P11": _set("legacy", "person", UniqueLearnerNumber="9276308687"),
    "P12": _set("legacy", "person", **_NO_NUMBER, UPNunknown="UN1"),
    "P13": _twice("Surname", "Forename", "PersonBirthDate"),
    "R01": _without("open", "person", "requests"),
    "R02": _set("open", "requests", ReceivedDate=""),
    "R03": _set("open", "requests", RequestOutcome="X"),
    "R04": _set("refused", "requests", RequestOutcomeDate=""),
    "R05": _set("refused", "requests", RequestOutcomeDate="2026-01-02"),
    "R06": _with("withdrawn", "requests", Row(ASSESSMENT, {"AssessmentOutcome": "A"})),
    "R07": _with("refused", "requests", Row(ASSESSMENT, {"AssessmentOutcome": "A"})),
    "R08": _both(
        _set("legacy", "requests", ReceivedDate="2026-01-02"),
        _set("legacy", NAMED_PLAN, StartDate="2026-01-05"),
    ),
    "R09": _set("open", "requests", RequestSource=""),
    "R10": _second_request,
    "R11": _set("open", "requests", Exported="213"),
    "A01": _without("assessing", "requests", ASSESSMENT),
    "A02": _without("issued", ASSESSMENT, NAMED_PLAN),
    "A03": _set("assessing", ASSESSMENT, AssessmentOutcomeDate="2026-12-01"),
    "A04": _set("issued", NAMED_PLAN, StartDate="2026-12-01"),
    "A05": _both(
        _set("issued", ASSESSMENT, AssessmentOutcomeDate="2026-03-05"),
        _set("issued", NAMED_PLAN, StartDate="2026-03-05"),
    ),
    "A06": _set("issued", ACTIVE, TransferLA="213"),
    "A07": _set("issued", ASSESSMENT, Week20=""),
    "N01": _set("legacy", NAMED_PLAN, StartDate="2021-01-01"),
    "N02": _set("ceased", NAMED_PLAN, CeaseReason=""),
    "N03": _set("ceased", NAMED_PLAN, CeaseDate="2025-12-31"),
    "N04": _set("ceased", NAMED_PLAN, CeaseReason="4"),
    "N05": _set("ceased", NAMED_PLAN, CeaseReason="9"),
    "N06": _set("legacy", NAMED_PLAN, OA="1"),
    "N07": _set("legacy", NAMED_PLAN, PlanWBP="A"),
    "D01": _set("legacy", PLACEMENT, **_NO_PLACE),
    "D02": _set("legacy", PLAN_DETAIL, URN="12345"),
    "D04": _set("legacy", PLACEMENT, SENunitIndicator=""),
    "D05": _with("legacy", ACTIVE, Row(PLACEMENT, dict(_PLACE))),
    "D06": _set("legacy", PLACEMENT, EntryDate=""),
    "D07": _set("legacy", PLACEMENT, **_NO_PLACE, SENsetting="NEET"),
    "D08": _set("legacy", PLAN_DETAIL, **_NO_PLACE, SENsetting="OTH"),
    "V01": _without("legacy", ACTIVE, NEED),
    "V02": _without("moved_in", ACTIVE, PLACEMENT),
    "V03": _set("moved_in", ACTIVE, TransferLA="201"),
    "V04": _set("issued", ACTIVE, ReviewOutcome="M"),
    "V05": _set("legacy", ACTIVE, LastReview="2026-12-20"),
    "V06": _set("issued", ACTIVE, ReviewDraft="2026-12-20"),
    "V07": _set("legacy", ACTIVE, ReviewMeeting="2025-12-01", LastReview="2025-12-10"),
    "V08": _set("legacy", ACTIVE, PhaseTransferDueDate="2027-02-16"),
    "V09": _set("legacy", NEED, SENtype="NSA"),
}
"""What is planted for each rule that looks at rows alone."""

BESIDE: Mapping[str, frozenset[str]] = {
    # A reason why numbers are unknown is told whether it fits or not.
    "P12": frozenset({"P05"}),
}
"""Rules that find something too, because the fault is theirs as well."""


def embellished(return_: Return, draw: Random) -> Return:
    """The return with what councils have besides: more places, disputes, budgets, two requests."""
    for person in return_.persons:
        for request in person.requests:
            _flagged(request, draw)
            active, plan = request.first(ACTIVE), request.first(NAMED_PLAN)
            if active is not None and plan is not None:
                _paid(plan, draw)
                if person.case.reference.startswith("legacy"):
                    _placed(active, plan, draw)
        if person.case.reference.startswith("withdrawn") and draw.random() < 0.7:
            again = {"ReceivedDate": "2026-10-05", "RequestSource": "2", "RYA": "0"}
            person.row.below.append(Row("requests", again | {"RequestOutcome": "A"}))
        if person.case.reference.startswith("refused"):
            # Refused, asked again and issued.
            _asked_again(person, draw)
    return return_


def _flagged(request: Row, draw: Random) -> None:
    request.values["RYA"] = draw.choice("01") if request.text("RYA") else "1"
    if request.text("RequestOutcome") == "W" and draw.random() < 0.5:
        request.values["Exported"] = "213"
    for row in request.every():
        for name in row.values:
            if name.endswith(("Mediation", "Tribunal")) or name == "Week20":
                row.values[name] = draw.choice("01")


def _paid(plan: Row, draw: Random) -> None:
    if draw.random() < 0.4:
        plan.values |= {"PB": "1", "OA": draw.choice("01")}
        if draw.random() < 0.6:
            plan.values["DP"] = draw.choice("EHSI")


def _placed(active: Row, plan: Row, draw: Random) -> None:
    """Another way of being placed: told by another number, in several places, at none."""
    (place,) = active.of(PLACEMENT)
    (named,) = plan.of(PLAN_DETAIL)
    way = draw.randrange(6)
    if way == 0:
        for row in (place, named):
            for name in _URN:
                row.values.pop(name, None)
            row.values |= {"SENsetting": "OTH", "SENsettingOther": "Awaiting a special school"}
    elif way == 1:
        for row in (place, named):
            row.values.pop("URN")
            row.values["UKPRN"] = "10001234"
    elif way == 2:
        place.values |= {"LeavingDate": "2026-08-31", "Res": "A"}
        place.values["EntryDate"] = "2021-09-01"
        here = {**_URN, "URN": "100009", "PlacementRank": "1", "EntryDate": "2026-09-01"}
        active.below.insert(1, Row(PLACEMENT, here))
        named.values["URN"] = "100009"
    elif way == 3:
        second = {"SENsetting": "OLA", "PlacementRank": "2", "EntryDate": "2026-02-01"}
        seat = {"SENunitIndicator": "0", "ResourcedProvisionIndicator": "0"}
        active.below.insert(1, Row(PLACEMENT, {**second, **seat}))
    elif way == 4:
        named.values["URN"] = "100008"
        place.values |= {"WBP": "S", "SENunitIndicator": "1"}
        plan.values["PlanRes"] = "B"
    else:
        active.below.remove(place)


def _asked_again(person: Person, draw: Random) -> None:
    begun = date(2026, 7, 1) + timedelta(draw.randint(0, 20))
    decided, issued = begun + timedelta(30), begun + timedelta(120)
    flags = {"RequestMediation": "0", "RequestTribunal": "0"}
    request = Row(
        "requests",
        {
            "ReceivedDate": begun.isoformat(),
            "RequestSource": "1",
            "RYA": "0",
            "RequestOutcomeDate": decided.isoformat(),
            "RequestOutcome": "Y",
            **flags,
        },
    )
    others = {"OtherMediation": "0", "OtherTribunal": "0", "Week20": draw.choice("01")}
    assessment = Row(
        ASSESSMENT,
        {
            "AssessmentOutcome": "Y",
            "AssessmentOutcomeDate": issued.isoformat(),
            "AssessmentMediation": "0",
            "AssessmentTribunal": "0",
            **others,
        },
    )
    plan = Row(NAMED_PLAN, {"StartDate": issued.isoformat(), "PB": "0"})
    plan.below.append(Row(PLAN_DETAIL, {**_URN, "PlacementRank": "1"}))
    assessment.below.append(plan)
    active = Row(ACTIVE, {}, [Row(PLACEMENT, dict(_PLACE))])
    active.below.append(Row(NEED, {"SENtype": "ASD", "SENtypeRank": "1"}))
    request.below += [assessment, active]
    person.row.below.append(request)
