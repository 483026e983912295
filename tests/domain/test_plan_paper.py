"""A plan on paper says every line, what it is tied to, what it lacks and which section is empty."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.thread import Outcome, Provision, ProvisionFor
from caseworker_app.domain.plan_paper import plan_paper
from caseworker_app.domain.plan_thread import Thread, plan_tree

ON = date(2026, 9, 1)


def test_every_section_stands_on_the_paper() -> None:
    child = {"child_id": "1"}
    thread = Thread(
        outcomes=(Outcome(id="1", area="well", words="Ten words", set_on=ON, **child),),
        provision=(
            Provision(
                id="2", section="F", what="Therapy", who="SLT", how_often="1 hour a week",
                cost=10_050, since=ON, **child,
            ),
        ),
        purposes=(ProvisionFor(id="3", provision_id="2", outcome_id="1", **child),),
        budgets=(PersonalBudget(id="4", part="care", way="direct", amount=5000, **child),),
    )  # fmt: skip
    paper = plan_paper("OKAFOR", plan_tree(thread, ON), "by A")
    words = paper.words()
    assert [part.title[0] for part in paper.parts] == list("ABCDEFGHHIJK")
    assert "Therapy; SLT; 1 hour a week; £100.50\tFor the outcome: Ten words" in words
    assert "No need is behind it." in words
    assert "Social care, £50 a year" in words
    (first, *_) = paper.parts
    assert first.table is not None
    assert first.table.empty == "Nothing is recorded in this section."
