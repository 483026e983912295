"""The records that come with the cases of a return: details, home, placements, the council.

What a person or an earlier file said stands; what nothing says is filled in. Bringing the same in
again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.council_details import CouncilDetails
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.incoming import Conflict, IncomingCase, RecordBeside
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import squeezed
from caseworker_app.services.imports.places import Numbered
from caseworker_app.services.unit_of_work import UnitOfWork

DETAILS, HOME, PLACE = (kind_of(one) for one in (ChildDetails, Address, Placement))
_KINDS = {one.name: one for one in (DETAILS, HOME, PLACE)}


class Besides:
    """The records that come with an import's cases, by the child whom a case turned out to be.

    Attributes:
        conflicts: what both know and say differently; what the store has is kept.
    """

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []
        self._by_child: dict[str, list[tuple[IncomingCase, RecordBeside, str | None]]] = {}

    def keep(self, child: str, case: IncomingCase, settings: Sequence[str | None]) -> None:
        """Keep what comes with a case; `settings` are the keys of those that each is at."""
        for one, setting in zip(case.beside, settings, strict=True):
            if one.kind in _KINDS:
                self._by_child.setdefault(child, []).append((case, one, setting))

    def hand_over(
        self, work: UnitOfWork, children: Mapping[str, str], places: Numbered, as_of: date
    ) -> None:
        """Put everything into a unit of work.

        Args:
            work: the import.
            children: the store's keys of the children that are new.
            places: those of the settings that are new.
            as_of: the day up to which the file knows.
        """
        for kind in _KINDS.values():
            wanted = {
                children.get(key, key): [each for each in some if each[1].kind == kind.name]
                for key, some in self._by_child.items()
            }
            wanted = {key: some for key, some in wanted.items() if some}
            if not wanted:
                continue
            known = [key for key in wanted if key not in set(children.values())]
            there = work.owned_by(kind, known) if known else {}
            new: list[Any] = []
            for key, some in wanted.items():
                held = [one.after for one in there.get(key, ()) if one.after is not None]
                for case, one, setting in some:
                    at = places.settings.get(setting or "", setting)
                    value = _made(one, key, at)
                    new += self._fitted(work, case, value, held, as_of)
            ids = work.unit.allot(kind.name, len(new)) if new else ()
            for value, row in zip(new, ids, strict=True):
                work.add(replace(value, id=row), f"{kind.one} came with the return")

    def _fitted(
        self,
        work: UnitOfWork,
        case: IncomingCase,
        value: Any,  # noqa: ANN401
        held: list[Any],
        as_of: date,
    ) -> Iterable[Any]:
        """What is to be added, after what is there was filled in or ended."""
        if isinstance(value, ChildDetails):
            return self._details(work, case, value, held)
        if isinstance(value, Address):
            return _home(work, value, held, as_of)
        # Whoever has placements on record has told them better than a return can.
        mine = [one for one in held if one.rank == value.rank]
        child = work.child(value.child_id).child
        told = value.rank != "1" or value.until is not None or value.setting_id == child.setting_id
        return () if mine or not told else (value,)

    def _details(
        self, work: UnitOfWork, case: IncomingCase, value: ChildDetails, held: list[Any]
    ) -> Iterable[Any]:
        if not held:
            return (value,)
        old, filled = held[0], {}
        for spec in DETAILS.fields:
            now, came = getattr(old, spec.name), getattr(value, spec.name)
            if spec.name == DETAILS.owner or came in (spec.blank, now):
                continue
            if now == spec.blank:
                filled[spec.name] = came
            else:
                named = case.reference or case.case
                words = (spec.words, str(now), str(came))
                self.conflicts.append(Conflict(case.place, named, *words))
        if filled:
            work.put(replace(old, **filled), f"{DETAILS.one} filled in from the return")
        return ()


def _home(work: UnitOfWork, value: Address, held: list[Any], as_of: date) -> Iterable[Any]:
    """The home, where another is on record from the day of the return on."""
    open_ = [one for one in held if one.until is None]
    if any(squeezed(one.postcode) == squeezed(value.postcode) for one in held):
        return ()
    for old in open_:
        if old.since is not None and old.since >= as_of:
            return ()
        work.put(replace(old, until=as_of - timedelta(days=1)), f"{HOME.one} ended")
    return (replace(value, since=as_of),) if held else (value,)


def _made(one: RecordBeside, child_id: str, setting: str | None) -> Any:  # noqa: ANN401
    kind = _KINDS[one.kind]
    known = {spec.name for spec in kind.typed_by_hand()}
    fields: dict[str, Any] = {name: said for name, said in one.fields.items() if name in known}
    fields |= {name: True for name in one.ticked if name in known}
    fields |= {name: False for name in one.crossed if name in known}
    if kind is PLACE and setting is not None:
        fields["setting_id"] = setting
    return kind.of(**fields, child_id=child_id)


def bring_council(work: UnitOfWork, said: Mapping[str, str]) -> None:
    """Keep what a return says of the council, where nobody has said anything of it."""
    kind = kind_of(CouncilDetails)
    known = {spec.name for spec in kind.typed_by_hand()}
    fields = {name: text for name, text in said.items() if name in known}
    if not fields.get("la_number") or work.all_of(kind):
        return
    value = kind.of(**fields, id=work.unit.allot(kind.name, 1)[0])
    work.add(value, f"{kind.one} came with the return")
