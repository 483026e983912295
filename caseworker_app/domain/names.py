"""When two names, or two references, are the same letters: the one fold for all of Caseworker."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02bf\u02c8\u05f3\u2032\uff07"
_LETTERS: dict[str, str] = {
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u0131": "i",
    "\u0127": "h",
    "\u0167": "t",
    "\u014b": "n",
}
"""Letters that Unicode does not take apart into a plain one and a mark."""

_PLAIN = str.maketrans({**_LETTERS, **dict.fromkeys(_APOSTROPHES, None), ".": None})
_APART = re.compile(r"[\s,;\-\u00ad\u2010-\u2015\u2212]+")
_POINT_ZERO = re.compile(r"(?<=\d)\.0+\Z")


@lru_cache(maxsize=1 << 17)
def folded(text: str) -> str:
    """A text as it is searched, sorted and compared.

    Without case, accents and apostrophes of any kind; hyphens, commas and white space count as one
    space: "O\u2019Brien-\u00c9vans" as "obrien evans".
    """
    low = text.casefold()
    if low.isascii() and low.isalpha():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(_PLAIN)).translate(_PLAIN)
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return _APART.sub(" ", letters.casefold()).strip()


def squeezed(text: str) -> str:
    """A text as `folded` has it, without spaces: Mary-Ann, Mary Ann and Maryann are one."""
    return folded(text).replace(" ", "")


@lru_cache(maxsize=1 << 16)
def reference_key(reference: str) -> str:
    """A case reference as it is compared: without case, spaces, leading zeros and a last `.0`.

    It is kept and shown as written: `004217`, `4217` and `4217.0` are one reference.
    """
    text = "".join(unicodedata.normalize("NFKC", reference).split()).casefold()
    text = _POINT_ZERO.sub("", text)
    return text.lstrip("0") or text[-1:]
