"""The council's own lists of choices: what a field of such a list may say, changed under set up."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, number, record, text, yes_or_no


@record(
    "choice",
    "choice",
    "choices",
    area="setup",
    natural=("of_list", "code"),
    title=lambda one: f"{one.of_list}: {one.words}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Kept):
    """One choice of a list.

    A list has the choices that its field's declaration comes with; one kept here under the same
    code stands in place of such a one. An ended choice stays on records that have it, and is
    offered no more.

    Attributes:
        of_list: the list's name.
        code: what records keep.
        words: what people read.
        place: its place in the list; those without stand at the end.
        ended: whether it is offered no more.
    """

    of_list: str = text("List", needed=True, search=True)
    code: str = text(
        "Code",
        needed=True,
        pattern=r"[a-z0-9_]{1,40}",
        pattern_says="A code is small letters, figures and _, forty at most.",
        hint="What records keep; it stays the same when the words change.",
    )
    words: str = text("Words", needed=True, search=True)
    place: int | None = number("Place", least=0, most=9999)
    ended: bool = yes_or_no("Ended", hint="Offered no more; records that have it keep it.")
