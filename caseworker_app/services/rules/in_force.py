"""Which rules bind in a store: read from it, and noted beside the dates counted by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.errors import Refused, Unreadable

if TYPE_CHECKING:
    from caseworker_app.domain.binding import Binding
    from caseworker_app.domain.kinds import Kind
    from caseworker_app.services.as_known import Known
    from caseworker_app.services.ports import Reading, RulePack

RULES_KEPT = "rules"
"""The name under which the store notes by which rules its dates were counted."""

PACK_KEPT = "rule_pack"
"""That for the identity of the rule pack in force."""

VERSION_KEPT = "rules_version"
APPLICATION_KEPT = "application"

_WAITING = (
    "The dates of this store wait to be counted by the rules of this Caseworker: bring them up to "
    "date first."
)


def binding_of(reading: Reading | Known) -> Binding:
    """What binds in a store. Raises `Refused` where it cannot stand together."""
    from caseworker_app.domain.binding import Binding

    return Binding.of(lambda kind: reading.all_of(kind).values())


def rules_after(rules: RulePack, all_of: Callable[[Kind], Iterable[Any]]) -> RulePack:
    """The rules that bind once a change is made, known to hold together.

    Args:
        rules: those that bind now.
        all_of: gives the records of a kind as the change leaves them.

    Raises:
        Refused: they would not hold together, or no rule pack is in force yet.
    """
    from caseworker_app.domain.binding import Binding

    binding = Binding.of(all_of)
    if binding.pack is None:
        raise Refused(_WAITING)
    try:
        return rules.for_store(binding)
    except Unreadable as error:
        raise Refused(error.sentence) from error


def notes_of(rules: RulePack, identity: str) -> dict[str, str]:
    """What the store notes of the rules its dates are counted by, by name."""
    return {
        RULES_KEPT: rules.fingerprint,
        PACK_KEPT: identity,
        VERSION_KEPT: rules.version,
        APPLICATION_KEPT: rules.application,
    }
