"""Themes as data: every colour the window uses, by name, read from `resources/themes`.

As JSON, which a start reads all the same: what reads TOML would be loaded for a theme alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from caseworker_app import paths

LIGHT, DARK, CONTRAST, SYSTEM = "light", "dark", "contrast", "system"
NAMES = (LIGHT, DARK, CONTRAST)

TOKENS = frozenset(
    {
        *("bg", "panel", "line", "edge", "text", "dim", "hover", "sel", "seltext", "focus"),
        *("accent", "accenttext", "accentdown"),
        *("red", "redbg", "amber", "amberbg", "green", "greenbg", "blue", "bluebg"),
        *("grey", "greybg", "side", "sidetext", "sidesel", "sideseltext", "sidefocus"),
        *("badge", "badgetext", "bar", "bartext", "barlink"),
    }
)
"""What a theme file must hold, no more and no less."""

TEXT_PAIRS = (
    *((text, ground) for text in ("text", "dim") for ground in ("bg", "panel", "hover")),
    ("seltext", "sel"),
    ("dim", "sel"),
    ("accenttext", "accent"),
    ("accenttext", "accentdown"),
    ("accent", "panel"),
    *((tone, f"{tone}bg") for tone in ("red", "amber", "green", "blue", "grey")),
    *((tone, ground) for tone in ("red", "amber", "green") for ground in ("panel", "bg", "sel")),
    ("sidetext", "side"),
    ("sideseltext", "sidesel"),
    ("badgetext", "badge"),
    ("bartext", "bar"),
    ("barlink", "bar"),
)
"""(text, ground): every pair that is drawn, each to stand at least 4.5:1."""

SHAPE_PAIRS = (
    ("edge", "panel"),
    ("edge", "bg"),
    ("focus", "panel"),
    ("focus", "bg"),
    ("focus", "sel"),
    ("sidefocus", "side"),
    ("sidefocus", "sidesel"),
    ("accent", "bg"),
)
"""(shape, ground): edges of controls and focus rings, each to stand at least 3:1."""


class Theme:
    """One theme; `theme["text"]` is the colour of a token.

    Attributes:
        name: its file's name.
        title: what the menu calls it.
        dark: whether light text stands on dark ground.
        colours: token to `#rrggbb`.
    """

    def __init__(self, name: str, title: str, *, dark: bool, colours: Mapping[str, str]) -> None:
        self.name = name
        self.title = title
        self.dark = dark
        self.colours = colours

    def __getitem__(self, token: str) -> str:
        return self.colours[token]


def load(name: str, folder: Path | None = None) -> Theme:
    """Read a theme.

    Raises:
        ValueError: the file has missing or unknown tokens, or a colour that is none.
    """
    path = (folder or paths.resources() / "themes") / f"{name}.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    colours: dict[str, str] = held["colours"]
    missing, unknown = TOKENS - colours.keys(), colours.keys() - TOKENS
    if missing or unknown:
        raise ValueError(f"{path.name}: missing {sorted(missing)}, unknown {sorted(unknown)}")
    for token, colour in colours.items():
        if len(colour) != 7 or colour[0] != "#":
            raise ValueError(f"{path.name}: {token} is not a colour: {colour}")
        int(colour[1:], 16)
    return Theme(name, held["title"], dark=held["dark"], colours=colours)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 counts it (success criterion 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
