"""What files and likenesses leave to a person: proposals, and two who may be one child."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undecided:
    """One thing about a child that only a person can decide.

    Attributes:
        child_id, version, reference, name: the child, as it was when this was read.
        words: one sentence that says what there is to decide.
        field, value: of a proposal, as in `people.Proposal`; "" for two who may be one child.
        other_id: the other child, "" for a proposal.
    """

    child_id: str
    version: int
    reference: str
    name: str
    words: str
    field: str = ""
    value: str = ""
    other_id: str = ""

    @property
    def id(self) -> str:
        """The same from whichever of two children it is looked at."""
        if self.other_id:
            return "|".join(sorted((self.child_id, self.other_id)))
        return f"{self.child_id}/{self.field}/{self.value}"
