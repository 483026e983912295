"""What the Families screen shows: answers, invitations, who is due one, and what was done.

An answer leads to a child only where its code is that of an invitation and the family agreed.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.declarations.families import Feedback, Invitation, Response
from caseworker_app.domain.families import ASKED_WITHIN, DueRow, is_due, token_key
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.services.commands import AddRecord, Together
from caseworker_app.services.gate import asks_itself, only_own

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.situation import Situation

_FEEDBACK, _INVITATION, _RESPONSE = kind_of(Feedback), kind_of(Invitation), kind_of(Response)
KINDS = frozenset(one.name for one in (_FEEDBACK, _INVITATION, _RESPONSE))
"""The kinds of record that change what is shown."""
_EVENTS = {"assessment": "plan_sent", "review": "review_decision_sent"}
"""What a family is asked about, and the event after which."""

NO_CODE, STRANGE, NOT_AGREED = "no code", "code of no invitation", "not to be seen with the case"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as a list shows it.

    Attributes:
        child_id, name: whose it is; "" where the family did not agree, or nobody can tell.
        whose: the name, or why there is none.
    """

    record: Feedback
    child_id: str = ""
    name: str = ""
    whose: str = ""

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class AskedRow:
    """An invitation, with whose it is and whether it was answered."""

    record: Invitation
    reference: str
    name: str
    caseworker: str
    caseworker_id: str
    answered: bool

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def child_id(self) -> str:
        """Whose it is."""
        return self.record.child_id


@dataclass(frozen=True, slots=True)
class Families:
    """Everything that families said and were asked, the newest first."""

    answers: tuple[AnswerRow, ...] = ()
    asked: tuple[AskedRow, ...] = ()
    responses: tuple[Response, ...] = ()


@asks_itself
def families(session: Situation) -> Families:
    """Everything that one may see. Raises `Refused` where one may see nothing."""
    with session.store.reading() as reading:
        only = only_own(session.person, "feedback", reading, session.today())
        keys = None if only is None else reading.pointing(_INVITATION, "child_id", only)
        asked: list[Invitation] = list(reading.all_of(_INVITATION, keys).values())
        answers: list[Feedback] = list(reading.all_of(_FEEDBACK).values())
        responses: list[Response] = list(reading.all_of(_RESPONSE).values())
        people = {one.id: one for one in reading.summaries({one.child_id for one in asked})}
        workers = {one.id: one.name for one in reading.caseworkers()}
    by_token = {token_key(one.token): one for one in asked if one.token}
    told = {token_key(one.token) for one in answers} - {""}
    names = {key: whole_name(one.surname, one.forename) for key, one in people.items()}
    rows = [
        AskedRow(
            one,
            people[one.child_id].reference,
            names[one.child_id],
            workers.get(people[one.child_id].caseworker_id or "", ""),
            people[one.child_id].caseworker_id or "",
            token_key(one.token) in told,
        )
        for one in asked
    ]
    return Families(
        tuple(
            _answer(one, by_token, names)
            for one in sorted(answers, key=lambda one: (one.on, int(one.id)), reverse=True)
            # Whoever sees their own cases alone sees what leads to one of these, or to nobody.
            if only is None or not one.token or token_key(one.token) in by_token
        ),
        tuple(sorted(rows, key=lambda row: (row.record.sent_on, int(row.id)), reverse=True)),
        tuple(sorted(responses, key=lambda one: (one.on, int(one.id)), reverse=True)),
    )


@asks_itself
def to_invite(session: Situation) -> tuple[DueRow, ...]:
    """The families to be asked, those that wait longest first."""
    today = session.today()
    with session.store.reading() as reading:
        only = only_own(session.person, "feedback", reading, today)
        sent: dict[tuple[int, str], list[date]] = defaultdict(list)
        for key, about, on in reading.some_fields(_INVITATION, ("child_id", "about", "sent_on")):
            sent[key, about].append(on)
        due = {
            (str(key), about): on
            for about, event in _EVENTS.items()
            for key, _, on in reading.last_of(event, today, only)
            if on >= today - ASKED_WITHIN and is_due(on, sent.get((key, about), ()), today)
        }
        people = {one.id: one for one in reading.summaries({key for key, _ in due})}
        workers = {one.id: one.name for one in reading.caseworkers()}
    rows = [
        DueRow(
            key,
            people[key].reference,
            people[key].surname,
            people[key].forename,
            workers.get(people[key].caseworker_id or "", ""),
            people[key].caseworker_id or "",
            about,
            on,
        )
        for (key, about), on in due.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.since, folded(row.surname), row.id)))


def invitations(rows: Iterable[DueRow], sent_on: date, way: str) -> Together:
    """Invitations to the families of some rows, all or nothing, each with a code of its own."""
    commands = tuple(
        AddRecord(
            "invitation",
            {
                "child_id": row.child_id,
                "about": row.about,
                "sent_on": sent_on,
                "way": way,
                "token": secrets.token_hex(4),
            },
        )
        for row in rows
    )
    many = len(commands)
    return Together(commands, "1 family invited" if many == 1 else f"{many:,} families invited")


def feedback_of(reading: Reading, invited: Collection[str]) -> list[Feedback]:
    """The answers that may be seen with a case: of its invitations, where the family agreed.

    `invited` are the ids of its invitations.
    """
    asked = reading.all_of(_INVITATION, invited).values() if invited else ()
    tokens = {token_key(one.token) for one in asked} - {""}
    if not tokens:
        return []
    told = reading.by_words(_FEEDBACK, "token", token_key)
    theirs = [key for token in tokens for key in told.get(token, ())]
    answers = reading.all_of(_FEEDBACK, theirs).values() if theirs else ()
    return [one for one in answers if one.known]


def _answer(
    one: Feedback, by_token: Mapping[str, Invitation], names: Mapping[str, str]
) -> AnswerRow:
    if not one.token:
        return AnswerRow(one, whose=NO_CODE)
    asked = by_token.get(token_key(one.token))
    if asked is None:
        return AnswerRow(one, whose=STRANGE)
    if not one.known:
        return AnswerRow(one, whose=NOT_AGREED)
    name = names[asked.child_id]
    return AnswerRow(one, asked.child_id, name, name)


def kind_shown(row: Any) -> Kind:  # noqa: ANN401  (a row of any of the lists)
    """The kind of record behind a row."""
    return kind_of(row if isinstance(row, Response) else row.record)
