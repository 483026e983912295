"""The rule pack of this application put in force in a store, by whoever may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from caseworker_app.domain.binding import PACK
from caseworker_app.domain.errors import Refused
from caseworker_app.services import actions
from caseworker_app.services import commands as do
from caseworker_app.services.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from caseworker_app.domain.declarations.own_rules import PackInForce


def accept_rules(command: do.AcceptRules, work: UnitOfWork) -> str:
    """Stage the pack that is offered; every date is counted by it when the work is finished.

    Raises:
        Refused: it is in force already, it is older, or another one was shown.
    """
    fields = dict(work.offered.to_keep())
    if command.offered and command.offered != fields["fingerprint"]:
        raise Refused("These are other rules than those that were shown: look at them again.")
    now = kept_pack(work)
    if not work.offered.improves_on(now):
        raise Refused("These rules are in force already, or are older than those in force.")
    words = f"rule pack {fields['pack']} put in force"
    if now is None:
        # There is nothing to go back to: a store without rules counts nothing.
        work.kind = "note"
        work.add(PACK.of(**fields, id=work.unit.allot(PACK.name, 1)[0]), words)
    else:
        work.title, work.act = f"{words}, before it {now.pack}", actions.PACK
        work.put(replace(now, **fields), words)
    return f"The rules of {fields['pack']} are in force."


def kept_pack(work: UnitOfWork) -> PackInForce | None:
    """The pack in force, as an action leaves it; None where none has been accepted."""
    keys = list(work.all_of(PACK))
    found: PackInForce | None = work.found(PACK, keys[0]) if keys else None
    return found
