"""What stands in a calendar of dates."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.calendar_dates import CalendarDate, calendar_dates, called
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.people import Setting
from tests.support.clock import child, count, fact

TODAY = date(2026, 11, 28)
ASH = Setting("Ash Primary", "primary", 6)
HELD = (fact("plan_sent", "2025-10-20"), fact("review_meeting_held", "2026-10-16"))


def dates(*facts: Fact, names: bool = False, today: date = TODAY) -> tuple[CalendarDate, ...]:
    of, held = child("2017-10-01"), in_order(facts)
    file = CaseFile(of, ASH, None, held, count(*held, of=of, setting=ASH))
    return calendar_dates([file], today, names=names)


def test_a_child_stands_with_initials_and_reference_unless_names_are_wanted() -> None:
    assert called(child(), names=False) == "AO c1"
    assert called(child(), names=True) == "Okafor, Ada (c1)"
    said = "".join(one.summary + one.notes for one in dates(*HELD))
    assert "Okafor" not in said
    assert "Ash Primary" not in said
    assert "Okafor, Ada (c1): Decision after the review" in [
        one.summary for one in dates(*HELD, names=True)
    ]


def test_late_dates_stand_on_their_legal_day_and_families_rights_do_not() -> None:
    found = {one.summary: one for one in dates(*HELD)}
    assert found["AO c1: Decision after the review"].on == date(2026, 11, 13)
    assert not any("Family" in one.notes for one in found.values())


def test_a_date_keeps_its_uid_and_goes_when_it_is_done() -> None:
    before = {one.summary: one for one in dates(*HELD)}
    decided = fact("review_decision_sent", "2026-11-20", outcome="maintain")
    after = {one.uid: one for one in dates(*HELD, decided, today=date(2026, 12, 1))}
    one = before["AO c1: Decision after the review"]
    assert not one.gone
    assert after[one.uid].gone
    assert len({one.uid for one in before.values()}) == len(before)
