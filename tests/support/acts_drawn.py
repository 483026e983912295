"""Any command and any tracker that fits a store as it is, drawn for sessions of random acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from caseworker_app.domain.facts import KINDS, Detail, Fact, in_order
from caseworker_app.domain.incoming import Incoming, IncomingCase, Place
from caseworker_app.domain.people import Child
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, change_setting, reassign

_SAME = 0.7
_SURNAMES = ("Brown", "Okafor", "O\u2019Neill", "\u015eahin", "Vale", "Quill", "Miah", "Pike")
_FORENAMES = ("Tariq", "Grace", "Ada", "No\u00e9", "Leo", "Cleo")
_NEEDS = ("ASD", "MLD", "SEMH", "SLCN")


@dataclass
class Drawing:
    """Dice, and the session whose store the commands are to fit."""

    dice: Random
    session: Session

    def command(self, kind: str) -> do.Command | None:
        """A command of a kind, or None where there is nothing to do it with."""
        if kind == "add child":
            fields = self._person() | {"setting_id": self._setting()}
            return do.AddChild(fields, another=True)
        if kind == "add setting":
            return add_setting(f"School {self.dice.randrange(40)}", "primary", 6)
        if kind == "add caseworker":
            return add_caseworker(f"Officer {self.dice.randrange(40)}")
        if kind == "change setting":
            return self._changed_setting()
        children = [file.child for file in self.session.caseload()]
        if not children:
            return None
        if kind == "reassign":
            workers = [None, *(one.id for one in self.session.caseworkers())]
            some = self.dice.sample(children, self.dice.randint(1, len(children)))
            return reassign(tuple(one.id for one in some), self.dice.choice(workers))
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
        facts = self.session.case(child.id).facts
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
        return self.dice.choice([None, *(one.id for one in self.session.settings())])

    def _changed_setting(self) -> do.Command | None:
        settings = self.session.settings()
        if not settings:
            return None
        one = self.dice.choice(settings)
        name = self.dice.choice([one.name, f"School {self.dice.randrange(40)}"])
        kind = self.dice.choice(["primary", "special", None])
        return change_setting(one.id, one.version, name, kind, self.dice.choice([6, 11, None]))

    def file(self, name: str) -> Incoming:
        """A tracker of children who are there, are nearly there, or are new."""
        known = [file.child for file in self.session.caseload()]
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
