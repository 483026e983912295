"""The answers a person can give to what files and likenesses left open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.undecided import Undecided
from caseworker_app.services.commands import Command, DropProposal, TakeProposal, TellApart
from caseworker_app.ui.screens.base import Frame

TAKE, LEAVE, MERGE, APART = "take", "leave", "merge", "apart"
ANSWERS = {
    TAKE: "&Take it",
    LEAVE: "&Leave it",
    MERGE: "&Merge…",
    APART: "They are t&wo children",
}
"""In the order of the buttons."""


def answers(one: Undecided) -> tuple[str, ...]:
    """What can be answered: a proposal is taken or left, two are merged or told apart."""
    return (MERGE, APART) if one.other_id else (TAKE, LEAVE)


def answer(frame: Frame, one: Undecided, given: str, owner: QWidget) -> None:
    """Carry an answer out; a merge is shown first. What came of it is told by the window."""
    if given == MERGE:
        from caseworker_app.ui.dialogs.merge import open_merge_dialog

        open_merge_dialog(frame, (one.child_id, one.other_id), owner)
        return
    command: Command
    if given == APART:
        command = TellApart(one.child_id, one.version, one.other_id)
    else:
        kind = TakeProposal if given == TAKE else DropProposal
        command = kind(one.child_id, one.version, one.field, one.value)
    frame.jobs.submit(command, owner)
