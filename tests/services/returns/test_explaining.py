"""A figure that a later correction changed is explained: which case, what, when and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.returns.explaining import Explained
from caseworker_app.services.session import Session
from tests.services.quality.test_audits import as_role
from tests.support.sessions import add_child, done, record

START, END = date(2026, 9, 1), date(2026, 9, 30)
PUBLISHED = date(2026, 11, 1)


def explained(session: Session, known_at: date = PUBLISHED) -> dict[str, Explained]:
    found = bootstrap.application().explain_figures(session, START, END, known_at, as_at=PUBLISHED)
    return {one.difference.figure.ref: one for one in found if not one.difference.figure.line}


def test_what_was_recorded_since_explains_the_figures_it_changed(file_session: Session) -> None:
    session = file_session
    session.clock = FixedClock(date(2026, 10, 20))
    children = [add_child(session, f"Okafor{name}", reference=name) for name in ("A", "B")]
    for child in children:
        record(session, child, "plan_sent", date(2025, 10, 1))
        record(session, child, "review_meeting_held", date(2026, 9, 1))
    assert explained(session) == {}
    session.clock = FixedClock(date(2026, 11, 22))
    record(session, children[1], "review_decision_sent", date(2026, 9, 20), outcome="maintain")

    found = explained(session)

    assert found.keys() == {"W1.4f", "W1.4g"}
    one = found["W1.4g"]
    assert (one.difference.before.numerator, one.difference.now.numerator) == (0, 1)
    assert one.difference.references == ("B",)
    assert [thing.counts for thing in one.difference.gone] == [False]
    assert [thing.counts for thing in one.difference.come] == [True]
    (entry,) = one.changes["B"]
    assert entry.what.startswith("Decision after review sent 20 Sep 2026")
    assert entry.who == session.who
    assert entry.at.startswith("22 Nov 2026")
    assert explained(session, date(2026, 11, 22)) == {}


def test_a_setting_that_changed_is_told_where_nothing_of_the_case_did(
    file_session: Session,
) -> None:
    session = file_session
    session.clock = FixedClock(date(2026, 10, 20))
    done(session, do.AddRecord("setting", {"name": "Ash", "kind": "primary", "last_year": 6}))
    (setting,) = session.settings()
    child = add_child(session, "Okafor", reference="A", setting_id=setting.id)
    record(session, child, "plan_sent", date(2025, 10, 1))
    session.clock = FixedClock(date(2026, 11, 22))
    done(session, do.ChangeRecord("setting", setting.id, setting.version, {"kind": "special"}))

    found = explained(session)

    assert found.keys() == {"S1.2a"}
    assert found["S1.2a"].changes == {"A": ()}


@pytest.mark.parametrize("role", ["caseworker", "reader"])
def test_who_may_not_read_the_trail_is_refused(file_session: Session, role: str) -> None:
    with pytest.raises(Refused):
        explained(as_role(file_session, role))
