"""Who was disposed of, without a name: marks of destroyed keys, and the list kept of disposals.

The list stands outside of what a store holds, so that a restore of an older backup forgets again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.retention import BASES, Disposal
from caseworker_app.domain.names import folded

FORMAT = "caseworker-disposals-1"
_UNREAD = "unread"
REWRITTEN, HELD_NONE, OUT_OF_REACH = "rewritten", "held none", "out of reach"
COPY_STATES: Mapping[str, str] = {
    REWRITTEN: "Rewritten without them",
    HELD_NONE: "Held none of them",
    OUT_OF_REACH: "Out of reach: holds them still, as far as anybody knows",
}
"""What became of a backup or copy, in words."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup or a kept copy of the store.

    Attributes:
        where: its path, or what it is in words.
        state: a key of `COPY_STATES`.
        why: why it is out of reach; else "".
    """

    where: str
    state: str
    why: str = ""


def mark_of(key: bytes) -> str:
    """What tells a child's key without giving it away: it is found again in any copy of the store.

    A case number would not do. After an older backup was restored, it may be given to another.
    """
    return hashlib.sha256(b"caseworker-disposal\0" + key).hexdigest()


def names_child(text: str, surname: str, forename: str, *marks: str) -> bool:
    """Whether some text names a child whole, or has a mark of theirs, a UPN or a reference."""
    said = folded(text)
    name = all(one and folded(one) in said for one in (surname, forename))
    return name or any(one and folded(one) in said for one in marks)


def words_of(typed: str) -> str:
    """The words in what a draft keeps, which is JSON."""
    return "\n".join(map(str, json.loads(typed).values())) if typed else ""


def listed(disposals: Iterable[Disposal], *, whole: bool = True) -> bytes:
    """Disposals as the list that is kept beside the store: no word of it names a child.

    One that is not `whole` says that it was put together of what could not all be read.
    """
    told = [
        {
            "ref": one.ref,
            "on": one.on.isoformat(),
            "done_by": one.done_by,
            "basis": one.basis,
            "why": one.why,
            "cases": list(one.listed),
            "copies": list(one.copies_listed),
        }
        for one in sorted(disposals, key=lambda one: one.ref)
    ]
    body = {"format": FORMAT, "disposals": told, **({} if whole else {_UNREAD: True})}
    text = json.dumps(body, indent=1, sort_keys=True) + "\n"
    return text.encode() if told or not whole else b""


def read_list(content: bytes) -> tuple[Disposal, ...]:
    """The disposals in such a list that can be read; none where it is empty, or is no such list."""
    found = map(_disposal_in, _body(content).get("disposals", ()))
    return tuple(one for one in found if one is not None)


def is_list(content: bytes) -> bool:
    """Whether bytes are such a list of which all can be read, or nothing."""
    body = _body(content)
    return "disposals" in body and None not in map(_disposal_in, body["disposals"])


def is_whole(content: bytes) -> bool:
    """Whether that, and put together of such alone."""
    return is_list(content) and not _body(content).get(_UNREAD)


def _body(content: bytes) -> Mapping[str, Any]:
    """What a list holds; nothing where it is none."""
    if not content.strip():
        return {"disposals": []}
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    ours = isinstance(body, dict) and body.get("format") == FORMAT
    return body if ours and isinstance(body.get("disposals"), list) else {}


def _disposal_in(told: Any) -> Disposal | None:  # noqa: ANN401
    try:
        return _disposal(told)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _disposal(told: Mapping[str, Any]) -> Disposal:
    basis = str(told["basis"])
    cases = [
        {
            "number": str(one["number"]),
            "marks": [str(mark) for mark in one["marks"]],
            "held": {str(what): int(many) for what, many in one["held"].items()},
        }
        for one in told["cases"]
    ]
    copies = [
        {name: str(one[name]) for name in ("where", "state", "why")} for one in told["copies"]
    ]
    if basis not in BASES:
        raise ValueError(basis)
    # Half a letter in it no store would take.
    json.dumps(told, ensure_ascii=False).encode()
    return Disposal(
        ref=str(told["ref"]),
        on=date.fromisoformat(told["on"]),
        done_by=str(told["done_by"]),
        basis=basis,
        why=str(told["why"]),
        cases=as_json(cases),
        copies=as_json(copies) if copies else "",
    )


def as_json(value: object) -> str:
    """A value as a disposal keeps it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def joined_lists(*lists: bytes) -> bytes:
    """Several such lists as one; of a disposal that two have, the word of the later list stands."""
    return listed({one.ref: one for some in lists for one in read_list(some)}.values())


def gathered_lists(*lists: bytes) -> bytes:
    """The same for whoever is to forget by them: it is no whole list where one of them is none."""
    found = {one.ref: one for some in lists for one in read_list(some)}
    return listed(found.values(), whole=all(map(is_whole, lists)))
