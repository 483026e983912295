"""Which template of plans is the newest, as the council's own list says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain import plan_templates
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.gate import open_to_all

if TYPE_CHECKING:
    from caseworker_app.services.session import Session


@open_to_all
def newest_template(session: Session) -> str:
    """The newest template in use; "" where nobody said."""
    with session.store.reading() as reading:
        return plan_templates.newest(reading.all_of(kind_of(Choice)).values())
