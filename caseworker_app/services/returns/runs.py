"""Kept returns: every one that is written stays, with its figures, rows, rules and data.

A return of another kind is kept by `keep` too: it gives its parameters and its figures as bytes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.declarations.return_runs import BOARD, ReturnRun
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.kept import packed, renamed
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.text import is_row_id
from caseworker_app.services.clock import stamp
from caseworker_app.services.heads import sign
from caseworker_app.services.returns.open_data import renew
from caseworker_app.services.returns.run_bodies import body_of
from caseworker_app.services.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from caseworker_app.domain.department.sheets import DepartmentReturn
    from caseworker_app.services.ports import Reading, RulePack, Writing
    from caseworker_app.services.returns.counting import Asked, Counted
    from caseworker_app.services.situation import Situation

RUN = kind_of(ReturnRun)


@dataclass(frozen=True, slots=True)
class NewRun:
    """A return that is about to be written.

    Attributes:
        what: a key of `RETURNS`.
        parameters: what it was asked for, for JSON: days as ISO.
        figures: its figures and rows, with ids of children and no names.
        rules: by which it was counted.
        data: `Reading.head` of the moment in which it was counted.
        public: it may be published.
        editions: what protects returns published later, that of these figures last.
    """

    what: str
    parameters: Mapping[str, Any]
    figures: bytes
    rules: RulePack
    data: str
    public: bool = False
    editions: tuple[Edition, ...] = ()


def of_board(counted: Counted, asked: Asked) -> NewRun:
    """A board return that was counted, to be kept."""
    parameters = {
        "from": asked.period.start.isoformat(),
        "to": asked.period.end.isoformat(),
        "as_at": asked.as_at.isoformat(),
        "edition": asked.audience.value,
    }
    if asked.known_at is not None:
        parameters["known_at"] = asked.known_at.isoformat()
    return NewRun(
        BOARD,
        parameters,
        packed(renamed(counted.whole, counted.ids), counted.shown),
        counted.rules,
        counted.data,
        asked.audience.suppressed,
        counted.editions,
    )


def of_department(
    made: DepartmentReturn,
    editions: tuple[Edition, ...],
    rules: RulePack,
    data: str,
    behind: Mapping[str, Any],
) -> NewRun:
    """Files of the Department's shape that were counted, to be kept: every figure of every row.

    `behind` is what is kept of the things counted, without names.
    """
    sheets = {
        sheet.layout.name: [[row.heading, row.words, dict(row.values)] for row in sheet.rows]
        for sheet in made.sheets
    }
    told = {
        "council": made.council,
        "la_number": made.la_number,
        "survey_day": made.survey_day.isoformat(),
        "sheets": sheets,
        "lacking": list(made.lacking),
        "behind": behind,
        "rows": {},
    }
    parameters = {
        "year": made.year,
        "as_at": made.as_at.isoformat(),
        "edition": "board" if made.suppressed else "team",
    }
    figures = zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)
    return NewRun("department", parameters, figures, rules, data, made.suppressed, editions)


@contextmanager
def kept(session: Situation, new: NewRun) -> Iterator[str]:
    """Keep a return while its file is written; the value is the id of the run.

    It is kept first, so that nothing is published that is not remembered, and taken back where the
    block fails.
    """
    key = keep(session, new)
    try:
        yield key
    except BaseException:
        _take_back(session, key)
        raise
    if new.public:
        # What was wrong before is for `check` to say; the return is out.
        sign(session, "returned")


def keep(session: Situation, new: NewRun) -> str:
    """Keep a return; the value is the id of the run."""
    with session.store.writing() as unit:
        work = _work(session, unit)
        run = ReturnRun(
            id=unit.allot(RUN.name, 1)[0],
            what=new.what,
            parameters=json.dumps(new.parameters, sort_keys=True),
            figures=_keep_body(unit, new.figures),
            protection=" ".join(_keep_body(unit, one.packed()) for one in new.editions),
            public=new.public,
            rule_pack=new.rules.version,
            rules=new.rules.fingerprint,
            program=session.offered.application,
            data=new.data,
            made_by=session.who,
            made_at=stamp(session.clock.now()),
        )
        work.add(run, f"{run.words} {'published' if new.public else 'written'}")
        work.finish()
        if new.public:
            renew(unit, unit.all_of(RUN).values())
    return run.id


def _take_back(session: Situation, key: str) -> None:
    """Forget a run whose file could not be written."""
    with session.store.writing() as unit:
        work = _work(session, unit)
        run: ReturnRun = work.one_of(RUN, key)
        work.remove(RUN, key, f"{run.words} not kept: its file could not be written")
        work.finish()
        left = {
            digest for one in unit.all_of(RUN).values() if one.id != key for digest in one.bodies
        }
        for digest in set(run.bodies) - left:
            unit.drop_body(digest)
        if run.public:
            renew(unit, unit.all_of(RUN).values())


def _work(session: Situation, unit: Writing) -> UnitOfWork:
    rules = session.rules_in(unit)
    work = UnitOfWork(unit, rules, session.clock.now(), session.who, offered=session.offered)
    # No key takes it back: what was published stays published.
    work.kind = "note"
    return work


def _keep_body(unit: Writing, body: bytes) -> str:
    if not body:
        return ""
    digest = hashlib.sha256(body).hexdigest()
    unit.keep_body(digest, body)
    return digest


def runs(session: Situation) -> tuple[ReturnRun, ...]:
    """Every run that the person may see, the newest first."""
    with session.store.reading() as reading:
        found = reading.all_of(RUN).values()
    seen = (one for one in found if session.person.may(one.area, Right.READ))
    return tuple(sorted(seen, key=lambda one: -one.number))


def run_of(session: Situation, key: str) -> ReturnRun:
    """One run. Raises `Refused` where there is none, or it is not for the person."""
    with session.store.reading() as reading:
        found = reading.all_of(RUN, (key,)).get(key) if is_row_id(key) else None
    if found is None:
        raise Refused(f"There is no kept return {key}.", "id")
    session.person.ask(found.area, Right.READ)
    ask_for_edition(session, str(found.asked.get("edition", "")))
    run: ReturnRun = found
    return run


def ask_for_edition(session: Situation, edition: str) -> None:
    """Ask whether the person may see an edition. Raises `Refused`."""
    if edition == Audience.MANAGERS:
        # Who may hand work over may see how it is shared out.
        session.person.ask("bulk", Right.READ)


def published_before(reading: Reading) -> tuple[Edition, ...]:
    """Every board return that was published, the first first, and each once.

    One that was withdrawn is among them, unless it never left the house.

    Raises:
        Unreadable: what was kept of one cannot be read.
    """
    standing: dict[str, bool] = {}
    for one in sorted(reading.all_of(RUN).values(), key=lambda one: one.number):
        for digest in () if one.never_left else one.protections:
            standing[digest] = standing.get(digest, False) or one.withdrawn_on is None
    return tuple(
        replace(edition_of(body_of(reading, digest)), withdrawn=not stands)
        for digest, stands in standing.items()
    )
