"""The certificate of a disposal, on which no word is about anybody who was disposed of."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.domain.declarations.retention import BASES, Disposal
from caseworker_app.domain.disposed import COPY_STATES, OUT_OF_REACH
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part

NOT_LOOKED_AT = (
    "Nobody has looked at the backups: it was interrupted before. Rewrite backups, in the list of "
    "certificates, does so."
)


def certificate(one: Disposal, council: str, foot: str) -> Paper:
    """The certificate as a document.

    Args:
        one: the disposal.
        council: its name, or "".
        foot: who printed it and when.
    """
    cases = one.listed
    many = f"{len(cases):,} case{'s were' if len(cases) != 1 else ' was'}"
    lines = [
        f"{many} disposed of by {one.done_by}. {BASES[one.basis]}.",
        *([one.why] if one.why else []),
        (
            "The rows of each case were deleted, and the key that seals what the history says of "
            "it was destroyed: nobody can read those entries again. The history itself is whole."
        ),
        (
            "Files outside of Caseworker, to which documents and letters only pointed, and what "
            "was printed or written out before, are not part of it."
        ),
    ]
    rows = [
        (f"Case number {case['number']}", _held(case["held"]), sum(case["held"].values()))
        for case in cases
    ]
    parts = [
        Part("", tuple(lines)),
        Part(
            "What was disposed of",
            table=PaperTable(("Case", "Kinds of records", "Records"), tuple(rows)),
        ),
        Part(
            "Backups and copies",
            _about_copies(one),
            PaperTable(
                ("Where", "What became of it", "Why"),
                tuple(
                    (copy["where"], COPY_STATES.get(copy["state"], copy["state"]), copy["why"])
                    for copy in one.copies_listed
                ),
                empty="None are known of." if one.copies else "Not known yet.",
            ),
        ),
    ]
    about = ", ".join(filter(None, (council, f"reference {one.ref}")))
    return Paper(f"Certificate of {title_of(one)}", about, tuple(parts), foot, personal=False)


def title_of(one: Disposal) -> str:
    """A disposal in a few words."""
    return kind_of(one).title(one)


def _about_copies(one: Disposal) -> tuple[str, ...]:
    if not one.copies:
        return (NOT_LOOKED_AT,)
    left = [copy for copy in one.copies_listed if copy["state"] == OUT_OF_REACH]
    if not left:
        return ()
    which = "1 copy is" if len(left) == 1 else f"{len(left):,} copies are"
    return (
        (
            f"{which} out of reach. Destroy what is listed so, or bring it back and rewrite it; a "
            "store restored from it forgets these cases again when it is opened."
        ),
    )


def _held(held: Mapping[str, int]) -> Cell:
    return ", ".join(f"{many:,} {what}" for what, many in held.items()) or "nothing beside the case"
