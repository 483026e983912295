"""Work on a whole caseload without the cycle collector.

Children, facts and deadlines hold no cycles, so the collector frees nothing of them; it only walks
them all, again and again, which takes as long as counting the dates.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the cycle collector rest for as long as the block lasts; afterwards it is as before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
