"""A kept board return taken out again: whole, and as it was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from caseworker_app.domain.declarations.return_runs import BOARD, ReturnRun
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.board import ASKED, BoardReturn
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import shown_again
from caseworker_app.domain.measures.kept import unpacked
from caseworker_app.domain.signed_heads import fingerprint
from caseworker_app.services.ports import Reading
from caseworker_app.services.returns.run_bodies import body_of
from caseworker_app.services.situation import Situation


@dataclass(frozen=True, slots=True)
class KeptBoard:
    """A board return as it was kept.

    Attributes:
        whole: nothing hidden, the ids of children for references.
        edition: what was hidden of it; None where nothing was.
    """

    run: ReturnRun
    whole: BoardReturn
    edition: Edition | None

    def shown(self, board: BoardReturn | None = None) -> BoardReturn:
        """As it was shown: the kept one, or another whole one in its place."""
        whole = self.whole if board is None else board
        made_at = datetime.fromisoformat(self.run.made_at)
        version = f"Caseworker {self.run.program}, rules {self.run.rule_pack}"
        before = self.whole.before
        if before is not None:
            before = replace(before, made_at=made_at, version=version)
        return replace(
            whole if self.edition is None else shown_again(whole, self.edition),
            made_at=made_at,
            version=version,
            trail=fingerprint(self.run.data),
            narrowed=self.whole.narrowed,
            before=before,
            past=self.whole.past,
            commentary=self.whole.commentary,
            beside=self.whole.beside,
        )


def measures_of(session: Situation, run: ReturnRun) -> tuple[tuple[str, str], ...]:
    """The measures of a kept board return, ref and words, those off target first.

    What is asked of the Board comes last.

    Raises as `kept_board`.
    """
    with session.store.reading() as reading:
        found = kept_board(reading, run).whole.measures
    answered = [one for one in found if one.answered]
    answered.sort(key=lambda one: one.rating is not Rating.RED)
    named = [(one.ref, f"{one.rating.words}: {one.ref} {one.statement}") for one in answered]
    return (*named, (ASKED, "What is asked of the Board"))


def kept_board(reading: Reading, run: ReturnRun) -> KeptBoard:
    """A kept board return.

    Raises:
        Refused: it is no board return, or of before figures were kept.
        Unreadable: what was kept cannot be read.
    """
    if run.what != BOARD:
        raise Refused(f"The kept return {run.id} is no board return.", "id")
    if not run.figures:
        raise Refused(f"Of the kept return {run.id} only what protects later ones is known.", "id")
    whole = unpacked(body_of(reading, run.figures))
    # The last is of its own figures; one before it is of the period before that it shows.
    own = run.protections[-1:]
    edition = edition_of(body_of(reading, own[0])) if own else None
    return KeptBoard(run, whole, edition)
