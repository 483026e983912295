"""Commands: one frozen value for each thing a person can do. `seen` is the version they saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseworker_app.domain.facts import Detail
from caseworker_app.domain.people import Transfer


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Add a fact to a child. `episode` None lets the clock place it by date order."""

    child_id: str
    seen: int
    kind: str
    on: date
    detail: Mapping[str, Detail] = field(default_factory=dict)
    episode: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """Give a fact another date or other details. `detail` None keeps what it has."""

    child_id: str
    seen: int
    fact_id: str
    on: date
    detail: Mapping[str, Detail] | None = None


@dataclass(frozen=True, slots=True)
class RemoveFact:
    """Take a fact back as a mistake, saying why."""

    child_id: str
    seen: int
    fact_id: str
    why: str


@dataclass(frozen=True, slots=True)
class AddChild:
    """Open a case. `fields` are attributes of `Child`; surname, forename and born are required.

    With no reference the next free one is given. A child of that name and birthday who is there
    already is refused, unless `another` says that this is another child.
    """

    fields: Mapping[str, str | int | date | Transfer | None]
    another: bool = False


@dataclass(frozen=True, slots=True)
class ChangeChild:
    """Change some attributes of a child."""

    child_id: str
    seen: int
    fields: Mapping[str, str | int | date | Transfer | None]


@dataclass(frozen=True, slots=True)
class MergeChildren:
    """Make two cases that are one child one case; see `services.joining`.

    Attributes:
        keep_id, seen: the case whose reference and values stand.
        other_id, other_seen: the case that goes.
    """

    keep_id: str
    seen: int
    other_id: str
    other_seen: int


@dataclass(frozen=True, slots=True)
class SplitChild:
    """Make a new case of some events of a case that holds two children.

    Attributes:
        fact_ids: the events that go to the new case; one at least stays.
        surname, forename, born: of the new case.
        reference: "" gives the next free one.
        records: further records of the case that go too, `visit/12` each; the others stay.
    """

    child_id: str
    seen: int
    fact_ids: tuple[str, ...]
    surname: str
    forename: str
    born: date | None
    reference: str = ""
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeProposal:
    """Give a child the name or birthday that a file proposed; it then counts as typed by hand.

    Attributes:
        field: "surname", "forename" or "born".
        value: which of several proposals, as `Proposal.value`; "" where there is one.
    """

    child_id: str
    seen: int
    field: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class DropProposal:
    """Refuse what files proposed for a field; no file proposes the same value again.

    Attributes as in `TakeProposal`; with no `value` all open proposals for the field are refused.
    """

    child_id: str
    seen: int
    field: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class TellApart:
    """Say that two children who look like one are two; they are no longer listed as perhaps one."""

    child_id: str
    seen: int
    other_id: str


@dataclass(frozen=True, slots=True)
class AddRecord:
    """Add a record of a declared kind; a new child has `AddChild`.

    Attributes:
        kind: the name of the kind.
        fields: its fields by name; what is not named says nothing.
    """

    kind: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """Change some fields of a record of a declared kind; a child has `ChangeChild`.

    Where the clock counts from it, the deadlines of its children follow.
    """

    kind: str
    id: str
    seen: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FinishAction:
    """Say that an action of an audit was done on a day; whose it is may, see `finishing`."""

    id: str
    seen: int
    on: date


@dataclass(frozen=True, slots=True)
class RemoveRecord:
    """Take a record of a declared kind out, saying why; nothing may point at it."""

    kind: str
    id: str
    seen: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class CopyPlanLines:
    """Write lines of a child's plan again from a day on, with the ties between them.

    Attributes:
        lines: "outcome/4" and so on.
    """

    child_id: str
    lines: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Judged:
    """What a review said of an outcome.

    Attributes:
        seen: the version of the outcome that the person saw.
        progress, kept, words: as `Judgement` has them.
        rewritten, by_when: the outcome in other words, and by when, where it is rewritten.
    """

    outcome_id: str
    seen: int
    progress: str
    kept: str = ""
    words: str = ""
    rewritten: str = ""
    by_when: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """Keep what a review said of a child's outcomes, and what child and family said.

    Attributes:
        review_id: the fact of the meeting.
        views: what is kept as a note of the meeting; "" for none.
    """

    child_id: str
    review_id: str
    judged: tuple[Judged, ...]
    views: str = ""


@dataclass(frozen=True, slots=True)
class KeepAudit:
    """Keep an audit of a plan with the actions it asks for: all or none, and one undo for them.

    Attributes:
        fields: of the audit: auditor, on, kind, marks, themes.
        version_id: the version of the plan that was audited; "" where only its event tells of it.
        fact_id: that event; "" where the version is known.
        tool_id: the edition it was made by; "" for the one in force, which the first audit of a
            store takes in.
        actions: the fields of each action, without whose it is.
    """

    child_id: str
    fields: Mapping[str, Any]
    version_id: str = ""
    fact_id: str = ""
    tool_id: str = ""
    actions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class LetterTo:
    """A letter as it left.

    Attributes:
        merged: what was put into its fields, a line each.
        where: the file; "" where none is kept.
    """

    child_id: str
    to_whom: str
    merged: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class SendLetters:
    """Keep letters as sent, with their files and the event they are: all or none, and one undo.

    Attributes:
        on: the day they were sent.
        way: as `Letter.way`.
        event: "" records the event of the template on that day; an id is an event of the child
            that is on record; None is no event.
        detail: of that event.
    """

    template_id: str
    on: date
    way: str
    letters: tuple[LetterTo, ...]
    event: str | None = ""
    detail: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """Load an improvement plan that comes with Caseworker, once, and with one undo.

    Attributes:
        name: the name of its file, a key of `ready_plans.READY`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class LetLeave:
    """Keep in a child's history that something about them left though it names another child.

    Attributes:
        what: what was done, "Clock of the case copied".
        found: what was found, a few words each.
        others: ids of the children whose it may be.
        why: the reason the person gave.
    """

    child_id: str
    what: str
    found: tuple[str, ...]
    others: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class SetCouncil:
    """Keep the council's name for everyone who works with the store; "" for none."""

    council: str


@dataclass(frozen=True, slots=True)
class SendRun:
    """Say when and to whom a kept return was sent on; None takes that out.

    Attributes:
        id: of the kept return.
    """

    id: str
    on: date | None
    to: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRun:
    """Withdraw a return that was published.

    Attributes:
        id: of the kept return.
        never_left: nobody outside has had it, so that later returns need not be protected with it.
    """

    id: str
    why: str
    never_left: bool = False


@dataclass(frozen=True, slots=True)
class CommentOnMeasure:
    """Keep what the owner of a measure says of it in a kept return; "" takes it out."""

    run_id: str
    measure: str
    words: str


@dataclass(frozen=True, slots=True)
class AcceptRules:
    """Put the rule pack of this application in force, and count every date by it.

    Attributes:
        offered: the fingerprint of the pack that the person was shown; "" for whichever it is.
    """

    offered: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give children to another caseworker, or to nobody with None.

    Attributes:
        child_ids: the children, each with the version that the person saw; None where that is no
            matter.
    """

    child_ids: Mapping[str, int | None]
    caseworker_id: str | None


@dataclass(frozen=True, slots=True)
class SetOver:
    """Give many children the same value of a field.

    Attributes:
        child_ids: the children, each with the version that the person saw; None where that is no
            matter.
        fields: of `cases.bulk.SETTABLE`.
    """

    child_ids: Mapping[str, int | None]
    fields: Mapping[str, str | int | date | None]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take one change back, unless something later rests on it.

    Attributes:
        group: the change's audit group; "" for the person's own newest that stands.
        sure: the person was asked and said yes.
    """

    group: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Redo:
    """Bring again what was undone, unless something later rests on its being undone.

    Attributes:
        group: the change's audit group; "" for what the person undid last.
        sure: the person was asked and said yes.
    """

    group: str = ""
    sure: bool = False


ENTRIES = "{entries}"
"""Stands in the words of `Together` for "1 entry", "18 entries"."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several things done at once: all or none, and one undo for them.

    A later command on the same child counts the change of an earlier one as seen.

    Attributes:
        what: words for the message and the history, "6 dates pasted"; `ENTRIES` in it becomes how
            many were carried out.
        act: see `UnitOfWork.act`.
        good_alone: leave out what is refused and do the rest; `Done.left_out` says which and why.
    """

    commands: tuple[
        RecordFact | ChangeFact | RemoveFact | AddRecord | ChangeRecord | RemoveRecord | SetCouncil,
        ...,
    ]
    what: str
    act: str = ""
    good_alone: bool = False


Command = (
    RecordFact
    | ChangeFact
    | RemoveFact
    | AddChild
    | ChangeChild
    | MergeChildren
    | SplitChild
    | TakeProposal
    | DropProposal
    | TellApart
    | AddRecord
    | ChangeRecord
    | FinishAction
    | RemoveRecord
    | CopyPlanLines
    | ReviewPlan
    | KeepAudit
    | SendLetters
    | LoadPlan
    | LetLeave
    | SetCouncil
    | SendRun
    | WithdrawRun
    | CommentOnMeasure
    | AcceptRules
    | Reassign
    | SetOver
    | Together
    | Undo
    | Redo
)
