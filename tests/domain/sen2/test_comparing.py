"""This return against last year's: what is said of requests received on one day."""

from __future__ import annotations

import copy

from caseworker_app.domain.sen2.comparing import differences
from tests.support.sen2_borough import drawn, returned


def test_a_second_request_of_one_day_that_is_gone_is_told() -> None:
    now = returned(drawn(3))
    before = [copy.deepcopy(one.row) for one in now.persons]
    person = next(one for one in before if one.below)
    person.below.append(copy.deepcopy(person.below[0]))

    (found,) = differences(now, before)

    day = person.below[0].text("ReceivedDate")
    assert (found.module, found.field, found.before, found.now) == (
        *("requests", "ReceivedDate"),
        *(day, ""),
    )
