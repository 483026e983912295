"""The one way out: whatever is printed, written to a file or put on the clipboard asks here first.

So whoever guards what leaves (the table of rights, the guard against the wrong child) stands in one
place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from caseworker_app.ui.screens.base import Frame


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave.

    Attributes:
        what: in words, "Handover of 12 cases".
        area: the line of the permission table it belongs to.
        child_ids: whose it is; none named is everybody of the area.
        text: all its words.
        way: how it leaves, for a sentence: "printed", "written", "copied".
    """

    what: str
    area: str
    child_ids: tuple[str, ...]
    text: str
    way: str = "written"


def before_leaving(
    frame: Frame, leaving: Leaving, go: Callable[[], None], owner: QWidget | None = None
) -> None:
    """Go on where it may leave; else say why not.

    Args:
        frame: the window.
        leaving: what is about to leave.
        go: writes, prints or copies it.
        owner: whose deletion drops the answer.
    """
    ids = tuple(dict.fromkeys(leaving.child_ids))
    frame.jobs.ask(
        lambda session: session.ask_export(leaving.area, ids),
        lambda _: go(),
        frame.tell_failed,
        owner,
    )
