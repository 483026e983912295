"""What goes into letters: whom they go to, and what the case says for each field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from caseworker_app import paths
from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.letters import LetterTemplate
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.letters import (
    ASK,
    FOLLOWING,
    LAST,
    Addressee,
    Asked,
    Draft,
    Drawn,
    LeftOut,
    Order,
    details_of,
    fields_for,
    in_full,
    said,
)
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.records import Record
from caseworker_app.domain.yeargroup import nc_year, year_words
from caseworker_app.services.letters.addressing import Around
from caseworker_app.services.ports import COUNCIL, Reading
from caseworker_app.services.ports import RulePack as Rules
from caseworker_app.services.wording import joined

MOST = 500
"""So many letters at a time."""

_RECENT_DAYS = 90
_TEMPLATE, _SETTING = kind_of(LetterTemplate), kind_of(Setting)
_CASEWORKER = kind_of(Caseworker)


def template_of(reading: Reading, key: str) -> LetterTemplate:
    """A template by its id. Raises `Refused` where it is gone."""
    found = reading.all_of(_TEMPLATE, (key,)).get(key)
    if found is None:
        raise Refused("This letter template is no longer in the store.", "template_id")
    one: LetterTemplate = found
    return one


@dataclass(frozen=True, slots=True)
class _Beside:
    """What letters of one order have in common."""

    template: LetterTemplate
    asked: Asked
    order: Order
    rules: Rules
    council: str
    settings: Mapping[str, Setting]
    workers: Mapping[str, Caseworker]
    around: Around


def templates_of(reading: Reading, kind: str) -> list[LetterTemplate]:
    """The templates of a kind, by name."""
    held = (one for one in reading.all_of(_TEMPLATE).values() if one.kind == kind)
    return sorted(held, key=lambda one: folded(one.name))


def draw(reading: Reading, rules: Rules, asked: Asked, order: Order, today: date) -> Drawn:
    """What an order comes to: the letters, and for whom none is written and why.

    Args:
        reading: the store.
        rules: those that bind in it.
        asked: what the template asks for.
        order: what is wanted.
        today: the day.

    Raises:
        Refused: the template is gone or names fields that there are not, or it is too many.
    """
    template = template_of(reading, order.template_id)
    refuse_unknown(template, asked)
    if len(order.child_ids) > MOST:
        raise Refused(f"No more than {MOST} letters at a time: select fewer.")
    beside = _Beside(
        template,
        asked,
        order,
        rules,
        reading.meta().get(COUNCIL, ""),
        reading.all_of(_SETTING),
        reading.all_of(_CASEWORKER),
        Around(reading, order.child_ids, today),
    )
    letters: list[Draft] = []
    left: list[LeftOut] = []
    records = reading.records(order.child_ids)
    for key in order.child_ids:
        if key not in records:
            left.append(LeftOut(key, "One of those selected", "no longer in the store"))
            continue
        record = records[key]
        drafts = list(_drafts(record, beside))
        why = _why_none(record, drafts, beside)
        if why:
            left.append(LeftOut(key, record.child.name, why))
        else:
            letters += drafts
    return Drawn(tuple(letters), tuple(left))


def refuse_unknown(template: LetterTemplate, asked: Asked) -> None:
    """Refuse a template that names a field there is not, by its name. Raises `Refused`."""
    unknown = asked.unknown(template.kind, template.fact)
    if not unknown:
        return
    named = joined([f"“{one}”" for one in unknown])
    fields = "a field that does not exist" if len(unknown) == 1 else "fields that do not exist"
    raise Refused(
        f"The template {template.name} asks for {fields}: {named}. Correct it in Word; "
        f"the guide lists every field, and one that begins with “{ASK}” is asked when you write.",
        "template_id",
    )


def _why_none(record: Record, drafts: list[Draft], beside: _Beside) -> str:
    """Why nothing is written about a child; "" where it is. One letter alone shows its gaps."""
    if not drafts and beside.order.to is not None:
        if not beside.order.to and beside.around.addressees(record.child):
            return "nobody is ticked to get it"
        return "nobody it could go to is recorded"
    if not drafts:
        known = beside.around.addressees(record.child)
        barred = [one for one in known if one.parental and one.why_not]
        if barred:
            return f"{barred[0].name} has parental responsibility: {barred[0].why_not}"
        return "no contact with parental responsibility is recorded"
    # A question, and a detail of the event, are of the letters and not of this child.
    of_all = details_of(beside.template.fact) if beside.order.event == "" else {}
    gaps = dict.fromkeys(
        gap for one in drafts for gap in one.gaps if gap not in of_all and not gap.startswith(ASK)
    )
    if gaps and len(beside.order.child_ids) > 1:
        words = fields_for(beside.template.fact)
        return f"not recorded: {joined([words.get(gap, gap).lower() for gap in gaps])}"
    return ""


def _drafts(record: Record, beside: _Beside) -> Iterator[Draft]:
    order, child = beside.order, record.child
    known = beside.around.addressees(child)
    chosen = [one for one in known if _is_chosen(one, order)]
    common = _of_case(record, beside)
    doubts = _doubts(record, beside)
    for to in chosen:
        values = {
            **common,
            "to_name": to.name,
            "to_relation": to.relation.lower(),
            "to_address": to.address,
        }
        # What was typed fills what the case does not say, of this addressee too.
        values |= {key: words for key, words in order.answers.items() if not values.get(key)}
        gaps = tuple(
            one
            for one in beside.asked.fields
            if one in beside.asked.needed and not values.get(one) and _is_wanted(one, order)
        )
        mind = (f"{to.name}: {to.mind}",) if to.mind else ()
        name = f"{child.reference} {beside.template.name}, {to.name}"
        yield Draft(child.id, child.name, to, values, gaps, (*doubts, *mind), name)


def _is_chosen(one: Addressee, order: Order) -> bool:
    """Whether it goes to somebody: named, or of a sort that is named, as every setting is."""
    if order.to is None:
        return one.usual
    return one.key in order.to or one.key.partition("/")[0] in order.to


def _is_wanted(name: str, order: Order) -> bool:
    """An address may lack where nothing goes by post."""
    return name != "to_address" or order.way == "letter"


def _of_case(record: Record, beside: _Beside) -> dict[str, str]:
    """What the case says for every field but those of the addressee."""
    child, order = record.child, beside.order
    setting = beside.settings.get(child.setting_id or "")
    worker = beside.workers.get(child.caseworker_id or "")
    year = _year(child, order.on)
    values = {
        "child_name": " ".join(filter(None, (child.forename, child.surname))),
        "child_forename": child.forename,
        "child_surname": child.surname,
        "date_of_birth": said(child.born),
        "reference": child.reference,
        "upn": child.upn,
        "year_group": "" if year is None else year_words(year),
        "primary_need": NEEDS.get(child.need, child.need),
        "setting": setting.name if setting else "",
        "caseworker": worker.name if worker else "",
        "caseworker_email": worker.email if worker else "",
        "council": beside.council,
        "letter_date": in_full(order.on),
    }
    for name, (kinds, _) in LAST.items():
        days = [one.on for one in record.facts if one.kind in kinds]
        values[name] = said(max(days, default=None))
    if set(FOLLOWING) & set(beside.asked.fields):
        values |= _counted(record, setting, beside)
    return values | _details(beside)


def _year(child: Child, on: date) -> int | None:
    if child.born is None:
        return None
    return nc_year(child.born, on, child.actual_year, child.actual_year_on)


def _details(beside: _Beside) -> dict[str, str]:
    """The details of the event, in words."""
    event = beside.template.fact
    found = {}
    for key in KINDS[event].keys if event in KINDS else ():
        value = beside.order.detail.get(key.name)
        found[key.name] = key.choices.get(str(value), "") if key.choices else said(value)
    return found if details_of(event) else {}


def _counted(record: Record, setting: Setting | None, beside: _Beside) -> dict[str, str]:
    """The dates that follow from the letter, and when the next review is due."""
    event, order = beside.template.fact, beside.order
    without = [one for one in record.facts if (one.kind, one.on) != (event, order.on)]
    facts = list(record.facts)
    if event in KINDS and order.event == "" and len(without) == len(facts):
        facts.append(Fact(event, order.on, dict(order.detail)))

    def ahead(known: list[Fact]) -> set[tuple[str, str, date]]:
        return {
            (one.version.rule, one.episode, one.due)
            for one in beside.rules.deadlines(record.child, setting, known)
            if one.met_on is None and one.superseded_on is None and one.due >= order.on
        }

    after = ahead(facts)
    follow = after - ahead(without)
    found = {}
    for name, rule in _rules().items():
        days = [due for of, _, due in (after if name == "review_by" else follow) if of == rule]
        found[name] = in_full(min(days)) if days else ""
    return found


@cache
def _rules() -> Mapping[str, str]:
    """The rule that each date which follows is counted by."""
    path = paths.resources() / "letter_dates.toml"
    rules: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return rules


def recent(record: Record, event: str, on: date) -> list[Fact]:
    """The events of a template's kind near a day, the newest first."""
    near = [
        one for one in record.facts if one.kind == event and abs((one.on - on).days) <= _RECENT_DAYS
    ]
    return sorted(near, key=lambda one: one.on, reverse=True)


def _doubts(record: Record, beside: _Beside) -> tuple[str, ...]:
    """What to look at: the event may be on record under another day already."""
    event, order = beside.template.fact, beside.order
    if event not in KINDS or order.event != "":
        return ()
    others = [one for one in recent(record, event, order.on) if one.on != order.on]
    if not others:
        return ()
    days = joined([day_words(one.on) for one in others])
    return (f"{record.child.name}: {KINDS[event].label} is recorded already, on {days}",)
