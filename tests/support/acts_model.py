"""What undo and redo must do, worked out another way round: from snapshots, without the audit.

A store is flattened into cells, one for each attribute, fact and member of a set. An act is the
cells it changed. Undoing it gives each of these its value from before; it must be refused where a
cell was changed since, or where the store would not hold together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Child
from caseworker_app.services.session import Session

Cell = tuple[str, ...]
Cells = dict[Cell, object]
Delta = dict[Cell, tuple[object, object]]

_SETS = ("typed", "told_apart", "further_references")
_SAID = ("proposals", "told_apart")
"""What a person says of a doubt rests on nothing, and nothing rests on it."""
_NOT_HELD = (*_SAID, "further_references")
_ONE_BY_ONE = {"id", "version", "sen2", "proposals", *_SETS}
MANY = 10
WHOLESALE = ("import", "merge")


def cells_of(session: Session) -> Cells:
    """The store's whole content, versions apart."""
    cells: Cells = {}
    for file in session.caseload():
        child, key = file.child, file.child.id
        cells["child", key] = True
        for one in fields(Child):
            value = getattr(child, one.name)
            if one.name not in _ONE_BY_ONE and value is not None:
                cells["child", key, one.name] = value
        cells["child", key, "sen2"] = tuple(sorted(child.sen2.items()))
        for name in _SETS:
            for member in getattr(child, name):
                cells["child", key, name, member] = True
        for proposal in child.proposals:
            said = proposal.source, proposal.refused
            cells["child", key, "proposals", *proposal.key] = said
        for fact in file.facts:
            detail = tuple(sorted(fact.detail.items()))
            cells["child", key, "facts", fact.id] = (fact.kind, fact.on, detail, fact.episode)
    for setting in session.settings():
        closures = tuple(setting.closures)
        cells["setting", setting.id] = (
            *(setting.name, setting.kind, setting.last_year, setting.urn),
            closures,
        )
    for worker in session.caseworkers():
        cells["caseworker", worker.id] = (worker.name, worker.email, worker.active)
    return cells


def difference(before: Cells, after: Cells) -> Delta:
    """The cells that differ, as they were and as they are; None for one that is not there."""
    return {
        cell: (before.get(cell), after.get(cell))
        for cell in before.keys() | after.keys()
        if before.get(cell) != after.get(cell)
    }


@dataclass
class Act:
    """One change of the store, and what became of it.

    Attributes:
        who: the person who made it.
        kind: the kind of act.
        delta: what it changed.
        turns: (who, "undo" or "redo", number, what that changed), oldest first.
    """

    group: str
    who: str
    kind: str
    number: int
    delta: Delta
    turns: list[tuple[str, str, int, Delta]] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether it is not undone."""
        return not self.turns or self.turns[-1][1] == "redo"

    @property
    def last(self) -> Delta:
        """What its newest turn changed, or else the act itself."""
        return self.turns[-1][3] if self.turns else self.delta

    @property
    def touched(self) -> int:
        """How many cases it touched; of an act without any, settings or caseworkers."""
        rows = Counter(cell[0] for cell in {cell[:2] for cell in self.delta})
        return rows["child"] or max(rows["setting"], rows["caseworker"])

    def is_own(self, who: str) -> bool:
        """Whether a person made it, or brought it back last."""
        return who in (self.who, self.turns[-1][0] if self.turns else "")

    def is_asked_about(self, who: str, *, back: bool) -> bool:
        """Whether a person is asked before it is taken back, or brought back."""
        theirs = back and not self.is_own(who)
        return theirs or self.touched > MANY or self.kind in WHOLESALE


@dataclass
class Model:
    """Every act, and what each person's undo and redo mean now."""

    acts: list[Act] = field(default_factory=list)
    number: int = 0

    def act(self, group: str, who: str, kind: str, delta: Delta) -> None:
        """Somebody changed something."""
        self.number += 1
        self.acts.append(Act(group, who, kind, self.number, delta))

    def turn(self, act: Act, who: str, kind: str, delta: Delta) -> None:
        """Somebody undid or redid an act."""
        self.number += 1
        act.turns.append((who, kind, self.number, delta))

    def undo_of(self, who: str) -> Act | None:
        """What a person's undo means: what they did, or brought back, last and stands."""
        found = [
            (number, act)
            for act in self.acts
            if act.stands
            for number in (
                *([act.number] if act.who == who else []),
                *(one[2] for one in act.turns if one[:2] == (who, "redo")),
            )
        ]
        return max(found, key=lambda one: one[0])[1] if found else None

    def redo_of(self, who: str) -> Act | None:
        """What a person's redo means: what they undid last, if they changed nothing since."""
        since = max((act.number for act in self.acts if act.who == who), default=0)
        found = [
            (act.turns[-1][2], act)
            for act in self.acts
            if not act.stands and act.turns[-1][0] == who and act.turns[-1][2] > since
        ]
        return max(found, key=lambda one: one[0])[1] if found else None


def turned(cells: Cells, delta: Delta) -> Cells | None:
    """The store with some changes put back, or None where that must be refused."""
    rows = {cell[:2] for cell in delta}
    made = {row for row in rows if delta.get(row, (0, 0))[0] is None}
    for cell, (_, new) in delta.items():
        kept = cell[2] if len(cell) > 2 else ""
        # A mark that an act took off a child may come again by another; one it put on must stand.
        unheld = kept in _NOT_HELD or (kept == "typed" and new is None)
        if cells.get(cell) != new and not unheld:
            return None
    for row in rows - made:
        # What is only said of a child needs the child.
        if row[0] == "child" and row not in delta and row not in cells:
            return None
    for cell in cells:
        if cell[:2] in made and cell not in delta and (len(cell) < 3 or cell[2] not in _SAID):
            return None
    back = dict(cells)
    for cell, (old, _) in delta.items():
        if old is None:
            back.pop(cell, None)
        else:
            back[cell] = old
    for cell in cells:
        if cell[:2] in made:
            back.pop(cell, None)
    return back if _holds_together(back, rows) else None


def _holds_together(cells: Cells, rows: Iterable[Cell]) -> bool:
    """Whether nobody attends a setting that is gone, and no name or reference is given twice."""
    for cell, value in cells.items():
        is_person = len(cell) == 3 and cell[2] in ("setting_id", "caseworker_id")
        if is_person and value and (cell[2].removesuffix("_id"), str(value)) not in cells:
            return False
    given = Counter(
        reference_key(str(value))
        for cell, value in cells.items()
        if len(cell) == 3 and cell[2] == "reference"
    )
    for row in rows:
        if row[0] == "child":
            reference = cells.get((*row, "reference"))
            if reference is not None and given[reference_key(str(reference))] > 1:
                return False
        elif row in cells:
            name = _name(cells[row])
            others = [_name(value) for cell, value in cells.items() if cell[0] == row[0]]
            if others.count(name) > 1:
                return False
    return True


def _name(values: object) -> str:
    assert isinstance(values, tuple)
    return folded(str(values[0]))
