"""What a person may enter: each rule with one sentence that says what to put instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import KINDS, Detail, ExtraKey, Fact
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_of
from caseworker_app.domain.order.doubt import is_review_key
from caseworker_app.domain.people import OLDEST_YEAR, YOUNGEST_YEAR, Child, Transfer
from caseworker_app.services.wording import capital, day_in_words

EARLIEST = date(1980, 1, 1)
LATEST = date(2100, 1, 1)
_FURTHEST = 120
_LEAST, _MOST = -(2**31), 2**31 - 1
"""What a column of whole numbers holds on both databases."""

_FEW_CHOICES = 5

_FUTURE_ALLOWED = frozenset({"plan_ceased"})
_CHILD = kind_of(Child)
# The day of a year group is kept with it, and may be given where it is known.
_FIELDS = {one.name for one in _CHILD.typed_by_hand()} - {"sen2"} | {"actual_year_on"}
_TEXTS = {one.name for one in _CHILD.fields if one.type in ("text", "choice")}
_NEVER_BLANK = {"surname": "surname", "forename": "forename", "reference": "reference"}
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")


def checked_fact(fact: Fact, today: date) -> Fact:
    """A fact as it may be recorded, its details without blanks.

    A day that goes badly with other days, the date of birth among them, is no fault: it is asked
    about in words (`domain.event_order`).

    Raises:
        Refused: the kind is unknown, the day cannot be, or a detail is missing or unknown.
    """
    spec = KINDS.get(fact.kind)
    if spec is None:
        raise Refused(f"{fact.kind!r} is not a kind of event.", "kind")
    _check_day(fact, today)
    known = {key.name: key for key in spec.keys}
    detail: dict[str, Detail] = {}
    for name, value in fact.detail.items():
        if name not in known:
            raise Refused(f"{spec.label.capitalize()} has no {name!r}.", name)
        if value not in ("", None):
            detail[name] = _detail(known[name], value)
    for key in spec.keys:
        if key.required and key.name not in detail:
            raise Refused(f"{key.label} is needed{_named(key)}.", key.name)
    return Fact(fact.kind, fact.on, detail, fact.episode or None, fact.id)


def _named(key: ExtraKey) -> str:
    """The choices after a colon, where they are few enough to say; else ""."""
    words = [one.lower() for one in key.choices.values()]
    if not 1 < len(words) <= _FEW_CHOICES:
        return ""
    return f": {', '.join(words[:-1])} or {words[-1]}"


def refuse_twice(fact: Fact, facts: Iterable[Fact]) -> None:
    """Refuse a fact that is recorded already. Raises `Refused`."""
    for other in facts:
        same = other.kind == fact.kind and other.on == fact.on and other.id != fact.id
        tied_alike = other.episode == fact.episode or is_review_key(other.episode)
        if same and dict(other.detail) == dict(fact.detail) and tied_alike:
            label = KINDS[fact.kind].label
            raise Refused(
                f"{label.capitalize()} {day_in_words(fact.on)} is recorded already.", "on"
            )


def _check_day(fact: Fact, today: date) -> None:
    if not EARLIEST <= fact.on < LATEST:
        raise Refused(f"The year {fact.on.year} cannot be right.", "on")
    if fact.on > today and fact.kind not in _FUTURE_ALLOWED:
        raise Refused(f"{day_in_words(fact.on)} has not come yet.", "on")


def _detail(key: ExtraKey, value: Detail) -> Detail:
    if key.type == "date":
        if not isinstance(value, date):
            raise Refused(f"{key.label} is a date.", key.name)
        if not EARLIEST <= value < LATEST:
            raise Refused(f"The year {value.year} cannot be right.", key.name)
        return value
    if not isinstance(value, str):
        raise Refused(f"{key.label} is text.", key.name)
    if key.type == "choice" and value not in key.choices:
        raise Refused(f"{value!r} is none of the choices for {key.label.lower()}.", key.name)
    return value.strip()


def checked_fields(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Attributes of a child as they may be kept, text trimmed.

    Raises:
        Refused: an attribute is unknown, blank where it may not be, or cannot be.
    """
    values = {name: _trimmed(name, value) for name, value in given.items()}
    for name, words in _NEVER_BLANK.items():
        if name in values and not values[name]:
            raise Refused(f"The {words} is needed.", name)
    if "born" in values:
        _check_born(values["born"], today)
    for name in ("need", "secondary_need"):
        if values.get(name) and values[name] not in NEEDS:
            raise Refused(f"{values[name]!r} is not a type of need.", name)
    if values.get("sex", "") not in ("", "M", "F"):
        raise Refused("Sex is M, F or left blank.", "sex")
    if values.get("upn") and not _UPN.fullmatch(values["upn"]):
        raise Refused("A UPN is a letter, eleven digits and a digit or letter.", "upn")
    year = values.get("actual_year")
    if year is not None and not (isinstance(year, int) and YOUNGEST_YEAR <= year <= OLDEST_YEAR):
        raise Refused(f"A year group is between {YOUNGEST_YEAR} and {OLDEST_YEAR}.", "actual_year")
    return values


def _trimmed(name: str, value: Any) -> Any:  # noqa: ANN401  (any attribute of `Child`)
    if name not in _FIELDS:
        raise Refused(f"A child has no {name!r}.", name)
    if name in _TEXTS:
        text = "" if value is None else value
        if not isinstance(text, str):
            raise Refused(f"{name.replace('_', ' ').capitalize()} is text.", name)
        return " ".join(text.split()) if name != "comment" else text.strip()
    if name in ("born", "history_from", "actual_year_on") and not isinstance(value, date | None):
        raise Refused("This is a date.", name)
    if name == "transfer" and not isinstance(value, Transfer | None):
        raise Refused("A transfer has a kind and a day.", name)
    return value


def _check_born(born: date | None, today: date) -> None:
    if born is None:
        raise Refused("The date of birth is needed.", "born")
    if born > today:
        raise Refused(f"{day_in_words(born)} has not come yet.", "born")
    if born.year < today.year - 40:
        raise Refused(f"The year {born.year} cannot be right.", "born")


def checked_record(
    kind: Kind,
    fields: Mapping[str, Any],
    today: date,
    now: object = None,
    offered: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Fields of a record of any declared kind as they may be kept, text trimmed.

    Args:
        kind: the kind.
        fields: what is given; for a new record, what is not given says nothing.
        today: no day may lie a century off it.
        now: the record that is changed; None for a new one.
        offered: the choices of fields of own lists; what a record says already it may go on saying.

    Raises:
        Refused: a field is unknown, needed and not given, or cannot be.
    """
    known = {one.name: one for one in kind.fields}
    for name in fields:
        if name not in known:
            raise Refused(f"{capital(kind.one)} has no {name!r}.", name)
    for name, choices in (offered or {}).items():
        held = getattr(now, name, "")
        known[name] = replace(known[name], choices={**choices, **({held: held} if held else {})})
    values = {name: _checked(known[name], value, today) for name, value in fields.items()}
    for spec in kind.fields:
        missing = spec.name not in values if now is None else False
        if spec.needed and (missing or values.get(spec.name, True) in ("", None)):
            raise Refused(spec.missing, spec.name)
    return values


def _checked(spec: FieldSpec, value: Any, today: date) -> Any:  # noqa: ANN401
    if value is None or value == spec.blank:
        return spec.blank
    if spec.type in ("text", "choice"):
        value = _checked_text(spec, value)
    elif spec.type == "day":
        if not isinstance(value, date):
            raise Refused(f"{spec.label} is a date.", spec.name)
        if abs(value.year - today.year) > _FURTHEST:
            raise Refused(f"The year {value.year} cannot be right.", spec.name)
    elif spec.type in ("number", "money"):
        _check_number(spec, value)
    elif spec.type == "yes or no" and not isinstance(value, bool):
        raise Refused(f"{spec.label} is yes or no.", spec.name)
    elif spec.type == "items":
        return tuple(value)
    return value


def _checked_text(spec: FieldSpec, value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise Refused(f"{spec.label} is text.", spec.name)
    text = value.strip() if spec.long else " ".join(value.split())
    if spec.type == "choice" and text and text not in spec.choices:
        raise Refused(f"{text!r} is none of the choices for {spec.words}.", spec.name)
    if text and spec.pattern and not re.fullmatch(spec.pattern, text):
        raise Refused(spec.pattern_says, spec.name)
    return text


def _check_number(spec: FieldSpec, value: Any) -> None:  # noqa: ANN401
    if not isinstance(value, int) or isinstance(value, bool):
        what = "an amount" if spec.type == "money" else "a whole number"
        raise Refused(f"{spec.label} is {what}.", spec.name)
    least = _LEAST if spec.least is None else spec.least
    most = _MOST if spec.most is None else spec.most
    if not least <= value <= most:
        raise Refused(f"{spec.label} is between {least:,} and {most:,}.", spec.name)
