"""What the documents say is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import click
import pytest

import dev as door
from caseworker_app import bootstrap
from caseworker_app.cli.commands import caseworker
from caseworker_app.ui.actions.catalogue import every_action
from tests.support.project import ROOT, name, tracked_files

PAGES = [path for path in tracked_files() if path.suffix == ".md"]
TEXTS = {name(path): path.read_text(encoding="utf-8") for path in PAGES}


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev" / "docs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_to_a_file_leads_to_one(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", TEXTS[page]):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_that_is_written_out_exists(page: str) -> None:
    for line in re.findall(r"^    (?:\.venv/bin/)?caseworker (.+)$", TEXTS[page], re.MULTILINE):
        command: click.Command = caseworker
        for word in line.split():
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            command = below(command)[word]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", line)) <= known, line


@pytest.mark.parametrize("page", TEXTS)
def test_every_verb_of_dev_py_exists(page: str) -> None:
    verbs = set(re.findall(r"^(\w+)  +", str(door.__doc__), re.MULTILINE))
    assert set(re.findall(r"dev\.py (\w+)", TEXTS[page])) <= verbs


def test_every_menu_path_that_is_written_out_exists() -> None:
    """A path stands in the documents as *Menu, Words*."""
    paths = {
        f"{spec.menu.split('/')[0]}, {spec.text}".replace("&", "").rstrip("…").lower()
        for spec in every_action()
    }
    menus = {path.split(",")[0] for path in paths}
    for page, text in TEXTS.items():
        for path in re.findall(r"\*([A-Z][a-z]+, [^*]+)\*", text):
            words = " ".join(path.split()).lower()
            if words.split(",")[0] in menus:
                assert any(known.startswith(words) for known in paths), (page, path)


def test_every_command_and_option_has_words() -> None:
    for path, command in walk(caseworker, ()):
        assert command.help, path
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (path, parameter)


def test_every_action_has_an_entry_in_the_list_of_keys() -> None:
    page = TEXTS["docs/users/keyboard.md"]
    assert all(f"`{spec.id}`" in page for spec in every_action())


def test_every_rule_and_measure_has_an_entry() -> None:
    dates, measures = TEXTS["docs/users/dates.md"], TEXTS["docs/users/measures.md"]
    for version in bootstrap.application().rules()[1]:
        assert f"### {version.rule}: " in dates
    catalogue = (ROOT / "resources" / "catalogue" / "measures.toml").read_text(encoding="utf-8")
    for ref in re.findall(r'^ref = "(.+)"', catalogue, re.MULTILINE):
        assert f"| {ref} |" in measures, ref


def walk(
    command: click.Command, path: tuple[str, ...]
) -> list[tuple[tuple[str, ...], click.Command]]:
    """A command and every one below it, by full name."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        for word, one in below(command).items():
            found += walk(one, (*path, word))
    return found


def below(group: click.Group) -> dict[str, click.Command]:
    """The commands of a group, by name; those too that join it when one asks for them."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_the_picture_of_who_stands_on_whom_is_the_contract() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["type"] == "layers")
    picture = "".join(f"    {layer}\n" for layer in layers)
    assert f"\n\n{picture}\n" in TEXTS["docs/contributors/layout.md"]
