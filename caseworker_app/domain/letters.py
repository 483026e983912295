"""What a letter template may ask for, and a letter before it is written.

A template names its fields in Word as `{{ child_name }}`. A field that begins with `ask_` is a
question put to whoever writes the letter: `{{ ask_time_and_place }}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.facts import KINDS, Detail

ASK = "ask_"
"""How a field begins that is a question to whoever writes the letter."""

READY = "ready:"
"""How the place of a template begins that comes with Caseworker."""

FOLLOWING: Mapping[str, str] = MappingProxyType(
    {
        "comments_by": "By when the family may comment on the changes",
        "amended_plan_by": "By when the amended plan is to be sent",
        "mediation_by": "By when the family may turn to mediation",
        "appeal_by": "By when the family may appeal",
        "review_by": "By when the next annual review is to be complete",
    }
)
"""Dates that follow, counted by the rules as if the letter were sent already."""

LAST: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "request_received_on": (("request_received",), "Request received on"),
        "plan_sent_on": (("plan_sent", "amended_plan_sent"), "Latest plan sent on"),
        "review_held_on": (("review_meeting_held",), "Latest review meeting held on"),
    }
)
"""The day of the latest event of some kinds."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "child_name": "Name of the child",
        "child_forename": "Forename",
        "child_surname": "Surname",
        "date_of_birth": "Date of birth",
        "reference": "Reference",
        "upn": "UPN",
        "year_group": "Year group",
        "primary_need": "Primary need",
        "setting": "Setting",
        "to_name": "Addressed to",
        "to_relation": "What they are to the child",
        "to_address": "Their address",
        "caseworker": "Caseworker",
        "caseworker_email": "E-mail of the caseworker",
        "council": "Name of the council",
        "letter_date": "Date of the letter",
        **{name: words for name, (_, words) in LAST.items()},
        **FOLLOWING,
    }
)
"""Every field that a letter can fill from a case, with its words."""


MINUTES = "minutes"
"""The kind of a template that is of a panel's minutes and not of a letter."""

PANEL: Mapping[str, str] = MappingProxyType(
    {
        "council": "Name of the council",
        "panel": "Panel and its day",
        "panel_date": "Day of the panel",
        "chair": "Chair",
        "who_came": "Who came",
        "parent_representative": "Whether a parent representative was present",
        "items": "The cases, a line each",
        "made_on": "Day on which the minutes are made",
    }
)
"""Every field that a template of minutes may ask for."""

PANEL_ITEM: Mapping[str, str] = MappingProxyType(
    {
        "number": "Number",
        "child": "Child",
        "reference": "Reference",
        "question": "Question",
        "decision": "Decision",
        "reasons": "Reasons",
        "conditions": "Conditions",
        "referred_to": "Panel referred to",
        "told_on": "Day on which the family was told",
    }
)
"""What it may name of each case."""


def details_of(event: str) -> dict[str, str]:
    """The fields that the event of a template adds: its details, such as the outcome."""
    return {key.name: key.label for key in KINDS[event].keys} if event in KINDS else {}


def fields_for(event: str) -> dict[str, str]:
    """Every field that a template with an event may ask for, with its words."""
    return {**FIELDS, **details_of(event)}


def question_words(name: str) -> str:
    """A question of a template in words: "Time and place" for `ask_time_and_place`."""
    words = " ".join(name.removeprefix(ASK).split("_"))
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a template asks for.

    Attributes:
        fields: every field it names, in order.
        needed: those that stand in the text whatever else is known; the others only under an `if`.
        parts: what it names of each line of a list.
    """

    fields: tuple[str, ...] = ()
    needed: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions to whoever writes."""
        return tuple(one for one in self.fields if one.startswith(ASK))

    def unknown(self, kind: str, event: str) -> tuple[str, ...]:
        """The fields that there are not, for a template of a kind with an event."""
        minutes = kind == MINUTES
        known = PANEL if minutes else fields_for(event)
        asks = tuple(
            one for one in self.fields if one not in known and (minutes or not one.startswith(ASK))
        )
        return asks + tuple(one for one in self.parts if not minutes or one not in PANEL_ITEM)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody a letter about a child may go to.

    Attributes:
        key: "contact/4", "professional/2" or "setting/1".
        relation: what they are to the child, in words.
        parental: whether they have parental responsibility.
        why_not: why nothing is sent to them unless somebody chooses it; "" where it is.
        mind: what to mind, such as "Large print".
    """

    key: str
    name: str
    relation: str
    address: str = ""
    parental: bool = False
    why_not: str = ""
    mind: str = ""

    @property
    def usual(self) -> bool:
        """Whether a letter goes to them where nobody says otherwise."""
        return self.parental and not self.why_not

    @property
    def line(self) -> str:
        """Who it is, in a line."""
        pr = "parental responsibility" if self.parental else ""
        said = ", ".join(filter(None, (self.relation, pr, self.mind, self.why_not)))
        return f"{self.name} ({said})" if said else self.name


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written.

    Attributes:
        template_id: the template.
        child_ids: about whom.
        on: the day of the letters.
        way: how they are sent, as `Letter.way`.
        event: "" records the event of the template on that day, an id ties the letters to an event
            recorded already, and None records nothing.
        detail: of the event.
        answers: what was typed for fields: questions, and what the case does not say.
        to: keys of those it goes to, or a sort of them, "setting"; None is everybody with parental
            responsibility.
    """

    template_id: str
    child_ids: tuple[str, ...]
    on: date
    way: str = "letter"
    event: str | None = ""
    detail: Mapping[str, Detail] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    to: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is written.

    Attributes:
        child: the child's name.
        values: what goes into its fields, in words.
        gaps: needed fields for which the case has nothing.
        doubts: what to look at before it is sent, a sentence each.
        name: of its file, without an ending.
    """

    child_id: str
    child: str
    to: Addressee
    values: Mapping[str, str]
    gaps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    name: str = ""

    def merged(self, fields: tuple[str, ...]) -> str:
        """What was put into its fields, a line each: as the record keeps it."""
        lines = (f"{one}: {' / '.join(self.values.get(one, '').splitlines())}" for one in fields)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A child for whom no letter can be written, and why."""

    child_id: str
    child: str
    why: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an order comes to.

    Attributes:
        left: for whom nothing is written.
    """

    letters: tuple[Draft, ...] = ()
    left: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter as it is to leave.

    Attributes:
        document: the Word document.
        text: every word in it, for the guard.
        body: what a person reads of it.
    """

    draft: Draft
    document: bytes
    text: str
    body: str


def said(value: Any) -> str:  # noqa: ANN401  (a detail of an event)
    """A value of a detail as a letter has it."""
    return in_full(value) if isinstance(value, date) else str(value or "")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def in_full(day: date) -> str:
    """A day as a letter has it: 3 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
