"""The layout of the return of a year: its modules and items, its calendar and its codes.

It comes as data, a line an item with the years it was asked in (`resources/sen2`); another year is
another line there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded

HEADER, PERSON, REQUESTS, ASSESSMENT = "sen2", "person", "requests", "assessment"
NAMED_PLAN, PLAN_DETAIL = "namedplan", "plandetail"
ACTIVE, PLACEMENT, NEED = "activeplans", "placementdetail", "senneed"
"""The keys of the modules, as COLLECT's exports name them."""

_CIVIL = (1, 1), (12, 31)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a module in a year.

    Attributes:
        name: its XML name.
        number: as guides number it, or "".
        heading: as the submission template prints it.
        type: "text", "date", "moment", "integer" or "code".
        length: the most letters, or 0.
        needed: whether it is to be there always.
        codes: the set of codes it is from, or "".
    """

    name: str
    number: str
    heading: str
    type: str
    length: int
    needed: bool
    codes: str


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the return in a year.

    Attributes:
        key: as COLLECT's exports name it.
        xml: its element.
        title: of its table in the submission template.
        leading: the columns of that table before the items.
        parent: the module that its rows hang on, or "".
    """

    key: str
    xml: str
    title: str
    leading: tuple[str, ...]
    parent: str
    items: tuple[Item, ...]

    def item(self, name: str) -> Item | None:
        """An item by its XML name, or None where the year has none."""
        return next((one for one in self.items if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Unverified:
    """A set of codes whose letters nobody could verify.

    Attributes:
        name: of the set.
        words: what it is, in words.
        what: each meaning in words.
        letters: the letter (of the residential bands the fewest weeks) of each meaning, as shipped.
    """

    name: str
    words: str
    what: Mapping[str, str]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is data about the return of a year.

    Attributes:
        year: the year of the survey day.
        survey: the survey day.
        submit: by when it is submitted, or None where that is not known.
        xml: the root, the header's element and the element around the persons.
        header_parts: the elements of the header, each with its items; "" is the header itself.
        codes: set to code to words, of the verified sets.
        main_ethnicity: extended code to the main one it is sent as.
        sources: what people write for a request's source, to its code.
        upn_authorities: the numbers that characters 2 to 4 of a UPN may be.
        unverified: the sets that are to be confirmed, by name.
        before: a type of need to what it was sent as before there was a code.
        setting_names: names of what stands for no school, folded, to the code.
    """

    year: int
    survey: date
    submit: date | None
    specification: str
    modules: tuple[Module, ...]
    xml: Mapping[str, str]
    header_parts: tuple[tuple[str, tuple[str, ...]], ...]
    codes: Mapping[str, Mapping[str, str]]
    main_ethnicity: Mapping[str, str]
    sources: Mapping[str, str]
    upn_authorities: frozenset[int]
    unverified: Mapping[str, Unverified]
    before: Mapping[str, str]
    setting_names: Mapping[str, str]

    @property
    def starts(self) -> date:
        """The first day of the calendar year that the return tells of."""
        return date(self.year - 1, *_CIVIL[0])

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.year - 1, *_CIVIL[1])

    def module(self, key: str) -> Module:
        """A module by its key. Raises `KeyError`."""
        for one in self.modules:
            if one.key == key:
                return one
        raise KeyError(key)

    def has(self, module: str, name: str) -> bool:
        """Whether the year asks for an item."""
        return self.module(module).item(name) is not None

    def knows(self, codes: str, code: str) -> bool:
        """Whether a code is of a verified set."""
        return code in self.codes.get(codes, {})

    def words(self, codes: str, code: str) -> str:
        """A code in words, or itself."""
        return self.codes.get(codes, {}).get(code, code)

    def sent_as(self, need: str) -> str:
        """A type of need as the year sends it: Down syndrome was once sent as other."""
        return self.before.get(need, need)


def years(layout: Mapping[str, Any]) -> tuple[int, ...]:
    """The years there is a layout for, in order."""
    return tuple(sorted(int(one["year"]) for one in layout["year"]))


def layout_of(year: int, layout: Mapping[str, Any], codes: Mapping[str, Any]) -> Layout:
    """The layout of a year from the two files of data, as TOML reads them.

    Raises:
        Refused: there is none for that year.
    """
    known = {int(one["year"]): one for one in layout["year"]}
    if year not in known:
        first, last = min(known), max(known)
        raise Refused(f"There is no SEN2 layout for {year}, only for {first} to {last}.", "year")
    calendar = known[year]
    return Layout(
        year=year,
        survey=calendar["survey"],
        submit=calendar.get("submit"),
        specification=calendar["specification"],
        modules=tuple(_module(one, year) for one in layout["module"]),
        xml={key: layout["xml"][key] for key in ("root", "header", "persons")},
        header_parts=tuple((name, tuple(items)) for name, items in layout["xml"]["parts"]),
        codes=_codes(codes, year),
        main_ethnicity={
            one: main for main, others in codes["main_ethnicity"].items() for one in others
        },
        sources={word: code for code, some in codes["sources"].items() for word in some},
        upn_authorities=_numbers(codes["upn_authorities"]["ranges"]),
        unverified={
            name: Unverified(name, one["words"], one["what"], one["letters"])
            for name, one in codes["unverified"].items()
        },
        before=_sent_before(codes, year),
        setting_names={
            folded(name): code for code, some in codes["setting_names"].items() for name in some
        },
    )


def _module(data: Mapping[str, Any], year: int) -> Module:
    items = tuple(
        Item(
            name=one["name"],
            number=one.get("number", ""),
            heading=one["heading"],
            type=one["type"],
            length=one.get("length", 0),
            needed=one["need"] == "always" and year >= one.get("need_from", year),
            codes=one.get("codes", ""),
        )
        for one in data["items"]
        if one.get("from", year) <= year <= one.get("until", year)
    )
    leading = tuple(data["leading"])
    return Module(data["key"], data["xml"], data["title"], leading, data.get("parent", ""), items)


def _codes(data: Mapping[str, Any], year: int) -> dict[str, dict[str, str]]:
    later = {
        (name, code)
        for name, some in data["since"].items()
        for code, said in some.items()
        if year < said["year"]
    }
    return {
        name: {code: words for code, words in some.items() if (name, code) not in later}
        for name, some in data["codes"].items()
    }


def _sent_before(data: Mapping[str, Any], year: int) -> dict[str, str]:
    some = data["since"]["SENtype"]
    return {code: said["before"] for code, said in some.items() if year < said["year"]}


def _numbers(ranges: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(one for first, last in ranges for one in range(first, last + 1))
