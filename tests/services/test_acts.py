"""Random acts of two people with undo and redo between: a sample of `dev.py prove acts`."""

from __future__ import annotations

import random

from tests.support.acts import Sitting
from tests.support.stores import Places, session_at

ACTS = {"file": 60, "postgresql": 30}


def test_whatever_two_people_do_undo_and_redo_are_exact(places: Places) -> None:
    where = places.new()
    sitting = Sitting(lambda: session_at(where), random.randrange(10**6))
    sitting.run(ACTS[places.kind])
    assert sitting.wrong == []
    assert sitting.at == ACTS[places.kind]
