"""Any day's work, whatever it is: the store stays sound, and undo leads all the way back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.store.places import key_file
from tests.support.commands import add_setting, change_setting, reassign
from tests.support.facts import any_fact
from tests.support.sessions import incoming, incoming_case
from tests.support.stores import session_at

_STEPS = ("record", "change", "remove", "child", "setting", "reassign", "import", "undo", "open")


@dataclass
class Day:
    """A session, and dice for what the strategy leaves open."""

    session: Session
    dice: Random

    def step(self, name: str, data: st.DataObject) -> None:
        """Do one thing of a kind; what cannot be done is refused and changes nothing."""
        before = self.session.history(1)
        command = self._command(name, data)
        if command is None:
            return
        outcome = self.session.submit(command)
        if not isinstance(outcome, Done):
            assert outcome.why == "refused", outcome
            assert self.session.history(1) == before

    def _command(self, name: str, data: st.DataObject) -> do.Command | None:
        if name == "import":
            case = incoming_case(2 + self.dice.randrange(4), need=self.dice.choice(["ASD", "MLD"]))
            facts = tuple(data.draw(st.lists(any_fact(), max_size=3)))
            self.session.apply_import(incoming(replace(case, facts=(*case.facts, *facts))))
            return None
        if name == "open":
            return do.AddChild(
                {"surname": f"S{self.dice.random()}", "forename": "F", "born": date(2014, 1, 1)}
            )
        if name == "undo":
            last = self.session.last_undo()
            return do.Undo(last[0], sure=True) if last else None
        return self._of_child(name, data)

    def _of_child(self, name: str, data: st.DataObject) -> do.Command | None:
        rows = self.session.cases()
        if not rows:
            return None
        row = self.dice.choice(rows)
        if name == "record":
            fact = data.draw(any_fact())
            return do.RecordFact(row.id, row.version, fact.kind, fact.on, fact.detail, fact.episode)
        if name == "child":
            fields = {"need": self.dice.choice(["", "ASD", "SEMH"]), "actual_year": 3}
            return do.ChangeChild(row.id, row.version, fields)
        if name == "setting":
            return self._setting()
        if name == "reassign":
            workers = [None, *(one.id for one in self.session.caseworkers())]
            return reassign(tuple(one.id for one in rows[:3]), self.dice.choice(workers))
        return self._of_fact(name, row.id, row.version)

    def _setting(self) -> do.Command:
        if not self.session.settings():
            return add_setting("Ben Jonson")
        one = self.dice.choice(self.session.settings())
        kind = self.dice.choice(["primary", "special", None])
        return change_setting(one.id, one.version, one.name, kind, self.dice.choice([6, 11, None]))

    def _of_fact(self, name: str, child_id: str, seen: int) -> do.Command | None:
        facts = self.session.case(child_id).facts
        if not facts:
            return None
        fact = self.dice.choice(facts)
        if name == "remove":
            return do.RemoveFact(child_id, seen, fact.id, "wrong")
        day = fact.on.replace(day=1 + self.dice.randrange(28))
        return do.ChangeFact(child_id, seen, fact.id, day)


@settings(max_examples=8)
@given(
    steps=st.lists(st.sampled_from(_STEPS), min_size=4, max_size=14),
    seed=st.integers(0, 999),
    data=st.data(),
)
def test_whatever_is_done_the_store_stays_sound_and_undo_leads_back(
    empty_file: Path, steps: list[str], seed: int, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        where = Path(folder) / "day.store"
        shutil.copy(empty_file, where)
        shutil.copy(key_file(empty_file), key_file(where))
        _work_and_undo(Day(session_at(str(where)), Random(seed)), steps, data)


def _work_and_undo(day: Day, steps: list[str], data: st.DataObject) -> None:
    try:
        for step in ("import", "open", *steps):
            day.step(step, data)
        assert day.session.check() == ()
        rows = {alert.child_id for alert in day.session.alerts()}
        assert rows <= {row.id for row in day.session.cases()}
        while (last := day.session.last_undo()) is not None:
            outcome = day.session.submit(do.Undo(last[0], sure=True))
            assert isinstance(outcome, Done), outcome
        assert (day.session.caseload(), day.session.settings(), day.session.caseworkers()) == (
            (),
            (),
            (),
        )
        assert day.session.check() == ()
    finally:
        day.session.close()
