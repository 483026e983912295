"""Forms about growing up: the four areas of the last review, pathway, adult services, capacity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.services.cases.adulthood import ToWrite, to_write
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.screens.base import Frame

ACTIONS = {
    "growing.areas": "adulthood",
    "growing.pathway": "pathway",
    "growing.adult": "adult_transition",
    "growing.capacity": "capacity",
}
"""An action of the catalogue to the kind of record it writes."""


def offered(frame: Frame, child_id: str, parent: QWidget) -> Mapping[str, Callable[[], None]]:
    """What can be written of one young person, by action."""
    return {
        action: partial(open_growing, frame, kind, child_id, parent)
        for action, kind in ACTIONS.items()
    }


def open_growing(frame: Frame, name: str, child_id: str, parent: QWidget) -> None:
    """Open the record that is to be changed, or a new one that begins with what is known."""

    def show(found: ToWrite) -> None:
        kind = kind_named(name)
        open_record_dialog(frame, kind, found.record, parent, child_id, found.begin)

    frame.jobs.ask(
        lambda session: to_write(session, name, child_id), show, frame.tell_failed, parent
    )
