"""Children, the settings they attend, the caseworkers who hold them and their teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.codes import NEEDS, SETTING_KINDS
from caseworker_app.domain.kinds import (
    Coder,
    Kept,
    choice,
    coded,
    day,
    items,
    link,
    number,
    record,
    text,
    words,
    yes_or_no,
)
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.permissions import ROLES

YOUNGEST_YEAR, OLDEST_YEAR = -2, 14
"""The National Curriculum years that anybody with a plan is taught in."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days a setting is closed: `first` is the first closed day, `reopens` the first open one."""

    first: date
    reopens: date


def _dump_closure(closure: Closure) -> list[str]:
    return [closure.first.isoformat(), closure.reopens.isoformat()]


def _load_closure(value: Sequence[str]) -> Closure:
    return Closure(date.fromisoformat(value[0]), date.fromisoformat(value[1]))


def _say_closure(closure: Closure) -> str:
    return f"{closure.first:%d/%m/%Y} to {closure.reopens:%d/%m/%Y}"


@record("setting", "setting", "settings", area="children", counted=True, natural=("name",))
@dataclass(frozen=True, slots=True)
class Setting(Kept):
    """A school, college or nursery.

    Attributes:
        name: as the council writes it.
        kind: a key of `codes.SETTING_KINDS`, or None when an import only named it.
        last_year: the last National Curriculum year taught (Reception 0, nursery -1), or None.
        urn: DfE unique reference number, six digits, or "".
        closures: closed spells, for the closure test of an exception.
        la_number: the number of the authority that it is in, three digits, or "".
        phase, type: as the DfE's register of establishments words them.
        opened, closed: the days it opened and closed for good, or None.
        terms: its term dates, in words.
    """

    name: str = text("Name", needed=True, search=True, unique=True, synonyms=("School", "Setting"))
    kind: str | None = choice("Kind", SETTING_KINDS, blank=None, search=True)
    last_year: int | None = number("Last year group", least=-1, most=OLDEST_YEAR)
    urn: str = text("URN", pattern=r"\d{6}", pattern_says="A URN is six digits.", search=True)
    closures: tuple[Closure, ...] = items(
        "Closures", Coder(_dump_closure, _load_closure, _say_closure)
    )
    head_teacher: str = text("Head teacher", later=True, search=True, synonyms=("Head",))
    senco: str = text("SENCO", later=True, search=True, synonyms=("SENDCO",))
    email: str = text("E-mail", later=True)
    postcode: str = text("Postcode", later=True, search=True)
    la_number: str = text("LA number", later=True, listed=False)
    phase: str = text("Phase", later=True, listed=False)
    type: str = text("Type", later=True, listed=False)
    ukprn: str = text("UKPRN", later=True, listed=False)
    opened: date | None = day("Opened", listed=False)
    closed: date | None = day("Closed for good", listed=False)
    terms: str = text("Terms", long=True, later=True, listed=False)

    def faults(self) -> Sequence[tuple[str, str]]:
        """A setting reopens after it closed, and does not close for good before it opens."""
        turned = self.opened and self.closed and self.closed < self.opened
        found = [("closed", "It closed before it opened.")] if turned else []
        return found + [
            ("closures", f"A closure from {one.first:%d/%m/%Y} must reopen after that day.")
            for one in self.closures
            if one.reopens <= one.first
        ]


@record(
    "team",
    "team",
    "teams",
    area="setup",
    natural=("name",),
    about="Add a team, then say of each caseworker which team they belong to.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Kept):
    """Caseworkers who work together; `manager` is whoever leads it, by name."""

    name: str = text("Name", needed=True, search=True, unique=True, synonyms=("Team",))
    manager: str = text("Manager", search=True, synonyms=("Team manager", "Lead"))


@record("caseworker", "caseworker", "caseworkers", area="setup", natural=("name",))
@dataclass(frozen=True, slots=True)
class Caseworker(Kept):
    """Somebody who works here: who holds cases, or signs in, or both; `active` until they left.

    Attributes:
        sign_in: the name they sign in by, which stays though theirs may change; "" for nobody who
            does.
        roles: what they may do: keys of `permissions.ROLES`.
        since, until: from when to when they may sign in.
    """

    name: str = text("Name", needed=True, search=True, unique=True, synonyms=("Caseworker",))
    email: str = text("E-mail", search=True)
    active: bool = yes_or_no("Works here", blank=True)
    team_id: str | None = link("Team", "team")
    sign_in: str = text("Signs in as", unique=True, later=True)
    roles: frozenset[str] = words("Roles", later=True, synonyms=("Role",))
    since: date | None = day("From")
    until: date | None = day("To")

    def faults(self) -> Sequence[tuple[str, str]]:
        """Roles are those of the table of rights."""
        unknown = sorted(self.roles - ROLES.keys())
        if not unknown:
            return ()
        known = ", ".join(ROLES)
        return (("roles", f"{unknown[0]!r} is no role; they are {known}."),)


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


def _dump_transfer(transfer: Transfer) -> list[str]:
    return [transfer.kind, transfer.on.isoformat()]


def _load_transfer(value: Sequence[str]) -> Transfer:
    return Transfer(value[0], date.fromisoformat(value[1]))


def _dump_proposal(proposal: Proposal) -> list[str | bool]:
    return [proposal.field, proposal.value, proposal.source, proposal.refused]


def _load_proposal(value: Sequence[str]) -> Proposal:
    return Proposal(value[0], value[1], value[2], bool(value[3]))


def _proposed(proposal: Proposal) -> tuple[str, str]:
    return proposal.key


def _as_it_is(value: Mapping[str, str]) -> dict[str, str]:
    return dict(value)


def _name(child: Child) -> str:
    return child.name


@record("child", "case", "cases", area="children", title=_name, counted=True)
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

    reference: str = text("Reference", needed=True, search=True, key=True)
    surname: str = text("Surname", needed=True, search=True)
    forename: str = text("Forename", needed=True, search=True)
    born: date | None = day("Date of birth", needed=True, unsaid=True)
    upn: str = text("UPN", search=True)
    uln: str = text("ULN")
    sex: str = text("Sex")
    need: str = choice("Primary need", NEEDS)
    secondary_need: str = choice("Secondary need", NEEDS)
    setting_id: str | None = link("Setting", "setting")
    caseworker_id: str | None = link("Caseworker", "caseworker")
    template: str = text("Plan template")
    actual_year: int | None = number("Year taught in", least=YOUNGEST_YEAR, most=OLDEST_YEAR)
    actual_year_why: str = text("Why that year")
    history_from: date | None = day("Start of recorded history")
    transfer: Transfer | None = coded(
        "Transfer",
        Coder(
            _dump_transfer,
            _load_transfer,
            columns=(("transfer_kind", "text"), ("transfer_on", "day")),
        ),
    )
    comment: str = text("Comment", long=True)
    sen2: Mapping[str, str] = coded("SEN2 items", Coder(_as_it_is, _as_it_is), blank={})
    id: str = ""
    version: int = 0
    typed: frozenset[str] = words("List of what was typed by hand", by_hand=False)
    actual_year_on: date | None = day("Day of the year taught in", by_hand=False)
    proposals: tuple[Proposal, ...] = items(
        "Proposals",
        Coder(_dump_proposal, _load_proposal, key=_proposed),
        by_hand=False,
        light=True,
        later=True,
    )
    told_apart: frozenset[str] = words(
        "List of those who are told apart", by_hand=False, light=True, later=True
    )
    further_references: frozenset[str] = words(
        "List of further references", by_hand=False, light=True, later=True
    )

    @property
    def open_proposals(self) -> tuple[Proposal, ...]:
        """Those that wait for a person."""
        return tuple(one for one in self.proposals if not one.refused)

    @property
    def name(self) -> str:
        """Surname, Forename, as every list shows it."""
        return whole_name(self.surname, self.forename)
