"""Read what the Department's files look like, and which measure has which twin in them.

Both from `resources/catalogue`; survey days and codes of ethnicity are those of the return, from
`resources/sen2`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from caseworker_app import files
from caseworker_app.domain.department.beside import Column, Twin
from caseworker_app.domain.department.layout import Layout, Layouts, Topic
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.names import folded


@cache
def load_layouts(resources: Path) -> Layouts:
    """The files, in the order they are written.

    Raises:
        Unreadable: a file is missing or no TOML, or a part of it is incomplete.
    """
    document = _read(resources / "catalogue" / "department.toml")
    years = _read(resources / "sen2" / "layout.toml")
    codes = _read(resources / "sen2" / "codes.toml")
    try:
        topics = {key: _topic(key, one, document) for key, one in document["topic"].items()}
        return Layouts(
            tuple(_layout(one, topics, document) for one in document["file"]),
            {one["year"] - 1: one["survey"] for one in years["year"]},
            {folded(one): column for one, column in document["types"].items()},
            document["arrangements"],
            {one: main for main, several in codes["main_ethnicity"].items() for one in several},
            tuple(document["readings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"The layout of the Department's files lacks something: {error}."
        ) from error


@cache
def load_twins(resources: Path) -> tuple[Twin, ...]:
    """Which measure has which published twin, in the file's order.

    Raises:
        Unreadable: the file is missing or no TOML, or a twin lacks something.
    """
    document = _read(resources / "catalogue" / "twins.toml")
    try:
        return tuple(
            Twin(
                one["ref"],
                tuple(map(_column, one["part"])),
                tuple(map(_column, one.get("whole", ()))),
                one.get("differs", ""),
            )
            for one in document["twin"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"The twins of the measures lack something: {error}.") from error


def _column(told: str) -> Column:
    file, _, names = told.partition(".")
    return file, tuple(names.split("|"))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        said = f"The layout {path.name} cannot be read: {error.strerror}."
        raise Unreadable(files.beyond(error) or said) from error
    except ValueError as error:
        raise Unreadable(f"The layout {path.name} cannot be read: {error}.") from error


def _topic(key: str, told: Mapping[str, Any], document: Mapping[str, Any]) -> Topic:
    by, heading, unknown = told["by"], told["heading"], told["unknown"]
    if "words" in told:
        totals = document["totals"] if by == "place" else {}
        kept = {one: tuple(parts) for one, parts in totals.items() if one in told["words"]}
        return Topic(key, by, heading, told["words"], unknown, totals=kept)
    first, last = told["first"], told["last"]
    words = {"below": told["below"]}
    words |= {str(number): told["each"].format(number) for number in range(first, last + 1)}
    if "one" in told:
        words["1"] = told["one"]
    words["above"] = told["above"]
    return Topic(key, by, heading, words, unknown, (first, last))


def _layout(
    told: Mapping[str, Any], topics: Mapping[str, Topic], document: Mapping[str, Any]
) -> Layout:
    columns = tuple(_columns(told["columns"], document["columns"]))
    there = frozenset(columns)
    base: str = told["base"]
    totals = {one: tuple(parts) for one, parts in document["totals"].items() if one in there}
    totals |= {one: tuple(parts) for one, parts in told.get("totals", {}).items()}
    shares = {
        one: (part, (base,)) for one, part in document["shares_of_base"].items() if one in there
    }
    shares |= {one: (few[0], tuple(few[1:])) for one, few in told.get("shares", {}).items()}
    also = {one: tuple(tuple(way) for way in ways) for one, ways in told.get("also", {}).items()}
    for parts in document["base_of"].values():
        if there.issuperset(parts):
            also[base] = (tuple(parts),)
    heading, words = told["all"]
    return Layout(
        told["name"],
        told["title"],
        told["over"],
        told["counts"],
        (heading, words),
        base,
        columns,
        tuple(topics[key] for key in told["topics"]),
        totals,
        also,
        shares,
        told.get("inside", {}),
        tuple((tuple(parts), tuple(whole)) for parts, whole in told.get("bounds", [])),
    )


def _columns(told: list[str], lists: Mapping[str, list[str]]) -> Iterator[str]:
    for one in told:
        yield from lists[one[1:]] if one.startswith("@") else (one,)
