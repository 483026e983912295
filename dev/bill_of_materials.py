"""What the stand-alone program is made of, for whoever has to answer for it: CycloneDX 1.5 JSON.

And the licences of all of it, a folder a package, as each came with its own.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def main() -> int:
    """Write both into the folder that is named, or into `dist`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder)
    return 0


def write(folder: Path) -> None:
    """Write `sbom.cdx.json` and the folder `licences`."""
    made = packages()
    said = json.dumps(document(made), indent=1, ensure_ascii=False, sort_keys=True)
    (folder / "sbom.cdx.json").write_text(said + "\n", encoding="utf-8")
    copied = sum(copy_licences(one, folder / "licences") for one in made)
    print(f"Wrote {len(made)} components and {copied} licences into {folder}.", flush=True)


def packages() -> list[metadata.Distribution]:
    """Every pinned package that is installed here, by name."""
    lines = (HERE / "requirements.lock").read_text("utf-8").splitlines()
    pinned = {
        _plain(re.split(r"[=<>; ]", line, maxsplit=1)[0])
        for line in lines
        if line.strip() and not line.startswith("#")
    }
    found = {_plain(one.name): one for one in metadata.distributions() if one.name}
    return [found[name] for name in sorted(pinned & found.keys())]


def document(made: list[metadata.Distribution]) -> dict[str, Any]:
    """The bill of materials as CycloneDX has it; the same packages give the same text."""
    sys.path.insert(0, str(HERE))
    from caseworker_app import __version__

    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "caseworker",
                "version": __version__,
                "bom-ref": "caseworker",
            }
        },
        "components": [_component(one) for one in made],
    }


def _component(one: metadata.Distribution) -> dict[str, Any]:
    purl = f"pkg:pypi/{_plain(one.name)}@{one.version}"
    return {
        "type": "library",
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "bom-ref": purl,
        "licenses": [{"license": {"name": licence_of(one)}}],
    }


def licence_of(one: metadata.Distribution) -> str:
    """The licence that a package says it has, in its own words."""
    told = one.metadata
    for field in ("License-Expression", "License"):
        said = (told.get(field) or "").strip()
        if said and "\n" not in said:
            return said
    classes = [
        value.rpartition(" :: ")[2]
        for value in told.get_all("Classifier") or []
        if value.startswith("License ::")
    ]
    return " or ".join(classes) or "see its licence file"


def copy_licences(one: metadata.Distribution, folder: Path) -> int:
    """Copy the licence files of a package; how many there were."""
    copied = 0
    for file in one.files or ():
        inside = any(part.endswith(".dist-info") for part in file.parts)
        if inside and _LICENCE.search(file.name):
            source = Path(str(file.locate()))
            target = folder / _plain(one.name) / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            copied += 1
    return copied


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
