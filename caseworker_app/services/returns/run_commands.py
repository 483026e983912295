"""What is said of a kept return afterwards: sent on, withdrawn, and what owners say of measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.return_runs import Commentary, ReturnRun
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services import commands as do
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import capital

RUN, COMMENTARY = kind_of(ReturnRun), kind_of(Commentary)


def mark_sent(command: do.SendRun, work: UnitOfWork) -> str:
    """Say when and to whom a return was sent on, or take that out."""
    run: ReturnRun = work.one_of(RUN, command.id)
    if command.on is None:
        words = f"{run.words} not sent on"
        work.put(replace(run, sent_on=None, sent_to=""), words)
    else:
        to = " ".join(command.to.split())
        whom = f" to {to}" if to else ""
        words = f"{run.words} sent on{whom} on {day_words(command.on)}"
        work.put(replace(run, sent_on=command.on, sent_to=to), words)
    work.kind = "note"
    return f"{capital(words)}."


def withdraw(command: do.WithdrawRun, work: UnitOfWork, today: date) -> str:
    """Withdraw a published return. It protects the next ones still, unless it never left."""
    run: ReturnRun = work.one_of(RUN, command.id)
    why = " ".join(command.why.split())
    if not run.public:
        raise Refused("Only a return that was published can be withdrawn.", "id")
    if run.withdrawn_on is not None:
        raise Refused("This return is withdrawn already.", "id")
    if not why:
        raise Refused("Say why it is withdrawn.", "why")
    left = "it never left the house" if command.never_left else "it had been published"
    gone = replace(run, withdrawn_on=today, withdrawn_why=why, never_left=bool(command.never_left))
    words = f"{run.words} withdrawn; {left}"
    work.put(gone, words, why)
    work.kind = "note"
    from caseworker_app.services.returns.open_data import renew

    renew(work.unit, work.all_of(RUN).values())
    return f"{capital(words)}."


def comment(command: do.CommentOnMeasure, work: UnitOfWork, today: date) -> str:
    """Keep what somebody says of a measure in a kept return, in the place of what was said."""
    work.one_of(RUN, command.run_id)
    if not command.measure.strip():
        raise Refused("Say which measure it is about.", "measure")
    words = command.words.strip()
    said: dict[str, Any] = {"words": words, "said_by": work.who, "said_on": today}
    there = [
        one
        for one in work.all_of(COMMENTARY).values()
        if one.run_id == command.run_id and one.measure == command.measure
    ]
    if there:
        found = work.one_of(COMMENTARY, there[0].id)
        work.put(replace(found, **said), f"commentary on {command.measure} changed")
    else:
        key = work.unit.allot(COMMENTARY.name, 1)[0]
        made = Commentary(id=key, run_id=command.run_id, measure=command.measure, **said)
        work.add(made, f"commentary on {command.measure} added")
    return f"Commentary on {command.measure} kept." if words else "The commentary is taken out."
