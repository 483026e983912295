"""Letters of the demo: the ready templates, and decisions that went to parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from caseworker_app.demo.adding import add
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session

_MOST, _DAYS = 60, 400
"""So many children at most are looked at, and letters of so many days."""


def add_letters(
    session: Session,
    templates: Sequence[tuple[str, Mapping[str, Any]]],
    progress: Progress | None = None,
) -> None:
    """Add the templates, and a letter for each late decision whose family has a parent on record.

    Args:
        session: of a demo store that is filled already.
        templates: kind and fields of those that come with Caseworker.
        progress: told of it.
    """
    if progress is not None:
        progress(0, 1, "Adding letters")
    add(session, "letter templates", templates)
    kinds = {one.record.fact: one.id for one in session.record_rows("letter_template")}
    since = session.today() - timedelta(days=_DAYS)
    parents = [
        one.record
        for one in session.record_rows("contact")
        if one.record.parental_responsibility == "yes"
    ]
    add(
        session,
        "letters",
        [
            (
                "letter",
                {
                    "child_id": parent.child_id,
                    "template_id": kinds[fact.kind],
                    "sent_on": fact.on,
                    "to_whom": parent.name,
                    "way": "e-mail" if parent.preferred_way == "e-mail" else "letter",
                    "merged": f"to_name: {parent.name}\nreference: {file.child.reference}",
                    "fact_id": fact.id,
                },
            )
            for parent in parents[:_MOST]
            for file in (session.case(parent.child_id),)
            for fact in file.facts
            if fact.kind in kinds and fact.on >= since
        ],
    )
