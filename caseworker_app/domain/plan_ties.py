"""What a line of a plan may be tied to, and what ties and unties it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.declarations.thread import (
    Aspiration,
    DescribedNeed,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_thread import Line, Section, words_of

MAY_TIE: Mapping[type[Any], tuple[type[Any], ...]] = {
    Aspiration: (Outcome,),
    DescribedNeed: (Outcome, Provision),
    Outcome: (Aspiration, DescribedNeed, Provision),
    Provision: (Outcome, DescribedNeed),
}
"""By the class of a line, those it may be tied to."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that another may be tied to.

    Attributes:
        words: its section and what it says.
        tie: the key of the tie there is, or "".
    """

    record: Any
    words: str
    tie: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One tie to make or to undo.

    Attributes:
        kind, id, version: of the record that is added (id ""), changed or taken out.
        fields: of the record; None where it is taken out.
    """

    kind: str
    id: str = ""
    version: int = 0
    fields: Mapping[str, Any] | None = None


def offers(sections: Collection[Section], line: Line) -> tuple[Offer, ...]:
    """Every line that a line may be tied to, in the order of the plan."""
    classes = MAY_TIE[type(line.record)]
    tied = {(type(one.to), one.to.id): one.key for one in line.ties}
    return tuple(
        Offer(
            one.record,
            f"{section.letter}: {words_of(one.record)}",
            tied.get((type(one.record), one.record.id), ""),
        )
        for section in sections
        for one in section.lines
        if isinstance(one.record, classes)
    )


def changes(line: Line, offered: Collection[Offer], wanted: Collection[int]) -> Iterator[Change]:
    """What is to be done so that a line is tied to the offers with these numbers alone."""
    records = {one.key: one.record for one in line.ties}
    for number, one in enumerate(offered):
        if number in wanted and not one.tie:
            yield _tied(line.record, one.record)
        elif number not in wanted and one.tie:
            yield untied(records[one.tie])


def untied(tie: Any) -> Change:  # noqa: ANN401  (the record that ties, or the outcome itself)
    """What undoes a tie."""
    if isinstance(tie, Outcome):
        return Change("outcome", tie.id, tie.version, {"aspiration_id": None})
    return Change(kind_of(tie).name, tie.id, tie.version)


def _tied(one: Any, other: Any) -> Change:  # noqa: ANN401
    ends = {type(one): one, type(other): other}
    child = one.child_id
    outcome, need = ends.get(Outcome), ends.get(DescribedNeed)
    given, hope = ends.get(Provision), ends.get(Aspiration)
    if hope is not None and outcome is not None:
        return Change("outcome", outcome.id, outcome.version, {"aspiration_id": hope.id})
    if given is None and outcome is not None and need is not None:
        return Change(
            kind_of(NeedBehind).name,
            fields={"child_id": child, "outcome_id": outcome.id, "need_id": need.id},
        )
    assert given is not None
    to = {"outcome_id": outcome.id} if outcome is not None else {"need_id": need.id if need else ""}
    return Change(
        kind_of(ProvisionFor).name, fields={"child_id": child, "provision_id": given.id, **to}
    )
