"""Keeps what is typed into a form in the store, a second after each key, and brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.outcome import Failed
from caseworker_app.services import drafts
from caseworker_app.services.clock import read_stamp
from caseworker_app.ui.runtime.jobs import Jobs

if TYPE_CHECKING:
    from caseworker_app.services.session import Session

WAIT_MS = 1000
_IS = "="
"""Before each text: a field that was emptied is kept too, and nothing kept is no text."""

Texts = Mapping[str, str]

REVIEWS_FORM = "annual reviews"
"""The form whose drafts are the cells of Annual reviews, by child."""

PLAN, REVIEW = "plan", "review of a plan"
"""The forms whose drafts are the cells of a plan, and what a review says of it."""


LETTER, AND = "letter", "+"
"""The form whose draft is a letter; and what stands between the ids of the several it is about."""


class Drafting(QObject):
    """The draft of one form, of one child or none.

    Attributes:
        form: the name of the form.
        child_id: whose case it is of, or ""; a form in which the child is chosen changes it.
        waits: an earlier draft is looked for or offered, and nothing takes its place before that is
            answered.
        looks: it is still looked for.
        sent: what is typed is being recorded, and nothing is kept before that has ended.
    """

    def __init__(
        self,
        jobs: Jobs,
        form: str,
        child_id: str,
        texts: Callable[[], Texts],
        owner: QObject,
        trouble: Callable[[Failed], None] | None = None,
        chosen: Callable[[], str] | None = None,
    ) -> None:
        """Make it.

        Args:
            jobs: the way to the store.
            form: the name of the form.
            child_id: whose case it is of, or "".
            texts: what is typed now and differs from what the form began with.
            owner: the form.
            trouble: told why what is typed could not be kept.
            chosen: the child chosen in the form now, or "", where the form asks for it.
        """
        super().__init__(owner)
        self.form, self.child_id, self.waits, self.sent = form, child_id, False, False
        self._jobs, self._texts, self._trouble = jobs, texts, trouble or _nothing
        self._kept, self._chosen, self.looks = False, chosen, False
        self._later: Callable[[], None] | None = None
        """Keeps what is typed, as was asked while an earlier draft was looked for."""
        self._under: set[str] = set()
        """Of which cases it was kept; a move that failed leaves it where it was."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT_MS)
        self._rest.timeout.connect(self.keep)

    def look(self, found: Callable[[drafts.Draft], None]) -> None:
        """Look for an earlier draft; `found` gets it where there is one, which is offered then."""

        def offer(kept: tuple[drafts.Draft, ...]) -> None:
            mine = [one for one in kept if self._chosen or one.child_id == self.child_id]
            if not mine:
                begin()
                return
            self._kept, self.looks = True, False
            self.child_id = mine[-1].child_id
            self._under = {self.child_id}
            found(mine[-1])

        def begin(_: object = None) -> None:
            self.waits = self.looks = False
            if self._later is not None:
                self._later()
            elif self._texts():
                # Typed while it was looked for.
                self.edited()

        self.waits = self.looks = True
        form, child_id = self.form, "" if self._chosen else self.child_id
        ask = partial(drafts.drafts, form=form, child_id=child_id)
        self._jobs.ask(ask, offer, begin, self)

    def edited(self) -> None:
        """Something was typed: keep it within a second, also of a hand that never rests."""
        if not (self.waits or self.sent or self._rest.isActive()):
            self._rest.start()

    def keep(
        self,
        then: Callable[[], None] | None = None,
        failed: Callable[[Failed], None] | None = None,
    ) -> None:
        """Keep what is typed now; `then` is called when it is on disk."""
        if self.looks:
            self._later = partial(self.keep, then, failed)
            return
        self._rest.stop()
        typed = texts_to_keep(self._texts())
        if not typed and not self._kept:
            return
        self._kept = bool(typed)
        if self._chosen is not None:
            # Once a child was chosen it stays of theirs: it must go when they are forgotten.
            self.child_id = self._chosen() or self.child_id
        call = self._saving(typed)
        self._under.add(self.child_id)
        self._jobs.ask(call, lambda _: then() if then else None, failed or self._trouble, self)

    def send(self, *, long: bool = False) -> tuple[drafts.Place, ...]:
        """What is typed is about to be recorded: where the draft is that this ends.

        Args:
            long: it may take a while, so that what was typed last is kept first.
        """
        if long and self._rest.isActive():
            self.keep()
        self._rest.stop()
        self.sent = True
        if self.waits:
            return ()
        return tuple((self.form, one) for one in sorted(self._under)) if self._kept else ()

    def came(self, *, done: bool) -> None:
        """It was recorded, and the draft went with it; or it was not, and is kept as before."""
        if not self.sent:
            return
        self.sent = False
        if not done:
            self.edited()
        elif not self.waits:
            self._kept = False
            self._under.clear()

    def drop(self) -> None:
        """Forget the draft: it is discarded."""
        self._rest.stop()
        self.waits = False
        if not self._kept:
            return
        self._kept = False
        self._jobs.ask(self._saving({}), lambda _: None, self._trouble, self)
        self._under.clear()

    def _saving(self, typed: Texts) -> Callable[[Session], None]:
        was = self._under - {self.child_id}
        return partial(
            drafts.save_draft, form=self.form, typed=typed, child_id=self.child_id, was=was
        )


def texts_to_keep(texts: Texts) -> dict[str, str]:
    """Texts by field as a draft holds them."""
    return {name: f"{_IS}{text}" for name, text in texts.items()}


def typed_texts(draft: drafts.Draft) -> dict[str, str]:
    """What a draft holds, by field."""
    return {name: text.removeprefix(_IS) for name, text in draft.typed.items()}


def form_words(form: str) -> str:
    """The name of a form as a person reads it."""
    words = form.partition(":")[0]
    return words[:1].upper() + words[1:]


def begun(draft: drafts.Draft) -> str:
    """When it was typed, "12 October at 10:31"."""
    moment = read_stamp(draft.at)
    return f"{moment.day} {moment:%B} {moment.year} at {moment:%H:%M}"


def _nothing(failed: Failed) -> None:
    del failed
