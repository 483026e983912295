"""Work on a whole caseload without the cycle collector.

Children, facts and deadlines hold no cycles, so the collector frees nothing of them; it only walks
them all, again and again, which takes as long as counting the dates.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000
"""New objects from which on a walk through them takes long."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the cycle collector rest for as long as the block lasts; afterwards it is as before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if gc.get_count()[0] > _MANY and not gc.get_freeze_count():
                # Much that was made lives on. It is taken for old at once, without a walk; else
                # the collector would go through all of it, as new, as soon as it is back.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
