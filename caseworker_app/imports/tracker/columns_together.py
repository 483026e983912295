"""What columns mean beside each other: put right what a heading and its cells alone cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.imports.files.sheets import Cell, Row
from caseworker_app.imports.tracker.catalogue import BY_HAND
from caseworker_app.imports.tracker.cells import Reader
from caseworker_app.imports.tracker.heading_rows import Heading
from caseworker_app.imports.tracker.layout import Block
from caseworker_app.imports.tracker.profile import Profile

REVIEW = (
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "outcome",
    "amendment_notice_sent",
    "amended_plan_sent",
)
"""Fields of one review; a table may have them once for each of several years."""

_OF_REQUEST = frozenset({"request_received", "assessment_decision_sent"})
_PARTS = frozenset({"surname", "forename"})

Found = tuple[int, str, int]
"""A column's place among the headings, its field, and its cycle."""


@dataclass(frozen=True, slots=True)
class Table:
    """A block with the rows of its sheet."""

    block: Block
    rows: Sequence[Row]

    def cells(self, column: int) -> list[Cell]:
        """The cells under a heading, without rows that hold nothing at all.

        A stray cell in the last row of a sheet leaves a million of those before it.
        """
        rows = self.rows[self.block.first : self.block.end]
        return [row[column] if column < len(row) else "" for row in rows if row]


def read_together(
    found: Sequence[Found],
    headings: Sequence[Heading],
    profiles: Sequence[Profile | None],
    tables: Sequence[Table],
    day: Reader,
) -> list[Found]:
    """The columns with the fields they mean; what a person has mapped stays as it is."""
    fixed = {at for at, field, _ in found if headings[at].likeness.get(field, 0.0) >= BY_HAND}
    meant = _names_and_plans(list(found), profiles)
    meant = _in_order(_of_assessment(meant), headings, tables, day)
    kept = {at: entry for entry in found if (at := entry[0]) in fixed}
    return [kept.get(entry[0], entry) for entry in meant]


def _names_and_plans(found: list[Found], profiles: Sequence[Profile | None]) -> list[Found]:
    """Put right what one column means beside the others."""
    fields = {field for _, field, _ in found}
    placed = []
    for at, field, cycle in found:
        meant = field
        if field == "current_plan":
            # The date of the plan as it now stands is the first plan's only if nothing else is.
            meant = "plan_sent" if "plan_sent" not in fields else "amended_plan_sent"
            if meant in fields:
                continue
        elif field == "name" and "surname" in fields and "forename" not in fields:
            meant = "forename" if _single(profiles[at]) else "name"
        elif field == "name" and "forename" in fields and "surname" not in fields:
            meant = "surname" if _single(profiles[at]) else "name"
        elif (
            field in _PARTS and not fields & (_PARTS - {field} | {"name"}) and _whole(profiles[at])
        ):
            meant = "name"
        placed.append((at, meant, cycle))
    if "name" in fields and {"surname", "forename"} <= fields:
        placed = [entry for entry in placed if entry[1] != "name"]
    return placed


def _of_assessment(found: list[Found]) -> list[Found]:
    """On a list of requests that knows no review, decision, draft and final are of the request."""
    fields = {field for _, field, _ in found}
    if not fields & _OF_REQUEST or "review_meeting_held" in fields:
        return found
    if "request_received" in fields and "review_report_received" in fields:
        return found
    if "request_received" not in fields and fields & {"review_decision_sent", "outcome"}:
        return found
    meant = {
        field: first
        for field, first in (
            ("review_report_received", "request_received"),
            ("review_decision_sent", "assessment_decision_sent"),
            ("outcome", "assessment_outcome"),
            ("amendment_notice_sent", "draft_served"),
            ("amended_plan_sent", "plan_sent"),
        )
        if first not in fields
    }
    # What is then left of a review is a second date of the same step, most often a target.
    return [
        (at, meant.get(field, field), cycle)
        for at, field, cycle in found
        if field in meant or field not in REVIEW
    ]


def _in_order(
    found: list[Found],
    headings: Sequence[Heading],
    tables: Sequence[Table],
    day: Reader,
) -> list[Found]:
    """Put right what the order of the days shows.

    What stands as the first plan cannot come after the review of it: it is the amended one, and
    what stood as that is the first. A draft after the review is the notice of amendment.
    """
    fields = {field: at for at, field, cycle in found if cycle == 0}
    review = fields.get("review_meeting_held", fields.get("review_decision_sent"))
    if review is None or _OF_REQUEST & fields.keys():
        return found
    meant: dict[str, str] = {}
    for field, later in _AFTER_REVIEW:
        after = {
            name: _mostly_after(
                (headings[review].column, headings[fields[name]].column), tables, day
            )
            for name in (field, later)
            if name in fields
        }
        if after.get(field) is True and after.get(later) is not True:
            meant[field] = later
            if later in fields:
                meant[later] = field
        elif field == "draft_served" and field in fields and after[field] is None:
            # Too few rows tell; on a list of reviews a draft is rather of the amended plan.
            meant.update({} if later in fields else {field: later})
        elif field not in fields and after.get(later) is False:
            like = headings[fields[later]].likeness
            if like.get(field, 0.0) >= 0.6 * like.get(later, 0.0):
                meant[later] = field
    return [(at, meant.get(field, field), cycle) for at, field, cycle in found]


_AFTER_REVIEW = (
    ("plan_sent", "amended_plan_sent"),
    ("draft_served", "amendment_notice_sent"),
)
"""A field, and what its column is of when its days follow the review's."""


def _mostly_after(columns: tuple[int, int], tables: Sequence[Table], day: Reader) -> bool | None:
    """Whether the second column's days mostly come after the first's; None if rows do not tell."""
    after = both = 0
    for table in tables:
        first, second = (table.cells(column) for column in columns)
        for one, other in zip(first, second, strict=False):
            days = day(one), day(other)
            if isinstance(days[0], date) and isinstance(days[1], date):
                both += 1
                after += days[1] >= days[0]
    if both <= 2 or both * 2 < after * 10 < both * 8:
        return None
    return after * 10 >= both * 8


def _single(found: Profile | None) -> bool:
    """Whether most cells hold one word."""
    return found is None or 2 * sum(1 for text in found.texts if " " not in text) > len(found.texts)


def _whole(found: Profile | None) -> bool:
    """Whether at least half the cells hold a whole name."""
    whole = sum(1 for text in found.texts if "," in text or len(text.split()) > 1) if found else 0
    return found is not None and 0 < len(found.texts) <= 2 * whole
