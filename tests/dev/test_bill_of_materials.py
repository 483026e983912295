"""The bill of materials names every pinned package at its version, with a licence."""

from __future__ import annotations

import json
from pathlib import Path

from bill_of_materials import document, packages, write


def test_every_component_has_a_version_and_a_licence(tmp_path: Path) -> None:
    write(tmp_path)
    told = json.loads((tmp_path / "sbom.cdx.json").read_text("utf-8"))
    assert told == document(packages())
    lock = (Path(__file__).parents[2] / "requirements.lock").read_text("utf-8").casefold()
    for one in told["components"]:
        assert f"{one['name']}=={one['version']}".casefold().replace("-", "_") in lock.replace(
            "-", "_"
        )
        assert one["licenses"][0]["license"]["name"]
    assert {"PySide6_Essentials", "SQLAlchemy"} <= {one["name"] for one in told["components"]}
    assert len(list((tmp_path / "licences").iterdir())) > len(told["components"]) // 2
