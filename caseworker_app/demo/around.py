"""What goes on around the children of an invented borough: notes, promises, settings asked, panels.

It is drawn for children who are in a store already, each from their own reference, so that the same
store is given the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from caseworker_app import paths
from caseworker_app.demo.places import HOME, setting_for
from caseworker_app.domain import area, plan_templates
from caseworker_app.domain.people import Setting
from caseworker_app.domain.phase_transfer import TransferRow, years
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.twenty_weeks import TrackRow

MOST = 2000
"""Only so many children of a larger borough are given any of this."""

_OFFICERS = "Head of SEND, educational psychologist, designated clinical officer, head teacher"
_PANEL_CAME = f"{_OFFICERS}, parent representative"
_PAST_PANELS = 12

_BETWEEN_BIRTHS = (365, 3000)
"""So many days lie between the births of two of a family, at least and at most."""

_REFERRED = {
    "decision": "referred",
    "reasons": "Health and social care would pay a part of the place: for the joint panel.",
}

Fields = Mapping[str, Any]
Wanted = Iterator[tuple[str, Fields]]
"""Kinds of record, each with the fields of one to add."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, from `resources/demo/around.toml`: each a list of texts, as the file has it."""

    teams: list[list[str]]
    professionals: list[list[str]]
    notes: list[list[str]]
    promises: list[list[str]]
    documents: list[list[str]]
    answers: list[list[str]]


def load_words() -> Words:
    """Read the word lists."""
    path = paths.resources() / "demo" / "around.toml"
    return Words(**tomllib.loads(path.read_text(encoding="utf-8")))


def own_choices(council: str) -> Iterator[Fields]:
    """The templates of plans since the conversion, the newest last, and which area is ours."""
    yield {"of_list": area.LIST, "code": HOME, "words": council}
    for place, words in enumerate(("V2", "V3"), 1):
        yield {
            "of_list": plan_templates.LIST,
            "code": words.casefold(),
            "words": words,
            "place": place,
        }


def teams_and_professionals(words: Words) -> Wanted:
    """The records that others point at."""
    for name, manager in words.teams:
        yield "team", {"name": name, "manager": manager}
    for number, (name, service, role) in enumerate(words.professionals):
        telephone = f"020 7946 {100 + number:04d}"  # never given to anybody
        fields = {"name": name, "service": service, "role": role, "telephone": telephone}
        yield "professional", fields


def panels(today: date) -> Wanted:
    """The panel of last week and of the two weeks that come, and a joint one, on Thursdays.

    Before them those of a year, every four weeks; three in four had a parent representative.
    """
    thursday = today + timedelta(days=(3 - today.weekday()) % 7 or 7)
    for before in range(_PAST_PANELS, 0, -1):
        represented = before % 4 != 0
        yield (
            "panel",
            {
                "kind": "send",
                "on": thursday - timedelta(weeks=1 + 4 * before),
                "chair": "Head of SEND",
                "who_came": _PANEL_CAME if represented else _OFFICERS,
                "parent_representative": represented,
            },
        )
    for weeks in (-1, 0, 1):
        on = thursday + timedelta(weeks=weeks)
        there = {"who_came": _PANEL_CAME, "parent_representative": True} if weeks < 0 else {}
        yield "panel", {"kind": "send", "on": on, "chair": "Head of SEND", **there}
    yield "panel", {"kind": "joint", "on": thursday + timedelta(weeks=2)}


def around_cases(rows: Sequence[CaseRow], today: date, words: Words) -> Wanted:
    """Brothers and sisters, parents, notes, promises and documents of some who have a case open."""
    yield from _siblings(rows)
    for row in rows:
        draw = _draw(row.reference, "case")
        if row.status not in ("live", "assessment"):
            continue
        if draw.random() < 0.12:
            yield "contact", _parent(draw, row)
        if draw.random() < 0.05:
            for _ in range(draw.randint(1, 3)):
                yield "note", _note(draw, row, today, words)
        if draw.random() < 0.025:
            yield "promise", _promise(draw, row, today, words)
        draw = _draw(row.reference, "documents")
        if draw.random() < 0.15:
            for document in draw.sample(words.documents, draw.randint(1, 3)):
                yield "document", _document(draw, row, today, document)


def around_moves(
    rows: Sequence[TransferRow], settings: tuple[Setting, ...], today: date, words: Words
) -> Wanted:
    """The settings asked for those who move this school year and are not settled.

    Args:
        rows: of Phase transfer.
        settings: of the store.
        today: no day is later.
        words: what they answer.
    """
    for row in rows:
        draw = _draw(row.reference, "move")
        this_year = row.year == years(today)[0] and not row.is_settled
        if this_year and row.nc_year is not None and draw.random() < 0.55:
            asked = _chosen(draw, settings, row.nc_year + 1)
            yield from _asked(draw, row.child_id, asked, (today, 50), words)


def around_assessments(
    rows: Sequence[TrackRow],
    taught: Mapping[str, int | None],
    settings: tuple[Setting, ...],
    panel_days: Sequence[tuple[str, date]],
    professionals: Sequence[str],
    today: date,
    words: Words,
) -> Wanted:
    """Settings asked about a draft, what goes to a panel, and who has a part in an assessment.

    Args:
        rows: of Assessments.
        taught: the year group of each child, by id.
        settings: of the store.
        panel_days: ids and days of the panels, in order; the last is the joint one.
        professionals: their ids.
        today: no day of an event is later.
        words: what settings answer.
    """
    *_, (before, _), (coming, sits), _, (last, _) = panel_days
    referred = False
    for row in rows:
        draw = _draw(row.reference, "assessment")
        since = row.request + timedelta(days=1)
        if draw.random() < 0.5:
            yield (
                "involvement",
                {
                    "child_id": row.child_id,
                    "professional_id": draw.choice(professionals),
                    "as_what": "Advice for the assessment",
                    "since": min(since, today),
                },
            )
        year = taught.get(row.child_id)
        if row.draft is not None and year is not None and draw.random() < 0.8:
            spell = (today, max(1, (today - row.draft).days))
            asked = _chosen(draw, settings, year)
            yield from _asked(draw, row.child_id, asked, spell, words)
        chance, weeks = draw.random(), (today - row.request).days // 7
        if 2 <= weeks <= 5 and chance < 0.6:
            papers = {"papers_by": sits - timedelta(days=6)}
            yield "panel_item", _item(row.child_id, coming, "assess", papers)
        elif 6 <= weeks <= 8 and chance < 0.6:
            decided = {"decision": "agreed", "reasons": "The advice so far shows the need."}
            yield "panel_item", _item(row.child_id, before, "assess", decided)
            if not referred:
                referred = True
                on = {**_REFERRED, "referred_to_id": last}
                yield "panel_item", _item(row.child_id, before, "place", on)
        elif 13 <= weeks <= 17 and chance < 0.5:
            papers = {"papers_by": sits - timedelta(days=6)}
            yield "panel_item", _item(row.child_id, coming, "issue", papers)


def _item(child_id: str, panel_id: str, question: str, more: Fields) -> Fields:
    return {"child_id": child_id, "panel_id": panel_id, "question": question, **more}


def _draw(reference: str, what: str) -> Random:
    return Random(f"{reference}:{what}")  # noqa: S311  (invented data, not secrets)


def _parent(draw: Random, row: CaseRow) -> Fields:
    relation = draw.choice(["mother", "mother", "father", "grandparent"])
    first = {"mother": "Mrs", "father": "Mr", "grandparent": "Mrs"}[relation]
    return {
        "child_id": row.id,
        "name": f"{first} {row.surname}",
        "relation": relation,
        "address": f"{len(row.reference) + len(row.surname)} Mill Lane\nNorthbridge",
        "parental_responsibility": "" if relation == "grandparent" else "yes",
        # These numbers are kept free for invented people.
        "telephone": f"07700 900{draw.randrange(1000):03d}",
        "preferred_way": draw.choice(["call", "call", "e-mail", "message"]),
    }


def _siblings(rows: Sequence[CaseRow]) -> Wanted:
    """Some of those with one surname, born a year or more apart; in the order of their births."""
    families: dict[str, list[CaseRow]] = {}
    for row in rows:
        if row.born is not None and row.status in ("live", "assessment"):
            families.setdefault(row.surname, []).append(row)
    for surname, same in families.items():
        in_turn = sorted(same, key=lambda row: (row.born or date.min, row.reference))
        draw = _draw(surname, "family")
        for elder, younger in pairwise(in_turn):
            apart = ((younger.born or date.min) - (elder.born or date.min)).days
            if _BETWEEN_BIRTHS[0] <= apart <= _BETWEEN_BIRTHS[1] and draw.random() < 0.2:
                yield "sibling", {"child_id": elder.id, "sibling_id": younger.id}


def _document(draw: Random, row: CaseRow, today: date, document: Sequence[str]) -> Fields:
    title, kind, file = document
    on = today - timedelta(days=draw.randint(5, 400))
    return {
        "child_id": row.id,
        "title": title,
        "kind": kind,
        "on": on,
        "where": f"S:\\SEND\\Cases\\{row.reference}\\{file} {on.isoformat()}.docx",
        "state": "final",
    }


def _note(draw: Random, row: CaseRow, today: date, words: Words) -> Fields:
    kind, with_whom, said = draw.choice(words.notes)
    on = today - timedelta(days=draw.randint(1, 60))
    return {"child_id": row.id, "on": on, "kind": kind, "with_whom": with_whom, "words": said}


def _promise(draw: Random, row: CaseRow, today: date, words: Words) -> Fields:
    to_whom, what = draw.choice(words.promises)
    by_when = today + timedelta(days=draw.randint(-12, 18))
    kept = by_when - timedelta(days=1) if by_when < today and draw.random() < 0.6 else None
    return {
        "child_id": row.id,
        "to_whom": to_whom,
        "what": what,
        "by_when": by_when,
        "kept_on": kept,
    }


def _chosen(draw: Random, settings: tuple[Setting, ...], year: int) -> list[str]:
    """The ids of up to three settings that teach a year group, as often as each kind is usual."""
    ids = {one.name: one.id for one in settings}
    names: dict[str, None] = {}
    for _ in range(draw.randint(1, 3)):
        chance, pick, special = draw.random(), draw.randrange(1_000_000), draw.random() < 0.25
        names[setting_for(settings, year, chance, pick, special=special)] = None
    return [ids[name] for name in names if name]


def _asked(
    draw: Random, child_id: str, asked: Sequence[str], spell: tuple[date, int], words: Words
) -> Wanted:
    """Settings asked on one day, of `spell` days up to its first, and their replies."""
    today, days = spell
    sent = today - timedelta(days=draw.randint(1, days))
    in_order = draw.random() < 0.7
    for preference, setting_id in enumerate(asked, 1):
        fields: dict[str, Any] = {
            "child_id": child_id,
            "setting_id": setting_id,
            "sent_id": sent,
            "preference": preference if in_order else None,
        }
        received, replied = sent + timedelta(days=1), sent + timedelta(days=draw.randint(5, 20))
        if received <= today:
            fields["received_id"] = received
        if replied <= today and draw.random() < 0.75:
            fields["replied_id"] = replied
            fields["answer"], fields["reasons"] = draw.choice(words.answers)
        yield "consultation", fields
