"""Build the stand-alone program and try it as somebody who has only that folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import bill_of_materials

HERE = Path(__file__).resolve().parent.parent
BUILT = HERE / "dist" / "caseworker"
PROGRAM = "caseworker.exe" if os.name == "nt" else "caseworker"
EXPECTED = "self-check passed"


def main() -> int:
    """Build, copy into a folder with an awkward name, run the self-check there."""
    if "--no-build" not in sys.argv:
        build()
    with tempfile.TemporaryDirectory() as scratch:
        return try_out(Path(scratch))


def build() -> None:
    """Run PyInstaller on build.spec."""
    folders = ["--distpath", str(HERE / "dist"), "--workpath", str(HERE / "build")]
    quiet = ["--noconfirm", "--log-level", "ERROR"]
    spec = str(HERE / "build.spec")
    subprocess.run([sys.executable, "-m", "PyInstaller", *quiet, *folders, spec], check=True)
    strip_python()
    bill_of_materials.write(BUILT)
    size = sum(path.lstat().st_size for path in BUILT.rglob("*") if path.is_file())
    print(f"Built dist/caseworker, {size / 1e6:.0f} MB.", flush=True)


def strip_python() -> None:
    """Take debug symbols out of libpython on Linux, two thirds of its size; Qt has none."""
    strip = shutil.which("strip") if sys.platform == "linux" else None
    for library in BUILT.rglob("libpython*.so*") if strip else ():
        subprocess.run([str(strip), "--strip-unneeded", str(library)], check=True)


def try_out(scratch: Path) -> int:
    """Start the program from a read-only folder with spaces and accents in its name."""
    program = scratch / "Élan & Søn (trial) ñ" / "Case worker"
    shutil.copytree(BUILT, program, symlinks=True)
    set_writable(program, writable=False)
    before = contents(program)
    folders = {name: scratch / name for name in ("home", "temp", "here", "data é ü")}
    for folder in folders.values():
        folder.mkdir()
    done = subprocess.run(
        [str(program / PROGRAM), "--self-check", "--data-dir", str(folders["data é ü"])],
        cwd=folders["here"],
        env=environment(folders["home"], folders["temp"]),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
    )
    wrong = unexpected(done)
    if contents(program) != before:
        wrong.append("It changed its own folder.")
    for name in ("home", "temp", "here"):
        left = sorted(str(path.relative_to(folders[name])) for path in folders[name].rglob("*"))
        if left:
            wrong.append(f"It wrote in the folder '{name}': {', '.join(left)}")
    set_writable(program, writable=True)
    print("\n".join(wrong) if wrong else f"{EXPECTED}, from {program.name!r}", flush=True)
    return 1 if wrong else 0


def unexpected(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What the run said or returned that it should not have."""
    wrong = []
    if done.returncode:
        wrong.append(f"It ended with exit code {done.returncode}.")
    if done.stdout.strip() != EXPECTED:
        wrong.append(f"It printed: {done.stdout.strip()!r}")
    if done.stderr.strip():
        wrong.append(f"It complained: {done.stderr.strip()}")
    return wrong


def environment(home: Path, temp: Path) -> dict[str, str]:
    """As little as a fresh account has, with folders of its own."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LANG") if name in os.environ}
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    return {
        **kept,
        **dict.fromkeys(names, str(home)),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temp)),
        "PATH": os.defpath,
    }


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the hash of what it holds."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def set_writable(folder: Path, *, writable: bool) -> None:
    """Let a folder be written to, or not."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o200 if writable else mode & ~0o222)


if __name__ == "__main__":
    sys.exit(main())
