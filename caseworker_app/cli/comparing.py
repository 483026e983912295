"""`compare`: two Word documents of a plan, section by section; no store is opened."""

from __future__ import annotations

from pathlib import Path

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import json_option
from caseworker_app.cli.output import print_json, print_table, say

_DOCUMENT = click.Path(path_type=Path)


@caseworker.command()
@click.argument("before", type=_DOCUMENT, metavar="BEFORE")
@click.argument("after", type=_DOCUMENT, metavar="AFTER")
@json_option
@click.pass_obj
def compare(line: CommandLine, before: Path, after: Path, as_json: bool) -> None:
    """Say what changed between two Word documents of a plan, section by section.

    What was added, removed, changed, moved, and made less specific. The files are only read, and
    stay where they are.
    """
    from caseworker_app.domain.document_changes import document_changes, section_title
    from caseworker_app.services.plans.vague_words import vague_words

    old, new = (line.application.read_plan_document(path) for path in (before, after))
    found = document_changes(old, new, vague_words())
    if as_json:
        print_json(
            {
                "changes": [
                    {
                        "section": one.letter,
                        "what": one.what.lower(),
                        "before": one.before,
                        "after": one.after,
                        "less_specific": one.less,
                    }
                    for one in found
                ]
            }
        )
        return
    for one in (old, new):
        if not one.has_sections:
            say(f"In {one.name} no heading of a section was found, so its lines stand in none.")
    if not found:
        say("The two say the same.")
        return
    print_table(
        f"{old.name} and {new.name}",
        ("Section", "What", "Before", "After", "Less specific"),
        [(section_title(one.letter), one.what, one.before, one.after, one.less) for one in found],
    )
