"""The one door for people who work on Caseworker: `python3 dev.py VERB`.

demo      set up, make a demo store if there is none, open the window
test      set up, then every check and every test
check     the checks alone: style, types, who imports whom
fix       let ruff mend what it can, and write the generated pages anew
bench     how fast it is, as ratios measured in one run
prove     the great counts, whole: what `test` tries a sample of
freeze    build the stand-alone program and try it
wheels    ask the registry for a wheel of every pinned package for each system
pictures  make the pictures of every screen in docs/pictures
docs      write the generated pages of docs/ anew

Standard library only; the first run makes `.venv` from `requirements.lock`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
LOCK = HERE / "requirements.lock"
STAMP = VENV / "caseworker-stamp"
DEMO_STORE = HERE / "demo.caseworker"
DEMO_PASSPHRASE = "look round the demo"  # noqa: S105  (invented data; said out loud on purpose)

LIBRARIES = [
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-image0", "libxcb-render-util0", "libxcb-randr0", "libxcb-shape0", "libxcb-xkb1"),
    *("libx11-xcb1", "fonts-dejavu-core"),
]
"""What Qt's wheels load on Linux, for a window (xcb) and without one (offscreen), and a font."""

NEEDS = {
    "demo": LIBRARIES,
    "test": [*LIBRARIES, "postgresql"],
    "bench": LIBRARIES,
    "prove": [*LIBRARIES, "postgresql"],
    "freeze": [*LIBRARIES, "binutils"],
    "pictures": LIBRARIES,
}


def main(arguments: Sequence[str]) -> int:
    """Set up what the verb needs and carry it out; returns the exit code."""
    verbs: dict[str, Callable[[list[str]], int]] = {
        "demo": demo,
        "test": test,
        "check": check,
        "fix": fix,
        "bench": lambda rest: run([python(), "dev/bench", *rest]),
        "prove": lambda rest: run([python(), "dev/prove", *rest], quiet_input=True),
        "freeze": lambda rest: run([python(), "dev/freeze.py", *rest]),
        "wheels": lambda rest: run([python(), "dev/wheels.py", *rest]),
        "pictures": lambda rest: run([python(), "dev/pictures.py", *rest]),
        "docs": lambda rest: run([python(), "dev/docs.py", *rest]),
    }
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 0 if arguments[:1] in ([], ["--help"], ["-h"]) else 2
    verb, rest = arguments[0], list(arguments[1:])
    try:
        set_up(verb)
        return verbs[verb](rest)
    except subprocess.CalledProcessError as failed:
        print(f"{Path(failed.cmd[0]).name} failed (exit code {failed.returncode}).")
        return 1
    except KeyboardInterrupt:
        return 130


# The verbs


def demo(rest: list[str]) -> int:
    """Open the window on the demo store, made first if it is not there."""
    env = {"CASEWORKER_PASSPHRASE": DEMO_PASSPHRASE}
    if not DEMO_STORE.exists():
        print("Making a demo store of invented children ...", flush=True)
        made = run([command(), "demo", str(DEMO_STORE)], env)
        if made:
            return made
    print(f"Demo store: {DEMO_STORE.name}; its passphrase: {DEMO_PASSPHRASE}", flush=True)
    return run([command(), "open", str(DEMO_STORE), *rest], env)


def test(rest: list[str]) -> int:
    """Run every check beside every test; pytest's closing line comes last."""
    # Tests start the program hundreds of times; compiling it each time is what they would do most.
    env = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
    plain = ["-q", "--no-header", "--color=no", "-n", str(min(os.cpu_count() or 1, 8))]
    # What takes long may be drawn last: then the other cores take over what waits behind it.
    shared = ["--dist", "worksteal"]
    # A part of the tests reaches a part of the branches, so only the whole is measured.
    covered = [] if rest else ["--cov", "--cov-report=term"]
    with ThreadPoolExecutor(1) as beside:
        checking = beside.submit(check, [])
        tests: list[str | Path] = [python(), "-m", "pytest", *plain, *shared, *covered, *rest]
        return streamed(tests, env, checking)


def check(_rest: list[str]) -> int:
    """Run the checks: style, format, types, import contracts."""
    worst = 0
    checks: tuple[tuple[str, list[str | Path]], ...] = (
        ("style", [tool_path("ruff"), "check", "--quiet", "."]),
        ("format", [tool_path("ruff"), "format", "--check", "--quiet", "."]),
        ("types", [python(), "-m", "mypy", "--no-error-summary", "--no-color-output"]),
        ("imports", [tool_path("lint-imports"), "--no-logo"]),
    )
    for words, tool in checks:
        code, output = captured(tool)
        say(f"{words}: {'ok' if code == 0 else 'FAILED'}\n" + (f"{output}\n" if code else ""))
        worst = worst or code
    return worst


def fix(_rest: list[str]) -> int:
    """Mend style and format where ruff can, and write the generated pages anew."""
    mended = run([tool_path("ruff"), "check", "--fix", "."])
    formatted = run([tool_path("ruff"), "format", "."])
    return mended or formatted or run([python(), "dev/docs.py"])


# Set-up


def set_up(verb: str) -> None:
    """Bring the machine and `.venv` to where the verb can run."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what an older Python meets first)
        sys.exit(f"Caseworker needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    system_packages(NEEDS.get(verb, []))
    stamp = hashlib.sha256(
        LOCK.read_bytes() + (HERE / "pyproject.toml").read_bytes() + str(HERE).encode()
    ).hexdigest()
    if python().exists() and command().exists() and STAMP.exists() and STAMP.read_text() == stamp:
        return
    make_venv()
    print("Installing what requirements.lock names ...", flush=True)
    pip("install", "--requirement", str(LOCK))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(HERE))
    STAMP.write_text(stamp)


def make_venv() -> None:
    """Make `.venv`, anew when the Python it was made with is gone or is another."""
    if python().exists():
        ask = [str(python()), "-c", "import sys, pip; print(*sys.version_info[:2])"]
        code, output = captured(ask)
        if code == 0 and output.split() == [str(part) for part in sys.version_info[:2]]:
            return
    print("Making .venv ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        system_packages([f"python{version}-venv"])
    venv.create(VENV, with_pip=True)


def pip(*arguments: str) -> None:
    """Run the environment's own pip, without questions or advice."""
    env = {"PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    quiet = ["-qq", "--disable-pip-version-check"]
    if run([python(), "-m", "pip", *quiet, *arguments], env, quiet_input=True):
        raise subprocess.CalledProcessError(1, ["pip"])


def system_packages(wanted: Sequence[str]) -> None:
    """Install the missing Debian packages as root; elsewhere print the one line to run."""
    if not sys.platform.startswith("linux"):
        other_systems(wanted)
        return
    if not wanted or not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return
    present = installed_packages()
    missing = [name for name in wanted if name not in present]
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        print(f"Missing system packages. Run: sudo {' '.join(install)}", flush=True)
        return
    print(f"Installing {' '.join(missing)} ...", flush=True)
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    code, output = captured(install, env)
    if code:
        captured(["apt-get", "update"], env)
        code, output = captured(install, env)
    if code:
        print(output)
        raise subprocess.CalledProcessError(code, install)


def installed_packages() -> set[str]:
    """The names of the installed Debian packages, and the names they provide."""
    shown = "${db:Status-Status}\t${Package}, ${Provides}\n"
    names: set[str] = set()
    for line in captured(["dpkg-query", "--show", f"--showformat={shown}"])[1].splitlines():
        status, _, rest = line.partition("\t")
        if status == "installed":
            names.update(part.split("(")[0].strip() for part in rest.split(","))
    return names


def other_systems(wanted: Sequence[str]) -> None:
    """Say how to get PostgreSQL on macOS and Windows, where nothing else is missing."""
    if "postgresql" in wanted and not shutil.which("initdb"):
        line = (
            "brew install postgresql"
            if sys.platform == "darwin"
            else "winget install PostgreSQL.PostgreSQL.15"
        )
        print(f"The store's tests want PostgreSQL's programs on the path. Run: {line}", flush=True)


# Running things


def python() -> Path:
    """The environment's Python."""
    return BIN / f"python{SUFFIX}"


def command() -> Path:
    """The installed `caseworker` command."""
    return tool_path("caseworker")


def tool_path(name: str) -> Path:
    """A program of the environment."""
    return BIN / f"{name}{SUFFIX}"


def run(
    command_line: Sequence[str | Path], env: dict[str, str] | None = None, quiet_input: bool = False
) -> int:
    """Run a program in the project's folder and return its exit code."""
    return subprocess.run(
        [str(part) for part in command_line],
        cwd=HERE,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL if quiet_input else None,
        check=False,
    ).returncode


def say(words: str) -> None:
    """Print at once and in one piece, beside others who print."""
    sys.stdout.write(words)
    sys.stdout.flush()


def streamed(command_line: Sequence[str | Path], env: dict[str, str], beside: Future[int]) -> int:
    """Run a program, line by line; its last line waits for what runs beside it.

    The value is the exit code of whichever failed.
    """
    with subprocess.Popen(
        [str(part) for part in command_line],
        cwd=HERE,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            say(last)
            last = line
    code = beside.result()
    say(last)
    return code or process.returncode


def captured(
    command_line: Sequence[str | Path], env: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run a program without input; its exit code and all it printed."""
    done = subprocess.run(
        [str(part) for part in command_line],
        cwd=HERE,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
