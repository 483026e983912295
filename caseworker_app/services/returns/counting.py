"""The board return counted from a store, as it is or was known, ready to be shown and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from caseworker_app.domain.caseload import CaseFile, Records
from caseworker_app.domain.department.beside import Twin
from caseworker_app.domain.kinds import Kind
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.autism_path import Path
from caseworker_app.domain.measures.before import period_before
from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.measures.every_answer import kinds_read
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.signed_heads import fingerprint
from caseworker_app.services.as_known import Known, as_known, until_of
from caseworker_app.services.ports import Reading, RulePack
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns import board_return
from caseworker_app.services.returns.as_at import counted_on, with_dates
from caseworker_app.services.returns.beside_others import beside as beside_others
from caseworker_app.services.returns.commentary import commentary
from caseworker_app.services.returns.told import told
from caseworker_app.services.rules.in_force import binding_of
from caseworker_app.services.session import Session
from caseworker_app.services.without_collector import without_collector


@dataclass(frozen=True, slots=True)
class Definitions:
    """What measures there are, the autism path as planned, and which measure has which twin.

    Read from the catalogue.
    """

    measures: tuple[Measure, ...]
    path: Path | None
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board return is asked for.

    Attributes:
        as_at: the day the caseload is seen.
        known_at: an evening: what was recorded later does not count; None counts all.
        council: for the cover.
    """

    period: Period
    as_at: date
    audience: Audience = Audience.TEAM
    known_at: date | None = None
    council: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A board return as it was counted.

    Attributes:
        shown: what whoever asked is shown.
        whole: the same with nothing hidden.
        editions: what protects the returns after it, that of its own figures last; nothing where
            it is the team's.
        ids: the id of each child by reference, of those that were counted.
        rules: by which it was counted.
        data: the end of the trail that was counted, `number:hash`.
    """

    shown: BoardReturn
    whole: BoardReturn
    editions: tuple[Edition, ...]
    ids: dict[str, str]
    rules: RulePack
    data: str


def count(
    session: Session,
    asked: Asked,
    definitions: Definitions,
    *,
    earlier: Sequence[Edition] = (),
    compare: bool = False,
    last: int | None = None,
    made_at: datetime | None = None,
    answered: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Counted:
    """Count a board return.

    Args:
        session: the open store.
        asked: what for.
        definitions: what measures there are.
        earlier: the returns published before, which one for the Board must not give away.
        compare: count the period before too, and say what is said of measures.
        last: the number of the last entry of the trail that counts; None counts as `asked` says.
        made_at: for the cover; None is now.
        answered: as in `Caseload`.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not see the trail, where the past is asked for.
        Unavailable: the rules of then need a newer Caseworker.
    """
    kinds = kinds_read()
    known_at = asked.known_at
    with session.store.reading() as reading:
        data = reading.head()
        if last is None and known_at is None:
            rules = session.rules_in(reading)
            known: Reading | Known = reading
            found = session.caseload(progress, kinds=kinds)
            beside = session.beside(kinds)
            dated = counted_on
        else:
            then = as_was(session, reading, kinds, known_at or date.max, last, progress)
            known, rules, found, beside = then.known, then.rules, then.files, then.beside
            # Of what was known no dates are kept.
            dated = with_dates
        files = _dated(found, asked.as_at, rules, dated)
        by_hand = told(known, asked.as_at, definitions.path)
        others = beside_others(known, definitions.twins)
        before, words = None, None
        if compare:
            end = period_before(asked.period).end
            were = _dated(found, end, rules, dated)
            before = board_return.Before(were, told(known, end, definitions.path))
            words = commentary(known, asked.as_at)
    kept: list[tuple[BoardReturn, tuple[Edition, ...]]] = []
    shown = board_return.board(
        files,
        asked.period,
        asked.as_at,
        definitions.measures,
        beside=beside,
        council=asked.council,
        made_at=made_at or session.clock.now(),
        version=f"Caseworker {session.offered.application}, rules {rules.version}",
        audience=asked.audience,
        progress=progress,
        told=by_hand,
        earlier=earlier,
        before=before,
        commentary=words,
        others=others,
        answered=answered,
        keep=lambda *both: kept.append(both),
    )
    shown = replace(shown, trail=fingerprint(data))
    whole, editions = kept[0] if kept else (shown, ())
    ids = {file.child.reference: file.child.id for file in files}
    return Counted(shown, whole, editions, ids, rules, data)


def _dated(
    files: Iterable[CaseFile],
    day: date,
    rules: RulePack,
    dated: Callable[[CaseFile, date, RulePack], CaseFile],
) -> tuple[CaseFile, ...]:
    with without_collector():
        return tuple(dated(file, day, rules) for file in files)


@dataclass(frozen=True, slots=True)
class Then:
    """What stood in a store at a point of its trail.

    Attributes:
        rules: those that bound then.
        files: every case, its dates not counted.
        beside: the records that belong to no child, by kind.
    """

    known: Known
    rules: RulePack
    files: tuple[CaseFile, ...]
    beside: Records

    def dated(self, day: date) -> tuple[CaseFile, ...]:
        """Every case with the dates that it had by what was true on a day."""
        return _dated(self.files, day, self.rules, with_dates)


def as_was(
    session: Session,
    reading: Reading,
    kinds: Iterable[Kind],
    day: date = date.max,
    last: int | None = None,
    progress: Progress | None = None,
) -> Then:
    """What stood on an evening, or up to the entry of the trail that has a number.

    Raises:
        Refused: the person may not see the trail.
        Unavailable: the rules of then need a newer Caseworker.
    """
    session.person.ask("trail", Right.READ)
    known = Known(reading, until_of(day, last))
    rules = _rules_of(session, reading, known)
    with without_collector():
        then = as_known(reading, day, progress, kinds, last)
    return Then(known, rules, then.files, then.beside)


def _rules_of(session: Session, reading: Reading, known: Known) -> RulePack:
    """The rules that bound then; those of now where the store had accepted none yet."""
    binding = binding_of(known)
    if binding.pack is None:
        return session.rules_in(reading)
    return session.offered.for_store(binding)
