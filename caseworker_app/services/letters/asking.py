"""What the form of a letter begins with: the templates, whom it may go to, and events on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.letters import LetterTemplate
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.letters import MINUTES, Addressee
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import Right
from caseworker_app.services.letters.addressing import Around
from caseworker_app.services.letters.merging import recent
from caseworker_app.services.situation import Situation


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What the form of a letter begins with.

    Attributes:
        templates: of letters, by name.
        known: whom a letter about the one child may go to; none where it is about several.
        events: by the kind of event, those of the one child of late: id and words.
    """

    templates: tuple[LetterTemplate, ...] = ()
    known: tuple[Addressee, ...] = ()
    events: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def letter_form(session: Situation, child_ids: Sequence[str]) -> LetterForm:
    """Read what the form of a letter about some children begins with.

    Raises:
        Refused: the person may not read of children.
    """
    session.person.ask("children", Right.READ)
    today = session.today()
    with session.store.reading() as reading:
        every = reading.all_of(kind_of(LetterTemplate)).values()
        templates = sorted(
            (one for one in every if one.kind != MINUTES), key=lambda one: folded(one.name)
        )
        if len(child_ids) != 1:
            return LetterForm(tuple(templates))
        record = reading.records(child_ids).get(child_ids[0])
        if record is None:
            return LetterForm(tuple(templates))
        events = {
            one.fact: tuple(
                (fact.id, f"{KINDS[one.fact].label}, {day_words(fact.on)}")
                for fact in recent(record, one.fact, today)
            )
            for one in templates
            if one.fact in KINDS
        }
        return LetterForm(
            tuple(templates), Around(reading, child_ids, today).addressees(record.child), events
        )
