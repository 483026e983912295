"""Twenty further records for every child of a store, by their declarations, straight to its tables.

A million records by the session would take hours: each is an action with a trail. These have none,
and are there to be read beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from caseworker_app.domain.declarations.auditing import AuditTool, Mark
from caseworker_app.domain.declarations.money import Band
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import FACT, FieldSpec, Kind, kind_named, kind_of
from caseworker_app.services.session import Session

EACH = {
    "aspiration": 1,
    "described_need": 2,
    "outcome": 2,
    "provision": 2,
    "provision_for": 2,
    "plan_version": 1,
    "plan_audit": 1,
    "audit_action": 1,
    "placement": 1,
    "top_up": 1,
    "pathway": 1,
    "adulthood": 1,
    "panel_item": 1,
    "invitation": 1,
    "feedback": 1,
}
"""So many of each kind, what is pointed at before what points; notes make twenty of them."""

MANY = 20
REST = "note"
_AT_ONCE = 2000
_SENTENCE = "What is written of this child here, as long as such a sentence mostly is. "
_FINAL = ("plan_sent", "amended_plan_sent", "plan_transferred_in")

Made = dict[str, list[str]]
"""The ids of what was made for one child, by kind."""


def fill(session: Session) -> int:
    """Give every child of a store twenty records; how many there are now."""
    store, today = session.store, session.today()
    with store.reading() as reading:
        ids = reading.child_ids()
        give = _Giving(
            today,
            {name: list(reading.all_of(kind_named(name))) for name in ("setting", "panel")},
            list(reading.all_of(kind_of(AuditTool)).values()),
            sorted({one.name for one in reading.all_of(kind_of(Band)).values()}),
        )
    added = 0
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        with store.writing() as writing:
            facts = {key: record.facts for key, record in writing.records(some).items()}
            made: dict[str, Made] = {key: {} for key in some}
            for name in (*EACH, REST):
                wanted = [(key, at) for key in some for at in range(_how_many(name, made[key]))]
                kind = kind_named(name)
                if name == "adulthood":
                    wanted = [(key, at) for key, at in wanted if _was_reviewed(facts[key])]
                keys = writing.allot(name, len(wanted))
                records = []
                for (child, at), key in zip(wanted, keys, strict=True):
                    records.append(give.record(kind, child, key, at, facts[child], made[child]))
                    made[child].setdefault(name, []).append(key)
                writing.put(kind, records, ())
                added += len(records)
    return added


def _how_many(name: str, made: Made) -> int:
    return EACH[name] if name in EACH else MANY - sum(map(len, made.values()))


def _was_reviewed(facts: Sequence[Fact]) -> bool:
    return any(one.kind == "review_meeting_held" for one in facts)


class _Giving:
    """Makes records: every field is filled by what its declaration says it holds."""

    def __init__(
        self,
        today: date,
        around: Mapping[str, Sequence[str]],
        tools: Sequence[AuditTool],
        bands: Sequence[str],
    ) -> None:
        self._today, self._around, self._tool, self._bands = today, around, tools[-1], bands

    def record(
        self, kind: Kind, child: str, key: str, at: int, facts: Sequence[Fact], made: Made
    ) -> Any:  # noqa: ANN401  (a record of that kind)
        """One record of a kind, the `at`-th of a child."""
        seed = int(child) * 7 + at * 3
        given: dict[str, Any] = {}
        tied = False
        for spec in kind.fields:
            if spec.name == kind.owner:
                given[spec.name] = child
            elif spec.type == "link":
                found = self._link(spec, at, facts, made, seed)
                if found is not None and not spec.needed and spec.to in made:
                    # What is for this or for that is for one of them.
                    found, tied = (None, tied) if tied else (found, True)
                given[spec.name] = found
            else:
                given[spec.name] = self._value(kind, spec, seed)
        return kind.of(**given, id=key, version=1)

    def _link(
        self, spec: FieldSpec, at: int, facts: Sequence[Fact], made: Made, seed: int
    ) -> str | None:
        if spec.to == FACT:
            if not spec.needed:
                return None
            fits = [one for one in facts if one.kind in (spec.facts or _FINAL)]
            return (fits or list(facts))[-1].id
        if spec.to == "audit_tool":
            return self._tool.id
        if spec.to in made:
            return made[spec.to][at % len(made[spec.to])]
        some = self._around.get(spec.to, ())
        return some[seed % len(some)] if some and spec.name != "referred_to_id" else None

    def _value(self, kind: Kind, spec: FieldSpec, seed: int) -> Any:  # noqa: ANN401
        if kind.name == "plan_audit" and spec.name == "marks":
            return self._marks(seed)
        if kind.name == "top_up" and spec.name == "band":
            return self._bands[seed % len(self._bands)]
        if spec.name == "auditor":
            return f"Auditor {seed % 12}"
        if spec.type == "choice":
            codes = list(spec.choices)
            return codes[seed % len(codes)]
        if spec.type == "text":
            return f"{spec.label} {seed}. {_SENTENCE if spec.long else ''}".strip()
        if spec.type == "day":
            return self._day(spec, seed)
        if spec.type == "number":
            least = spec.least or 0
            return least + seed % (min(spec.most or 9, least + 9) - least + 1)
        if spec.type == "money":
            return (seed % 40) * 25_000
        if spec.type == "yes or no":
            return seed % 7 == 0
        return spec.blank

    def _day(self, spec: FieldSpec, seed: int) -> date | None:
        if spec.needed or spec.name in ("since", "decided_on"):
            ahead = 30 if spec.coming else -30
            return self._today + timedelta(days=ahead * (1 + seed % 20))
        # Most of what may end goes on.
        return None

    def _marks(self, seed: int) -> tuple[Mark, ...]:
        marks = ("met", "met", "partly", "not")
        return tuple(
            Mark(one.code, marks[(seed + at) % len(marks)])
            for at, one in enumerate(self._tool.criteria)
        )
