"""Whether a unique pupil number can be right: its check letter fits its figures.

A permanent UPN is a check letter and twelve figures; a temporary one has a letter in the place of
the last figure. The check letter is one of twenty-three; I, O and S are never used. Source: the
Department for Education's guide "Unique pupil numbers", annex on the check letter.
"""

from __future__ import annotations

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters in use, each at the place that is its value."""

_VALUES = {
    **{str(figure): figure for figure in range(10)},
    **dict(zip(LETTERS, range(23), strict=True)),
}

_SHAPE = re.compile(r"[A-Z]\d{11}[0-9A-Z]")


def tidy(written: str) -> str:
    """A UPN without spaces and in capitals."""
    return "".join(written.split()).upper()


def is_upn(upn: str) -> bool:
    """Whether a tidied text has the shape of a UPN; its check letter may be wrong."""
    return upn.isascii() and _SHAPE.fullmatch(upn) is not None


def check_letter(rest: str) -> str:
    """The check letter for the twelve signs after it, or "" where the last is no letter in use."""
    if not rest[-1].isdigit() and rest[-1] not in LETTERS:
        return ""
    total = sum(_VALUES[sign] * weight for weight, sign in enumerate(rest, 2))
    return LETTERS[total % len(LETTERS)]


def fault(upn: str) -> str:
    """Why a text with the shape of a UPN cannot be right, in a few words; "" where it can be."""
    strange = [sign for sign in (upn[0], upn[-1]) if sign.isalpha() and sign not in LETTERS]
    if strange:
        return f"no UPN has the letter {strange[0]}"
    return "" if check_letter(upn[1:]) == upn[0] else "the check letter does not fit the figures"


def doubt(written: str) -> str:
    """A sentence about a UPN as somebody typed it, that asks; "" where it can be right."""
    tidied = tidy(written)
    if not tidied:
        return ""
    why = fault(tidied) if is_upn(tidied) else "a UPN is a letter and twelve figures"
    return f"This UPN cannot be right: {why}. Is it as it was given?" if why else ""


def is_sound(upn: str) -> bool:
    """Whether a text is a UPN that two children can be compared by."""
    return is_upn(upn) and not fault(upn)
