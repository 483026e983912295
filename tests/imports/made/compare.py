"""What was read held against the truth of a made tracker: differences as lines."""

from __future__ import annotations

from caseworker_app.domain.incoming import Incoming, IncomingCase
from tests.imports.made.children import Child
from tests.imports.made.trackers import DATES, Truth

TEXTS = ("reference", "upn", "sex", "need", "setting", "caseworker", "template")


def differences(truth: Truth, got: Incoming) -> list[str]:
    """One line for each thing that was not read as it was written."""
    cases = {(case.surname, case.forename, case.born): case for case in got.cases}
    lines: list[str] = []
    for child in truth.cases:
        case = cases.pop((child.surname, child.forename, child.born), None)
        if case is None:
            lines.append(f"missing: {child.surname}, {child.forename} {child.born}")
        else:
            lines += _of_case(child, case, truth)
    lines += [f"too many: {name}" for name in cases]
    problems = {(one.place.sheet, one.place.row, one.value) for one in got.problems}
    lines += [f"problem not told: {one}" for one in truth.problems - problems]
    lines += [f"problem made up: {one}" for one in problems - truth.problems]
    parked = {(one.place.sheet, one.place.row, one.why) for one in got.parked}
    lines += [f"not parked: {one}" for one in truth.parked - parked]
    lines += [f"parked: {one}" for one in parked - truth.parked]
    lines += [f"conflict: {one}" for one in got.conflicts]
    return lines


def _of_case(child: Child, case: IncomingCase, truth: Truth) -> list[str]:
    lines = []
    for name in TEXTS:
        wanted, found = getattr(child, name), getattr(case, name)
        if name in truth.fields and wanted != found:
            lines.append(f"{name}: {wanted!r} read as {found!r}")
    wanted_events = {
        (kind, day, outcome if "outcome" in truth.fields else "")
        for kind, (day, outcome) in child.events.items()
        if kind in DATES
    }
    found_events = {(fact.kind, fact.on, fact.text("outcome") or "") for fact in case.facts}
    lines += [f"lost: {one}" for one in wanted_events - found_events]
    lines += [f"made up: {one}" for one in found_events - wanted_events]
    return lines
