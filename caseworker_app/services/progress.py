"""How long work tells that it comes along, and is told to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with (done, total, a few words). It raises `Cancelled` to stop the work."""
