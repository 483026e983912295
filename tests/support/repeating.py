"""Returns that are written, thousands of drawn edits after them, and the returns counted again.

Edits are drawn commands, keys that take back, and children who are disposed of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from caseworker_app import bootstrap
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.retention import dispose
from caseworker_app.services.returns import sen2_return
from caseworker_app.services.returns.answering import as_json as answer_document
from caseworker_app.services.returns.board_return import as_json
from caseworker_app.services.returns.other_runs import AgainOther
from caseworker_app.services.returns.runs import runs
from caseworker_app.services.returns.sen2_layouts import layout, years
from caseworker_app.services.session import Session
from tests.support.acts_drawn import Drawing

KINDS = (
    *("add child", "change child", "change child", "record", "record", "record", "change fact"),
    *("remove fact", "add setting", "change setting", "add caseworker", "reassign", "together"),
    *("merge", "split", "take", "drop", "tell apart"),
)
SINCE = date(2026, 9, 1)
_UNDONE, _GONE = 0.15, 0.01
_NAMED = ("cases", "denominator_cases", "rows")
"""What names cases in the JSON of a return that is not published."""


@dataclass
class Repeating:
    """A store whose returns are written, edited after, and counted again.

    Attributes:
        session: the open store.
        seed: of the dice.
        written: the JSON that was printed as each run was written, by its id.
        figures: how many edits of what sort were made.
        gone: how many children were disposed of.
    """

    session: Session
    seed: int
    folder: Path
    written: dict[str, Any] = field(default_factory=dict)
    figures: Counter[str] = field(default_factory=Counter)
    gone: int = 0

    def write(self) -> None:
        """Write the board return in its three editions, and each other return."""
        session, today = self.session, self.session.today()
        for audience in Audience:
            made = bootstrap.board(
                session, SINCE, today, tidy=self._file("board.csv"), edition=audience
            )
            self._note(as_json(made))
        answer = bootstrap.answer(
            session, "plans-begun-and-ceased", date(2025, 1, 1), today, target=self._file("a.xlsx")
        )
        self._note(answer_document(answer))
        for unsuppressed in (False, True):
            bootstrap.department(
                session, today.year, target=self._file("d.xlsx"), unsuppressed=unsuppressed
            )
            self._note(None)
        year = years()[-1]
        sen2_return.confirm(session, year, dict.fromkeys(layout(year).unverified, ""))
        bootstrap.write_sen2(session, bootstrap.sen2(session, year), self._file("s.xlsx"))
        self._note(None)
        listed = bootstrap.inspection_list(session)
        bootstrap.write_inspection(session, listed, self._file("i.xlsx"))
        self._note(None)

    def edit(self, count: int) -> None:
        """Make so many edits, on the days after; one that is refused is drawn anew."""
        dice = Random(self.seed)
        drawing = Drawing(dice, self.session)
        made = 0
        while made < count:
            if made % 100 == 0:
                self.session.clock = FixedClock(self.session.today() + timedelta(days=1))
            act = dice.random()
            # One child at least, however few edits there are.
            if act < _GONE or (made == count // 2 and not self.gone):
                sort = self._dispose(dice)
            elif act < _GONE + _UNDONE:
                sort = "undone" if self._submit(do.Undo()) else ""
            else:
                kind = dice.choice(KINDS)
                command = drawing.command(kind)
                sort = kind if command is not None and self._submit(command) else ""
            if sort:
                self.figures[sort] += 1
                made += 1

    def wrong(self, *only: str) -> list[str]:
        """What a run counted again is not as it was written, a sentence each; `only` some runs."""
        found = []
        for key, document in self.written.items():
            if only and key not in only:
                continue
            again = bootstrap.run_again(self.session, key)
            if again.other:
                found.append(f"{again.run.words}: {len(again.other)} figures, {again.other[0]}")
            if isinstance(again, AgainOther):
                now = answer_document(again.made) if again.run.what == "answers" else None  # type: ignore[arg-type]
            else:
                now = as_json(again.board)
            same: Callable[[Any], str] = _figures if again.disposed else json.dumps
            if same(document) != same(now):
                found.append(f"{again.run.words}: other bytes")
        return found

    def _note(self, document: Any) -> None:
        self.written[runs(self.session)[0].id] = document

    def _file(self, name: str) -> Path:
        return self.folder / name

    def _submit(self, command: do.Command) -> bool:
        return isinstance(self.session.submit(command), Done)

    def _dispose(self, dice: Random) -> str:
        children = [one.id for one in self.session.cases()]
        if not children:
            return ""
        dispose(self.session, [dice.choice(children)], "mistake")
        self.gone += 1
        return "disposed of"


def _figures(document: Any) -> str:
    """The bytes of a document without the names of cases: who is disposed of has none."""
    bare = document
    if document is not None and "measures" in document:
        measures = [
            {name: value for name, value in one.items() if name not in _NAMED}
            for one in document["measures"]
        ]
        bare = {**document, "measures": measures}
    return json.dumps(bare)
