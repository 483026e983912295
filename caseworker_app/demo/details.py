"""What returns ask of an invented child besides: ethnicity, home, when the placement began."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from caseworker_app.demo.places import HOME
from caseworker_app.domain.codes import ETHNICITIES
from caseworker_app.domain.incoming import IncomingCase, RecordBeside
from caseworker_app.domain.yeargroup import school_year

COUNCIL_DETAILS: Mapping[str, str] = {
    "la_number": HOME,
    "medical_officer": "yes",
    "clinical_officer": "yes",
    "social_care_officer": "recruiting",
}
"""What SEN2 asks of the council itself."""

_WEIGHTS = {"WBRI": 24, "ABAN": 30, "BAFR": 9, "WOTH": 9, "MOTH": 4, "BCRB": 4, "NOBT": 1}
"""How often an ethnicity is drawn; the others once each, refused never."""

_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters that stand in the second half of postcodes."""

_SHARES = {"disability": 0.55, "pupil_premium": 0.4}
_NEIGHBOURS = ("204", "211", "301", "305", "316", "317")
_PHASES = (0, 7, 12)
"""The year groups in which a phase begins."""


def beside(draw: Random, case: IncomingCase) -> tuple[RecordBeside, ...]:
    """The child's details and home."""
    known = [code for code in ETHNICITIES if code != "REFU"]
    fields: dict[str, str | date] = {
        "ethnicity": draw.choices(known, [_WEIGHTS.get(code, 1) for code in known])[0],
        "social_care_status": draw.choices(
            ["none", "in_need", "protection", "looked_after"], [84, 10, 2, 4]
        )[0],
    }
    if fields["social_care_status"] != "none":
        fields["social_care_team"] = draw.choice(["Children in need", "Family support", "North"])
    if not case.upn and not case.uln:
        fields["upn_unknown"] = "UN1"
    said = {name: draw.random() < share for name, share in _SHARES.items()}
    ticked = tuple(name for name, yes in said.items() if yes)
    crossed = tuple(name for name, yes in said.items() if not yes)
    end = f"{draw.choice(_LETTERS)}{draw.choice(_LETTERS)}"
    postcode = f"NB{draw.randint(1, 9)} {draw.randint(1, 9)}{end}"
    return (
        RecordBeside("child_details", fields, ticked, crossed=crossed),
        RecordBeside("address", {"postcode": postcode}),
    )


def noted(draw: Random, case: IncomingCase, year: int, today: date) -> dict[str, str]:
    """What only the council's returns of earlier years say of the child."""
    kept: dict[str, str] = {}
    plan = next((fact.on for fact in case.facts if fact.kind == "plan_sent"), None)
    kinds = {fact.kind for fact in case.facts}
    if plan is not None and "request_received" not in kinds:
        kept["receiveddate"] = (plan - timedelta(days=draw.randint(110, 160))).isoformat()
    if "plan_transferred_in" in kinds:
        kept["transferla"] = draw.choice(_NEIGHBOURS)
    if case.setting:
        ended = next((fact.on for fact in case.facts if fact.kind == "plan_ceased"), today)
        began = min(_began(year, today), date(school_year(ended), 9, 1))
        kept["entrydate"] = began.isoformat()
        kept["senunitindicator"] = "1" if draw.random() < 0.06 else "0"
        kept["resourcedprovisionindicator"] = "0"
    return kept


def _began(year: int, today: date) -> date:
    """The September in which the child came to the setting: at the start of the phase."""
    began = max((one for one in _PHASES if one <= year), default=year)
    return date(school_year(today) - min(year - began, 7), 9, 1)
