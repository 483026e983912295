"""What a review said of a plan: each outcome judged in turn, in one act with one undo."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.declarations.thread import KEPT, PROGRESS, Judgement, Outcome
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_thread import ANEW
from caseworker_app.services import commands as do
from caseworker_app.services.keeping_records import add_record, change_record
from caseworker_app.services.plans.writing import write_again
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import counted

NOT_RIGHT = "Provision not right any more"
"""How a note of the review begins its line about provision."""


def review_outcomes(command: do.ReviewPlan, work: UnitOfWork, today: date) -> str:
    """Keep the judgements of a review, and rewrite what is to be rewritten.

    Raises:
        Refused: a judgement lacks what it needs; `field` is the id of its outcome.
        Stale: somebody changed an outcome meanwhile.
    """
    record = work.child(command.child_id)
    meeting = next((one for one in record.facts if one.id == command.review_id), None)
    if meeting is None or meeting.kind != "review_meeting_held":
        raise Refused("Choose the review meeting.", "review_id")
    if not command.judged and not command.views:
        raise Refused("Judge an outcome, or write what was said.", "")
    for one in command.judged:
        _judge(one, command, work, today)
        if one.kept == "rewritten":
            _rewrite(one, command.child_id, meeting.on, work, today)
    if command.views.strip():
        fields = {
            "child_id": command.child_id,
            "on": meeting.on,
            "kind": "meeting",
            "with_whom": "Annual review",
            "words": command.views.strip(),
        }
        add_record(do.AddRecord("note", fields), work, today)
    words = f"{counted(len(command.judged), 'outcome')} judged at the review"
    work.title = words
    return f"{words} for {record.child.name}."


def _judge(one: do.Judged, command: do.ReviewPlan, work: UnitOfWork, today: date) -> None:
    if one.progress not in PROGRESS:
        raise Refused("Say how far this outcome has come.", one.outcome_id)
    if one.kept and one.kept not in KEPT:
        raise Refused("An outcome is kept or rewritten.", one.outcome_id)
    said = {"progress": one.progress, "kept": one.kept, "words": one.words}
    held = next(
        (
            each
            for kind, each in work.owned(command.child_id)
            if kind is kind_of(Judgement)
            and (each.outcome_id, each.review_id) == (one.outcome_id, command.review_id)
        ),
        None,
    )
    if held is not None:
        change_record(do.ChangeRecord("judgement", held.id, held.version, said), work, today)
        return
    tied = {
        "child_id": command.child_id,
        "outcome_id": one.outcome_id,
        "review_id": command.review_id,
    }
    add_record(do.AddRecord("judgement", {**tied, **said}), work, today)


def _rewrite(one: do.Judged, child_id: str, on: date, work: UnitOfWork, today: date) -> None:
    """End an outcome at the review, and begin it in other words with the same ties."""
    old: Outcome = work.one_of(kind_of(Outcome), one.outcome_id, one.seen, {"words", "ended_on"})
    words = one.rewritten.strip()
    if not words or words == old.words.strip():
        raise Refused("Write the outcome anew, or keep it.", one.outcome_id)
    if old.ended_on is not None:
        raise Refused("This outcome has ended.", one.outcome_id)
    marks = dict.fromkeys(("specific", "measurable", "achievable", "relevant", "timed"), "")
    fields = {"words": words, **marks, "marked_by": "", "by_when": one.by_when or old.by_when}
    write_again(work, child_id, {f"outcome/{old.id}": fields}, on)
    ended = {"ended_on": max(on, old.set_on), "ended_why": ANEW}
    change_record(do.ChangeRecord("outcome", old.id, old.version, ended), work, today)
