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
class Proposal:
    """Another name or birthday that a file has for a child; a person takes it or refuses it.

    Attributes:
        field: "surname", "forename" or "born".
        value: as text, a day as `2014-03-03`.
        source: where it was read, "autumn.xlsx, Reviews, row 5".
        refused: a person said no; it is kept so that no file proposes the same again.
    """

    field: str
    value: str
    source: str
    refused: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two proposals the same, whatever file they came from."""
        return self.field, self.value


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
        proposals: names and birthdays that files would give the child, each once.
        told_apart: ids of the children whom a person said to be another child than this one.
        further_references: by what files may have this child besides what stands here: references
            as `names.reference_key` has them (one that another child has too, that of a case
            merged into this one, one that a person replaced), and the marks of
            `identity.absorbed` and `identity.former`.
        version: of the whole aggregate, the child and all facts; a stale write is refused.
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
    proposals: tuple[Proposal, ...] = ()
    told_apart: frozenset[str] = frozenset()
    further_references: frozenset[str] = frozenset()

    @property
    def open_proposals(self) -> tuple[Proposal, ...]:
        """Those that wait for a person."""
        return tuple(one for one in self.proposals if not one.refused)

    @property
    def name(self) -> str:
        """Surname, Forename, as every list shows it."""
        return f"{self.surname}, {self.forename}" if self.forename else self.surname
