"""How things are printed: JSON as UTF-8, tables for a person, progress on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from caseworker_app.services.progress import Progress


def one_line(words: str) -> str:
    """The words on one line, without characters that steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document, UTF-8 whatever the terminal speaks."""
    print_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def print_text(text: str) -> None:
    """Print text that is UTF-8 whatever the terminal speaks."""
    # A lone surrogate becomes the escape that JSON writes for it too.
    data = text.encode("utf-8", "backslashreplace")
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode("utf-8"))
        sys.stdout.flush()
        return
    sys.stdout.flush()
    stream.write(data)
    stream.flush()


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; in a file or a pipe a row is one line, however long."""
    cells = [["" if cell is None else one_line(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _on_a_terminal(title, headings, cells)
    else:
        print_text(_in_a_file(title, headings, cells))


def _on_a_terminal(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title or None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        # A title is broken where the table is narrower.
        min_width=len(title),
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False, soft_wrap=False).print(table)


def _in_a_file(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same as text. Nothing is broken, and rich measures for that: a second a thousand rows."""
    from rich.cells import cell_len

    columns = zip(headings, *rows, strict=True)
    widths = [max(map(cell_len, column)) for column in columns]
    lines = [title] if title else []
    lines += [
        "",
        _line(headings, widths, cell_len),
        f" {'─' * (sum(widths) + 3 * len(widths) - 3)}",
    ]
    lines += [_line(row, widths, cell_len) for row in rows]
    return "\n".join((*lines, "", ""))


def _line(cells: Sequence[str], widths: Sequence[int], long: Callable[[str], int]) -> str:
    padded = (
        f"{cell}{' ' * (wide - long(cell))}" for cell, wide in zip(cells, widths, strict=True)
    )
    return f" {'   '.join(padded)}".rstrip()


def say(sentence: str) -> None:
    """Print one sentence for a person."""
    import click

    click.echo(one_line(sentence))


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[Progress | None]:
    """A progress bar on standard error, or None where no person is looking."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)

    def told(done: int, total: int, words: str) -> None:
        # Not before there is something to show: a passphrase may be asked for first.
        bar.start()
        bar.update(task, completed=done, total=total or None, description=one_line(words))

    try:
        yield told
    finally:
        bar.stop()
