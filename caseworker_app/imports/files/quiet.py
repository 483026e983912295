"""Keep a library in another language from writing on standard error by itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2
_one_at_a_time = threading.Lock()


@contextmanager
def no_standard_error() -> Iterator[None]:
    """Drop what is written straight to the file of standard error.

    Calamine reports a failed assertion there, many lines long, before Python hears of it.
    """
    with _one_at_a_time:
        try:
            kept = os.dup(_STANDARD_ERROR)
        except OSError:
            # A windowed program may have no standard error to keep quiet.
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, _STANDARD_ERROR)
            finally:
                os.close(nowhere)
            yield
        finally:
            os.dup2(kept, _STANDARD_ERROR)
            os.close(kept)
