"""So many councils on one PostgreSQL server: one council's work while the others do theirs."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from _team_at_work import (
    AtWork,
    Council,
    copy_of,
    council,
    figures,
    mended,
    name_of,
    works,
    wrong,
)

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Unavailable
from tests.support.postgres import Server, server

COUNT = 150
"""Councils."""
CHILDREN = 5300
"""Of whom about 4,000 have a plan."""
_BESIDE = 11
"""Councils at work at the same time as the one that is measured: as many as two processors bear."""
_MINUTES = 2
_ONE, _OTHERS = 1.0, 3.0
"""Seconds between two things that somebody does, on average."""
_ACTS = ("today", "case", "record")
_RETURNS = (*_ACTS, "board")
_SLOW = 200
"""Milliseconds from which a plan of a query is told."""
_SETTINGS = (
    *("session_preload_libraries=auto_explain", f"auto_explain.log_min_duration={_SLOW}"),
    *("shared_preload_libraries=pg_stat_statements", "log_min_duration_statement=-1"),
)
_SEEN = 12
_STATEMENTS = """
SELECT sum(calls), sum(total_exec_time) / sum(calls), max(max_exec_time), min(query)
FROM pg_stat_statements
WHERE query !~ 'pg_database' AND query ~* '^ *(SELECT|WITH|INSERT|UPDATE|DELETE)'
GROUP BY left(query, 200) ORDER BY 2 DESC LIMIT 6
"""


def prove(count: int = COUNT, seed: int = 7) -> Iterator[str]:
    """Make the councils, let one work alone and then beside others, and fill the server.

    Args:
        count: how many councils.
        seed: of the children and of what is done.

    Returns:
        Times, the slowest statements with their plans, what broke first, and what is wrong.
    """
    with server(in_earnest=True, also=_SETTINGS) as running, tempfile.TemporaryDirectory() as own:
        folder = Path(own)
        url = running.database()
        bootstrap.demo(url, children=CHILDREN, seed=seed)
        one = council(running, url, ("caseworker", "senior", "administrator"))
        one.rows("VACUUM ANALYZE")
        running.run("CREATE EXTENSION pg_stat_statements")
        every = [one, *(replace(one, url=copy_of(one), told={}) for _ in range(count - 1))]
        yield from _size(running, one, count)
        for what, at_work in (("alone", 0), ("beside others", _BESIDE)):
            yield from _measured(every[: 1 + at_work], folder, f"{what}", seed + at_work)
        yield from _slowest(running)
        yield from _breaks(running, every)


def _size(running: Server, one: Council, count: int) -> Iterator[str]:
    ((cases, plans),) = one.rows(
        "SELECT count(*), count(*) FILTER (WHERE id IN "
        "(SELECT child_id FROM fact WHERE kind = 'plan_sent')) FROM child"
    )
    ((every, largest),) = running.run(
        "SELECT pg_size_pretty(sum(pg_database_size(oid))), "
        "pg_size_pretty(max(pg_database_size(oid))) FROM pg_database"
    )
    yield (
        f"{count} councils of {cases:,} cases, {plans:,} of them with a plan: "
        f"{count * plans:,} in all, {every} on the disk, {largest} the largest"
    )


def _measured(some: Sequence[Council], folder: Path, what: str, seed: int) -> Iterator[str]:
    """Let some councils work, and tell of the first."""
    told = []
    for at, of in enumerate(some):
        of.begin()
        here = folder / f"{what}-{at}"
        here.mkdir()
        pause, acts = (_ONE, _RETURNS) if not at else (_OTHERS, _ACTS)
        told += works(of, here, 2, pause, seed * 100 + at, acts)
    AtWork(folder, told).run(_MINUTES * 60)
    yield f"{what}: {len(told)} people in {len(some)} councils, {_MINUTES} minutes"
    yield from figures(some[0], what)
    for at, of in enumerate(some):
        for said in (*(wrong(of) if not at else ()), *mended(of)):
            yield f"WRONG {what}, council {at + 1}: {said}"


def _slowest(running: Server) -> Iterator[str]:
    for calls, mean, most, query in running.run(_STATEMENTS):
        words = " ".join(query.split())[:160]
        yield f"statement: {calls:,} times, mean {mean:,.1f} ms, most {most:,.0f} ms: {words}"
    log = (running.folder / "log").read_text(errors="replace")
    plans = re.findall(r"duration: ([\d.]+) ms  plan:\n((?:\t.*\n)+)", log)
    seen: set[str] = set()
    for took, plan in sorted(plans, key=lambda found: -float(found[0])):
        query, _, rest = " ".join(plan.split()).partition("(cost=")
        if query[:120] in seen or len(seen) == 3:
            continue
        seen.add(query[:120])
        yield f"plan of {float(took):,.0f} ms: {query[:160]}"
        lines = [line for line in plan.splitlines() if "cost=" in line]
        yield from (f"  {line.expandtabs(2)[:140]}" for line in lines[:_SEEN])
        assert rest


def _breaks(running: Server, every: Sequence[Council]) -> Iterator[str]:
    """Open one window after another until the server takes no more; what each of them costs."""
    ((most,),) = running.run("SHOW max_connections")
    before = _connections(running)
    opened = []
    try:
        for of in every:
            session = of.session("caseworker")
            session.today_lines(7)
            opened.append(session)
            if len(opened) == _SEEN:
                break
        each = (_connections(running) - before) / len(opened)
        windows = int(int(most) / each)
        yield (
            f"an open window keeps {each:.1f} connections of {_memory(running):,.1f} MB each: "
            f"max_connections={most} lets {windows:,} windows in, and 150 councils of 12 people "
            f"want {150 * 12 * each:,.0f}"
        )
    finally:
        for session in opened:
            session.close()
    yield from _refused(running, every[0], int(most))


def _refused(running: Server, of: Council, most: int) -> Iterator[str]:
    """Fill the server, and open one window more."""
    who = next(iter(of.people))
    held: list[psycopg.Connection[Any]] = []
    with suppress(psycopg.OperationalError):
        while len(held) < most:
            held += [psycopg.connect(of.as_(who).replace("+psycopg", "", 1))]
    try:
        of.session("caseworker").close()
        yield "WRONG a full server let one more in"
    except Unavailable as error:
        said = error.sentence.replace(name_of(of.url), "…").replace(str(running.folder), "…")
        yield f"with {len(held)} connections the next window says: {said}"
    finally:
        for connection in held:
            connection.close()


def _connections(running: Server) -> int:
    ((many,),) = running.run(
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    )
    return int(many)


def _memory(running: Server) -> float:
    """What a connection takes of the memory for itself on average, in MB."""
    own = []
    for (pid,) in running.run(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
        "AND pid <> pg_backend_pid()"
    ):
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        own += [int(one) for one in re.findall(r"^Private_\w+:\s+(\d+) kB", told, re.MULTILINE)]
    return sum(own) / 1024 / max(1, _connections(running) - 1)
