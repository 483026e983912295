"""Where a bug arose, for the log: never its own text, which may hold a child's name."""

from __future__ import annotations

from pathlib import Path


def place_of(error: BaseException) -> str:
    """The kind of an error and where in the program it arose, without its text."""
    trace = error.__traceback__
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"
