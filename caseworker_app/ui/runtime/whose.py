"""Whose cases the window shows: one choice, kept on this computer, that every screen follows."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from caseworker_app.domain.outcome import Done
from caseworker_app.domain.whose import EVERYONE, Choice, Scope, Whose
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.runtime.preferences import WHOSE, Preferences

if TYPE_CHECKING:
    from caseworker_app.ui.models.rows_model import RowsModel

_ASKS_ANEW = frozenset({"caseworker", "cover", "team"})
_MOST = 20
"""So many stores are remembered, the latest last."""


class WhoseCases(QObject):
    """Whose cases are shown now.

    Attributes:
        now: by this every list and count goes.

    Signals:
        changed: `now` is another.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, hub: Hub, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._preferences = preferences
        self._mark = ""
        self._choice = EVERYONE.choice
        """What was chosen last; `now` follows as soon as the store has said who that is."""
        self.now: Whose = EVERYONE
        hub.done.connect(self._done)
        hub.renewed.connect(self.ask)

    def opened(self, where: str) -> None:
        """Take up what was chosen for a store; until `ask` has told more, oneself alone."""
        self._mark = sha256(where.encode()).hexdigest()[:12]
        choice = self._choice = self._kept().get(self._mark, Choice())
        me = {choice.me} if choice.scope in (Scope.MINE, Scope.TEAM) else {""}
        held = None if choice.scope is Scope.EVERYONE else frozenset(me)
        self._show(Whose(choice, "Everyone" if held is None else "…", held))

    def choose(self, scope: Scope, me: str | None = None) -> None:
        """Look as far as `scope` says, as the one who is `me`, or as before."""
        self._choice = Choice(scope, self._choice.me if me is None else me)
        kept = self._kept()
        kept.pop(self._mark, None)
        kept[self._mark] = self._choice
        pairs = list(kept.items())[-_MOST:]
        words = (f"{mark}:{one.scope}:{one.me}" for mark, one in pairs)
        self._preferences.keep(WHOSE, " ".join(words))
        self.ask()

    def ask(self) -> None:
        """Ask the store anew who is covered and who is in the team."""
        if self._jobs.is_open:
            choice = self._choice
            self._jobs.ask(lambda session: session.whose(choice), self._show, owner=self)

    def follow(self, model: RowsModel[Any], holder: Callable[[Any], str]) -> None:
        """Let a list show and count the cases shown alone; `holder` gives a row's caseworker."""

        def within() -> None:
            now = self.now
            model.set_within(None if now.holders is None else lambda row: now.has(holder(row)))

        self.changed.connect(within)
        within()

    def unseen(self, model: RowsModel[Any]) -> str:
        """What a list says that is empty only because all it holds is others'; else ""."""
        return "" if model.total else self.only_others(len(model.all_rows()))

    def only_others(self, count: int) -> str:
        """What to say where all that there is is others'; "" where everyone's cases are shown."""
        if self.now.holders is None or not count:
            return ""
        return f"{self.now.words}: nothing here. Case, Assigned to shows everyone's ({count:,})."

    def _show(self, whose: Whose) -> None:
        if whose != self.now:
            self.now = whose
            self.changed.emit()

    def _done(self, done: Done) -> None:
        if done.everything or done.kinds & _ASKS_ANEW:
            self.ask()

    def _kept(self) -> dict[str, Choice]:
        found = {}
        for one in self._preferences.get(WHOSE).split():
            mark, _, rest = one.partition(":")
            scope, _, me = rest.partition(":")
            if scope in set(Scope):
                found[mark] = Choice(Scope(scope), me)
        return found
