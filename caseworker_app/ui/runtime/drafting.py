"""Keeps what is typed into a form in the store, a second after each key, and brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.outcome import Failed
from caseworker_app.services import drafts
from caseworker_app.services.clock import read_stamp
from caseworker_app.ui.runtime.jobs import Jobs

WAIT_MS = 1000
_IS = "="
"""Before each text: a field that was emptied is kept too, and nothing kept is no text."""

Texts = Mapping[str, str]


class Drafting(QObject):
    """The draft of one form, of one child or none.

    Attributes:
        form: the name of the form.
        child_id: whose case it is of, or "".
        waits: an earlier draft is offered, and nothing takes its place before that is answered.
    """

    def __init__(
        self,
        jobs: Jobs,
        form: str,
        child_id: str,
        texts: Callable[[], Texts],
        owner: QObject,
        trouble: Callable[[Failed], None] | None = None,
    ) -> None:
        """Make it.

        Args:
            jobs: the way to the store.
            form: the name of the form.
            child_id: whose case it is of, or "".
            texts: what is typed now and differs from what the form began with.
            owner: the form.
            trouble: told why what is typed could not be kept.
        """
        super().__init__(owner)
        self.form, self.child_id, self.waits = form, child_id, False
        self._jobs, self._texts, self._trouble = jobs, texts, trouble or _nothing
        self._kept = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT_MS)
        self._rest.timeout.connect(self.keep)

    def look(self, found: Callable[[drafts.Draft], None]) -> None:
        """Look for an earlier draft; `found` gets it where there is one, which is offered then."""

        def offer(kept: tuple[drafts.Draft, ...]) -> None:
            mine = [one for one in kept if one.child_id == self.child_id]
            if mine:
                self.waits = self._kept = True
                found(mine[0])

        form, child_id = self.form, self.child_id
        ask = partial(drafts.drafts, form=form, child_id=child_id)
        self._jobs.ask(ask, offer, _nothing, self)

    def edited(self) -> None:
        """Something was typed: keep it within a second, also of a hand that never rests."""
        if not self.waits and not self._rest.isActive():
            self._rest.start()

    def keep(
        self,
        then: Callable[[], None] | None = None,
        failed: Callable[[Failed], None] | None = None,
    ) -> None:
        """Keep what is typed now; `then` is called when it is on disk."""
        self._rest.stop()
        typed = {name: f"{_IS}{text}" for name, text in self._texts().items()}
        if not typed and not self._kept:
            return
        self._kept = bool(typed)
        call = partial(drafts.save_draft, form=self.form, typed=typed, child_id=self.child_id)
        self._jobs.ask(call, lambda _: then() if then else None, failed or self._trouble, self)

    def drop(self) -> None:
        """Forget the draft: it is recorded, or discarded."""
        self._rest.stop()
        self.waits = False
        if not self._kept:
            return
        self._kept = False
        call = partial(drafts.drop_draft, form=self.form, child_id=self.child_id)
        self._jobs.ask(call, lambda _: None, self._trouble, self)


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
