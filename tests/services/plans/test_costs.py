"""What plans cost is read with what provision is for, by those alone who may see costs."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.plans.costs import child_costs, council_costs, people_of
from caseworker_app.services.session import Session
from tests.support.sessions import done, reviewed

ON = date(2024, 11, 14)


def test_costs_of_a_child_and_of_everybody(session: Session) -> None:
    child = reviewed(session)
    aim = {"child_id": child, "area": "well", "words": "Ten words", "set_on": ON}
    given = {"child_id": child, "section": "F", "what": "Therapy", "who": "SLT", "since": ON}
    keys = [
        next(iter(done(session, do.AddRecord(kind, fields)).rows_of(kind))).id
        for kind, fields in (("outcome", aim), ("provision", {**given, "cost": 5000}))
    ]
    tie = {"child_id": child, "outcome_id": keys[0], "provision_id": keys[1]}
    done(session, do.AddRecord("provision_for", tie))
    (one,) = child_costs(session, child)
    assert (one.amount, one.purposes) == (5000, ("Ten words",))
    found = council_costs(session)
    assert [each.amount for each in found.costs] == [5000]
    assert set(people_of(session, found)) >= {child}
    nobody = Session(session.store, session.rules, session.clock, Person("Ann", frozenset()))
    with pytest.raises(Refused):
        child_costs(nobody, child)
    with pytest.raises(Refused):
        council_costs(nobody)
