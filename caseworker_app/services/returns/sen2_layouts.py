"""The layouts of the SEN2 return, from `resources/sen2`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.sen2 import layout as layouts
from caseworker_app.domain.sen2.layout import Layout


@cache
def layout(year: int) -> Layout:
    """The layout of a year. Raises `Refused` where there is none."""
    return layouts.layout_of(year, _data("layout"), _data("codes"))


def years() -> tuple[int, ...]:
    """The years there is a layout for."""
    return layouts.years(_data("layout"))


@cache
def _data(name: str) -> dict[str, Any]:
    with (paths.resources() / "sen2" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
