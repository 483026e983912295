"""Whom a letter about a child may go to: family first, then professionals and the setting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.contacts import (
    FORMATS,
    RELATIONS,
    Contact,
    Involvement,
    Professional,
)
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.letters import Addressee
from caseworker_app.domain.people import Child, Setting
from caseworker_app.services import own_lists
from caseworker_app.services.ports import Reading

_CONTACT, _INVOLVEMENT = kind_of(Contact), kind_of(Involvement)


class Around:
    """Everybody around some children, read at once."""

    def __init__(self, reading: Reading, child_ids: Collection[str], today: date) -> None:
        """Read whom letters about some children may go to on a day."""
        self._today = today
        self._contacts = _by_child(reading, _CONTACT, child_ids)
        self._parts = _by_child(reading, _INVOLVEMENT, child_ids)
        people = {one.professional_id for some in self._parts.values() for one in some}
        self._people: dict[str, Any] = reading.all_of(kind_of(Professional), people)
        self._settings: dict[str, Any] = reading.all_of(kind_of(Setting))
        lists = own_lists.of_kind(reading, _CONTACT)
        self._words = {
            name: {**choices, **{one.code: one.words for one in lists.get(name, ())}}
            for name, choices in (("relation", RELATIONS), ("format", FORMATS))
        }

    def addressees(self, child: Child) -> tuple[Addressee, ...]:
        """Everybody a letter about a child may go to."""
        family = map(self._of_contact, self._contacts[child.id])
        in_order = sorted(family, key=lambda one: (not one.usual, one.name))
        return (*in_order, *self._others(child))

    def _of_contact(self, one: Contact) -> Addressee:
        why_not = "do not contact" if one.do_not_contact else ""
        if one.until is not None and one.until < self._today:
            why_not = f"until {day_words(one.until)}"
        relation = self._words["relation"].get(one.relation, one.relation)
        format_ = self._words["format"].get(one.format, one.format)
        mind = ", ".join(filter(None, (format_, f"in {one.language}" if one.language else "")))
        return Addressee(
            f"contact/{one.id}",
            one.name,
            relation,
            one.address,
            parental=one.parental_responsibility == "yes",
            why_not=why_not,
            mind=mind,
        )

    def _others(self, child: Child) -> Iterator[Addressee]:
        seen: set[str] = set()
        for one in self._parts[child.id]:
            person = self._people.get(one.professional_id)
            over = one.until is not None and one.until < self._today
            if person is not None and not over and person.id not in seen:
                seen.add(person.id)
                as_what = one.as_what or person.role
                yield Addressee(f"professional/{person.id}", person.name, as_what)
        setting = self._settings.get(child.setting_id or "")
        if setting is not None:
            address = "\n".join(filter(None, (setting.name, setting.postcode)))
            yield Addressee(f"setting/{setting.id}", setting.name, "setting", address)


def _by_child(
    reading: Reading, kind: Kind, child_ids: Collection[str]
) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    keys = reading.pointing(kind, kind.owner, child_ids)
    for one in reading.all_of(kind, keys).values() if keys else ():
        found[getattr(one, kind.owner)].append(one)
    return found
