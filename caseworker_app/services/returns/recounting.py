"""A kept return counted again from the trail, and two of them laid beside each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.return_runs import ReturnRun
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.differences import (
    Difference,
    answered,
    counted_again,
    differences,
)
from caseworker_app.domain.measures.every_figure import OneFigure
from caseworker_app.domain.measures.kept import renamed
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import HistoryRow
from caseworker_app.services.cases.lists import changes_between
from caseworker_app.services.clock import read_stamp
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.counting import Asked, Definitions, count
from caseworker_app.services.returns.explaining import Explained
from caseworker_app.services.returns.kept_boards import kept_board
from caseworker_app.services.returns.runs import run_of
from caseworker_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Again:
    """A kept return as it was counted again.

    Attributes:
        board: what is shown, as it was shown then.
        other: the figures that came to something else than was kept, as they were kept.
        disposed: how many children are counted as they were kept, without a name.
    """

    run: ReturnRun
    board: BoardReturn
    other: tuple[OneFigure, ...]
    disposed: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two returns beside each other.

    Attributes:
        before, now: the runs; `now` is None for a count of today.
        notes: in what they differ beside their figures, a sentence each.
        found: the figures that differ, case by case.
    """

    before: ReturnRun
    now: ReturnRun | None
    notes: tuple[str, ...]
    found: tuple[Explained, ...]


def count_again(
    session: Session, key: str, definitions: Definitions, progress: Progress | None = None
) -> Again:
    """Count a kept board return anew, as its data were known, by the rules of then.

    Raises:
        Refused: there is no such run, or the person may not see cases and trail.
        Unreadable: what was kept of it cannot be read.
        Unavailable: its rules need a newer Caseworker.
    """
    _ask(session)
    run = run_of(session, key)
    with session.store.reading() as reading:
        kept = kept_board(reading, run)
        asked = asked_of(run, kept.whole.council)
        whole = replace(asked, audience=kept.whole.audience)
        made_at = read_stamp(run.made_at)
        counted = count(
            session,
            whole,
            definitions,
            last=run.counted_until,
            made_at=made_at,
            answered=answered(kept.whole),
            progress=progress,
        )
    names = {key: reference for reference, key in counted.ids.items()}
    found = counted_again(kept.whole, renamed(counted.whole, counted.ids), names)
    board = kept.shown(renamed(found.board, names))
    if not asked.audience.suppressed:
        seen = counted.shown
        board = replace(board, overdue=seen.overdue, to_mend=seen.to_mend, lists=seen.lists)
    return Again(run, board, found.other, found.disposed)


def asked_of(run: ReturnRun, council: str) -> Asked:
    """What a board return was asked for."""
    days = run.days
    audience = Audience(run.asked.get("edition", Audience.TEAM))
    period = Period(days["from"], days["to"])
    return Asked(period, days["as_at"], audience, days.get("known_at"), council)


def compare(
    session: Session,
    before: str,
    now: str | None,
    definitions: Definitions,
    progress: Progress | None = None,
    *,
    closed: Collection[str] = (),
) -> Compared:
    """Lay two kept board returns beside each other, or one beside the same counted today.

    Args:
        session: the open store.
        before: the id of one.
        now: that of the other; None counts for the dates of the first by what is known now.
        definitions: what measures there are, for a count of today.
        progress: told how it comes along; may raise `Cancelled`.
        closed: the references of cases that are counted and not named.

    Raises:
        Refused: there is no such run, or the person may not see cases and trail.
        Unreadable: what was kept of one cannot be read.
    """
    _ask(session)
    first = run_of(session, before)
    second = None if now is None else run_of(session, now)
    with session.store.reading() as reading:
        kept = kept_board(reading, first)
        if second is None:
            asked = replace(
                asked_of(first, kept.whole.council), known_at=None, audience=kept.whole.audience
            )
            counted = count(session, asked, definitions, progress=progress)
            other, data = renamed(counted.whole, counted.ids), counted.data
            rules, program = counted.rules.fingerprint, session.offered.application
        else:
            other, data = kept_board(reading, second).whole, second.data
            rules, program = second.rules, second.program
        notes = [*_asked_otherwise(kept.whole, other)]
        if rules != first.rules:
            notes.append("The rules in force changed between them.")
        if program != first.program:
            notes.append(f"They were counted by Caseworker {first.program} and {program}.")
        ends = sorted((first.counted_until, int(data.partition(":")[0] or 0)))
        names = {one.id: one.reference for one in reading.summaries()}
        named = {key: ref for key, ref in names.items() if ref not in closed}
        differ = differences(kept.whole, other)
        found = _explained(reading, differ, named, (ends[0], ends[1]), progress)
    return Compared(first, second, tuple(notes), found)


def _ask(session: Session) -> None:
    for area in ("board", "children", "trail"):
        session.person.ask(area, Right.READ)


def _asked_otherwise(before: BoardReturn, now: BoardReturn) -> list[str]:
    """In what two returns were asked for something else, a sentence each."""
    found = []
    if before.period != now.period:
        found.append(f"Their periods differ: {_period(before)}, and {_period(now)}.")
    if before.as_at != now.as_at:
        found.append(
            f"One is as at {day_words(before.as_at)}, the other as at {day_words(now.as_at)}."
        )
    return found


def _period(board: BoardReturn) -> str:
    return f"{day_words(board.period.start)} to {day_words(board.period.end)}"


def _explained(
    reading: Reading,
    found: tuple[Difference, ...],
    names: Mapping[str, str],
    between: tuple[int, int],
    progress: Progress | None,
) -> tuple[Explained, ...]:
    """Differences with their cases by reference, and what was recorded of these between.

    `names` gives the references by id; a case without one is told without a name.
    """
    after, last = between
    keys = sorted({one for each in found for one in each.references} & names.keys(), key=int)
    touched = reading.children_between(after, last)
    told: dict[str, tuple[HistoryRow, ...]] = {}
    for done, key in enumerate(keys):
        if progress is not None and done % 100 == 0:
            progress(done, len(keys), "Reading what was recorded")
        seen = changes_between(reading, key, after, last) if key in touched else ()
        told[names[key]] = seen
    every = []
    for one in found:
        gone, come = (
            tuple(replace(thing, reference=names.get(thing.reference, "")) for thing in some)
            for some in (one.gone, one.come)
        )
        named = replace(one, gone=gone, come=come)
        every.append(Explained(named, {ref: told.get(ref, ()) for ref in named.references}))
    return tuple(every)
