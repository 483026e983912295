"""`return answers`: the standard questions, and their answers as pages to send."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import return_
from caseworker_app.cli.options import DAY, json_option, store_option, today_option
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.errors import Refused

if TYPE_CHECKING:
    from caseworker_app.domain.answers import Answer, Question


@return_.command()
@click.argument("question", required=False)
@store_option
@click.option("--from", "since", type=DAY, metavar="D", help="First day asked for.")
@click.option("--to", "until", type=DAY, metavar="D", help="Last day asked for.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="F",
    help="The page to send: .docx or .xlsx. It is then published, and remembered.",
)
@json_option
@today_option
@click.pass_obj
def answers(
    line: CommandLine,
    question: str | None,
    store: str | None,
    since: date | None,
    until: date | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Answer a standard question; without QUESTION, list them.

    What freedom of information, Parliament, the press, the Department and inspectors ask, with the
    method and what to know of the figures. Small numbers are hidden as in the board return.
    """
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        if question is None:
            _list(line.application.questions(session), as_json=as_json)
            return
        if since is None or until is None:
            raise Refused("Say for which days: --from and --to.", "since")
        made = line.application.answer(
            session, question, since, until, target=out, progress=progress
        )
    if as_json:
        from caseworker_app.services.returns.answering import as_json as document

        print_json(document(made))
        return
    _show(made)
    if out is not None:
        say(f"Wrote {out}.")
    else:
        say("A draft: --out writes the page to send, and remembers what it published.")
    if made.narrowed:
        from caseworker_app.domain.measures.board import narrowed_words

        say(narrowed_words(made.narrowed))


def _list(questions: tuple[Question, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "questions": [
                    {
                        "question": one.key,
                        "words": one.words,
                        "asked_by": list(one.asked_by),
                        "by": one.by,
                        "measures": list(one.measures),
                        "tables": list(one.tables),
                        "method": one.method,
                        "caveats": list(one.caveats),
                    }
                    for one in questions
                ]
            }
        )
        return
    print_table(
        f"{len(questions)} standard questions",
        ("Question", "In words", "Asked by"),
        ((one.key, one.words, ", ".join(one.asked_by)) for one in questions),
    )


def _show(made: Answer) -> None:
    """The page as tables on a terminal."""
    from caseworker_app.domain.answer_paper import paper_of
    from caseworker_app.domain.paper import in_words

    paper = paper_of(made)
    say(paper.title)
    say(paper.about)
    for part in paper.parts:
        for sentence in part.lines:
            say(sentence)
        if part.table is not None:
            print_table(
                part.title,
                part.table.headings,
                (tuple(map(in_words, row)) for row in part.table.rows),
            )
