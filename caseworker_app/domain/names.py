"""When two names, or two references, are the same letters: the one fold for all of Caseworker."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = (
    "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3"
    "\u2032\u2035\ua78b\ua78c\uff07"
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
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
    "\u0138": "k",
    "\u0180": "b",
    "\u0192": "f",
    "\u01e5": "g",
    "\u0253": "b",
    "\u0254": "o",
    "\u0256": "d",
    "\u0257": "d",
    "\u0259": "e",
    "\u025b": "e",
    "\u0260": "g",
    "\u0268": "i",
    "\u0272": "n",
    "\u0199": "k",
    "\u019a": "l",
    "\u0289": "u",
    "\u01b4": "y",
}
"""Letters that Unicode does not take apart into a plain one and a mark."""

_PLAIN = str.maketrans({**_LETTERS, **dict.fromkeys(_APOSTROPHES + _INVISIBLE, None), ".": None})
_PLAIN_ASCII = str.maketrans({**dict.fromkeys("'`.", None), **dict.fromkeys(",;-", " ")})
_APART = re.compile(r"[\s,;\-\u00b7\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
_POINT_ZERO = re.compile(r"(?<=\d)\.0+\Z")


def folded(text: str) -> str:
    """A text as it is searched, sorted and compared.

    Without case, accents and apostrophes of any kind; hyphens, commas and white space count as one
    space: "O\u2019Brien-\u00c9vans" as "obrien evans".
    """
    low = text.casefold()
    return low if low.isascii() and low.isalnum() else _folded(low)


@lru_cache(maxsize=1 << 17)
def _folded(low: str) -> str:
    if low.isascii():
        # Most texts of a list, which is sorted by tens of thousands of them at once.
        return " ".join(low.translate(_PLAIN_ASCII).split())
    plain = low.translate(_PLAIN)
    parts = unicodedata.normalize("NFKD", plain).translate(_PLAIN)
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return _APART.sub(" ", letters.casefold()).strip()


def whole_name(surname: str, forename: str) -> str:
    """Surname, Forename; the surname alone where there is no forename."""
    return f"{surname}, {forename}" if forename else surname


def squeezed(text: str) -> str:
    """A text as `folded` has it, without spaces: Mary-Ann, Mary Ann and Maryann are one."""
    return folded(text).replace(" ", "")


def haystack(text: str) -> str:
    """What a search looks in, for `words_of` what was typed.

    Args:
        text: some lines. Each but the last is a name or a reference, which is found without its
            spaces and hyphens too: Mary-Ann by "maryann". The last is whatever else there is.
    """
    *names, beside = text.split("\n")
    parts = [folded(name) for name in names]
    parts += [part.replace(" ", "") for part in parts if " " in part]
    parts.append(folded(beside))
    return "\n".join(parts)


def words_of(typed: str) -> tuple[str, ...]:
    """The words that somebody typed to search by; a row fits that has all of them."""
    return tuple(folded(typed).split())


def fits(part: str, name: str) -> bool:
    """Whether a name has the part that somebody typed, spaces and hyphens or not."""
    return folded(part) in folded(name) or squeezed(part) in squeezed(name)


@lru_cache(maxsize=1 << 16)
def reference_key(reference: str) -> str:
    """A case reference as it is compared: without case, spaces, leading zeros and a last `.0`.

    It is kept and shown as written: `004217`, `4217` and `4217.0` are one reference.
    """
    text = "".join(unicodedata.normalize("NFKC", reference).split()).casefold()
    text = _POINT_ZERO.sub("", text)
    return text.lstrip("0") or text[-1:]
