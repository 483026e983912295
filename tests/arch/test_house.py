"""The house rules that a tool can hold: subjects, the clock, colours, addresses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.project import PACKAGE, ROOT, name, tracked, tracked_files, tree


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """Let go of the syntax trees after these tests: the collector would walk millions of nodes."""
    yield
    tree.cache_clear()


def test_every_file_says_its_subject_in_one_line() -> None:
    # What a module of tests is about, its name says.
    files = (one for one in tracked(ROOT, ".py") if one.stat().st_size)
    silent = [
        name(path)
        for path in files
        if not path.name.startswith("test_")
        and not (ast.get_docstring(tree(path)) or "").partition("\n")[0].endswith((".", ":"))
    ]
    assert not silent


def test_the_day_is_read_in_one_place() -> None:
    readers = {"today", "now", "utcnow"}
    found = [
        f"{name(path)}:{node.lineno}"
        for path in tracked(PACKAGE, ".py")
        if name(path) != "caseworker_app/services/clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in readers
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and _dotted(node.func.value).rpartition(".")[2] in {"date", "datetime"}
    ]
    assert not found


def test_colours_stand_in_the_themes_alone() -> None:
    colour = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}(?:[0-9a-fA-F]{2})?\b|\brgba?\(")
    found = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in tracked(PACKAGE, ".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and colour.search(node.value)
    ]
    assert not found


def test_a_colour_is_not_made_of_numbers() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in tracked(PACKAGE, ".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and any(isinstance(argument, ast.Constant) for argument in node.args)
        and _dotted(node.func).endswith(("QColor", "QColor.fromRgb"))
    ]
    assert not found


def test_nothing_names_one_machine() -> None:
    folders = "tmp|work|root|farm"
    path_of_a_machine = re.compile(rf"(?:^|[^A-Za-z.])/(?:{folders})/")
    beside = "../" + "shared"
    registries = ("py" + "pi.", "registry." + "npm", "deb." + "debian", "python" + "hosted")
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if (
                path_of_a_machine.search(line)
                or beside in line
                or any(host in line for host in registries)
            ):
                found.append(f"{name(path)}:{number}")
    assert not found


def test_code_names_the_roles_of_rules_and_not_their_ids() -> None:
    rows = {path.stem.partition("-")[0] for path in (ROOT / "resources/rules").glob("*-*.toml")}
    rule = re.compile(rf"\b(?:{'|'.join(sorted(rows))})-\d\d")
    assert rule.search("AR-07a")
    found = [
        f"{name(path)}:{node.lineno} {node.value!r}"
        for folder in (PACKAGE, ROOT / "dev", ROOT / "db")
        for path in tracked(folder, ".py")
        if rule.search(path.read_text(encoding="utf-8"))
        for node in _texts(tree(path))
        if rule.search(node.value)
    ]
    assert not found


def _dotted(node: ast.expr) -> str:
    """Names with dots between, `pytest.mark.skip`; "" before what is no name. Unparsing is slow."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _texts(module: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that are no docstring."""
    said = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def test_no_test_waits_or_is_passed_over() -> None:
    marks = {f"pytest.mark.{mark}" for mark in ("skip", "skipif", "xfail")}
    forbidden = {"time." + "sleep", "pytest." + "skip", *marks}
    found = [
        f"{name(path)}:{node.lineno} {_dotted(node)}"
        for path in tracked(ROOT / "tests", ".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and _dotted(node) in forbidden
    ]
    assert not found
