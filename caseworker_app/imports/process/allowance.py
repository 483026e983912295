"""How long the reading process may go on: a fixed time, and more for what it visibly gets done."""

from __future__ import annotations

from caseworker_app.imports.process.limits import (
    BYTES_A_ROW,
    LEAST_A_ROW,
    MOST_FILES,
    SECONDS,
    SECONDS_A_FILE,
    SECONDS_A_ROW,
    SECONDS_FOR_A_PIECE,
    SECONDS_TO_START,
    SLOWEST,
)


class OutOfTime(Exception):
    """The time that was given is over."""


class Allowance:
    """The time that is left. The caller reads the clocks: the wall's, and the process's own.

    The own clock counts the seconds a process has had the processor for, so that a busy computer
    takes nothing from an honest file. It is None on a system that does not tell it.
    """

    def __init__(self, now: float, seconds: float = SECONDS) -> None:
        """Begin to wait for the process to start; then it may work so many seconds."""
        self._began, self._worked_before = now, 0.0
        self._seconds = seconds
        self._files = self._bytes = self._rows = 0
        self._disk = 0.0
        self._piece_began: float | None = None
        self.begun = False

    def begin(self, now: float, worked: float | None = None) -> None:
        """It has started; from now on its time counts."""
        if not self.begun:
            self.begun = True
            self._began, self._worked_before = now, worked or 0.0

    def bytes_came(self, count: int, now: float) -> None:
        """A piece of a file came from the disk, whose time does not count; 0 before the first."""
        if not count:
            self._files += 1
        elif self._piece_began is not None:
            self._bytes += count
            self._disk += now - self._piece_began
        self._piece_began = now

    def rows_read(self, count: int) -> None:
        """Rows were gone through."""
        self._piece_began = None
        self._rows += count

    def check(self, now: float, worked: float | None = None) -> None:
        """Raises `OutOfTime` once it is over."""
        waited = now - self._began
        if not self.begun:
            if waited > SECONDS_TO_START:
                raise OutOfTime
            return
        files = min(max(self._files, 1), MOST_FILES)
        rows = min(self._rows, 2 * self._bytes // BYTES_A_ROW)
        if self._rows > 2 * self._bytes // LEAST_A_ROW:
            rows = 0
        given = self._seconds + SECONDS_A_FILE * (files - 1) + SECONDS_A_ROW * rows
        waited -= self._disk
        spent = waited if worked is None else worked - self._worked_before
        piece = 0.0 if self._piece_began is None else now - self._piece_began
        asleep = piece > SECONDS_FOR_A_PIECE and (worked is None or spent < piece / SLOWEST)
        if asleep or spent > given or waited > given * SLOWEST:
            raise OutOfTime
