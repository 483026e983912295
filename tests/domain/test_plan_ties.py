"""What a line may be tied to, and what ties and unties it."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.declarations.thread import (
    Aspiration,
    DescribedNeed,
    NeedBehind,
    Outcome,
    Provision,
)
from caseworker_app.domain.plan_thread import Line, Thread, plan_tree
from caseworker_app.domain.plan_ties import changes, offers, untied

ON = date(2026, 9, 1)
CHILD = {"child_id": "1"}
HOPE = Aspiration(id="1", whose="child", words="To bake", on=ON, **CHILD)
NEED = DescribedNeed(id="2", section="B", words="Speech", **CHILD)
AIM = Outcome(id="3", area="well", words="Ten words", set_on=ON, version=4, **CHILD)
GIVEN = Provision(id="5", section="F", what="Therapy", who="SLT", since=ON, **CHILD)
TIE = NeedBehind(id="6", outcome_id="3", need_id="2", version=2, **CHILD)
TREE = plan_tree(Thread((HOPE,), (NEED,), (AIM,), (GIVEN,), (TIE,)), ON)


def line(key: str) -> Line:
    return next(one for section in TREE for one in section.lines if one.key == key)


def test_an_outcome_may_be_tied_to_all_other_sorts_in_the_order_of_the_plan() -> None:
    offered = offers(TREE, line("outcome/3"))
    assert [one.words for one in offered] == ["A: To bake", "B: Speech", "F: Therapy"]
    assert [one.tie for one in offered] == ["", "need_behind/6", ""]
    made = list(changes(line("outcome/3"), offered, {0, 2}))
    assert [(one.kind, one.id, one.version, one.fields) for one in made] == [
        ("outcome", "3", 4, {"aspiration_id": "1"}),
        ("need_behind", "6", 2, None),
        ("provision_for", "", 0, {**CHILD, "provision_id": "5", "outcome_id": "3"}),
    ]


def test_a_need_is_tied_to_outcome_and_provision_and_nothing_else() -> None:
    offered = offers(TREE, line("described_need/2"))
    assert [one.words for one in offered] == ["E: Ten words", "F: Therapy"]
    (made,) = changes(line("described_need/2"), offered, {0, 1})
    assert made.fields == {**CHILD, "provision_id": "5", "need_id": "2"}


def test_the_aspiration_of_an_outcome_is_untied_at_the_outcome() -> None:
    assert untied(AIM).fields == {"aspiration_id": None}
