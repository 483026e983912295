"""What the bench works on, made from the invented borough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from caseworker_app.demo import DemoBorough, invent_borough
from caseworker_app.domain.incoming import Incoming, IncomingCase

TODAY = date(2026, 11, 22)

HEADINGS = (
    *("Case ref", "Surname", "Forename", "DOB", "UPN", "School", "Primary need", "Case worker"),
    *("Template", "Final plan", "AR meeting", "Report rec'd", "AR decision", "Decision"),
    *("Amendment notice", "Final amended plan", "Comments"),
)


def borough(children: int) -> DemoBorough:
    """An invented borough of this size."""
    return invent_borough(TODAY, children)


def with_plans(wanted: int) -> DemoBorough:
    """A borough of exactly so many children with a plan that has not ceased."""
    whole = borough(wanted * 2)
    live = [case for case in whole.incoming.cases if is_live(case)][:wanted]
    incoming = Incoming(files=("demo",), rows_read=len(live), cases=tuple(live))
    return replace(whole, incoming=incoming)


def is_live(case: IncomingCase) -> bool:
    """Whether the child has a plan that has not ceased."""
    kinds = {fact.kind for fact in case.facts}
    return bool(kinds & {"plan_sent", "plan_transferred_in"}) and "plan_ceased" not in kinds


def tracker(path: Path, rows: int) -> None:
    """Write a review tracker of so many rows, on three sheets, as councils keep them."""
    cases = with_plans(rows).incoming.cases
    workbook = Workbook(write_only=True)
    third = len(cases) // 3
    for title, part in (
        ("Primary", cases[:third]),
        ("Secondary", cases[third : 2 * third]),
        ("Post 16", cases[2 * third :]),
    ):
        sheet = workbook.create_sheet(title)
        sheet.append(["Annual review tracker"])
        sheet.append([])
        sheet.append(HEADINGS)
        for case in part:
            sheet.append(tracker_row(case))
    workbook.save(path)


def tracker_row(case: IncomingCase) -> Iterable[str | date | None]:
    """One child as a tracker has them: the plan, and the latest review."""
    latest: dict[str, date] = {}
    outcome = ""
    for fact in case.facts:
        if fact.kind == "review_meeting_held":
            latest = {key: day for key, day in latest.items() if key == "plan_sent"}
            outcome = ""
        latest[fact.kind] = fact.on
        outcome = fact.text("outcome") or outcome
    kinds = ("review_meeting_held", "review_report_received", "review_decision_sent")
    decided = "review_decision_sent" in latest
    return (
        *(case.reference, case.surname, case.forename, case.born, case.upn, case.setting),
        *(case.need, case.caseworker, case.template, latest.get("plan_sent")),
        *(latest.get(kind) for kind in kinds),
        outcome.capitalize() if decided else None,
        latest.get("amendment_notice_sent"),
        latest.get("amended_plan_sent"),
        case.comment or None,
    )
