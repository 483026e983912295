"""A hostile thing of any kind, from a number: its files are written, and how to try it is said."""

from __future__ import annotations

import json
import os
import shutil
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzz.hostile import others, texts, workbooks
from tests.fuzz.hostile.archives import with_bomb
from tests.fuzz.hostile.trial import Attempt, import_line
from tests.fuzz.originals import TODAY, Originals
from tests.support.mutations import broken

Draw = Callable[[Random, Originals, Path], Attempt]


def _file(name: str, drawn: Callable[[Random], tuple[str, bytes]], kind: str) -> Draw:
    def draw_one(draw: Random, originals: Originals, folder: Path) -> Attempt:
        way, data = drawn(draw)
        path = folder / name
        path.write_bytes(data)
        line = import_line(path, originals, draw.random() < 0.3)
        return Attempt(kind, way, line, (name,))

    return draw_one


def _other(kind: str) -> Draw:
    name, make = others.KINDS[kind]
    return _file(name, lambda draw: (make.__name__, make(draw)), kind)


def _text(draw: Random, originals: Originals, folder: Path) -> Attempt:
    name = draw.choice(
        ("tracker.csv", "tracker.tsv", "tracker.txt", "tracker.xlsx", "tracker", ".csv")
    )
    return _file(name, texts.drawn, "text")(draw, originals, folder)


def _sen2(draw: Random, originals: Originals, folder: Path) -> Attempt:
    """A folder of exports with one that is hostile, or too many of them."""
    exports = folder / "exports"
    exports.mkdir()
    for name, data in originals.sen2.items():
        (exports / name).write_bytes(data)
    unlucky = exports / draw.choice(sorted(originals.sen2))
    whole = unlucky.read_bytes()
    head, *lines = whole.decode("utf-8-sig").splitlines()
    way = draw.choice(("text", "rows", "cells", "many", "pipe", "loop", "ends", "broken"))
    if way == "text":
        unlucky.write_bytes(texts.drawn(draw)[1][:3_000_000])
    elif way == "rows":
        more = lines * draw.choice((100, 10_000))
        unlucky.write_text("\r\n".join([head, *more]), encoding="utf-8")
    elif way == "cells":
        cells = lines[0].split(",")
        for _ in range(draw.choice((1, 4))):
            cells[draw.randrange(len(cells))] = draw.choice(
                (
                    "",
                    "-1",
                    "9" * 400,
                    "1e308",
                    "=1+1",
                    "x" * 90_000,
                    "2010-Feb-31",
                    "0001-Jan-01",
                    "\0",
                )
            )
        unlucky.write_text("\r\n".join([head, ",".join(cells), *lines]), encoding="utf-8")
    elif way == "many":
        for number in range(draw.choice((5, 400))):
            (exports / f"Blade-Export_18-01-2018_x{number}.csv").write_bytes(whole)
    elif way == "pipe":
        os.mkfifo(exports / "Blade-Export_18-01-2018_pipe.csv")
    elif way == "loop":
        unlucky.unlink()
        unlucky.symlink_to(unlucky)
    elif way == "ends":
        unlucky.write_bytes(whole.replace(b"\r\n", draw.choice((b"\r", b"\n\r", b"\0", b""))))
    else:
        way, data = broken(draw, whole)
        unlucky.write_bytes(data)
    return Attempt("sen2", way, import_line(exports, originals, draw.random() < 0.3))


def _special(draw: Random, originals: Originals, folder: Path) -> Attempt:
    """What is no plain file, or one that is not there."""
    path = folder / draw.choice(
        ("tracker.csv", "tracker.xlsx", "x" * 255, "a\nb.csv", "é\u202e.csv")
    )
    way = draw.choice(
        (
            "pipe",
            "socket",
            "folder",
            "loop",
            "gone",
            "zero",
            "random",
            "full",
            "stdin",
            "proc",
            "empty",
            "sparse",
            "long",
            "self",
            "nul",
        )
    )
    given = b""
    if way == "pipe":
        os.mkfifo(path)
    elif way == "socket":
        path = folder / "s.csv"
        here = Path.cwd()
        os.chdir(folder)
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
        os.chdir(here)
    elif way == "folder":
        path.mkdir()
    elif way == "loop":
        path.symlink_to(path)
    elif way in ("zero", "random", "full", "null"):
        path.symlink_to(f"/dev/{way}")
    elif way == "stdin":
        path, given = Path("/dev/stdin"), b"a,b\n"
    elif way == "proc":
        path = Path(f"/proc/self/{draw.choice(('mem', 'maps', 'pagemap', 'environ', 'fd/0'))}")
    elif way == "empty":
        path.write_bytes(draw.choice((b"", b" \r\n", b"\xef\xbb\xbf")))
    elif way == "sparse":
        with path.open("wb") as file:
            file.truncate(draw.choice((50_000_000, 99_999_999, 240_000_000, 1 << 40)))
    elif way == "long":
        path = folder / ("y" * 5000)
    elif way == "self":
        shutil.copy2(originals.store, path)
    return Attempt("special", way, import_line(path, originals, draw.random() < 0.3), given=given)


def _mapping(draw: Random, originals: Originals, folder: Path) -> Attempt:
    tracker, file = folder / "tracker.csv", folder / "map.toml"
    tracker.write_bytes(texts.plain(draw))
    if draw.random() < 0.2:
        way, data = broken(draw, originals.mapping)
    else:
        way, data = "mapping", others.mapping(draw)
    file.write_bytes(data)
    if draw.random() < 0.1:
        file.unlink()
        way = "zero"
        file.symlink_to("/dev/zero")
    line = import_line(tracker, originals, draw.random() < 0.3, "--mapping", file)
    return Attempt("mapping", way, line, ("map.toml", "tracker.csv"))


def _clock(draw: Random, originals: Originals, folder: Path) -> Attempt:
    way, data = "facts", others.facts(draw)
    if draw.random() < 0.3:
        way, data = broken(draw, originals.facts)
    return Attempt("clock", way, ("clock", "--today", TODAY), given=data)


def _spoiled(draw: Random, file: Path) -> str:
    """Put something else in a file's place."""
    whole = file.read_bytes()
    way = draw.choice(
        (
            "broken",
            "broken",
            "broken",
            "pipe",
            "loop",
            "folder",
            "sparse",
            "numbers",
            "empty",
            "zip",
        )
    )
    if way == "broken":
        way, data = broken(draw, whole)
        file.write_bytes(data)
    elif way == "sparse":
        os.truncate(file, len(whole) + draw.choice((1, 4096, 1 << 30)))
    elif way == "numbers":
        try:
            told = json.loads(whole)
        except ValueError:
            place = draw.randrange(100)
            file.write_bytes(
                whole[:place] + draw.choice((b"\xff" * 8, bytes(8))) + whole[place + 8 :]
            )
        else:
            _stretch(draw, told)
            file.write_text(json.dumps(told))
    elif way == "empty":
        file.write_bytes(b"")
    elif way == "zip":
        file.write_bytes(workbooks.drawn(draw)[1][:5_000_000])
    else:
        file.unlink()
        if way == "pipe":
            os.mkfifo(file)
        elif way == "loop":
            file.symlink_to(file)
        else:
            file.mkdir()
    return way


def _stretch(draw: Random, told: object) -> None:
    """Make numbers and texts of a document far larger than they can be."""
    spots = list(
        told.items()
        if isinstance(told, dict)
        else enumerate(told)
        if isinstance(told, list)
        else ()
    )
    for key, value in spots:
        if isinstance(value, dict | list):
            _stretch(draw, value)
        elif draw.random() < 0.4:
            assert isinstance(told, dict | list)
            told[key] = draw.choice(
                (2**31, 2**63, -1, 0, 1e308, "", "A" * 100_000, None, [[]] * 1000)
            )


def _store(draw: Random, originals: Originals, folder: Path) -> Attempt:
    """A store, or its key, that is not what it was."""
    copies = [
        Path(shutil.copy2(file, folder / file.name))
        for file in sorted(originals.store.parent.glob(f"{originals.store.name}*"))
        if file.is_file()
    ]
    unlucky = draw.choice(copies)
    way = f"{_spoiled(draw, unlucky)} in {unlucky.name}"
    store = folder / originals.store.name
    line = draw.choice((("check",), ("cases", "--json"), ("alerts", "--json", "--today", TODAY)))
    return Attempt("store", way, (*line, "--store", store))


def _backup(draw: Random, originals: Originals, folder: Path) -> Attempt:
    """A backup that is not what it was."""
    kept = [
        Path(shutil.copy2(file, folder / file.name))
        for file in sorted(originals.backup.parent.glob(f"{originals.backup.name}*"))
        if file.is_file()
    ]
    unlucky = draw.choice(kept)
    if draw.random() < 0.1:
        way = "bomb"
        with zipfile.ZipFile(unlucky) as whole:
            parts = {one: whole.read(one) for one in whole.namelist()}
        unlucky.write_bytes(with_bomb(parts, draw.choice(sorted(parts)), b"", b"\0", 500))
    else:
        way = f"{_spoiled(draw, unlucky)} in {unlucky.name}"
    # What was restored after all is thrown away with its folder.
    target = folder.with_name(f"{folder.name}-restored") / "back"
    target.parent.mkdir()
    return Attempt("backup", way, ("restore", folder / originals.backup.name, "--store", target))


KINDS: dict[str, tuple[int, Draw]] = {
    "workbook": (36, _file("tracker.xlsx", workbooks.drawn, "workbook")),
    "text": (20, _text),
    "ods": (8, _other("ods")),
    "xls": (6, _other("xls")),
    "xlsb": (4, _other("xlsb")),
    "markup": (3, _other("markup")),
    "sen2": (6, _sen2),
    "special": (4, _special),
    "mapping": (4, _mapping),
    "clock": (3, _clock),
    "store": (4, _store),
    "backup": (2, _backup),
}
"""Every kind: how many of a hundred are of it, and what draws one."""


def drawn(seed: int, number: int, originals: Originals, folder: Path) -> Attempt:
    """The hostile thing of a number; its files are written to a folder."""
    draw = Random(f"{seed}:{number}")
    kinds = list(KINDS)
    kind = draw.choices(kinds, [KINDS[one][0] for one in kinds])[0]
    return KINDS[kind][1](draw, originals, folder)
