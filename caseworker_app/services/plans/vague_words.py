"""The words that leave something open, read once from the file that comes with the application."""

from __future__ import annotations

import tomllib
from functools import cache

from caseworker_app import paths
from caseworker_app.domain.unspecific import Vague, read


@cache
def vague_words() -> tuple[Vague, ...]:
    """The words to point out, each with its source."""
    path = paths.resources() / "plans" / "unspecific.toml"
    return read(tomllib.loads(path.read_text(encoding="utf-8")))
