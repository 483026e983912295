"""What the side bar counts: kept by what changes, for every choice of whose cases are shown."""

from __future__ import annotations

from caseworker_app.domain.whose import EVERYONE, Choice, Scope, Whose
from caseworker_app.ui.main_window_actions import Holders


def test_children_who_come_go_and_change_hands_are_counted_for_whom_they_are_shown_to() -> None:
    hers = Whose(Choice(Scope.MINE, "7"), "Mine", frozenset({"7"}))
    held = Holders({"1": "7", "2": "7", "3": ""})
    assert (held.among(EVERYONE), held.among(hers)) == (3, 2)
    held.put(["1", "2", "4"], {"1": "8", "4": "7"})
    assert (held.among(EVERYONE), held.among(hers)) == (3, 1)
    held.put(["9"], {})
    assert (held.among(EVERYONE), held.among(hers)) == (3, 1)
