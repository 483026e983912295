"""The log: one small file in the person's own folder, made when there is first something to say.

What is logged is where a fault came from and its reference, never a value: no personal data.
"""

from __future__ import annotations

import logging

from caseworker_app import paths

_MOST = 500_000
"""Bytes after which the log starts anew, keeping the one before it."""


class LogFile(logging.Handler):
    """Appends a line to the log and lets go of it again."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; a log that cannot be written must not stop the work."""
        try:
            file = paths.log_folder() / "caseworker.log"
            if file.exists() and file.stat().st_size > _MOST:
                file.replace(file.with_suffix(".old.log"))
            with file.open("a", encoding="utf-8") as log:
                log.write(self.format(record) + "\n")
        except OSError:
            return


def keep_log() -> None:
    """Send warnings and worse of the application to the log, once for the process."""
    logger = logging.getLogger("caseworker")
    if any(isinstance(handler, LogFile) for handler in logger.handlers):
        return
    handler = LogFile(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
