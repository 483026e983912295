"""Every command of `caseworker`, with its options, in the words of its help.

What only some commands need is imported in them: the window starts through here too.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from caseworker_app import __version__
from caseworker_app.cli.command_line import CommandLine, with_passphrase
from caseworker_app.cli.options import (
    DAY,
    GIVEN,
    json_option,
    period_options,
    person_option,
    protect_option,
    store_option,
    today_option,
)
from caseworker_app.cli.output import print_json, print_text, progress_bar, say
from caseworker_app.cli.window import ToOpen, open_window
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.measures.audience import Audience

_FILE = click.Path(path_type=Path)
_OTHERS = (
    *("answers", "comparing", "going_out", "improvement", "joining", "moving", "people", "places"),
    *("reconciling", "records", "retention", "returns", "rules", "runs", "team", "undoing"),
)
"""The modules beside this one that have commands; they know this one, and it does not know them."""


class Commands(click.Group):
    """Every command; those of modules beside this one join when one of them is asked for.

    The window starts by a command of this module, and need not wait for the others.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        held = super().get_command(ctx, cmd_name)
        if held is None:
            _load_others()
            held = super().get_command(ctx, cmd_name)
        return held

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The name of every command, in order."""
        _load_others()
        return super().list_commands(ctx)


def _load_others() -> None:
    """Load the modules whose commands join the group by being loaded."""
    for name in _OTHERS:
        import_module(f"{__package__}.{name}")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(__version__, prog_name="caseworker", message="%(prog)s %(version)s")
@click.option("--self-check", is_flag=True, help="Prove that this installation works, and stop.")
@click.option("--data-dir", type=_FILE, metavar="DIR", help="Where the self-check may write.")
@person_option
@today_option
@click.pass_context
def caseworker(ctx: click.Context, self_check: bool, data_dir: Path | None) -> int | None:
    """Statutory dates of EHC plans. Without a command, opens the window."""
    if self_check:
        return _self_check(ctx, data_dir)
    if data_dir is not None:
        raise click.UsageError("--data-dir goes with --self-check only.", ctx)
    if ctx.invoked_subcommand is None:
        return open_window(ctx.obj.application, ToOpen(None, ctx.obj.today, ctx.obj.person))
    return None


@caseworker.command("open")
@click.argument("store", type=GIVEN)
@person_option
@today_option
@click.pass_obj
def open_(line: CommandLine, store: str) -> int:
    """Open the window on STORE, a path or a database URL."""
    return open_window(line.application, ToOpen(store, line.today, line.person))


@caseworker.command()
@click.argument("store", type=GIVEN)
@click.option(
    "--children", type=click.IntRange(1), default=2000, show_default=True, help="How many."
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="Another seed, another borough."
)
@person_option
@today_option
@click.pass_obj
def demo(line: CommandLine, store: str, children: int, seed: int) -> None:
    """Make STORE, with invented children.

    The same arguments make the same children, with the same years of history.
    """
    with progress_bar(wanted=True) as progress:
        with_passphrase(
            lambda passphrase: line.application.demo(
                store,
                children=children,
                seed=seed,
                today=line.today,
                person=line.person,
                passphrase=passphrase,
                progress=progress,
            ),
            new=line.is_new_file(store),
        )
    say(f"Made {store} with {children:,} invented children.")


@caseworker.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@store_option
@click.option(
    "--mapping",
    type=_FILE,
    metavar="M.toml",
    help="Which heading is which field, and how the days of a doubtful column are meant.",
)
@click.option(
    "--as", "kind", type=GIVEN, metavar="KIND", help="Bring in records of a kind, not cases."
)
@click.option(
    "--by-name",
    is_flag=True,
    help="With --as setting and the DfE's register: take schools found by their name alone too.",
)
@click.option("--dry-run", is_flag=True, help="Say what an import would do, and change nothing.")
@json_option
@today_option
@click.pass_obj
def import_(
    line: CommandLine,
    files: tuple[Path, ...],
    store: str | None,
    mapping: Path | None,
    kind: str | None,
    by_name: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import trackers and SEN2 files, or with --as records of a kind.

    FILE is a tracker workbook, a SEN2 pre-submission workbook or a folder of SEN2 CSV files.
    The store is made if there is none.
    """
    from caseworker_app.cli import bringing_in, trackers

    if kind is not None:
        if mapping is not None:
            raise Refused("A mapping goes with a tracker, not with --as.", "mapping")
        bringing_in.bring_in(
            line, files, kind, store, dry_run=dry_run, as_json=as_json, by_name=by_name
        )
        return
    if by_name:
        raise Refused("--by-name goes with --as setting.", "by_name")

    with progress_bar(wanted=not as_json) as progress:
        incoming, result = trackers.bring_in(line, files, store, mapping, progress, dry_run=dry_run)
    if as_json:
        print_json(trackers.as_document(incoming, result))
    else:
        trackers.tell(incoming, result, dry_run=dry_run)


@caseworker.command()
@store_option
@click.option("--as-at", type=DAY, metavar="D", help="As it was true of them on a day.")
@click.option(
    "--known-at",
    type=DAY,
    metavar="D",
    help="As the store had them when a day was over, from the history.",
)
@json_option
@today_option
@click.pass_obj
def cases(
    line: CommandLine, store: str | None, as_at: date | None, known_at: date | None, as_json: bool
) -> None:
    """List every case with its facts."""
    from caseworker_app.cli import lists
    from caseworker_app.services.wording import counted

    if as_at is not None and known_at is not None:
        raise Refused("Give a day for one of --as-at and --known-at, not for both.")
    if known_at is not None:
        with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
            known = session.as_known(known_at, progress)
        if as_json:
            print_json(lists.known_document(known))
        else:
            lists.print_known(known)
        return
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        files = session.caseload(progress)
        status = {row.id: row.status for row in session.cases()}
        shut = session.not_opened() & status.keys()
    files = tuple(file for file in files if file.child.id not in shut)
    if shut:
        many = counted(len(shut), "restricted case is", "restricted cases are")
        click.echo(
            f"{many} left out: what is in them opens in the window, with a reason.", err=True
        )
    if as_at is not None:
        files, status = lists.as_at(files, as_at)
    if as_json:
        print_json(lists.cases_document(files, status, as_at))
    else:
        lists.print_cases(files, status)


@caseworker.command()
@store_option
@click.option(
    "--within", type=click.IntRange(0), metavar="DAYS", help="Leave out what is due later."
)
@click.option("--worker", type=GIVEN, metavar="W", help="One caseworker, by part of the name.")
@json_option
@today_option
@click.pass_obj
def alerts(
    line: CommandLine, store: str | None, within: int | None, worker: str | None, as_json: bool
) -> None:
    """List open deadlines, soonest first.

    Overdue ones come always; coming ones up to --within days, all of them without it.
    """
    from caseworker_app.cli import lists

    with line.session(store) as session:
        rows, today = session.alerts(within, worker), session.today()
    if as_json:
        print_json(lists.alerts_document(rows, today))
    else:
        lists.print_alerts(rows, today)


@caseworker.command()
@today_option
@click.pass_obj
def clock(line: CommandLine) -> None:
    """Count statutory dates from facts.

    Reads JSON from standard input and prints JSON.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise Refused("The clock reads its facts as JSON from standard input; nothing was given.")
    from caseworker_app.services.rules.clock_input import LARGEST

    stream = getattr(sys.stdin, "buffer", sys.stdin)
    given = stream.read(LARGEST + 1)
    if len(given) > LARGEST:
        raise Unreadable("Standard input holds more than the cases of a council.")
    try:
        text = given.decode("utf-8-sig") if isinstance(given, bytes) else given
    except UnicodeDecodeError as error:
        raise Unreadable("Standard input is not JSON: it is not UTF-8 text.") from error
    print_text(line.application.clock(text, line.today).rstrip("\n") + "\n")


@caseworker.group("return", cls=Commands)
@today_option
def return_() -> None:
    """Write a return."""


@return_.command()
@store_option
@period_options
@click.option(
    "--council",
    default="",
    metavar="NAME",
    help="The council on the first page. Default: the name kept in the store.",
)
@click.option("--out", type=_FILE, metavar="F.xlsx", help="The workbook to write.")
@protect_option
@click.option(
    "--tidy",
    type=_FILE,
    metavar="F.csv",
    help="A file of one row a figure to write, .csv or .json; without --out it is all that is.",
)
@click.option(
    "--known-at",
    type=DAY,
    metavar="D",
    help="Count what was recorded by that evening, from the history.",
)
@click.option(
    "--edition",
    type=click.Choice([one.value for one in Audience]),
    help="The Board's, with small numbers hidden; the team's, with every number and lists of "
    "cases; the managers', the team's and by caseworker. Default: board.",
)
@click.option(
    "--template",
    type=_FILE,
    metavar="T.xlsx",
    help="The council's own workbook, of which a filled copy is written in place of ours.",
)
@click.option("--unsuppressed", is_flag=True, help="Show small numbers: the team's edition.")
@json_option
@today_option
@click.pass_obj
def board(
    line: CommandLine,
    store: str | None,
    since: date,
    until: date,
    as_at: date | None,
    council: str,
    out: Path | None,
    tidy: Path | None,
    known_at: date | None,
    edition: str | None,
    template: Path | None,
    unsuppressed: bool,
    as_json: bool,
) -> None:
    """Write the board return as one workbook, and keep it among the runs."""
    from caseworker_app.cli import lists
    from caseworker_app.domain.measures.board import narrowed_words

    if out is None and tidy is None:
        raise Refused("Name the workbook to write with --out, or a file with --tidy.", "out")

    if until < since:
        raise Refused(f"The period ends ({until}) before it begins ({since}).", "until")
    left: list[str] = []
    asked = Audience(edition or ("team" if unsuppressed else "board"))
    if unsuppressed and asked.suppressed:
        raise Refused("The Board's edition hides small numbers.", "unsuppressed")
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        figures = line.application.board(
            session,
            since,
            until,
            as_at=as_at,
            known_at=known_at,
            target=out,
            tidy=tidy,
            edition=asked,
            council=council,
            template=template,
            say=left.append,
            progress=progress,
        )
    if as_json:
        from caseworker_app.services.returns.board_return import as_json as document

        told = {} if template is None else {"not_filled": left}
        print_json({**document(figures), "narrowed": figures.narrowed, **told})
    else:
        lists.print_board(figures)
        for sentence in left:
            say(sentence)
        say(f"Wrote {' and '.join(str(one) for one in (out, tidy) if one is not None)}.")
        if figures.narrowed:
            say(narrowed_words(figures.narrowed))


@return_.command()
@store_option
@click.option(
    "--year", type=click.IntRange(1990, 2100), required=True, metavar="Y", help="The calendar year."
)
@click.option(
    "--survey-day",
    type=DAY,
    metavar="D",
    help="The survey day in January after it. Default: the one that SEN2 has.",
)
@click.option(
    "--out",
    type=_FILE,
    required=True,
    metavar="FOLDER",
    help="A folder for CSV files, or a workbook F.xlsx.",
)
@click.option("--unsuppressed", is_flag=True, help="Show small numbers: for the team alone.")
@json_option
@today_option
@click.pass_obj
def department(
    line: CommandLine,
    store: str | None,
    year: int,
    survey_day: date | None,
    out: Path,
    unsuppressed: bool,
    as_json: bool,
) -> None:
    """Write the files that the Department for Education publishes of EHC plans.

    Of your own store, with the columns and breakdowns of the published ones.
    """
    from caseworker_app.domain.measures.board import narrowed_words

    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        made = line.application.department(
            session,
            year,
            survey_day=survey_day,
            target=out,
            unsuppressed=unsuppressed,
            progress=progress,
        )
    if as_json:
        from caseworker_app.services.returns.department import as_json as document

        print_json({**document(made), "narrowed": made.narrowed})
        return
    for note in made.lacking:
        say(note)
    say(f"Wrote {len(made.sheets)} files of {year} to {out}.")
    if made.narrowed:
        say(narrowed_words(made.narrowed))


@return_.command()
@store_option
@period_options
@click.option(
    "--known-at",
    type=DAY,
    required=True,
    metavar="D",
    help="The evening that the figures of now are held against, from the history.",
)
@json_option
@today_option
@click.pass_obj
def explain(
    line: CommandLine,
    store: str | None,
    since: date,
    until: date,
    as_at: date | None,
    known_at: date,
    as_json: bool,
) -> None:
    """Say why the board's measures are others than they were.

    Each measure whose figure or cases differ from what was known on an evening, case by case, with
    what was recorded since, when and by whom.
    """
    from caseworker_app.cli import explained

    if until < since:
        raise Refused(f"The period ends ({until}) before it begins ({since}).", "until")
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        found = line.application.explain_figures(
            session, since, until, known_at, as_at=as_at, progress=progress
        )
    if as_json:
        print_json(explained.document(found, known_at))
    else:
        explained.show(found, known_at)


@caseworker.command()
@store_option
@json_option
@today_option
@click.pass_obj
def check(line: CommandLine, store: str | None, as_json: bool) -> int:
    """Prove file, audit chain and deadlines.

    Exit code 1 when anything is wrong.
    """
    with progress_bar(wanted=not as_json) as told, line.session(store, say_rules=False) as session:
        wrong = session.check(told)
    if as_json:
        print_json({"sound": not wrong, "problems": list(wrong)})
    for sentence in () if as_json else wrong or ("File, audit chain and deadlines are sound.",):
        say(sentence)
    return 1 if wrong else 0


@caseworker.command()
@store_option
@click.option("--to", "target", type=_FILE, required=True, metavar="F", help="The file to write.")
@today_option
@click.pass_obj
def backup(line: CommandLine, store: str | None, target: Path) -> None:
    """Write a verified copy of a store."""
    with line.session(store, say_rules=False) as session:
        session.backup(target)
    say(f"Wrote {target} and verified it.")


@caseworker.command()
@click.argument("file", type=_FILE)
@store_option
@today_option
@click.pass_obj
def restore(line: CommandLine, file: Path, store: str | None) -> None:
    """Put the backup FILE in a store's place.

    The backup is verified first, and what it replaces is kept beside the store.
    """
    where = line.where(store)
    kept = with_passphrase(
        lambda passphrase: line.application.restore(file, where, passphrase=passphrase),
        new=False,
    )
    say(f"Restored {where} from {file}. {kept}")


def _self_check(ctx: click.Context, data_dir: Path | None) -> int:
    if ctx.invoked_subcommand is not None or data_dir is None:
        raise click.UsageError("--self-check stands alone and needs --data-dir.", ctx)
    wrong = ctx.obj.application.self_check(data_dir)
    for sentence in wrong or ("self-check passed",):
        say(sentence)
    return 1 if wrong else 0
