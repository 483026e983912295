"""The one way out: whatever is printed, written to a file or put on the clipboard asks here first.

So what guards it stands in one place: the table of rights, and the guard against the wrong child.
What is about one child and names another is stopped; the person may go on after saying why, which
is kept in the child's history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.wrong_child import Finding, Part
from caseworker_app.services.session import Session
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
        parts: the same words piece by piece, where it can be said where each stands.
        pages: where it has a page a child, each child's id with the words of their page.
    """

    what: str
    area: str
    child_ids: tuple[str, ...]
    text: str
    way: str = "written"
    parts: tuple[Part, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


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

    what = f"{leaving.what} {leaving.way}"
    # A page begins with whose it is.
    pages: list[tuple[str, Sequence[Part]]] = [
        (key, (Part(words, words.partition("\n")[0]),)) for key, words in leaving.pages
    ]
    if len(ids) == 1:
        pages = [(ids[0], leaving.parts or (Part(leaving.text),))]

    def may(_: object) -> None:
        look_through_all(frame, what, pages, go, owner)

    frame.jobs.ask(
        lambda session: session.ask_export(leaving.area, ids, leaving.way, leaving.what),
        may,
        frame.tell_failed,
        owner,
    )


def look_through(
    frame: Frame,
    child_id: str,
    what: str,
    parts: Sequence[Part],
    go: Callable[[], None],
    owner: QWidget | None = None,
) -> None:
    """Go on unless some text about one child names another, or the person says why it may.

    Args:
        frame: the window.
        child_id: whose it is.
        what: what is done, for the trail: "Clock copied".
        parts: all the text that leaves.
        go: lets it leave.
        owner: whose deletion drops the answer; the question stands over its window.
    """
    look_through_all(frame, what, [(child_id, parts)], go, owner)


def look_through_all(
    frame: Frame,
    what: str,
    pages: Sequence[tuple[str, Sequence[Part]]],
    go: Callable[[], None],
    owner: QWidget | None = None,
) -> None:
    """The same for several pages that leave together, each about one child.

    Args:
        frame: the window.
        what: what is done, for the trail.
        pages: the child's id and the text of each; none goes on at once.
        go: lets all of it leave.
        owner: as in `look_through`.
    """
    held = [(key, tuple(parts)) for key, parts in pages]
    if not held:
        go()
        return

    def ask(session: Session) -> list[tuple[str, tuple[Finding, ...]]]:
        found = [(key, session.names_others(key, parts)) for key, parts in held]
        return [(key, findings) for key, findings in found if findings]

    def found(pages: list[tuple[str, tuple[Finding, ...]]]) -> None:
        if not pages:
            go()
            return
        from caseworker_app.ui.dialogs.stopped import StoppedDialog

        window = None if owner is None else owner.window()
        StoppedDialog(frame, what, pages, go, window).open()

    frame.jobs.ask(ask, found, frame.tell_failed, owner)
