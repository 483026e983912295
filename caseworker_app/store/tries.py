"""Wrong passphrases at a store file: kept beside it, and slower with each once there are several.

They stand in `.NAME.tries`, so that a restart forgets none; who opens the store then has them put
on record, and the file goes. Whoever may delete files beside a store may delete this one too: it
slows somebody at the keyboard, and Argon2id whoever carries the key file away.
"""

from __future__ import annotations

import json
import logging
import math
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from caseworker_app import files
from caseworker_app.domain.errors import CaseworkerError, TooSoon
from caseworker_app.store.holding import changing_key

FREE = 5
"""So many wrong passphrases may follow each other at once."""
_LONGEST_S = 300
_MOST = 1000
_LARGEST = 1 << 20
_log = logging.getLogger(__name__)


class Try(NamedTuple):
    """One wrong passphrase.

    Attributes:
        at: when, in UTC.
        person: as whom; "" where nobody was named.
    """

    at: datetime
    person: str


def tries_file(store: Path) -> Path:
    """Where they are kept, beside the file that a link leads to."""
    real = Path(os.path.realpath(store))
    return real.with_name(f".{real.name}.tries")


def tries_at(store: Path) -> tuple[Try, ...]:
    """The wrong tries since somebody last opened a store, oldest first; a damaged file has none."""
    try:
        with files.opened(tries_file(store)) as file:
            body = json.loads(file.read(_LARGEST))
        return tuple(Try(datetime.fromisoformat(at), str(person)) for at, person in body["tries"])
    except (OSError, CaseworkerError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def refuse_too_soon(store: Path, now: datetime) -> None:
    """Refuse a try that comes too soon after several wrong ones. Raises `TooSoon`."""
    left = _wait(tries_at(store), now)
    if left:
        raise TooSoon(
            f"The passphrase of {store} was wrong too often, so it was not tried: try again in "
            f"{_words(left)}.",
            left,
        )


def keep_try(store: Path, now: datetime, person: str) -> str:
    """Keep a wrong try; the value is what to say of it besides, or ""."""
    try:
        with changing_key(store):
            kept = (*tries_at(store), Try(now, person))[-_MOST:]
            body = {"tries": [[one.at.isoformat(), one.person] for one in kept]}
            files.write_whole(tries_file(store), json.dumps(body).encode())
    except (OSError, CaseworkerError):
        _log.info("a wrong try could not be kept")
        return ""
    left = _wait(kept, now)
    return f" It was wrong {len(kept):,} times; try again in {_words(left)}." if left else ""


def forget_tries(store: Path, seen: Sequence[Try]) -> None:
    """Let go of tries that are on record now; of those that came meanwhile none."""
    with suppress(OSError, CaseworkerError), changing_key(store):
        if tries_at(store) == tuple(seen):
            tries_file(store).unlink(missing_ok=True)


def _wait(tries: Sequence[Try], now: datetime) -> int:
    """How many seconds are left until the next try; a clock set back makes it no longer."""
    if len(tries) < FREE:
        return 0
    whole = min(1 << (len(tries) - FREE + 1), _LONGEST_S)
    since = max(now - tries[-1].at, timedelta(0))
    return max(0, math.ceil(whole - since.total_seconds()))


def _words(seconds: int) -> str:
    if seconds > 90:
        return f"{-(-seconds // 60)} minutes"
    return "a second" if seconds == 1 else f"{seconds} seconds"
