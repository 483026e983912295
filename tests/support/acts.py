"""Drawn acts of two people at one store, with undo and redo between, held against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from caseworker_app.domain.incoming import Incoming
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.acts_drawn import Drawing
from tests.support.acts_model import Act, Cells, Model, cells_of, difference, turned

PEOPLE = ("Ann Lee", "Ren\u00e9e O\u2019Dowd")
_HANDS_OVER = 0.25
EVERY = 20
"""The whole store is checked after so many acts; the dates after each."""

_WEIGHTS = {
    "record": 8,
    "change fact": 4,
    "remove fact": 3,
    "add child": 5,
    "change child": 10,
    "add setting": 2,
    "change setting": 3,
    "add caseworker": 2,
    "reassign": 3,
    "together": 3,
    "import": 5,
    "merge": 3,
    "split": 3,
    "take": 5,
    "drop": 4,
    "tell apart": 2,
    "undo": 26,
    "redo": 16,
    "history": 9,
    "restart": 5,
}


@dataclass
class Sitting:
    """Acts at a store, one after another.

    Attributes:
        open_session: opens the store anew.
        wrong: what went wrong, a sentence each.
        figures: how many of each kind were done, refused and asked about.
    """

    open_session: Callable[[], Session]
    seed: int
    wrong: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.session = self.open_session()
        self.draw = Drawing(self.dice, self.session)
        self.model = Model()
        self.cells: Cells = cells_of(self.session)
        self.at = 0
        self.highest: dict[str, int] = {}
        self.files: list[Incoming] = []

    def run(self, count: int) -> None:
        """Do so many acts, and look at the store after each."""
        who = PEOPLE[0]
        try:
            for self.at in range(1, count + 1):
                if self.dice.random() < _HANDS_OVER:
                    who = self.dice.choice(PEOPLE)
                self.session.who = who
                kind = self._any()
                while not self._do(kind):
                    kind = self._any()
                self._look(kind)
                if self.wrong:
                    return
        finally:
            self.session.close()

    def _any(self) -> str:
        return self.dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]

    def _do(self, kind: str) -> bool:
        """Do something of a kind; False where there is nothing to do it with."""
        if kind == "restart":
            self.session.close()
            self.session = self.draw.session = self.open_session()
            self.figures[kind] += 1
        elif kind in ("undo", "redo"):
            self._turn(kind)
        elif kind == "history":
            if not self.model.acts:
                return False
            self._undo(self.dice.choice(self.model.acts), named=True)
        else:
            return self._act(kind)
        return True

    # What changes something

    def _act(self, kind: str) -> bool:
        before, who = self.cells, self.session.who
        if kind == "import":
            group = self._import()
        else:
            command = self.draw.command(kind)
            if command is None:
                return False
            outcome = self.session.submit(command)
            if isinstance(outcome, Failed) and outcome.why != "refused":
                self._tell(f"{kind} came to {outcome}")
            group = outcome.undo if isinstance(outcome, Done) else ""
        self.cells = cells_of(self.session)
        delta = difference(before, self.cells)
        self.figures[kind if group else f"{kind} without a change"] += 1
        if bool(group) != bool(delta):
            self._tell(f"{kind}: group {group!r}, but {len(delta)} cells changed")
        if group:
            self._new_keys(before)
            self.model.act(group, who, kind, delta)
        return True

    def _import(self) -> str:
        if self.files and self.dice.random() < 0.4:
            given = self.dice.choice(self.files)
        else:
            given = self.draw.file(f"tracker{len(self.files)}.xlsx")
            self.files.append(given)
        return self.session.apply_import(given).undo

    def _new_keys(self, before: Cells) -> None:
        """No key of a new row was ever given before."""
        new: dict[str, set[int]] = {}
        for cell in self.cells.keys() - before.keys():
            if len(cell) == 2:
                new.setdefault(cell[0], set()).add(int(cell[1]))
            elif cell[2] == "facts" and not any(key[2:] == cell[2:] for key in before):
                new.setdefault("fact", set()).add(int(cell[3]))
        for table, keys in new.items():
            if min(keys) <= self.highest.get(table, 0):
                self._tell(f"a key of {table} was given twice: {min(keys)}")
            self.highest[table] = max(keys)

    # Undo and redo

    def _turn(self, kind: str) -> None:
        who = self.session.who
        if kind == "undo":
            act = self.model.undo_of(who)
            if act is not None:
                self._undo(act)
                return
            outcome = self.session.submit(do.Undo())
        else:
            act = self.model.redo_of(who)
            if act is not None:
                expected = turned(self.cells, act.last)
                self._carry_out(act, do.Redo(), expected, asked=act.is_asked_about(who, back=False))
                return
            outcome = self.session.submit(do.Redo())
        self.figures[f"nothing to {kind}"] += 1
        if not isinstance(outcome, Failed) or outcome.why != "refused":
            self._tell(f"with nothing to {kind} it came to {outcome}")

    def _undo(self, act: Act, *, named: bool = False) -> None:
        expected = turned(self.cells, act.last) if act.stands else None
        asked = act.stands and act.is_asked_about(self.session.who, back=True)
        self._carry_out(act, do.Undo(act.group if named else ""), expected, asked=asked)

    def _carry_out(
        self, act: Act, command: do.Undo | do.Redo, expected: Cells | None, *, asked: bool
    ) -> None:
        who, kind = self.session.who, type(command).__name__.lower()
        outcome = self.session.submit(command)
        said_unsure = isinstance(outcome, Failed) and outcome.why == "unsure"
        if said_unsure != asked:
            self._tell(f"{kind} of {act.kind} asked: {said_unsure}, should: {asked}; {outcome}")
        if isinstance(outcome, Failed) and outcome.why == "unsure":
            self.figures[f"{kind} asked about"] += 1
            if (outcome.group, outcome.touched) != (act.group, act.touched):
                self._tell(f"asked about {outcome.group}, {outcome.touched}, not {act.group}")
            outcome = self.session.submit(type(command)(outcome.group, sure=True))
        now = cells_of(self.session)
        if isinstance(outcome, Done):
            self.figures[kind] += 1
            if expected is None:
                self._tell(f"{kind} of {act.kind} by {act.who} should have been refused")
            elif now != expected:
                self._tell(f"{kind} of {act.kind}: {difference(expected, now)}")
            self.model.turn(act, who, kind, difference(self.cells, now))
        else:
            self.figures[f"{kind} refused"] += 1
            if expected is not None or outcome.why != "refused":
                self._tell(f"{kind} of {act.kind} by {act.who}: {outcome}")
            if now != self.cells:
                self._tell(f"{kind} refused, but changed {difference(self.cells, now)}")
        self.cells = now

    # After each

    def _look(self, kind: str) -> None:
        """The store, its dates, and what each person's undo and redo would do."""
        now = cells_of(self.session)
        if now != self.cells:
            self._tell(f"after {kind} the store is not as it was left: {now.keys() ^ self.cells}")
        settings = {one.id: one for one in self.session.settings()}
        for file in self.session.caseload():
            setting = settings.get(file.child.setting_id or "")
            fresh = self.session.rules.deadlines(file.child, setting, file.facts)
            if tuple(one.bare() for one in fresh) != file.deadlines:
                self._tell(
                    f"after {kind} dates of {file.child.reference} differ from a fresh count"
                )
        for who in PEOPLE:
            self.session.who = who
            offered = self.session.last_undo(), self.session.last_redo()
            meant = self.model.undo_of(who), self.model.redo_of(who)
            groups = [one[0] if one else "" for one in offered]
            if groups != [one.group if one else "" for one in meant]:
                self._tell(f"after {kind} {who} is offered {offered}, not {meant}")
        if self.at % EVERY == 0:
            for sentence in self.session.check():
                self._tell(f"check: {sentence}")

    def _tell(self, words: str) -> None:
        self.wrong.append(f"seed {self.seed}, act {self.at}: {words}")
