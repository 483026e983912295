"""What a check of the records is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.measures.case_view import CaseView

Finding = tuple[str, date | None]
"""Words for what is wrong, and the day it is about or None.

They go to the board beside a reference, so they tell nothing else of the child: no age, no ground.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        key: stable name, for JSON.
        label: what is wrong, in a few words.
        why: what it spoils while it stands.
        find: what it finds in one case.
    """

    key: str
    label: str
    why: str
    find: Callable[[CaseView], Iterator[Finding]]
