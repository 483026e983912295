"""Children, the settings they attend and the caseworkers who hold them, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Closure:
    """Days a setting is closed: `first` is the first closed day, `reopens` the first open one."""

    first: date
    reopens: date


@dataclass(frozen=True, slots=True)
class Setting:
    """A school, college or nursery.

    Attributes:
        id: the store's key; "" before it is stored.
        name: as the council writes it.
        kind: a key of `codes.SETTING_KINDS`, or None when an import only named it.
        last_year: the last National Curriculum year taught (Reception 0, nursery -1), or None.
        urn: DfE unique reference number, six digits, or "".
        closures: closed spells, for the closure test of an exception.
        version: goes up by one at each change; a stale write is refused.
    """

    name: str
    kind: str | None = None
    last_year: int | None = None
    urn: str = ""
    closures: tuple[Closure, ...] = ()
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Caseworker:
    """Somebody who holds cases. Attributes as in `Setting`."""

    name: str
    email: str = ""
    active: bool = True
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Transfer:
    """A move between settings that neither year group nor setting shows.

    Attributes:
        kind: `post16_to_post16` and the like, as the clock interface has it.
        on: the day of the move.
    """

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Child:
    """One child or young person, with what a list shows and what the clock needs.

    Attributes:
        reference: the council's own case reference; unique.
        need, secondary_need: keys of `codes.NEEDS`, or "".
        setting_id, caseworker_id: keys in the store, or None.
        template: which plan template the plan is on (V2, V3, Conversion), or "".
        actual_year: the National Curriculum year really taught in, where it differs from the
            one the date of birth gives; with `actual_year_why`.
        actual_year_on: the day that was recorded, so that it can be carried into later years; the
            day of the latest fact stands in for it when it is missing.
        history_from: facts before this day are not recorded (see the clock).
        comment: free text carried over from the council's tracker.
        sen2: items of the SEN2 record that nothing else holds, by XML name in lower case.
        typed: names of the attributes a person has typed; an import leaves those as they are.
        version: of the whole aggregate, the child and her facts; a stale write is refused.
    """

    reference: str
    surname: str
    forename: str
    born: date | None
    upn: str = ""
    uln: str = ""
    sex: str = ""
    need: str = ""
    secondary_need: str = ""
    setting_id: str | None = None
    caseworker_id: str | None = None
    template: str = ""
    actual_year: int | None = None
    actual_year_why: str = ""
    history_from: date | None = None
    transfer: Transfer | None = None
    comment: str = ""
    sen2: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    version: int = 0
    typed: frozenset[str] = frozenset()
    actual_year_on: date | None = None

    @property
    def name(self) -> str:
        """Surname, Forename, as every list shows it."""
        return f"{self.surname}, {self.forename}" if self.forename else self.surname
