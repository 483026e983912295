"""Whether a unique learner number can be right: its last figure fits the nine before it.

Ten figures, the first no nought. The first nine times 10 down to 2 are added up, modulo 11; ten
less what is left is the last figure, and no number has nothing left. Source: the Learning Records
Service's specification of the ULN.
"""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[1-9][0-9]{9}")
_MODULUS = 11


def tidy(written: str) -> str:
    """A ULN without spaces."""
    return "".join(written.split())


def is_uln(uln: str) -> bool:
    """Whether a tidied text has the shape of a ULN; its last figure may be wrong."""
    return _SHAPE.fullmatch(uln) is not None


def fault(uln: str) -> str:
    """Why a text cannot be a ULN, in a few words; "" where it can be."""
    if not is_uln(uln):
        return "a ULN is ten figures, the first of them no nought"
    left = sum(int(figure) * weight for figure, weight in zip(uln, range(10, 1, -1), strict=False))
    left %= _MODULUS
    if left == 0 or int(uln[-1]) != _MODULUS - 1 - left:
        return "the last figure does not fit the others"
    return ""


def doubt(written: str) -> str:
    """A sentence about a ULN as somebody typed it, that asks; "" where it can be right."""
    tidied = tidy(written)
    why = fault(tidied) if tidied else ""
    return f"This ULN cannot be right: {why}. Is it as it was given?" if why else ""
