"""Write the pages of docs/users that say again what the program knows: keys, commands, dates.

With --check nothing is written, and a page that is out of date is an error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from caseworker_app.cli.commands import caseworker
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.permissions import AREAS, ROLES, TABLE, Grant, Right
from caseworker_app.reports.catalogue import load_catalogue
from caseworker_app.ui.actions.catalogue import every_action

HERE = Path(__file__).resolve().parent.parent
PAGES = HERE / "docs" / "users"


def main() -> int:
    """Write the pages, or with --check say which are out of date."""
    pages: dict[str, Callable[[], str]] = {
        "keyboard.md": keyboard,
        "command-line.md": command_line,
        "dates.md": dates,
        "measures.md": measures,
        "rights.md": rights,
    }
    stale = []
    for name, page in pages.items():
        path, text = PAGES / name, page()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"Wrote docs/users/{name}")
    if stale and "--check" in sys.argv:
        print(f"Out of date: {', '.join(stale)}. Run: python3 dev.py docs")
        return 1
    return 0


def keyboard() -> str:
    """Every action with its keys, in the order of the menus."""
    lines = [
        "# Keys",
        "",
        "Everything in the window is in a menu and can be done from the keyboard. Alt opens the",
        "menus by their underlined letters.",
        "",
        "| action | menu | keys | what it does | id |",
        "|---|---|---|---|---|",
    ]
    for spec in every_action():
        menu = plain(spec.menu).replace("/", " > ")
        cells = (
            plain(spec.text).rstrip("…"),
            menu,
            ", ".join(keys for keys in (spec.keys, spec.also) if keys) or spec.hint,
            spec.tip,
            f"`{spec.id}`",
        )
        lines.append(row(*cells))
    return "\n".join(lines) + "\n" + _GRID


_GRID = """
## In Annual reviews

| keys | what they do |
|---|---|
| type, or F2 | write over the cell, or go on in what it holds |
| Enter, Shift+Enter | record the cell and go down, or up; on a child's name Enter opens the case |
| Tab, Shift+Tab | record the cell and go right, or left; Left and Right too when typing over |
| Ctrl+Enter | while typing: the same into every cell selected; else: open the case |
| Esc | give up what is being typed |
| Shift with arrows | select cells |
| Ctrl+D | the topmost cell into those selected below it; one cell alone takes what is above it |
| Ctrl+V | paste a block from a spreadsheet from here on, or one value into all selected |
| Ctrl+C, Ctrl+Shift+Ins | copy what is selected, or copy it with headings |
| Delete | empty the cells selected, with one reason for all |

What one key does is one step of Undo, however many cells it filled.

Counted from Today by `tests/ui/screens/test_keys_counted.py`, a chord as one key: "meeting held"
for a child takes 8 keys (Ctrl+3, Ctrl+F, three letters, Enter, t, Enter) where a spreadsheet takes
about 18; ten decisions of one day take 14 (Ctrl+3, nine times Shift+Down, t m, Ctrl+Enter) where it
takes about 30.
"""


def rights() -> str:
    """Who may do what: the table that the gate asks."""
    lines = [
        "# Who may do what",
        "",
        "Everything that is read, written, exported or counted anew asks this table. Whoever makes",
        "a store holds every role in it, so somebody who works alone is never asked or barred. The",
        "rights of several roles add up. *Own* is the cases a person holds; *with reason* is a",
        "restricted case, which opens for those who say why.",
        "",
        "What somebody may not do is not offered to them in the window. Writing a list out asks",
        "for E, and so does copying more than one row of it. Undo and redo ask for what doing it",
        "asked. Who may read the trail of their own cases alone is told of these alone. The",
        "resource statement of a plan is a page of the case: who may export the case prints it,",
        "though nobody writes out the list of costs.",
        "",
        "In a file that everybody holds roles guide, they do not bind; in a PostgreSQL database",
        "they bind what is written: [a team on one server](team.md) says what that means, and",
        "[who signs in](people.md) what roles do in a file.",
        "",
        "R: read. A: add and change. X: remove, saying why. E: export.",
        "",
        row("", *ROLES.values()),
        f"|{'---|' * (len(ROLES) + 1)}",
    ]
    for area, words in AREAS.items():
        lines.append(row(words, *(cell(TABLE[area][role]) for role in ROLES)))
    return "\n".join(lines) + "\n"


def cell(grant: Grant) -> str:
    """A cell of the table of rights, `R all, A X E own`."""
    letters = {Right.READ: "R", Right.WRITE: "A", Right.REMOVE: "X", Right.EXPORT: "E"}
    everywhere, own = (
        " ".join(letter for right, letter in letters.items() if right in rights_)
        for rights_ in (grant.all, grant.own)
    )
    said = [f"{everywhere} all" if everywhere and own else everywhere]
    said += [f"{own} own" if own else "", "with reason" if grant.reason else "", grant.note]
    return ", ".join(one for one in said if one) or "no"


def command_line() -> str:
    """Every command and option, from the program's own help."""
    lines = [
        "# The command line",
        "",
        "The same services as the window. After either of the README's commands the program is",
        "`.venv/bin/caseworker`. Every command takes `--today D`, before or after its name, which",
        "stands in for the clock. A date is typed as people in Britain write it, or as ISO.",
        "",
        "A store is a file or a database URL. `CASEWORKER_STORE` names the one to take when",
        "`--store` is not given. A store file is always encrypted: its passphrase comes from",
        "`CASEWORKER_PASSPHRASE`, else from the system's keyring, else it is asked for on a",
        "terminal. Of a store of several people `--person NAME` or `CASEWORKER_PERSON` says",
        "whose it is; without either it is tried on everybody's. A new passphrase comes from",
        "`CASEWORKER_NEW_PASSPHRASE`, the password of a workbook that is written with",
        "`--protect` from `CASEWORKER_FILE_PASSWORD`. An empty variable counts as none.",
        "",
        "Exit code 0: done. 1: something failed inside, with a reference to quote, or `check`",
        "found something wrong. 2: what was given cannot be used; one sentence says why.",
        "130: stopped with Ctrl-C.",
        "",
        "`--json` prints one JSON document, UTF-8, and nothing else.",
    ]
    with click.Context(caseworker, info_name="caseworker") as top:
        lines += ["", "## caseworker", "", *about(caseworker, top)]
        for name, command in leaves(caseworker, ()):
            with click.Context(command, info_name=name, parent=top) as ctx:
                lines += ["", f"## caseworker {name}", "", *about(command, ctx)]
    return "\n".join(lines) + "\n"


def leaves(group: click.Group, path: tuple[str, ...]) -> list[tuple[str, click.Command]]:
    """Every command below a group, by its full name."""
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    # Asked one by one: some join the group when it is asked for them.
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            found += leaves(command, (*path, name))
        else:
            found.append((" ".join((*path, name)), command))
    return found


def about(command: click.Command, ctx: click.Context) -> list[str]:
    """A command's words and options."""
    words = " ".join((command.help or "").split())
    arguments = [p.make_metavar(ctx) for p in command.params if isinstance(p, click.Argument)]
    usage = [words]
    if arguments:
        usage += ["", f"Takes {' '.join(f'`{argument}`' for argument in arguments)}."]
    options = [p for p in command.params if isinstance(p, click.Option) and p.name != "today"]
    if not options:
        return usage
    usage += ["", "| option | |", "|---|---|"]
    for option in options:
        record = option.get_help_record(ctx)
        if record is not None:
            must = " Required." if option.required else ""
            usage.append(row(f"`{record[0]}`", record[1].replace("  [required]", "") + must))
    return usage


def dates() -> str:
    """How dates are counted: every rule in words, and the open points of law."""
    from dates_chapter import render

    from caseworker_app import paths, rulebook

    return render(rulebook.load(paths.resources())[0])


def measures() -> str:
    """Every measure of the catalogue with its definition."""
    path = HERE / "resources" / "catalogue" / "measures.toml"
    lines = [
        "# The board's measures",
        "",
        "What the board return counts, and how. The workbook's sheet of definitions says the same.",
        "",
        "| ref | measure | how it is counted | target | answered |",
        "|---|---|---|---|---|",
    ]
    for one in load_catalogue(path):
        words = (one.statement, f"{one.definition} {one.counted_over}".strip(), one.target)
        lines.append(row(one.ref, *words, _answered(one)))
        for more in one.beside:
            ref = f"{one.ref}-{more.suffix}"
            lines.append(row(ref, more.statement, more.definition, "", "yes, beside it"))
    return "\n".join(lines) + "\n"


def _answered(measure: Measure) -> str:
    if measure.by_hand:
        return "by hand"
    if measure.waits_for:
        return f"once {measure.waits_for} are recorded"
    return f"yes, with {measure.hand.lower()} by hand" if measure.hand else "yes"


def row(*cells: str) -> str:
    """A line of a table."""
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def plain(words: str) -> str:
    """Words of a menu without the marks of their underlined letters."""
    return words.replace("&", "")


if __name__ == "__main__":
    sys.exit(main())
