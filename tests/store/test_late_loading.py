"""A late module is loaded at the first look into it, and is then what it would have been."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path

import pytest

from caseworker_app.store.late_loading import loaded_when_used


@pytest.fixture
def helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two modules in a folder of their own; each notes in the list when it is loaded."""
    loaded: list[str] = []
    # Qt's import function looks into every module at once; `ui.application` puts it aside, too.
    plain = getattr(builtins, "__orig_import__", builtins.__import__)
    monkeypatch.setattr(builtins, "__import__", plain)
    monkeypatch.setattr(sys, "late_loaded", loaded, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("late_one", "late_other"):
        text = f"import sys\nsys.late_loaded.append({name!r})\nvalue = {name!r}\n"
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
    return loaded


def test_only_what_is_named_waits_for_its_use(helpers: list[str]) -> None:
    finders = list(sys.meta_path)
    with loaded_when_used("late_one"):
        import late_one
        import late_other
    assert sys.meta_path == finders
    assert helpers == ["late_other"]
    assert (late_one.value, late_other.value) == ("late_one", "late_other")
    assert helpers == ["late_other", "late_one"]


def test_a_module_that_is_not_there_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError), loaded_when_used("late_nowhere"):
        __import__("late_nowhere")
