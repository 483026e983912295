"""The command line: the same services as the window, for schedules, auditors and tests."""

from caseworker_app.cli.main import main

__all__ = ["main"]
