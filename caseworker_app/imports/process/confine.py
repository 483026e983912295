"""What the reading process takes away from itself before it opens a file.

Linux: a bound on memory, no core dump, no file may grow, death with the parent, and a filter of
system calls (no network, no other program, nothing in a folder changed). Elsewhere on POSIX the
bounds the system knows, and a thread that looks after memory and parent. On Windows the parent puts
the process into a job, see `windows`.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import threading
from dataclasses import dataclass

_LAST_RESORT = 600
"""Seconds on the processor after which the kernel ends a process whose parent forgot it."""

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 1, 38, 22, 2
_SIGKILL = 9


@dataclass(frozen=True, slots=True)
class _Machine:
    """What the kernel calls things on one kind of processor.

    Attributes:
        word: the kernel's word for the machine.
        denied: system calls that fail: sockets, other programs and processes, changes in folders.
        opening: calls that open a file, and where among their arguments the flags stand.
    """

    word: int
    denied: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]


_MACHINES = {
    # By arch/x86/entry/syscalls/syscall_64.tbl of the kernel.
    "x86_64": _Machine(
        0xC000003E,
        (
            *(41, 42, 49, 53, 59, 322, 62, 101, 310, 311, 165, 425, 437),
            *(76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 132, 133),
            *(258, 259, 260, 263, 264, 265, 266, 268, 316),
        ),
        ((2, 1), (257, 2)),
    ),
    # By include/uapi/asm-generic/unistd.h of the kernel.
    "aarch64": _Machine(
        0xC00000B7,
        (
            *(198, 199, 200, 203, 221, 281, 129, 117, 270, 271, 40, 425, 437),
            *(33, 34, 35, 36, 37, 38, 45, 53, 54, 276),
        ),
        ((56, 2),),
    ),
}
_CREATE_OR_TRUNCATE = 0o1100
"""O_CREAT and O_TRUNC, on both."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _GIVE = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
"""SECCOMP_RET_ALLOW, and SECCOMP_RET_ERRNO with EPERM."""


def limit(memory: int, parent: int) -> None:
    """Bound memory and files, and end when the parent has ended.

    Args:
        memory: bytes that may be asked for.
        parent: number of the process that started this one.
    """
    if sys.platform == "win32":
        return
    import resource

    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, _LAST_RESORT)
    _bound(resource.RLIMIT_AS, memory)
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    else:
        threading.Thread(target=_look_after, args=(memory, parent), daemon=True).start()


def renounce() -> None:
    """Give up network, other programs and changes of files, where the kernel can be told so.

    Everything that is loaded later is only read: Python has kept what it compiled by now. A kernel
    without such a filter goes without.
    """
    if sys.platform != "win32":
        import resource

        _bound(resource.RLIMIT_FSIZE, 0)
    machine = _MACHINES.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None or struct.calcsize("P") != 8:
        return
    import ctypes

    program = _filter(machine)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many instructions, and where they are.
    head = ctypes.create_string_buffer(
        struct.pack("H6xP", len(program) // 8, ctypes.addressof(code))
    )
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(head))


def _bound(kind: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    # A system may not know this bound; `_look_after` is there for it.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (bound, bound))


def _filter(machine: _Machine) -> bytes:
    """A program for the kernel's packet filter.

    It sees struct seccomp_data: the call's number at 0, the machine at 4, arguments from 16 on.
    """
    lines = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, machine.word),
        (_GIVE, 0, 0, _REFUSE),
        (_LOAD, 0, 0, 0),
        # The same calls under other numbers, on the older half of x86_64.
        (_AT_LEAST, 0, 1, 0x40000000),
        (_GIVE, 0, 0, _REFUSE),
    ]
    for call in machine.denied:
        lines += [(_EQUAL, 0, 1, call), (_GIVE, 0, 0, _REFUSE)]
    for call, argument in machine.opening:
        lines += [
            (_EQUAL, 0, 4, call),
            (_LOAD, 0, 0, 16 + 8 * argument),
            (_ANY_BIT, 0, 1, _CREATE_OR_TRUNCATE),
            (_GIVE, 0, 0, _REFUSE),
            (_GIVE, 0, 0, _ALLOW),
        ]
    lines.append((_GIVE, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _prctl(option: int, *values: int) -> None:
    import ctypes

    call = ctypes.CDLL(None, use_errno=True).prctl
    call(option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0)[:4]))


def _look_after(memory: int, parent: int) -> None:
    """End this process once it has grown too large, or its parent has gone."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    while True:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        if used > memory or os.getppid() != parent:
            os._exit(1)
        threading.Event().wait(0.05)
