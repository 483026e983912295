"""The command of kept returns: list, count again, compare two, write one out, withdraw one."""

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
from caseworker_app.cli.outcomes import carried_out
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.domain.declarations.return_runs import Commentary, ReturnRun
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.returns.other_runs import AgainOther, Changed
    from caseworker_app.services.returns.recounting import Again
    from caseworker_app.services.session import Session

_FILE = click.Path(path_type=Path)
_NOW = "now"
_FEW = 20


@caseworker.command()
@store_option
@click.option(
    "--again", type=GIVEN, metavar="ID", help="Count one anew as its data were known then."
)
@click.option(
    "--compare",
    type=GIVEN,
    nargs=2,
    metavar="A B",
    help="Say in which figures two differ and why, case by case; B may be “now”.",
)
@click.option(
    "--out",
    type=_FILE,
    metavar="F",
    help="With --again: write it as shown; of the board .xlsx, .csv or .json, else as it was made.",
)
@protect_option
@click.option("--withdraw", type=GIVEN, metavar="ID", help="Withdraw one that was published.")
@click.option("--why", default="", metavar="WORDS", help="With --withdraw: the reason.")
@click.option(
    "--never-left",
    is_flag=True,
    help="With --withdraw: nobody outside has had it, so that it protects no later return.",
)
@json_option
@today_option
@click.pass_obj
def runs(
    line: CommandLine,
    store: str | None,
    again: str | None,
    compare: tuple[str, str] | None,
    out: Path | None,
    withdraw: str | None,
    why: str,
    never_left: bool,
    as_json: bool,
) -> int:
    """List the returns that were written; count one again, or compare two.

    Exit code 1 where figures counted again are not those that were kept.
    """
    if sum(one is not None for one in (again, compare, withdraw)) > 1:
        raise Refused("Give one of --again, --compare and --withdraw.")
    if out is not None and again is None:
        raise Refused("--out goes with --again, which says which return.", "out")
    if (why or never_left) and withdraw is None:
        raise Refused("--why and --never-left go with --withdraw.")
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        if again is not None:
            return _again(line, session, again, out, as_json=as_json, progress=progress)
        if compare is not None:
            _compare(line, session, compare, as_json=as_json, progress=progress)
        elif withdraw is not None:
            _withdraw(session, withdraw, why, never_left=never_left, as_json=as_json)
        else:
            _list(session, as_json=as_json)
    return 0


def document(run: ReturnRun, said: dict[str, Commentary]) -> dict[str, Any]:
    """A kept return as JSON has it."""
    return {
        "id": run.id,
        "what": run.what,
        "parameters": dict(run.asked),
        "public": run.public,
        "rules": run.rule_pack,
        "program": run.program,
        "data": run.data,
        "figures": run.figures,
        "made_by": run.made_by,
        "made_at": run.made_at,
        "sent_on": run.sent_on.isoformat() if run.sent_on else None,
        "sent_to": run.sent_to,
        "withdrawn_on": run.withdrawn_on.isoformat() if run.withdrawn_on else None,
        "withdrawn_why": run.withdrawn_why,
        "never_left": run.never_left,
        "commentary": {ref: one.words for ref, one in sorted(said.items())},
    }


def _list(session: Session, *, as_json: bool) -> None:
    from caseworker_app.services.clock import in_words
    from caseworker_app.services.returns.commentary import of_run
    from caseworker_app.services.returns.runs import runs as kept_runs

    found = kept_runs(session)
    if as_json:
        with session.store.reading() as reading:
            print_json({"runs": [document(one, of_run(reading, one.id)) for one in found]})
        return
    print_table(
        f"{len(found):,} kept returns",
        ("Id", "Return", "Edition", "Made", "By", "Rules", "Sent on", "Withdrawn"),
        (
            (
                one.id,
                one.words,
                one.asked.get("edition", ""),
                in_words(one.made_at) if one.made_at else "",
                one.made_by,
                one.rule_pack,
                _sent(one),
                _withdrawn(one),
            )
            for one in found
        ),
    )


def _sent(run: ReturnRun) -> str:
    from caseworker_app.domain.day_words import day_words

    return f"{day_words(run.sent_on)} {run.sent_to}".strip() if run.sent_on else ""


def _withdrawn(run: ReturnRun) -> str:
    from caseworker_app.domain.day_words import day_words

    return f"{day_words(run.withdrawn_on)}: {run.withdrawn_why}" if run.withdrawn_on else ""


def _again(
    line: CommandLine,
    session: Session,
    key: str,
    out: Path | None,
    *,
    as_json: bool,
    progress: Progress | None,
) -> int:
    from caseworker_app.cli import lists
    from caseworker_app.services.returns.board_return import as_json as figures
    from caseworker_app.services.returns.other_runs import AgainOther

    found = line.application.run_again(session, key, progress)
    if isinstance(found, AgainOther):
        if as_json:
            print_json(_other(found))
    elif as_json:
        print_json({**figures(found.board), "narrowed": found.board.narrowed})
    else:
        lists.print_board(found.board)
    sentences = _sentences(found)
    if out is not None:
        run = line.application.export_run(session, key, out, progress)
        sentences.append(f"Wrote {out}.")
        if run.withdrawn_on is not None:
            sentences.append(f"It was withdrawn on {_withdrawn(run)}.")
    for sentence in sentences:
        click.echo(sentence, err=as_json)
    return 1 if found.other else 0


def _other(found: AgainOther) -> dict[str, Any]:
    """A return that is not the board's, counted again, as JSON has it."""
    return {
        "id": found.run.id,
        "what": found.run.what,
        "disposed": found.disposed,
        "figures": dict(found.figures),
        "other": [_changed(one) for one in found.other],
    }


def _changed(one: Changed) -> dict[str, str]:
    case = {"case": one.case} if one.case else {}
    return {"figure": one.name, "then": one.then, "now": one.now, **case}


def _sentences(found: Again | AgainOther) -> list[str]:
    """Whether it came to the same, and the first of the figures that did not."""
    from caseworker_app.services.returns.differing import same_words, words_of
    from caseworker_app.services.returns.other_runs import Changed

    few = [
        (one.name, one.then)
        if isinstance(one, Changed)
        else (f"{one.ref} {one.words}", words_of(one))
        for one in found.other[:_FEW]
    ]
    return [*same_words(found), *(f"  {name}: kept {kept}" for name, kept in few)]


def _compare(
    line: CommandLine,
    session: Session,
    both: tuple[str, str],
    *,
    as_json: bool,
    progress: Progress | None,
) -> None:
    from caseworker_app.cli import explained
    from caseworker_app.services.returns.other_runs import ComparedOther

    before, now = both
    found = line.application.compare_runs(
        session, before, None if now.casefold() == _NOW else now, progress
    )
    if isinstance(found, ComparedOther):
        if as_json:
            print_json({"before": before, "now": now, "other": [_changed(x) for x in found.found]})
            return
        rows = [(one.name, one.case, one.then, one.now) for one in found.found]
        print_table("", ("Figure", "Case", f"In return {before}", f"In {now}"), rows)
        say(f"{counted(len(rows), 'figure')} differ." if rows else "No figure differs.")
    elif as_json:
        print_json(explained.compared_document(found))
    else:
        explained.show_compared(found)


def _withdraw(session: Session, key: str, why: str, *, never_left: bool, as_json: bool) -> None:
    from caseworker_app.services.commands import WithdrawRun

    said = carried_out(session.submit(WithdrawRun(key, why, never_left))).message
    if as_json:
        print_json({"id": key, "message": said})
    else:
        say(said)
