"""Letters kept as sent: the letter, its file and the event it is, all in one act with one undo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from caseworker_app.domain.declarations.letters import Letter, LetterTemplate, letter_title
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.letters import FIELDS, Draft, Order, question_words
from caseworker_app.domain.order import ties
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.cases.dating import found_on
from caseworker_app.services.cases.recording import questions_about
from caseworker_app.services.keeping_records import added
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fact
from caseworker_app.services.wording import capital, counted, fact_in_words

_LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LETTER, _TEMPLATE = kind_of(Letter), kind_of(LetterTemplate)


def as_sent(
    order: Order, drafts: Sequence[Draft], fields: tuple[str, ...], places: Sequence[Path]
) -> do.SendLetters:
    """The command that keeps letters as sent.

    Args:
        order: what was wanted.
        drafts: the letters.
        fields: of the template, in order: what was put into them is kept.
        places: the file of each letter.

    Raises:
        Refused: something that a letter needs is neither in the case nor typed.
    """
    for one in drafts:
        for gap in one.gaps:
            words = FIELDS.get(gap) or question_words(gap)
            raise Refused(
                f"The letter to {one.to.name} about {one.child} needs this: {words}.",
                f"field:{gap}",
            )
    letters = tuple(
        do.LetterTo(one.child_id, one.to.name, one.merged(fields), str(place))
        for one, place in zip(drafts, places, strict=True)
    )
    template, detail = order.template_id, order.detail
    return do.SendLetters(template, order.on, order.way, letters, order.event, detail)


def places_for(drafts: Iterable[Draft], folder: Path) -> list[Path]:
    """Where the letters go in a folder: names that every system takes, none that is there."""
    taken: set[str] = set()
    places = []
    for one in drafts:
        plain = " ".join(_NOT_IN_NAMES.sub(" ", one.name).split())[:_LONGEST_NAME].rstrip(". ")
        name, number = plain, 1
        while name.casefold() in taken or (folder / f"{name}.docx").exists():
            number += 1
            name = f"{plain} {number}"
        taken.add(name.casefold())
        places.append(folder / f"{name}.docx")
    return places


def send_letters(command: do.SendLetters, work: UnitOfWork, today: date) -> str:
    """Keep letters as sent; see `handlers.handle`.

    An event of that kind and day that is on record already is the one the letter is tied to.

    Raises:
        Refused: there is no letter, the template is gone, or the event cannot be.
    """
    if not command.letters:
        raise Refused("There is nobody to write to.", "to")
    template: LetterTemplate = work.one_of(_TEMPLATE, command.template_id)
    event: dict[str, str | None] = {}
    told: list[do.RecordFact] = []
    for one in command.letters:
        if one.child_id not in event:
            event[one.child_id] = _event(one.child_id, template, command, work, today)
            told.append(do.RecordFact(one.child_id, 0, template.fact, command.on))
        fields = {
            "child_id": one.child_id,
            "template_id": template.id,
            "sent_on": command.on,
            "to_whom": one.to_whom,
            "way": command.way,
            "merged": one.merged,
            "fact_id": event[one.child_id],
        }
        added(_LETTER.name, fields, work, today)
        if one.where:
            file = {
                "child_id": one.child_id,
                "title": letter_title(template.name, one.to_whom),
                "kind": "letter",
                "on": command.on,
                "where": one.where,
            }
            added("document", file, work, today)
    letters = counted(len(command.letters), "letter")
    work.title = f"{letters} sent: {template.name}"
    first = work.child(command.letters[0].child_id).child.name
    whom = first if len(event) == 1 else counted(len(event), "child", "children")
    asked = questions_about(told, work) if command.event == "" and template.fact else ""
    return f"{capital(letters)} sent for {whom}: {template.name}.{asked}"


def _event(
    child_id: str,
    template: LetterTemplate,
    command: do.SendLetters,
    work: UnitOfWork,
    today: date,
) -> str | None:
    """The event that a letter is: one that was chosen, one of that day, or a new one."""
    if command.event is None or not template.fact:
        return None
    if command.event:
        return command.event
    record = work.child(child_id)
    wanted = Fact(template.fact, command.on, dict(command.detail))
    try:
        found = found_on(_LETTER.field("fact_id"), record, wanted)
        if found is not None:
            return found
        fact = checked_fact(wanted, today)
    except Refused as refused:
        raise Refused(f"{record.child.name}: {refused.sentence}", refused.field) from refused
    fact = replace(fact, id=work.unit.allot("fact", 1)[0])
    after = Record(record.child, ties.recorded(record.facts, fact))
    work.put_child(after, f"{fact_in_words(fact)} recorded")
    return fact.id
