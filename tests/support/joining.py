"""Commands that merge and split children as they are now, and all that a store says of children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.services import commands as do
from caseworker_app.services.session import Session


def state(session: Session) -> object:
    """All children with events and dates, versions apart."""
    return tuple(
        (replace(file.child, version=0), file.facts, file.deadlines) for file in session.caseload()
    )


def merge(session: Session, keep: str, other: str) -> do.MergeChildren:
    """Merge `other` into `keep`."""
    seen, other_seen = (session.case(one).child.version for one in (keep, other))
    return do.MergeChildren(keep, seen, other, other_seen)


def split(session: Session, key: str, *facts: str, **fields: Any) -> do.SplitChild:
    """Split events off to Gloria Okafor, or to somebody else by `fields`."""
    given = {"surname": "Okafor", "forename": "Gloria", "born": date(2014, 3, 3), **fields}
    return do.SplitChild(key, session.case(key).child.version, facts, **given)
