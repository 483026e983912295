"""Plan version: each draft and final of a child's plan, by the fact that dates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from caseworker_app.domain.kinds import DAY_OF_EVENT, Kept, choice, link, number, record, text

VERSIONS = {
    "draft": "Draft",
    "first": "First final",
    "amended": "Final amended",
    "tribunal": "By tribunal order",
    "transferred": "Transferred in",
}
_FACTS = {
    "draft": "draft_served",
    "first": "plan_sent",
    "amended": "amended_plan_sent",
    "tribunal": "amended_plan_sent",
    "transferred": "plan_transferred_in",
}


@record(
    "plan_version",
    "plan version",
    "plan versions",
    area="children",
    natural=("number",),
    title=lambda one: f"version {one.number}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion(Kept):
    """A version of a plan. Its day is that of its fact, and is kept nowhere else.

    Attributes:
        template: which template it is written on, "V3"; "" where nobody said.
        sections: the letters of the sections that changed.
    """

    FACTS: ClassVar[Mapping[str, str]] = MappingProxyType(_FACTS)
    """The kind of fact that dates each kind of version."""

    child_id: str = link("Child", "child", needed=True)
    number: int = number("Number", needed=True, least=1, most=999)
    kind: str = choice("Kind", VERSIONS, needed=True)
    fact_id: str = link(
        "Sent",
        "fact",
        needed=True,
        hint=DAY_OF_EVENT,
        facts=tuple(dict.fromkeys(_FACTS.values())),
        synonyms=("On", "Date"),
    )
    template: str = text("Template", search=True, synonyms=("Plan template",))
    sections: str = text(
        "Sections changed",
        pattern=r"[A-K](?:[ ,]*[A-K])*",
        pattern_says="A plan has sections A to K: give their letters, such as B, E, F.",
    )
