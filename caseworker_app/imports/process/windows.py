"""A job of Windows that bounds the reading process: memory, one process, death with the parent."""

from __future__ import annotations

import subprocess
import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _ONE_PROCESS, _PROCESS_MEMORY, _QUIET_DEATH, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class Job:
        """Holds a process; closing it, or the end of this one, ends that process too."""

        def __init__(self, process: subprocess.Popen[bytes], memory: int) -> None:
            """Bound a process that has not begun its work. Raises `OSError`."""
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.SetInformationJobObject.argtypes = (
                *(wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD),
            )
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            self._kernel = kernel
            self._handle = kernel.CreateJobObjectW(None, None)
            bounds = _Extended()
            bounds.BasicLimitInformation.LimitFlags = (
                _ONE_PROCESS | _PROCESS_MEMORY | _QUIET_DEATH | _KILL_ON_CLOSE
            )
            bounds.BasicLimitInformation.ActiveProcessLimit = 1
            bounds.ProcessMemoryLimit = memory
            size = ctypes.sizeof(bounds)
            held = int(process._handle)  # type: ignore[attr-defined]  # noqa: SLF001
            if not (
                self._handle
                and kernel.SetInformationJobObject(
                    self._handle, _EXTENDED_LIMITS, ctypes.byref(bounds), size
                )
                and kernel.AssignProcessToJobObject(self._handle, held)
            ):
                raise ctypes.WinError(ctypes.get_last_error())

        def close(self) -> None:
            """Let go of the job; a process in it ends."""
            self._kernel.CloseHandle(self._handle)

    FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    """Without a console's window, and behind what a person works on."""

else:
    FLAGS = 0

    class Job:
        """Elsewhere the process bounds itself."""

        def __init__(self, process: subprocess.Popen[bytes], memory: int) -> None:
            """Do nothing."""

        def close(self) -> None:
            """Do nothing."""
