"""What a plan costs beside its provision: top-up bands and personal budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, day, link, money, record, text
from caseworker_app.domain.over_time import SINCE, UNTIL

PARTS = {
    "education": "Education",
    "health": "Health",
    "care": "Social care",
    "integrated": "Integrated",
}
BUDGET_WAYS = {
    "organised": "Organised by the council",
    "direct": "Direct payment",
    "third_party": "Held by a third party",
}
AGREED = {"agreed": "Agreed", "refused": "Refused"}


@record(
    "band",
    "top-up band",
    "top-up bands",
    area="costs",
    natural=("name", "since"),
    title=lambda one: f"{one.name} from {day_words(one.since)}",
    about="Add each band of top-up funding with what it pays a year, and from when.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Kept):
    """A band of the council's top-up funding; `amount` is in pence a year, from `since` on."""

    name: str = text("Band", needed=True, search=True)
    since: date = day("From", needed=True)
    amount: int = money("Amount a year", needed=True, least=0)


@record("top_up", "top-up", "top-ups", area="costs", natural=("since",))
@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp(Kept):
    """The band a child is funded in, by its name, from a day to a day."""

    child_id: str = link("Child", "child", needed=True)
    band: str = text("Band", needed=True, search=True)
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)


@record(
    "personal_budget",
    "personal budget",
    "personal budgets",
    area="costs",
    natural=("part", "asked_on"),
    title=lambda one: f"personal budget, {PARTS[one.part].lower()}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalBudget(Kept):
    """Money that the family or young person controls; `amount` is in pence a year."""

    child_id: str = link("Child", "child", needed=True)
    part: str = choice("Part", PARTS, needed=True)
    way: str = choice("Way", BUDGET_WAYS, needed=True)
    amount: int | None = money("Amount a year", least=0)
    asked_on: date | None = day("Asked on")
    decided_on: date | None = day("Decided on")
    decision: str = choice("Decision", AGREED)
    decision_why: str = text("Why")
    since: date | None = day("From")
    until: date | None = day("To", hint=UNTIL)

    def faults(self) -> Sequence[tuple[str, str]]:
        """What was refused does not run, and a decision follows the request."""
        found = []
        if self.decision == "refused" and self.since is not None:
            found.append(("since", "It was refused: leave From empty."))
        if self.asked_on and self.decided_on and self.decided_on < self.asked_on:
            found.append(("decided_on", "It was decided before it was asked for."))
        return found
