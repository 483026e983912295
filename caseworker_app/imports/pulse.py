"""Signs that a file is being read and not merely held: bytes from a disk, rows gone through.

The reading process passes them on, and the one that waits gives more time for them. In any other
process nobody listens.
"""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int], None]

_AT_ONCE = 250


def _nobody(_count: int) -> None:
    return


class Pulse:
    """Who hears of bytes, and who of rows."""

    def __init__(self) -> None:
        self._bytes: Listener = _nobody
        self._rows: Listener = _nobody
        self._untold = 0

    def listen(self, of_bytes: Listener, of_rows: Listener) -> None:
        """Hear from now on of bytes that came from a disk, and of rows that hold something."""
        self._bytes, self._rows = of_bytes, of_rows

    def bytes_came(self, count: int) -> None:
        """So many bytes came from the disk; 0 when a file is about to be opened."""
        self._bytes(count)

    def rows_read(self, count: int) -> None:
        """So many rows that hold something were gone through; told some hundreds at a time."""
        self._untold += count
        if self._untold >= _AT_ONCE:
            self._rows(self._untold)
            self._untold = 0


PULSE = Pulse()
"""One for the process: there is one reader in it."""
