"""What is known of a request for an assessment, beside the dates that the clock counts."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.kinds import DAY_OF_EVENT, Kept, choice, link, record, text, yes_or_no

SOURCES = {
    "1": "Parent or young person",
    "2": "Education setting",
    "3": "Health",
    "4": "Social care",
    "5": "Other",
}
"""The codes of SEN2's RequestSource."""


@record(
    "request",
    "request",
    "requests",
    area="children",
    natural=("fact_id",),
    title=lambda _: "request",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Kept):
    """A request; its day is that of its fact, and is kept nowhere else.

    Attributes:
        exported_to: the authority it was passed to, by number.
        previous_authority: of a plan that was transferred in, by number.
    """

    child_id: str = link("Child", "child", needed=True)
    fact_id: str = link(
        "Received on",
        "fact",
        needed=True,
        facts=("request_received", "plan_transferred_in"),
        hint=DAY_OF_EVENT,
    )
    source: str = choice("Source", SOURCES, synonyms=("RequestSource",))
    in_youth_accommodation: bool = yes_or_no("In youth accommodation", synonyms=("RYA",))
    exported_to: str = text("Exported to", synonyms=("Exported",))
    previous_authority: str = text("Previous authority", synonyms=("OtherLA", "LA from"))
