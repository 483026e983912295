"""School figures read from the store: each child once, in their year group of the time."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.school_figures import CHILDREN, MISSED_50, SUSPENDED, TOLD
from caseworker_app.services import commands as do
from caseworker_app.services.cases.school_figures import school_figures
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record
from tests.support.stores import TODAY


def test_terms_of_a_school_year_add_up_by_child(session: Session) -> None:
    for number in range(6):
        child = add_child(session, f"Child{number}", born=date(2014, 3, 3))
        record(session, child, "plan_sent", date(2024, 11, 14))
        for term, attended in (("Autumn 2025", 100), ("Spring 2026", 0), ("Summer 2026", 10)):
            fields = {"child_id": child, "term": term, "possible": 120, "attended": attended}
            done(session, do.AddRecord("attendance", fields))
        suspended = {"child_id": child, "since": date(2026, 5, 5), "half_days": 2}
        done(session, do.AddRecord("suspension", suspended))
        upheld = {"child_id": child, "since": TODAY, "permanent": True, "upheld": "no"}
        done(session, do.AddRecord("suspension", upheld))
    found = school_figures(session)
    assert (found.year, found.years) == (2025, (2025,)), "what was not upheld is none"
    year_7, everybody = found.groups
    assert year_7.name == "Year 7"
    assert [everybody.counts[one] for one in (CHILDREN, TOLD, MISSED_50, SUSPENDED)] == [6] * 4
    assert year_7.attendance_words == "30.6%"
    this_year = school_figures(session, 2026)
    assert [one.name for one in this_year.groups] == ["Year 8", "All years"]
    assert this_year.groups[0].counts[TOLD] == 0
