"""The modules of the return, from `resources/imports/sen2.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from caseworker_app import paths
from caseworker_app.services.returns.sen2_layouts import layout as of_year
from caseworker_app.services.returns.sen2_layouts import years

_NOT_NAME = re.compile(r"[^a-z0-9]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_EXPORTED = "exported -"
"""Begins the heading of an item whose further words differ."""

_BRACKETS = re.compile(r"\s*\(.*?\)")


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the return.

    Attributes:
        parent: the module its rows hang on, or "".
        dates: its items that are dates.
        items: its other items.
    """

    name: str
    parent: str
    dates: frozenset[str]
    items: frozenset[str]

    @property
    def key(self) -> str:
        """The column with its rows' own ids."""
        return f"{self.name}tableid"


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the file says.

    Attributes:
        titles: sheet name or table title, in lower case, to module.
        template: heading of the submission template to item.
        codes: item to the codes it may hold.
        sources: code of a request's source to words.
        settings: type of setting that stands for no school to (name, kind).
    """

    modules: Mapping[str, Module]
    titles: Mapping[str, str]
    aliases: Mapping[str, str]
    template: Mapping[str, str]
    codes: Mapping[str, frozenset[str]]
    sources: Mapping[str, str]
    settings: Mapping[str, tuple[str, str]]

    def item(self, heading: str) -> str:
        """The item a column heading stands for, in any of the forms the return's files use."""
        low = heading.strip().lower()
        bare = " ".join(_DASHES.sub("-", _BRACKETS.sub("", low)).split())
        if bare in self.template:
            return self.template[bare]
        if bare.startswith(_EXPORTED):
            return "exported"
        name = _NOT_NAME.sub("", low)
        return self.aliases.get(name, name)

    def module_of(self, title: str) -> str:
        """The module that a sheet name or a table's title names, or ""."""
        return self.titles.get(" ".join(title.lower().replace("_", " ").split()), "")


@cache
def layout() -> Layout:
    """The layout, read once."""
    with (paths.resources() / "imports" / "sen2.toml").open("rb") as file:
        data = tomllib.load(file)
    modules = {
        name: Module(
            name=name,
            parent=table.get("parent", ""),
            dates=frozenset(table["dates"]),
            items=frozenset(table["items"]),
        )
        for name, table in data["module"].items()
    }
    return Layout(
        modules=modules,
        titles={title: name for name, table in data["module"].items() for title in table["titles"]},
        aliases=data["aliases"],
        template=data["template"],
        codes={name: frozenset(codes) for name, codes in data["codes"].items()},
        sources=data["sources"],
        settings={code: (words[0], words[1]) for code, words in data["settings"].items()},
    )


# Of a return alone; the files of a tracker are held to `layout` too.


@cache
def main_ethnicity() -> Mapping[str, str]:
    """Extended code to the main one."""
    return of_year(years()[-1]).main_ethnicity


@cache
def in_post() -> Mapping[str, str]:
    """Letter of a designated officer to whether they are in post."""
    officers = of_year(years()[-1]).unverified["DesignatedOfficer"].letters
    return {letter: state for state, letter in officers.items()}
