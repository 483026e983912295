"""Where the audit trail ended when somebody signed it with their own key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

KEY = "key"
"""Why one is signed that vouches for a new key of a person."""

ACTS = {
    "closed": "on closing",
    "backup": "with a backup",
    "returned": "with a return",
    KEY: "for a new key",
}
"""Why it was signed, in words."""

_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class SignedHead:
    """One signature; see `store.signatures`.

    Attributes:
        number: from 1 without gaps.
        at: UTC, as the trail keeps moments.
        who: the person.
        envelope: names the secret whose key it is.
        public: the public half of the key, in hex.
        act: why, a key of `ACTS`.
        seq, head: number and hash of the last entry of the trail.
        looked, looks: the last look that is held, and the hash of all looks to it.
        of: for `KEY`, whose key is vouched for: the id of the secret, a space, the public key.
        signature: in hex; "" before it is made.
    """

    number: int
    at: str
    who: str
    envelope: str
    public: str
    act: str
    seq: int
    head: str
    looked: int
    looks: str
    of: str = ""
    signature: str = ""

    def told(self) -> list[Any]:
        """All that is signed, in order."""
        return [
            *(self.number, self.at, self.who, self.envelope, self.public, self.act),
            *(self.seq, self.head, self.looked, self.looks, self.of),
        ]

    def signed(self, signature: str) -> SignedHead:
        """The same with its signature."""
        return replace(self, signature=signature)

    def as_row(self) -> dict[str, Any]:
        """Its values by the names of its columns."""
        names = ("at", "who", "envelope", "public", "act", "seq", "head", "looked", "looks")
        values = {name: getattr(self, name) for name in (*names, "of", "signature")}
        return {"id": self.number, **values}

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> SignedHead:
        """One from its values by the names of its columns."""
        given = dict(row)
        return cls(number=given.pop("id"), **given)

    @property
    def line(self) -> str:
        """It as a line of the file in a second place; no name stands in it."""
        return f"{self.at} {self.seq}:{self.head} {self.number}:{self.signature} {self.public}"


def fingerprint(head: str) -> str:
    """A head, `number:hash`, short enough to print and compare: `entry 141, f47e 5211 1988 7583`.

    It is "" for none.
    """
    number, _, link = head.partition(":")
    if not link:
        return ""
    groups = (link[at * _GROUP : (at + 1) * _GROUP] for at in range(_GROUPS))
    return f"entry {int(number):,}, {' '.join(groups)}"
