"""`records` and `export`: lists of any declared kind, shown and written out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import (
    GIVEN,
    json_option,
    protect_option,
    store_option,
    today_option,
)
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.domain.kinds import Kind
    from caseworker_app.domain.rows import RecordRow


@caseworker.command("records")
@click.argument("kind", type=GIVEN)
@store_option
@json_option
@today_option
@click.pass_obj
def list_records(line: CommandLine, kind: str, store: str | None, as_json: bool) -> None:
    """List the records of a KIND: setting, caseworker and whatever else is kept as a list."""
    from caseworker_app.domain.declarations import kind_of_list

    of = kind_of_list(kind)
    with line.session(store) as session:
        rows = session.record_rows(of.name)
    if as_json:
        print_json({"kind": of.name, "records": [_record(of, row) for row in rows]})
        return
    fields = [one for one in of.fields if one.listed and one.by_hand]
    title = counted(len(rows), of.one, of.many)
    print_table(
        title,
        [one.label for one in fields],
        ([row.words[one.name] for one in fields] for row in rows),
    )


@caseworker.command()
@click.argument("kind", type=GIVEN)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="F",
    help="The file: .xlsx or .csv.",
)
@protect_option
@store_option
@today_option
@click.pass_obj
def export(line: CommandLine, kind: str, out: Path, store: str | None) -> None:
    """Write the records of a KIND to a workbook or a CSV file."""
    from caseworker_app.domain.declarations import kind_of_list

    of = kind_of_list(kind)
    with progress_bar(wanted=True) as progress, line.session(store) as session:
        count = line.application.write_records(session, of.name, out, progress=progress)
    say(f"Wrote {counted(count, of.one, of.many)} to {out.name}.")


def _record(kind: Kind, row: RecordRow) -> dict[str, Any]:
    """A record: what it points at by id and in words, its days also as from and to."""
    from caseworker_app.domain.kind_values import all_values

    values = all_values(row.record)
    pointed = {
        one.name.removesuffix("_id"): row.words[one.name]
        for one in kind.fields
        if one.type == "link" and one.name in values
    }
    days = {"since": "from", "until": "to"}
    named = {days[name]: values[name] for name in days if kind.ranged and name in values}
    return {"id": row.id, **values, **pointed, **named}
