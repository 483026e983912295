from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import caseworker_app.ui as ui
from caseworker_app import paths
from caseworker_app.ui.theme import tokens
from caseworker_app.ui.theme.palette import palette_of
from caseworker_app.ui.theme.qss import sheet_of

ALL = sorted(path.stem for path in (paths.resources() / "themes").glob("*.json"))


def test_every_theme_file_is_one_that_can_be_chosen() -> None:
    assert sorted(tokens.NAMES) == ALL


@pytest.mark.parametrize("name", ALL)
def test_text_stands_out_from_its_ground(name: str) -> None:
    theme = tokens.load(name)
    least = 7.0 if name == tokens.CONTRAST else 4.5
    poor = {
        pair: round(tokens.contrast(theme[pair[0]], theme[pair[1]]), 2)
        for pair in tokens.TEXT_PAIRS
        if tokens.contrast(theme[pair[0]], theme[pair[1]]) < least
    }
    assert not poor


@pytest.mark.parametrize("name", ALL)
def test_edges_and_focus_rings_can_be_seen(name: str) -> None:
    theme = tokens.load(name)
    poor = [
        pair for pair in tokens.SHAPE_PAIRS if tokens.contrast(theme[pair[0]], theme[pair[1]]) < 3.0
    ]
    assert not poor


@pytest.mark.parametrize("name", ALL)
def test_the_sheet_uses_tokens_alone(qapp: QApplication, name: str) -> None:
    theme = tokens.load(name)
    sheet = sheet_of(theme)
    assert "$" not in sheet
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(theme.colours.values())
    assert palette_of(theme).window().color().name() == theme["bg"]


def test_no_colour_is_written_down_in_the_code() -> None:
    found = [
        f"{path.name}: {colour}"
        for path in Path(ui.__file__).parent.rglob("*.py")
        for colour in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"red": "#b3261e",', ""), "missing ['red']"),
        (('"colours": {', '"colours": {"pink": "#ff00ff",'), "unknown ['pink']"),
        (("#b3261e", "#b3261"), "is not a colour"),
    ],
)
def test_a_theme_with_a_fault_is_refused_by_name(
    tmp_path: Path, change: tuple[str, str], fault: str
) -> None:
    text = (paths.resources() / "themes" / "light.json").read_text("utf-8")
    (tmp_path / "light.json").write_text(text.replace(*change), "utf-8")
    with pytest.raises(ValueError, match=re.escape(fault)):
        tokens.load("light", tmp_path)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert tokens.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert tokens.contrast("#123456", "#123456") == 1.0
