"""A team's database with people at work in it, each a process; what they were told, held to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from _team_person import Work

from caseworker_app import bootstrap
from caseworker_app.domain.access import OPENED, WRITTEN
from caseworker_app.domain.permissions import ROLES
from caseworker_app.services.people import add_person
from caseworker_app.services.session import Session
from caseworker_app.store.audit import APPEND
from tests.support.commands import reassign
from tests.support.postgres import Server
from tests.support.project import ROOT
from tests.support.sessions import done

_PERSON = Path(__file__).with_name("_team_person.py")
READS = ("today", "today", "search", "case", "case")
ACTS = {
    "caseworker": (*READS, "record", "record", "contact", "bulk", "export"),
    "senior": (*READS, "record", "contact", "bulk", "export", "board"),
    "data": (*READS, "record", "contact", "bulk", "export"),
    "quality": ("today", "case", "case"),
    "administrator": ("today", "search", "case"),
    "reader": (*READS, "export"),
}
"""By role, what they do, drawn evenly."""
TWELVE = (*["caseworker"] * 6, "senior", "senior", "data", "quality", "administrator", "reader")
RUSH = ("record", "record", "contact", "today")
_HOLD = "caseworker", "senior"
_WEIGHED = "save", "bulk", "today", "case", "search", "export", "board"


@dataclass
class Council:
    """One council's database, as the server's administrator.

    Attributes:
        people: by log-in, the role.
        holders: the keys of those who hold cases.
        since, facts, contacts: the last entry of the trail and the last keys before they came.
        told: what each was told, a line each.
    """

    server: Server
    url: str
    people: dict[str, str] = field(default_factory=dict)
    holders: tuple[str, ...] = ()
    since: int = 0
    facts: int = 0
    contacts: int = 0
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    twin: str = ""

    @property
    def name(self) -> str:
        """Of its database."""
        return name_of(self.url)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds, past Caseworker."""
        return self.server.run(query, self.name)

    def as_(self, who: str, url: str = "") -> str:
        """The address as somebody."""
        return (url or self.url).replace("test@", f"{who}@", 1)

    def begin(self) -> None:
        """Keep how it stands before anybody comes, and forget what they were told before."""
        ((self.since, self.facts, self.contacts),) = self.rows(
            "SELECT (SELECT max(seq) FROM audit), (SELECT coalesce(max(id), 0) FROM fact), "
            "(SELECT coalesce(max(id), 0) FROM contact)"
        )
        self.told = {}

    def session(self, role: str) -> Session:
        """The application, as the first of a role."""
        who = next(one for one, of in self.people.items() if of == role)
        return bootstrap.open_session(self.as_(who))


def name_of(url: str) -> str:
    """The name of the database at an address."""
    return urlsplit(url).path[1:]


def council(server: Server, url: str, roles: Sequence[str]) -> Council:
    """Make a store a team's, with people of some roles who share its cases."""
    assert not bootstrap.set_up_team(url).faults
    made = Council(server, url)
    session = bootstrap.open_session(url)
    for number, role in enumerate(roles, 1):
        who = f"{role}_{number}_{made.name}"
        server.run(f'CREATE ROLE "{who}" LOGIN IN ROLE "{made.name}_people"')
        # The first of all becomes a person with every role: the server's administrator.
        add_person(session, who, {role}, "", None)
        made.people[who] = role
    ids = {one.name: one.id for one in session.caseworkers()}
    made.holders = tuple(ids[who] for who, role in made.people.items() if role in _HOLD)
    cases = sorted(session.cases(), key=lambda one: int(one.id))
    for at, worker in enumerate(made.holders):
        done(session, reassign([one.id for one in cases[at :: len(made.holders)]], worker))
    session.close()
    made.begin()
    return made


def copy_of(made: Council) -> str:
    """A team's database copied under another name, for the same people; its address."""
    url = made.server.database(made.name)
    # A copy lets those in who may work in what it was copied from.
    for role in ("people", *ROLES):
        for what in ("ALL TABLES IN SCHEMA", "ALL FUNCTIONS IN SCHEMA", "SCHEMA"):
            taken = f'REVOKE ALL ON {what} public FROM "{made.name}_{role}"'
            made.server.run(taken, name_of(url))
    faults = bootstrap.set_up_team(url).faults
    assert not faults, faults
    return url


def with_twin(made: Council) -> None:
    """Make the twin: what is saved is written to it too, by plain SQL, in any order."""
    made.twin = copy_of(made)
    name = name_of(made.twin)
    ((text,),) = made.server.run(
        f"SELECT pg_get_functiondef('{APPEND}(jsonb)'::regprocedure)", name
    )
    refusal = "RAISE EXCEPTION 'audit entries are only added at the end';"
    assert refusal in text
    made.server.run(text.replace(refusal, "NULL;"), name)
    made.server.run("ANALYZE", name)
    made.server.run("ANALYZE", made.name)


class AtWork:
    """People who have opened the store, each in a process with a home of their own."""

    def __init__(self, folder: Path, works: Iterable[tuple[Council, Work]]) -> None:
        self._folder = folder
        self._works = list(works)
        self._processes: list[subprocess.Popen[str]] = []

    def run(self, seconds: float) -> None:
        """Let all of them work for so long at once, and keep what they were told."""
        with ExitStack() as stack:
            for _, work in self._works:
                self._processes.append(stack.enter_context(self._start(work)))
            for process in self._processes:
                assert process.stdout is not None
                process.stdout.readline()
            for process in self._processes:
                assert process.stdin is not None
                process.stdin.write(f"{seconds}\n")
                process.stdin.flush()
        for (of, work), process in zip(self._works, self._processes, strict=True):
            lines = Path(work.out).read_text(encoding="utf-8").splitlines()
            told = of.told.setdefault(work.who, [])
            told += map(json.loads, lines)
            if process.returncode:
                told.append({"error": "broke off", "act": "", "said": str(process.returncode)})

    def _start(self, work: Work) -> subprocess.Popen[str]:
        home = Path(work.out).with_suffix(".home")
        home.mkdir()
        return subprocess.Popen(
            [sys.executable, _PERSON, work.told()],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "HOME": str(home),
                **{f"XDG_{one}_HOME": str(home) for one in ("DATA", "CACHE", "STATE", "CONFIG")},
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def works(
    made: Council, folder: Path, many: int, pause: float, seed: int, acts: Sequence[str] = ()
) -> list[tuple[Council, Work]]:
    """The work of the first so many: of `acts` those of their role, or all of their role."""
    return [
        (
            made,
            Work(
                made.as_(who),
                made.as_(who, made.twin) if made.twin else "",
                who,
                role == "caseworker",
                made.holders,
                tuple(one for one in acts or ACTS[role] if one in ACTS[role]),
                pause,
                seed * 1000 + number,
                str(folder / f"{who}-{seed}.lines"),
            ),
        )
        for number, (who, role) in enumerate(list(made.people.items())[:many])
    ]


def wrong(made: Council) -> Iterator[str]:
    """Where the database and what people were told part, a sentence each."""
    yield from _forks(made)
    confirmed = {
        int(one["group"]): (who, one)
        for who, told in made.told.items()
        for one in told
        if one.get("group")
    }
    changes = f"WHERE seq > {made.since} AND kind = 'change'"
    trail = dict(made.rows(f"SELECT grp, min(who) FROM audit {changes} GROUP BY grp"))  # noqa: S608  (numbers of ours)
    for group, (who, one) in confirmed.items():
        if trail.get(group) != who:
            yield f"lost: entry {group} of {who}, {one['act']}, is {trail.get(group)!r}'s"
    for group in sorted(trail.keys() - confirmed.keys()):
        if trail[group] in made.people:
            yield f"entry {group} of {trail[group]} was told nobody"
    yield from _lost_rows(made, confirmed)
    yield from _lost_looks(made)
    session = made.session("administrator")
    yield from (f"check: {one}" for one in session.check())
    session.close()


def _forks(made: Council) -> Iterator[str]:
    query = "SELECT count(*), max(seq), count(DISTINCT prev), count(DISTINCT hash) FROM audit"
    ((entries, last, links, hashes),) = made.rows(query)
    if len({entries, last, links, hashes}) > 1:
        yield f"a fork: {entries} entries up to {last}, {links} links, {hashes} hashes"


def _lost_rows(made: Council, confirmed: dict[int, tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """What was confirmed, held to the rows themselves, and they to it."""
    told: Counter[tuple[Any, ...]] = Counter()
    last: dict[str, tuple[str, str]] = {}
    for _, (who, one) in sorted(confirmed.items()):
        if one["act"] == "record":
            told[int(one["child"]), one["kind"], date.fromisoformat(one["on"])] += 1
        elif one["act"] == "contact":
            told[int(one["child"]), one["name"]] += 1
        else:
            last |= dict.fromkeys(one["children"], (who, one["worker"]))
    facts = f"SELECT child_id, kind, day FROM fact WHERE id > {made.facts}"  # noqa: S608
    contacts = f"SELECT child_id, name FROM contact WHERE id > {made.contacts}"  # noqa: S608
    kept = Counter(made.rows(facts)) + Counter(made.rows(contacts))
    yield from (f"lost: {one} {many} times" for one, many in (told - kept).items())
    yield from (f"{one} was told nobody {many} times" for one, many in (kept - told).items())
    holders = {str(key): str(held or "") for key, held in made.rows(_HOLDERS)}
    for child, (who, worker) in last.items():
        if holders.get(child) != worker:
            yield f"lost: {who} gave case {child} to {worker}; here it is {holders.get(child)}'s"


_HOLDERS = "SELECT id, caseworker_id FROM child"


def _lost_looks(made: Council) -> Iterator[str]:
    """Who looked, a case once an hour, and what was written out; it is kept before it leaves."""
    query = "SELECT who, act, how_many, count(*) FROM access GROUP BY who, act, how_many"
    kept = Counter({(who, act, many): times for who, act, many, times in made.rows(query)})
    for who, told in made.told.items():
        opened = {one["child"] for one in told if one.get("act") == "case" and "child" in one}
        if len(opened) > kept[who, OPENED, 1]:
            yield f"lost: {who} opened {len(opened)} cases, kept {kept[who, OPENED, 1]}"
        out = Counter(one["many"] for one in told if one.get("act") == "export" and "many" in one)
        for many, times in out.items():
            if kept[who, WRITTEN, many] < times:
                yield f"lost: {who} wrote {times} lists of {many}, kept {kept[who, WRITTEN, many]}"


def figures(made: Council, what: str) -> Iterator[str]:
    """What was confirmed, what was refused, and how long it took, a line each."""
    lines = [one for told in made.told.values() for one in told]
    acts = Counter(one["act"] for one in lines if "act" in one and "error" not in one)
    yield f"{what}: confirmed " + ", ".join(f"{act} {many}" for act, many in sorted(acts.items()))
    errors = Counter((one["error"], one["act"], one["said"]) for one in lines if "error" in one)
    for (kind, act, said), many in errors.most_common():
        yield f"{what}: {many} times {kind} at {act}: {said}"
    took: dict[str, list[tuple[float, float]]] = {}
    for one in lines:
        if "time" in one:
            took.setdefault(one["time"], []).append((one["took"], one["worked"]))
    for name in _WEIGHED:
        if len(took.get(name, ())) > 1:
            yield f"{what}: {name} {_spread(took[name])}" + _beside(took, name)


def _beside(took: dict[str, list[tuple[float, float]]], name: str) -> str:
    plain = took.get(f"plain {name}", [])
    if len(plain) < 2:
        return ""
    mine, theirs = (_cut([lasted for lasted, _ in some]) for some in (took[name], plain))
    half, most = (one / other for one, other in zip(mine, theirs, strict=True))
    return f"; by plain SQL {_spread(plain)}: {half:.1f} and {most:.1f} times"


def _spread(took: Sequence[tuple[float, float]]) -> str:
    """How long it lasted, and how long the one who asked worked for it."""
    half, most = (1000 * one for one in _cut([lasted for lasted, _ in took]))
    worked = 1000 * _cut([worked for _, worked in took])[0]
    own = f"(own processor {worked:,.0f} ms)"
    return f"p50 {half:,.0f} ms, p99 {most:,.0f} ms of {len(took):,} {own}"


def _cut(took: Sequence[float]) -> tuple[float, float]:
    """The middle and the 99th of a hundred."""
    cuts = quantiles(took, n=100, method="inclusive")
    return cuts[49], cuts[98]


def mended(made: Council) -> Iterator[str]:
    """What a retry would have mended, a sentence each; there should be none."""
    for who, told in made.told.items():
        for one in told:
            if one.get("error") in ("unavailable", "bug", "broke off"):
                yield f"{who}, {one['act']}: {one['error']}: {one['said']}"


assert set(ACTS) == set(ROLES)
