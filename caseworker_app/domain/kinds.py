"""How a kind of record is declared: a frozen dataclass whose fields say their words and types.

    @record("visit", "visit", "visits", area="children")
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Visit(Kept):
        child_id: str = link("Child", "child", needed=True)
        on: date = day("Date", needed=True)
        words: str = text("What was said", long=True)

Table, saving, audit, undo, form, list, import, export, search and permission come from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal, Protocol, TypeVar, cast

FieldType = Literal[
    "text", "day", "number", "money", "choice", "yes or no", "link", "words", "items", "coded"
]
"""What a field holds.

`money` is whole pence, `link` the id of another record, `words` a frozen set of words without
blanks, `items` a tuple of values that only a coder understands, `coded` one such value.
"""

FACT = "fact"
"""What a link may point at beside records: one fact, which dates the record."""

DAY_OF_EVENT = "Choose the event or type its date; one that is not recorded yet is added."
"""The hint of a field that points at a fact."""

_SPEC = "caseworker"
_HOUSE = ("id", "version")


@dataclass(frozen=True, slots=True)
class Coder:
    """The way to JSON and back of a value that no query asks for.

    Attributes:
        dump, load: one value to JSON and back.
        words: the value as a person reads it.
        columns: where the value is kept in typed columns instead of JSON: their names and types.
            `dump` then gives a list of as many values.
        key: what makes two of several values the same, whatever else they say.
        read: all of several values from what a cell says, such as `words` joined by commas; None
            where no file can bring them. Raises `ValueError` where it says something else.
    """

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]
    words: Callable[[Any], str] = str
    columns: tuple[tuple[str, FieldType], ...] = ()
    key: Callable[[Any], Hashable] = repr
    read: Callable[[str], tuple[Any, ...]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FieldSpec:
    """One field of a kind of record.

    Attributes:
        name: the attribute.
        label: its words on screen, "Date of birth".
        type: what it holds.
        blank: the value that says nothing.
        needed: whether it must be given.
        choices: code to words, for a choice.
        own_list: the name of the council's own list that the choices are of; `choices` is what it
            comes with, and the database does not check its codes.
        to: the kind it points at, for a link; or `FACT`.
        facts: the kinds of fact that a link to a fact may point at; all with none.
        least, most: the bounds of a number.
        pattern, pattern_says: what a text must look like, and the sentence where it does not.
        hint: a sentence below the field.
        long: whether a text may have several lines.
        search: whether the search of a list looks at it.
        unique: whether no two records may have the same, case and accents apart; what says nothing,
            any number may.
        listed: whether lists show it.
        synonyms: headings under which files have it, besides label and name.
        coder: for `coded` and `items`.
        light: no later work rests on it: it may change and what made the record is still undone.
        by_hand: whether a person types it; what only the program keeps is in no form.
        unsaid: a person must give it, but what a file brings may lack it.
        key: no two rows may have the same, which the database holds too.
        later: it came after its table, so that its column says nothing by itself.
        coming: whether a day is for something to come: "mon" is the next Monday, not the last.
    """

    label: str
    type: FieldType
    name: str = ""
    blank: Any = None
    needed: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    pattern_says: str = ""
    hint: str = ""
    long: bool = False
    search: bool = False
    unique: bool = False
    listed: bool = True
    synonyms: tuple[str, ...] = ()
    coder: Coder | None = None
    light: bool = False
    by_hand: bool = True
    unsaid: bool = False
    key: bool = False
    later: bool = False
    own_list: str = ""
    facts: tuple[str, ...] = ()
    coming: bool = False

    @property
    def nullable(self) -> bool:
        """Whether its column may hold null, which is where the value that says nothing is None."""
        return self.blank is None and (self.unsaid or not self.needed)

    @property
    def words(self) -> str:
        """The label inside a sentence: "date of birth", but "UPN"."""
        first = self.label.split(" ", 1)[0]
        return self.label if first.isupper() else self.label[:1].lower() + self.label[1:]

    @property
    def missing(self) -> str:
        """What is said where it is needed and empty: a label may be "From" or "Why it is held"."""
        return f"{self.label}: this is needed."


class Record(Protocol):
    """A value of any kind."""

    @property
    def id(self) -> str:
        """The store's key; "" before it is stored."""
        ...

    @property
    def version(self) -> int:
        """Goes up by one at each change; a stale write is refused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What every record has.

    Attributes:
        id: the store's key; "" before it is stored.
        version: goes up by one at each change; a stale write is refused.
    """

    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of record, as it was declared.

    Attributes:
        name: of the table and in the audit, "visit".
        one, many: in words.
        of: the dataclass.
        fields: in the order of forms, lists and columns.
        area: the line of the permission table that says who may read and write it.
        title: what a record is called in a sentence.
        counted: whether the clock counts from it, so that the dates of its children follow.
        natural: the fields by which a row of a file finds the record it is of, beside whose it is;
            empty where all that the row says makes it that one.
        sure: the field without which the natural key says nothing, as the number of an answer at a
            form service: a row that lacks it is known by all that it says alone, and is left to a
            person where another row of the file says the same.
        binds: whether it binds everyone, as a rule does: a change of one counts every date anew.
        about: a sentence that says what one is, for whoever meets an empty list of them.
        mine: the field that names the person whose own it is, by name or as a caseworker: they may
            write it as if it were of a case of theirs.
    """

    name: str
    one: str
    many: str
    of: type[Any]
    fields: tuple[FieldSpec, ...]
    area: str
    title: Callable[[Any], str]
    counted: bool = False
    natural: tuple[str, ...] = ()
    binds: bool = False
    about: str = ""
    mine: str = ""
    sure: str = ""

    @property
    def owner(self) -> str:
        """The field that names the child it belongs to; "" where it belongs to none."""
        return _owner_of(self)

    @property
    def ranged(self) -> bool:
        """Whether it is true from a day to a day: it has `since` and `until`."""
        names = {one.name for one in self.fields if one.type == "day"}
        return {"since", "until"} <= names

    def field(self, name: str) -> FieldSpec:
        """A field by its name. Raises `KeyError`."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def typed_by_hand(self) -> tuple[FieldSpec, ...]:
        """The fields that a person types."""
        return tuple(one for one in self.fields if one.by_hand)

    def links(self) -> tuple[FieldSpec, ...]:
        """The fields that point at other records."""
        return tuple(one for one in self.fields if one.type == "link" and one.to != FACT)

    def fact_links(self) -> tuple[FieldSpec, ...]:
        """The fields that point at facts."""
        return tuple(one for one in self.fields if one.to == FACT)

    def faults(self, value: object) -> Sequence[tuple[str, str]]:
        """What the kind's own rules say against a value: (field, sentence) each.

        A class says them in a method `faults`, which gives such pairs; most have none.
        """
        own = getattr(value, "faults", None)
        found = tuple(own()) if own is not None else ()
        return (*self._turned_round(value), *found)

    def _turned_round(self, value: object) -> Sequence[tuple[str, str]]:
        """What is true from a day to a day does not end before it begins."""
        if not self.ranged:
            return ()
        since, until = getattr(value, "since", None), getattr(value, "until", None)
        if since is None or until is None or since <= until:
            return ()
        words = self.field("until").label
        return [("until", f"{words} is before {self.field('since').words}.")]


C = TypeVar("C")
_DECLARED: dict[str, Kind] = {}
_BY_CLASS: dict[type[Any], Kind] = {}


def record(
    name: str,
    one: str,
    many: str,
    *,
    area: str,
    title: Callable[[Any], str] | None = None,
    counted: bool = False,
    natural: tuple[str, ...] = (),
    binds: bool = False,
    about: str = "",
    mine: str = "",
    sure: str = "",
) -> Callable[[type[C]], type[C]]:
    """Declare a frozen dataclass to be a kind of record; see `Kind` for the arguments."""

    def declare(of: type[C]) -> type[C]:
        specs = tuple(_spec(one) for one in fields(cast("Any", of)) if one.name not in _HOUSE)
        called = title or _first_text(specs)
        kind = Kind(
            name, one, many, of, specs, area, called, counted, natural, binds, about, mine, sure
        )
        _DECLARED[name] = _BY_CLASS[of] = kind
        return of

    return declare


@cache
def _owner_of(kind: Kind) -> str:
    """Asked of each record that is looked at, and always the same."""
    found = (one.name for one in kind.fields if one.to == "child" and one.needed)
    return next(found, "")


@cache
def owners(kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, str], ...]:
    """The links by which records of some kinds belong to a child, each a kind and its field."""
    return tuple((kind, kind.owner) for kind in kinds if kind.owner)


@cache
def siblings(kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, str], ...]:
    """The links by which records of one child point at another, as `owners` gives them."""
    return tuple(
        (kind, one.name)
        for kind in kinds
        for one in kind.links()
        if one.to == "child" and one.name != kind.owner and kind.name != "child"
    )


@cache
def ties(kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, FieldSpec], ...]:
    """The links of some kinds at a child, a fact of one, or a record that belongs to one.

    The link that says whose a record is, is none of them.
    """
    whose = {"child", FACT, *(one.name for one in kinds if one.owner)}
    return tuple(
        (kind, one)
        for kind in kinds
        for one in kind.fields
        if one.type == "link" and one.to in whose and one.name != kind.owner
    )


@cache
def within(kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, FieldSpec], ...]:
    """Those of the `ties` whose both ends belong to one child."""
    return tuple((kind, one) for kind, one in ties(kinds) if kind.owner and one.to != "child")


def without_links(kind: Kind, value: Any, links: Sequence[FieldSpec]) -> Any:  # noqa: ANN401
    """A record without some links; None where it would say nothing, or what may not be, then."""
    if any(one.needed for one in links):
        return None
    bare = replace(value, **{one.name: one.blank for one in links})
    return None if set(kind.faults(bare)) - set(kind.faults(value)) else bare


def declared() -> tuple[Kind, ...]:
    """Every kind, in the order of declaration: what is pointed at stands before what points."""
    return tuple(_DECLARED.values())


def kind_named(name: str) -> Kind:
    """A kind by its name. Raises `KeyError`."""
    return _DECLARED[name]


def is_kind(name: str) -> bool:
    """Whether a kind of that name is declared."""
    return name in _DECLARED


def kind_of(value: object) -> Kind:
    """The kind of a record, or of a record class. Raises `KeyError`."""
    return _BY_CLASS[value if isinstance(value, type) else type(value)]


def importable(kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields that a file can bring: those typed by hand, but for whose it is."""
    plain = ("text", "day", "number", "money", "choice", "yes or no", "link", "words")
    return tuple(
        one
        for one in kind.typed_by_hand()
        if one.name != kind.owner
        and (one.type in plain or (one.coder is not None and one.coder.read is not None))
    )


@contextmanager
def only_here(of: type[Any]) -> Iterator[Kind]:
    """A kind that is forgotten when the block ends, for what is tried out."""
    kind = kind_of(of)
    try:
        yield kind
    finally:
        _DECLARED.pop(kind.name, None)
        _BY_CLASS.pop(of, None)


# The fields


def text(label: str, **more: Any) -> Any:  # noqa: ANN401
    """A line of text, or several with `long`."""
    return _field(FieldSpec(label, "text", blank="", **more))


def day(label: str, **more: Any) -> Any:  # noqa: ANN401
    """A date; `coming` where it is for something to come."""
    return _field(FieldSpec(label, "day", **more))


def number(label: str, **more: Any) -> Any:  # noqa: ANN401
    """A whole number."""
    return _field(FieldSpec(label, "number", **more))


def money(label: str, **more: Any) -> Any:  # noqa: ANN401
    """An amount, in whole pence."""
    return _field(FieldSpec(label, "money", **more))


def choice(label: str, choices: Mapping[str, str], *, blank: str | None = "", **more: Any) -> Any:  # noqa: ANN401
    """One of some codes; nothing is `blank`."""
    return _field(FieldSpec(label, "choice", choices=choices, blank=blank, **more))


def chosen(label: str, own_list: str, came_with: Mapping[str, str], **more: Any) -> Any:  # noqa: ANN401
    """One of a list of the council's own, which comes with some codes; nothing is ""."""
    return choice(label, came_with, own_list=own_list, **more)


def yes_or_no(label: str, *, blank: bool | None = False, **more: Any) -> Any:  # noqa: ANN401
    """Yes or no."""
    return _field(FieldSpec(label, "yes or no", blank=blank, **more))


def link(label: str, to: str, **more: Any) -> Any:  # noqa: ANN401
    """The id of a record of another kind, or of a fact of the same child."""
    return _field(FieldSpec(label, "link", to=to, **more))


def words(label: str, **more: Any) -> Any:  # noqa: ANN401
    """A set of words without blanks in them."""
    return _field(FieldSpec(label, "words", blank=frozenset(), **more))


def items(label: str, coder: Coder, **more: Any) -> Any:  # noqa: ANN401
    """Several values that no query asks for."""
    return _field(FieldSpec(label, "items", blank=(), coder=coder, **more))


def coded(label: str, coder: Coder, **more: Any) -> Any:  # noqa: ANN401
    """One value that no query asks for, or that has columns of its own."""
    return _field(FieldSpec(label, "coded", coder=coder, **more))


def _field(spec: FieldSpec) -> Any:  # noqa: ANN401
    if spec.needed:
        return field(metadata={_SPEC: spec})
    if spec.type == "coded" and spec.blank is not None:
        return field(default_factory=type(spec.blank), metadata={_SPEC: spec})
    return field(default=spec.blank, metadata={_SPEC: spec})


def _spec(one: Any) -> FieldSpec:  # noqa: ANN401
    spec = one.metadata.get(_SPEC)
    if not isinstance(spec, FieldSpec):
        raise TypeError(f"{one.name} does not say its words and type")
    if one.default is not MISSING and one.default != spec.blank:
        raise TypeError(f"{one.name} begins as {one.default!r}, which is not its blank")
    if spec.pattern:
        re.compile(spec.pattern)
    return replace(spec, name=one.name)


def _first_text(specs: Sequence[FieldSpec]) -> Callable[[Any], str]:
    names = [one.name for one in specs if one.type == "text"] or [specs[0].name]

    def title(value: Any) -> str:  # noqa: ANN401
        return str(getattr(value, names[0]))

    return title
