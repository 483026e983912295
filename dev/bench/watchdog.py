"""The watchdog of the window's thread: how long it is held, and by what.

What holds it is a key or a click with all that follows at once, or one turn of its event loop: in
between Qt takes nothing new from the person. Seconds are those of the thread itself, so that others
on the machine add none.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType

from PySide6.QtWidgets import QApplication

_LONG_S = 0.02
"""From here on it is worth telling."""
_LOOK_S = 0.004
_KEPT = 16
_OURS = "caseworker_app."


class Watchdog:
    """Times what the thread it was made on does, and sees from another where it is meanwhile.

    Attributes:
        doing: what is being done, in words.
    """

    def __init__(self) -> None:
        self.doing = ""
        self._busy = False
        self._looking = threading.Lock()
        self._frames: list[FrameType | None] = []
        self._held: list[tuple[float, str]] = []
        self._each: dict[str, tuple[float, str]] = {}
        self._seen: Counter[str] = Counter()
        self._watched = threading.get_ident()
        threading.Thread(target=self._look, daemon=True).start()

    def do(self, what: str, step: Callable[[], object]) -> float:
        """Do what a key or a click would; the seconds it took."""
        self.doing = what
        return self._timed(step)

    def turn(self) -> float:
        """Let the event loop turn once; the seconds it took."""
        return self._timed(QApplication.processEvents)

    def until_painted(self, what: str, step: Callable[[], object]) -> float:
        """Do a step and let what it changed be painted; the seconds of both."""
        return self.do(what, step) + self.turn()

    def longest(self) -> list[tuple[float, str]]:
        """What held the thread longest, longest first."""
        return sorted(self._held, reverse=True)[:_KEPT]

    def longest_of_each(self) -> list[tuple[float, str]]:
        """The longest that each thing done held the thread, longest first."""
        return sorted(self._each.values(), reverse=True)

    def _timed(self, step: Callable[[], object]) -> float:
        self._seen = Counter()
        self._busy = True
        started = time.thread_time()
        try:
            step()
        finally:
            seconds = time.thread_time() - started
            with self._looking:
                self._busy = False
                frames, self._frames = self._frames, []
            frames.clear()
        longest = self._each.get(self.doing, (-1.0, ""))[0]
        if seconds > _LONG_S or seconds > longest:
            where = ", ".join(name for name, _ in self._seen.most_common(3))
            told = seconds, f"{self.doing}: in {where or 'Qt'}"
            if seconds > _LONG_S:
                self._held.append(told)
            if seconds > longest:
                self._each[self.doing] = told
        return seconds

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_S)
            with self._looking:
                if self._busy:
                    # Whoever lets go of a frame last destroys what it held; what is Qt's must go
                    # on the thread it was made on, so that thread is the one to let go.
                    self._frames.append(sys._current_frames().get(self._watched))  # noqa: SLF001
                    self._seen[_place(self._frames[-1])] += 1


def _place(frame: FrameType | None) -> str:
    """The innermost function of ours in a stack."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_OURS):
            return f"{module.removeprefix(_OURS)}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "Qt"
