"""Somebody of a team at work, in a process of their own: what the store confirmed, and how long.

Run alone. Its argument is what `Work` holds, in JSON. It says `ready`, begins with the line it is
told, and writes a line of JSON for each thing that was confirmed, refused or timed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TextIO

import psycopg
from sqlalchemy import Connection, Engine, event

from caseworker_app import bootstrap
from caseworker_app.domain.access import WRITTEN
from caseworker_app.domain.errors import CaseworkerError, Unavailable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services import commands as do
from caseworker_app.services.restricting import unwrapped
from caseworker_app.services.session import Session
from caseworker_app.store.sql_store import SqlStore

WEEK = 7
_FEW, _MOST = 5, 20
_OF_CASES = ("record", "contact", "bulk", "export")
_PING = ";"
"""What the pool asks a connection that lay idle, to see whether it is still there."""
_KINDS = ("review_meeting_held", "review_report_received", "review_invitations_sent")


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody does.

    Attributes:
        url: the team's database, as them.
        twin: one that began as the same, to which what they save is written by plain SQL, or "".
        who: their name.
        own: whether they write to cases of their own alone.
        colleagues: those to whom they give cases, by key.
        acts: what they do, drawn from these: names of methods of `_Person`.
        pause: between two things, in seconds, on average.
        out: where the lines go.
    """

    url: str
    twin: str
    who: str
    own: bool
    colleagues: tuple[str, ...]
    acts: tuple[str, ...]
    pause: float
    seed: int
    out: str

    def told(self) -> str:
        """It as the argument of this module."""
        return json.dumps(asdict(self))


Step = tuple[int, tuple[str, Any, bool] | None]
"""A connection, and the statement with its values and whether they are many, or None for an end."""


class Heard:
    """The statements that a store sends its server, in order, so that they can be sent again.

    Attributes:
        steps: what was sent.
    """

    def __init__(self, engine: Engine) -> None:
        self.steps: list[Step] = []
        steps = self.steps

        class Hearing(psycopg.Cursor[Any]):
            """A cursor that tells what is sent by it."""

            def execute(self, query: Any, params: Any = None, **how: Any) -> Any:  # noqa: ANN401
                if query != _PING:
                    steps.append((id(self.connection), (query, params, False)))
                return super().execute(query, params, **how)

            def executemany(self, query: Any, params_seq: Any, **how: Any) -> Any:  # noqa: ANN401
                steps.append((id(self.connection), (query, params_seq, True)))
                return super().executemany(query, params_seq, **how)

        def connected(connection: psycopg.Connection[Any], _: object) -> None:
            connection.cursor_factory = Hearing

        # What the store asks of the driver itself the library does not hear of.
        event.listen(engine, "connect", connected)
        engine.dispose()
        for ending in ("commit", "rollback"):
            event.listen(engine, ending, self._ended)

    def _ended(self, connection: Connection) -> None:
        self.steps.append((id(connection.connection.dbapi_connection), None))


class Plain:
    """Sends statements that were heard again, through the driver alone."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("+psycopg", "", 1)
        # Beforehand, as the pool of a store that is open has them.
        self._open = [psycopg.connect(self._url) for _ in range(2)]

    def say(self, steps: list[Step]) -> None:
        """Send them, each transaction as it was. Raises `psycopg.Error`."""
        names = list(dict.fromkeys(name for name, _ in steps))
        while len(self._open) < len(names):
            self._open.append(psycopg.connect(self._url))
        by_name = dict(zip(names, self._open, strict=False))
        try:
            for name, said in steps:
                connection = by_name[name]
                if said is None:
                    connection.commit()
                    continue
                statement, values, many = said
                cursor = connection.cursor()
                if many:
                    cursor.executemany(statement.encode(), values)
                else:
                    cursor.execute(statement.encode(), values)
                if cursor.description:
                    cursor.fetchall()
        except psycopg.Error:
            for connection in self._open:
                connection.rollback()
            raise

    def close(self) -> None:
        """Close the connections."""
        for connection in self._open:
            connection.close()


class _Person:
    """One session with what is done in it."""

    def __init__(self, work: Work, session: Session, out: TextIO) -> None:
        store = unwrapped(session.store)
        assert isinstance(store, SqlStore)
        self._work, self._session, self._out = work, session, out
        self._random = Random(work.seed)  # noqa: S311
        self._heard = Heard(store.engine)
        self._here, self._twin = Plain(work.url), Plain(work.twin) if work.twin else None
        self._cases = self._all = ()  # type: ignore[var-annotated]
        self._today_steps: list[Any] = []
        self._number = 0
        self._look()

    def close(self) -> None:
        """Leave."""
        self._here.close()
        if self._twin is not None:
            self._twin.close()
        self._session.close()

    def work(self, until: float) -> None:
        """Do one thing after another until a moment of the clock that only goes forward."""
        while time.monotonic() < until:
            time.sleep(self._random.expovariate(1 / self._work.pause) if self._work.pause else 0)
            act = self._random.choice(self._work.acts)
            if not self._cases and act in _OF_CASES:
                # They have given all of theirs away: what they were given since they see here.
                act = "search"
            try:
                getattr(self, act)()
            except CaseworkerError as error:
                # One that a retry would mend is of the store; what is refused is refused again.
                busy = isinstance(error, Unavailable)
                self._say(error="unavailable" if busy else "refused", act=act, said=error.sentence)
                if not busy:
                    # The cases are not theirs any more.
                    self._look()

    # What is done

    def today(self) -> None:
        """Read Today as its screen does; beside it the same by plain SQL, each first in turn."""
        first = self._random.random() < 1 / 2
        if first and self._today_steps:
            self._timed("plain today", lambda: self._here.say(self._today_steps))
        self._heard.steps.clear()
        with self._timing("today"):
            self._session.today_lines(WEEK)
        self._today_steps = list(self._heard.steps)
        if not first:
            self._timed("plain today", lambda: self._here.say(self._today_steps))

    def search(self) -> None:
        """Read what a search goes through, and look for a name."""
        with self._timing("search"):
            self._session.sought()
            self._look()
            name = self._random.choice(self._all).surname
            assert any(one.surname == name for one in self._all)

    def _look(self) -> None:
        """Read which cases there are, and which are one's own."""
        self._all = self._session.cases()
        own = tuple(one for one in self._all if one.caseworker == self._work.who)
        self._cases = own if self._work.own else own or self._all

    def case(self) -> None:
        """Open a case."""
        child = self._random.choice(self._cases or self._all).id
        with self._timing("case"):
            self._session.case(child)
            self._session.opened(child)
        self._say(act="case", child=child)

    def record(self) -> None:
        """Record a date of a case; anew where somebody changed the case meanwhile."""
        child, kind = self._random.choice(self._cases).id, self._random.choice(_KINDS)
        on = self._session.today() - timedelta(days=self._random.randrange(60))
        for _ in range(2):
            seen = self._session.case(child).child.version
            done = self._save("record", do.RecordFact(child, seen, kind, on))
            if isinstance(done, Done):
                self._say(act="record", group=done.undo, child=child, kind=kind, on=on.isoformat())
                return
            if done.why != "stale":
                return

    def contact(self) -> None:
        """Add somebody who speaks for a child."""
        child = self._random.choice(self._cases).id
        self._number += 1
        name = f"{self._work.who} {self._work.seed} {self._number}"
        fields = {"child_id": child, "name": name, "relation": "carer"}
        done = self._save("contact", do.AddRecord("contact", fields))
        if isinstance(done, Done):
            self._say(act="contact", group=done.undo, child=child, name=name)

    def bulk(self) -> None:
        """Give some cases to a colleague."""
        many = min(len(self._cases), self._random.randint(_FEW, _MOST))
        some = [one.id for one in self._random.sample(self._cases, many)]
        to = self._random.choice(self._work.colleagues)
        done = self._save("bulk", do.Reassign(dict.fromkeys(some), to))
        if isinstance(done, Done):
            told = list(done.child_ids)
            self._say(act="bulk", group=done.undo, children=told, worker=to)

    def export(self) -> None:
        """Write a list of one's cases' contacts out."""
        theirs = [one.id for one in self._cases[:_MOST]]
        rows = self._session.belonging(theirs[0])
        ids = [row.id for kind, row in rows if kind == "contact"]
        if not ids:
            return
        with self._timing("export"), tempfile.TemporaryDirectory() as folder:
            self._session.ask_export("children", theirs, WRITTEN, "Contacts")
            bootstrap.write_records(self._session, "contact", Path(folder) / "list.xlsx", ids=ids)
        self._say(act="export", many=len(theirs))

    def board(self) -> None:
        """Write the board return of this month out."""
        until = self._session.today()
        with self._timing("board"), tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "board.xlsx"
            bootstrap.board(
                self._session, until.replace(day=1), until, target=target, edition=Audience.TEAM
            )
        self._say(act="board")

    # How it is told

    def _save(self, act: str, command: do.Command) -> Done | Failed:
        self._heard.steps.clear()
        began, worked = time.perf_counter(), time.process_time()
        outcome = self._session.submit(command)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        steps = list(self._heard.steps)
        if isinstance(outcome, Failed):
            self._say(error=outcome.why, act=act, said=outcome.sentence)
            if outcome.why == "refused":
                self._look()
            return outcome
        self._say(time="bulk" if act == "bulk" else "save", took=took, worked=worked)
        twin = self._twin
        if twin is not None:
            self._timed("plain bulk" if act == "bulk" else "plain save", lambda: twin.say(steps))
        return outcome

    def _timed(self, what: str, does: Callable[[], None]) -> None:
        began, worked = time.perf_counter(), time.process_time()
        try:
            does()
        except psycopg.Error as error:
            self._say(error=what, act=what, said=type(error).__name__)
            return
        took, worked = time.perf_counter() - began, time.process_time() - worked
        self._say(time=what, took=took, worked=worked)

    @contextmanager
    def _timing(self, what: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        took, worked = time.perf_counter() - began, time.process_time() - worked
        self._say(time=what, took=took, worked=worked)

    def _say(self, **told: object) -> None:
        print(json.dumps(told), file=self._out, flush=True)


def main() -> None:
    """Open the store, wait to be told how long to work, work, and leave."""
    given = json.loads(sys.argv[1])
    lists = {name: tuple(one) for name, one in given.items() if isinstance(one, list)}
    work = Work(**{**given, **lists})
    with Path(work.out).open("w", encoding="utf-8") as out:
        person = _Person(work, bootstrap.open_session(work.url), out)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        seconds = float(sys.stdin.readline())
        person.work(time.monotonic() + seconds)
        person.close()


if __name__ == "__main__":
    main()
