"""Drawn acts of two people at one store, with undo and redo between, held against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from caseworker_app.domain.facts import KINDS, Detail, Fact, in_order
from caseworker_app.domain.incoming import Incoming, IncomingCase, Place
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.people import Child
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from tests.support.acts_model import Act, Cells, Model, cells_of, difference, turned

PEOPLE = ("Ann Lee", "Ren\u00e9e O\u2019Dowd")
_HANDS_OVER, _SAME = 0.25, 0.7
EVERY = 20
"""The whole store is checked after so many acts; the dates after each."""

_SURNAMES = ("Brown", "Okafor", "O\u2019Neill", "\u015eahin", "Vale", "Quill", "Miah", "Pike")
_FORENAMES = ("Tariq", "Grace", "Ada", "No\u00e9", "Leo", "Cleo")
_NEEDS = ("ASD", "MLD", "SEMH", "SLCN")
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
class Session:
    """Acts at a store, one after another.

    Attributes:
        open_desk: opens the store anew.
        wrong: what went wrong, a sentence each.
        figures: how many of each kind were done, refused and asked about.
    """

    open_desk: Callable[[], OpenDesk]
    seed: int
    wrong: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.desk = self.open_desk()
        self.model = Model()
        self.cells: Cells = cells_of(self.desk)
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
                self.desk.who = who
                kind = self._any()
                while not self._do(kind):
                    kind = self._any()
                self._look(kind)
                if self.wrong:
                    return
        finally:
            self.desk.close()

    def _any(self) -> str:
        return self.dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]

    def _do(self, kind: str) -> bool:
        """Do something of a kind; False where there is nothing to do it with."""
        if kind == "restart":
            self.desk.close()
            self.desk = self.open_desk()
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
        before, who = self.cells, self.desk.who
        if kind == "import":
            group = self._import()
        else:
            command = self._command(kind)
            if command is None:
                return False
            outcome = self.desk.submit(command)
            if isinstance(outcome, Failed) and outcome.why != "refused":
                self._tell(f"{kind} came to {outcome}")
            group = outcome.undo if isinstance(outcome, Done) else ""
        self.cells = cells_of(self.desk)
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
            given = self._file()
            self.files.append(given)
        return self.desk.apply_import(given).undo

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
        who = self.desk.who
        if kind == "undo":
            act = self.model.undo_of(who)
            if act is not None:
                self._undo(act)
                return
            outcome = self.desk.submit(do.Undo())
        else:
            act = self.model.redo_of(who)
            if act is not None:
                expected = turned(self.cells, act.last)
                self._carry_out(act, do.Redo(), expected, asked=act.is_asked_about(who, back=False))
                return
            outcome = self.desk.submit(do.Redo())
        self.figures[f"nothing to {kind}"] += 1
        if not isinstance(outcome, Failed) or outcome.why != "refused":
            self._tell(f"with nothing to {kind} it came to {outcome}")

    def _undo(self, act: Act, *, named: bool = False) -> None:
        expected = turned(self.cells, act.last) if act.stands else None
        asked = act.stands and act.is_asked_about(self.desk.who, back=True)
        self._carry_out(act, do.Undo(act.group if named else ""), expected, asked=asked)

    def _carry_out(
        self, act: Act, command: do.Undo | do.Redo, expected: Cells | None, *, asked: bool
    ) -> None:
        who, kind = self.desk.who, type(command).__name__.lower()
        outcome = self.desk.submit(command)
        said_unsure = isinstance(outcome, Failed) and outcome.why == "unsure"
        if said_unsure != asked:
            self._tell(f"{kind} of {act.kind} asked: {said_unsure}, should: {asked}; {outcome}")
        if isinstance(outcome, Failed) and outcome.why == "unsure":
            self.figures[f"{kind} asked about"] += 1
            if (outcome.group, outcome.touched) != (act.group, act.touched):
                self._tell(f"asked about {outcome.group}, {outcome.touched}, not {act.group}")
            outcome = self.desk.submit(type(command)(outcome.group, sure=True))
        now = cells_of(self.desk)
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
        now = cells_of(self.desk)
        if now != self.cells:
            self._tell(f"after {kind} the store is not as it was left: {now.keys() ^ self.cells}")
        settings = {one.id: one for one in self.desk.settings()}
        for file in self.desk.caseload():
            setting = settings.get(file.child.setting_id or "")
            if self.desk.rules.deadlines(file.child, setting, file.facts) != file.deadlines:
                self._tell(
                    f"after {kind} dates of {file.child.reference} differ from a fresh count"
                )
        for who in PEOPLE:
            self.desk.who = who
            offered = self.desk.last_undo(), self.desk.last_redo()
            meant = self.model.undo_of(who), self.model.redo_of(who)
            groups = [one[0] if one else "" for one in offered]
            if groups != [one.group if one else "" for one in meant]:
                self._tell(f"after {kind} {who} is offered {offered}, not {meant}")
        if self.at % EVERY == 0:
            for sentence in self.desk.check():
                self._tell(f"check: {sentence}")

    def _tell(self, words: str) -> None:
        self.wrong.append(f"seed {self.seed}, act {self.at}: {words}")

    # What is drawn

    def _command(self, kind: str) -> do.Command | None:
        if kind == "add child":
            fields = self._person() | {"setting_id": self._setting()}
            return do.AddChild(fields, another=True)
        if kind == "add setting":
            return do.AddSetting(f"School {self.dice.randrange(40)}", "primary", 6)
        if kind == "add caseworker":
            return do.AddCaseworker(f"Officer {self.dice.randrange(40)}")
        if kind == "change setting":
            return self._changed_setting()
        children = [file.child for file in self.desk.caseload()]
        if not children:
            return None
        if kind == "reassign":
            workers = [None, *(one.id for one in self.desk.caseworkers())]
            some = self.dice.sample(children, self.dice.randint(1, len(children)))
            return do.Reassign(tuple(one.id for one in some), self.dice.choice(workers))
        if kind in ("merge", "tell apart"):
            one, other = self.dice.choice(children), self.dice.choice(children)
            if kind == "merge":
                return do.MergeChildren(one.id, one.version, other.id, other.version)
            return do.TellApart(one.id, one.version, other.id)
        if kind in ("take", "drop"):
            return self._proposal(kind, children)
        # Often the same few: what two people do is to rest on what the other did.
        child = self.dice.choice(children[:2] if self.dice.random() < _SAME else children)
        if kind == "change child":
            return do.ChangeChild(child.id, child.version, self._other_fields())
        return self._of_facts(kind, child)

    def _proposal(self, kind: str, children: list[Child]) -> do.Command | None:
        found = [(child, one) for child in children for one in child.open_proposals]
        if not found:
            return None
        child, one = self.dice.choice(found)
        if kind == "take":
            return do.TakeProposal(child.id, child.version, one.field, one.value)
        return do.DropProposal(child.id, child.version, one.field, one.value)

    def _of_facts(self, kind: str, child: Child) -> do.Command | None:
        facts = self.desk.case(child.id).facts
        key, seen = child.id, child.version
        if kind == "record":
            return self._recorded(key, seen)
        if not facts:
            return None
        fact = self.dice.choice(facts)
        if kind == "change fact":
            return do.ChangeFact(key, seen, fact.id, self._day())
        if kind == "remove fact":
            return do.RemoveFact(key, seen, fact.id, "not so")
        if kind == "split":
            some = self.dice.sample(facts, self.dice.randint(1, len(facts)))
            who = self._person()
            ids = tuple(one.id for one in some)
            born = who["born"]
            assert isinstance(born, date)
            return do.SplitChild(key, seen, ids, str(who["surname"]), str(who["forename"]), born)
        both = (
            self._recorded(key, seen),
            do.RemoveFact(key, seen, fact.id, "not so"),
        )
        return do.Together(both, "2 dates pasted")

    def _recorded(self, key: str, seen: int) -> do.RecordFact:
        fact = self._fact()
        return do.RecordFact(key, seen, fact.kind, fact.on, fact.detail, fact.episode)

    def _fact(self) -> Fact:
        spec = KINDS[self.dice.choice(list(KINDS))]
        detail: dict[str, Detail] = {}
        for one in spec.keys:
            if one.required or self.dice.random() < 0.5:
                day: Detail = self._day() if one.type == "date" else "A"
                detail[one.name] = (
                    self.dice.choice(sorted(one.choices)) if one.type == "choice" else day
                )
        return Fact(spec.kind, self._day(), detail, self.dice.choice([None, None, "r1"]))

    def _day(self) -> date:
        return date(2022, 1, 1) + timedelta(days=self.dice.randrange(1700))

    def _person(self) -> dict[str, str | int | date | None]:
        born = date(2012, 1, 1) + timedelta(days=self.dice.randrange(3) * 400)
        given = {
            "surname": self.dice.choice(_SURNAMES),
            "forename": self.dice.choice(_FORENAMES),
            "born": born,
        }
        return dict(given)

    def _other_fields(self) -> dict[str, str | int | date | None]:
        fields: dict[str, str | int | date | None] = {
            "need": self.dice.choice(["", *_NEEDS]),
            "comment": self.dice.choice(["", "moved", "LAC"]),
            "setting_id": self._setting(),
            "actual_year": self.dice.choice([None, 3, 6]),
            "forename": self.dice.choice(_FORENAMES),
            "reference": f"NB{self.dice.randrange(30)}",
        }
        names = self.dice.sample(sorted(fields), self.dice.randint(1, 4))
        return {name: fields[name] for name in names}

    def _setting(self) -> str | None:
        return self.dice.choice([None, *(one.id for one in self.desk.settings())])

    def _changed_setting(self) -> do.Command | None:
        settings = self.desk.settings()
        if not settings:
            return None
        one = self.dice.choice(settings)
        name = self.dice.choice([one.name, f"School {self.dice.randrange(40)}"])
        kind = self.dice.choice(["primary", "special", None])
        return do.ChangeSetting(one.id, one.version, name, kind, self.dice.choice([6, 11, None]))

    def _file(self) -> Incoming:
        """A tracker of children who are there, are nearly there, or are new."""
        name = f"tracker{len(self.files)}.xlsx"
        known = [file.child for file in self.desk.caseload()]
        cases: dict[str, IncomingCase] = {}
        for row in range(self.dice.choice([1, 3, 6, 14])):
            who = self._person()
            reference = f"NB{self.dice.randrange(30)}"
            if known and self.dice.random() < 0.6:
                child = self.dice.choice(known)
                reference = child.reference
                kept = {"surname": child.surname, "forename": child.forename, "born": child.born}
                # One of them may differ: the same child written otherwise, or another child.
                other = self.dice.choice(["", "", "surname", "forename", "born"])
                who |= {name: value for name, value in kept.items() if name != other and value}
            facts = in_order(tuple(self._fact() for _ in range(self.dice.randrange(3))))
            born = who["born"]
            assert isinstance(born, date)
            cases.setdefault(
                reference,
                IncomingCase(
                    Place(name, "Reviews", row + 2),
                    reference,
                    str(who["surname"]),
                    str(who["forename"]),
                    born,
                    need=self.dice.choice(["", *_NEEDS]),
                    setting=self.dice.choice(["", f"School {self.dice.randrange(40)}"]),
                    caseworker=self.dice.choice(["", f"Officer {self.dice.randrange(40)}"]),
                    facts=facts,
                ),
            )
        found = tuple(cases.values())
        return Incoming(files=(name,), rows_read=len(found), cases=found)
