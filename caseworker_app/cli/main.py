"""Run a command line: whatever goes wrong comes out as one plain sentence and an exit code.

0 done; 1 something failed inside, or `check` found something; 2 what was given cannot be used;
130 stopped with Ctrl-C, 143 with TERM.

The window starts through here too, so what reads the commands is imported where it is needed.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
import traceback
from collections.abc import Sequence

from caseworker_app import files
from caseworker_app.cli import window
from caseworker_app.cli.output import one_line
from caseworker_app.domain.errors import Cancelled, CaseworkerError, in_bounds
from caseworker_app.process import Ended
from caseworker_app.services.application import Application

_log = logging.getLogger("caseworker.command")
# What is logged goes to the log file, or nowhere: standard error is for sentences.
logging.getLogger("caseworker").addHandler(logging.NullHandler())

DONE, FAILED, REFUSED, STOPPED = 0, 1, 2, 130
_STOPPED = "Stopped; what was not finished was not kept."


def main(application: Application, arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code."""
    _speak_any_character()
    try:
        asked = window.to_open(arguments)
        if asked is not None:
            return window.open_window(application, asked)
        return _carry_out(application, arguments)
    except (KeyboardInterrupt, Cancelled):
        return _say(_STOPPED, STOPPED)
    except Ended as ended:
        return _say(_STOPPED, int(ended.code or FAILED))
    except CaseworkerError as error:
        # The clock's faults come a line each; every line is a sentence of its own.
        return _say("\n".join(one_line(line) for line in error.sentence.splitlines()), REFUSED)
    except BrokenPipeError:
        # Whoever was reading has gone; what Python still holds for them has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if said := files.run_out(error):
            return _say(said, REFUSED)
        if error.filename is None or not _was_given(str(error.filename), arguments):
            return _say(_bug(error), FAILED)
        return _say(f"{one_line(str(error.filename))}: {error.strerror or 'unusable'}.", REFUSED)
    except Exception as error:  # noqa: BLE001  (the last stop: nobody is shown a traceback)
        if said := files.run_out(error):
            return _say(said, REFUSED)
        return _say(_bug(error), FAILED)


def _carry_out(application: Application, arguments: Sequence[str]) -> int:
    """Let one of the commands read and carry out what was asked."""
    import click

    from caseworker_app.cli.command_line import CommandLine
    from caseworker_app.cli.commands import caseworker

    try:
        with caseworker.make_context(
            "caseworker", list(arguments), obj=CommandLine(application)
        ) as context:
            result = caseworker.invoke(context)
        return result if isinstance(result, int) else DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return _say(_STOPPED, STOPPED)
    except click.ClickException as error:
        return _say(in_bounds(_as_sentence(error.format_message())), REFUSED)


def _say(sentence: str, code: int) -> int:
    import click

    try:
        click.echo(sentence, err=True)
    except OSError:
        return code
    return code


def _as_sentence(message: str) -> str:
    words = one_line(message)
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _was_given(filename: str, arguments: Sequence[str]) -> bool:
    return any(part and part in filename for part in arguments)


def _bug(error: BaseException) -> str:
    """Log where the error came from, without its words, which may name a child."""
    reference = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _log.error("%s %s at %s", reference, type(error).__name__, where)
    return (
        "Something went wrong inside Caseworker; nothing that was saved is lost. "
        f"Quote reference {reference}."
    )


def _speak_any_character() -> None:
    """Let a name through that the terminal's encoding lacks, rather than stop at it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
