"""Where the trail ended, signed by people: a chain beside it, to which is only added.

A signature holds the number and hash of the last entry, and the hash of who looked so far; each is
over the one before. So what was signed once cannot be written anew, nor a signature in the middle
taken out, by anybody who lacks the keys of those who signed since. A key that was never seen speaks
for a secret that was never seen; another key of the same secret has to be vouched for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.signed_heads import KEY, SignedHead
from caseworker_app.store import audit
from caseworker_app.store.bulk import insert_rows
from caseworker_app.store.signing import Signer, is_signed
from caseworker_app.store.tables import ACCESS, ACCESS_CHILD, AUDIT, SIGNATURE

_BINDING = "caseworker head 1"
_AT_ONCE = 2000
_FIRST_WALK = 20_000
"""How much of a trail that nobody signed yet is walked before it is; `check` walks all of it."""


def last(connection: Connection) -> SignedHead | None:
    """The newest signature, or None."""
    query = select(SIGNATURE).order_by(SIGNATURE.c.id.desc()).limit(1)
    found = connection.execute(query).first()
    return _head(found) if found else None


def sign(
    connection: Connection, signer: Signer, act: str, at: str, who: str, of: str = ""
) -> SignedHead | None:
    """Sign where the trail ends, in the transaction that is open.

    Args:
        connection: in a transaction that may write.
        signer: whose key.
        act: why, a key of `signed_heads.ACTS`.
        at: the moment.
        who: the person.
        of: for `KEY`, whose key is vouched for: the id of the secret, then the public key.

    Returns:
        What was signed; None where nothing is new since the last signature.

    Raises:
        Unreadable: what stands since the last signature is not what was written, or the store has
            another key of the signer's: it is for `check` to say, and not to be signed.
    """
    before = last(connection)
    end = audit.head(connection)
    looked = connection.execute(select(func.coalesce(func.max(ACCESS.c.id), 0))).scalar_one()
    seq, _, link = end.partition(":")
    if not end or (before and act != KEY and _says(before) == (int(seq), link, looked)):
        return None
    # A new key is vouched for whatever else stands there: `check` tells of that first.
    if act != KEY and (wrong := _wrong_since(connection, before, signer)):
        raise Unreadable(f"The end of the audit trail was not signed. {wrong}")
    looks = _looks(connection, before, looked)
    new = SignedHead(
        number=before.number + 1 if before else 1,
        at=at,
        who=who,
        envelope=signer.envelope,
        public=signer.public,
        act=act,
        seq=int(seq),
        head=link,
        looked=looked,
        looks=looks,
        of=of,
    )
    made = new.signed(signer.sign(message(before, new)))
    names = [column.name for column in SIGNATURE.columns]
    row = made.as_row()
    insert_rows(connection, SIGNATURE, [tuple(row[name] for name in names)])
    return made


def faults(connection: Connection, own: Signer | None) -> list[str]:
    """What is wrong with the signatures, or with what they are of: the first of it, or nothing.

    `own` is whoever asks: only they know which key is theirs.
    """
    keys = _Keys()
    before: SignedHead | None = None
    for one in _all(connection):
        if fault := _fault(connection, before, one, keys):
            return [fault]
        before = one
    if own is not None and not keys.may_be(own):
        return ["The signing key that the store has of you is not yours: somebody put it there."]
    return []


def beside(connection: Connection, where: str, number: int, signature: str) -> str:
    """A sentence where a signature that is kept elsewhere is not here; "" where it is."""
    query = select(SIGNATURE.c.signature).where(SIGNATURE.c.id == number)
    found = connection.execute(query).scalar()
    if found == signature:
        return ""
    if found is None:
        return f"Signature {number} is missing, which {where} has."
    return f"Signature {number} is not the one that {where} has."


class _Keys:
    """Whose keys are known so far, by the secret they are of."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def may_be(self, own: Signer) -> bool:
        """Whether somebody's key is not known otherwise."""
        return self._known.get(own.envelope, own.public) == own.public

    def take(self, one: SignedHead) -> bool:
        """Whether a signature is by a key that may speak for its secret; what it vouches for."""
        if self._known.setdefault(one.envelope, one.public) != one.public:
            return False
        if one.act == KEY:
            envelope, _, public = one.of.partition(" ")
            self._known[envelope] = public
        return True


def _fault(connection: Connection, before: SignedHead | None, one: SignedHead, keys: _Keys) -> str:
    number = before.number + 1 if before else 1
    if one.number != number:
        return f"Signature {number} is missing."
    if not is_signed(one.public, message(before, one), one.signature):
        return f"Signature {number}, of {one.who}, does not fit: it was altered, or one before it."
    if not keys.take(one):
        return f"Signature {number}, of {one.who}, is by a key that nobody vouched for as theirs."
    query = select(AUDIT.c.hash).where(AUDIT.c.seq == one.seq)
    now = connection.execute(query).scalar()
    if now is None:
        return f"The audit trail ends before entry {one.seq}, to which {one.who} signed it."
    if now != one.head:
        return f"Audit entry {one.seq} is not the one that {one.who} signed: it was rewritten."
    if _looks(connection, before, one.looked) != one.looks:
        return f"Who looked at cases is not what {one.who} signed with entry {one.seq}."
    return ""


def _wrong_since(connection: Connection, before: SignedHead | None, signer: Signer) -> str:
    """What is wrong since the last signature, or with the signer's key; "" for nothing."""
    end = audit.head(connection)
    if before is None:
        start = max(0, int(end.partition(":")[0]) - _FIRST_WALK)
        return audit.fault_since(connection, start, "")
    query = select(SIGNATURE).where(SIGNATURE.c.id == before.number - 1)
    found = connection.execute(query).first()
    earlier = _head(found) if found else None
    if not is_signed(before.public, message(earlier, before), before.signature):
        return f"Signature {before.number}, of {before.who}, does not fit."
    if _known_key(connection, signer.envelope) not in ("", signer.public):
        return "The signing key that the store has of you is another one: check the store."
    return audit.fault_since(connection, before.seq, before.head)


def _known_key(connection: Connection, envelope: str) -> str:
    """The newest public key of a secret that the store has, or ""."""
    vouched = f"{envelope} "
    query = (
        select(SIGNATURE.c.envelope, SIGNATURE.c.public, SIGNATURE.c.of)
        .where((SIGNATURE.c.envelope == envelope) | SIGNATURE.c.of.startswith(vouched))
        .order_by(SIGNATURE.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    if found is None:
        return ""
    of, public = str(found.of), str(found.public)
    return of.removeprefix(vouched) if of.startswith(vouched) else public


def _looks(connection: Connection, before: SignedHead | None, until: int) -> str:
    """The hash of who looked, up to a look: that of the signature before and what came since."""
    first = before.looked if before else 0
    summed = hashlib.sha256((before.looks if before else "").encode())
    whose: dict[int, list[int]] = {}
    query = select(ACCESS_CHILD).where(
        ACCESS_CHILD.c.access_id > first, ACCESS_CHILD.c.access_id <= until
    )
    for access, child in connection.execute(query):
        whose.setdefault(access, []).append(child)
    rows = select(ACCESS).where(ACCESS.c.id > first, ACCESS.c.id <= until)
    for row in connection.execute(rows.order_by(ACCESS.c.id)):
        summed.update(json.dumps([*row, sorted(whose.get(row.id, ()))]).encode())
    return summed.hexdigest()


def _all(connection: Connection) -> Iterator[SignedHead]:
    query = select(SIGNATURE).order_by(SIGNATURE.c.id)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        yield from map(_head, rows)


def _head(row: Any) -> SignedHead:  # noqa: ANN401  (a row)
    return SignedHead.of_row(row._mapping)  # noqa: SLF001  (so SQLAlchemy names it)


def _says(one: SignedHead) -> tuple[int, str, int]:
    return one.seq, one.head, one.looked


def message(before: SignedHead | None, one: SignedHead) -> bytes:
    """What a signature is over: everything of it, and the signature before."""
    told = [_BINDING, before.signature if before else "", *one.told()]
    return json.dumps(told, separators=(",", ":")).encode()
