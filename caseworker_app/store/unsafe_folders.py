"""Folders in which a store file is not safe: network shares, and folders that a program copies.

Two computers writing to one file at once destroy it, and a program that copies a folder elsewhere
copies half a change, or puts an old copy in its place. What the system tells is asked through
`System`, so that every platform's answers can be tried on any.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple, Protocol

from caseworker_app.domain.errors import Unavailable

_SHARES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afpfs", "afs", "coda", "9p", "drvfs"),
        *("vboxsf", "vmhgfs", "prl_fs", "webdav", "davfs", "davfs2", "ftp", "ceph"),
        *("glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "pvfs2", "ocfs2", "gfs", "gfs2"),
        *("moosefs", "mfs", "juicefs", "s3fs"),
    }
)
"""Types of file system that lie on another computer or are shared with one."""

_OWN_FUSE = frozenset(
    {
        *("ntfs-3g", "ntfs", "exfat", "fuse-overlayfs", "overlayfs", "mergerfs", "unionfs"),
        *(
            "gocryptfs",
            "encfs",
            "cryfs",
            "securefs",
            "veracrypt",
            "bindfs",
            "lxcfs",
            "ext2",
            "ext4",
        ),
        *("portal", "zfs", "apfs", "snapfuse", "squashfuse"),
    }
)
"""What runs in user space over this computer's own disk; any other such is somebody's service."""

_MARKS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".onedrive-synced": "OneDrive",
    ".boxsync": "Box",
}
"""What a program leaves in the folder that it copies, and the program."""

_PLACES: Mapping[str, str] = {
    "Library/Mobile Documents": "iCloud Drive",
    "Library/CloudStorage": "a cloud service",
    "iCloudDrive": "iCloud Drive",
    "iCloud Drive": "iCloud Drive",
    "Google Drive": "Google Drive",
    "Dropbox": "Dropbox",
}
"""Folders below a person's own that belong to a service by their name."""

_CLOUDS = ("OneDrive", "Dropbox", "GoogleDrive", "Box", "iCloud")
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAC_MOUNT = re.compile(r"^.* on (?P<point>/.*?) \((?P<options>[^()]*)\)$")


class Mount(NamedTuple):
    """A file system and where it hangs: its type, and whether the system calls it local."""

    point: str
    kind: str
    local: bool = True


class System(Protocol):
    """What an operating system tells of its folders."""

    @property
    def platform(self) -> str:
        """As `sys.platform` has it."""

    @property
    def home(self) -> str:
        """The person's own folder, every link followed."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables of the environment."""

    def real(self, path: str) -> str:
        """The path with every link followed."""

    def mounts(self) -> Iterable[Mount]:
        """What is mounted, the latest last."""

    def remote_drive(self, path: str) -> bool:
        """Whether Windows calls the drive of a path remote."""

    def sync_root(self, path: str) -> str:
        """The service that keeps the folder of a path in step, as Windows registered it, or ""."""

    def volume(self, path: str) -> str:
        """The name of the volume a path is on, as Windows shows it, or ""."""

    def entries(self, folder: str) -> frozenset[str]:
        """The names in a folder; none where it cannot be read."""

    def text(self, path: str) -> str:
        """A small text file, or "" where there is none."""


def refuse_unsafe(path: Path, system: System | None = None) -> None:
    """Refuse a store file where it would not be safe.

    Args:
        path: where the file is or is to be.
        system: what tells of folders; this computer without one.

    Raises:
        Unavailable: it is on a network share, or in a folder that a program copies elsewhere.
    """
    told = system or ThisSystem()
    if on_share(str(path), told):
        raise Unavailable(
            f"{path} is on a network share, where two people writing at once can destroy the "
            "file: keep it on this computer's own disk, or share a PostgreSQL database instead."
        )
    service = copied_by(str(path), told)
    if service:
        raise Unavailable(
            f"{path} is in a folder that {service} copies to other computers, which can destroy "
            f"the file: move it, with {path.name}.key and {path.name}.key.copy, to a folder that "
            "is on this computer alone. Backups may stay there: they are encrypted."
        )


def on_share(path: str, system: System) -> bool:
    """Whether a path is on a network share, as far as the system tells."""
    if path.startswith(("\\\\", "//")):
        return True
    real = system.real(path)
    if real.startswith(("\\\\", "//")):
        return True
    if system.platform == "win32":
        return system.remote_drive(real)
    mount = _mount_of(real, system.mounts())
    # What the system itself runs from is its own disk, whatever it is called in a container.
    return mount is not None and mount.point != "/" and _is_share(mount)


def copied_by(path: str, system: System) -> str:
    """The service that copies the folder of a path to other computers, or ""."""
    real = system.real(path)
    windows = system.platform == "win32"
    if windows and (service := system.sync_root(real)):
        return service
    if windows and "google drive" in system.volume(real).casefold():
        return "Google Drive"
    for root, service in _roots(system):
        if _inside(real, system.real(root), folded=windows):
            return service
    return _by_place(real, system) or _by_marks(real, system)


def _is_share(mount: Mount) -> bool:
    kind = mount.kind.casefold()
    if not mount.local or kind in _SHARES:
        return True
    if kind == "fuse" or not kind.startswith("fuse."):
        return False
    return kind.removeprefix("fuse.") not in _OWN_FUSE


def _mount_of(path: str, mounts: Iterable[Mount]) -> Mount | None:
    """The mount that a path is under: the longest, and of two in one place the latest."""
    found: Mount | None = None
    for mount in mounts:
        longer = found is None or len(mount.point) >= len(found.point)
        if longer and _inside(path, mount.point, folded=False):
            found = mount
    return found


def _inside(path: str, folder: str, *, folded: bool) -> bool:
    if not folder:
        return False
    if folded:
        path, folder = path.casefold().replace("/", "\\"), folder.casefold().replace("/", "\\")
        return path == folder or path.startswith(folder.rstrip("\\") + "\\")
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _roots(system: System) -> Iterator[tuple[str, str]]:
    """The folders that services say they keep, each with the service."""
    for name in _ONEDRIVE_VARIABLES:
        if root := system.environment.get(name, ""):
            yield root, "OneDrive"
    told = system.text(_below(system, ".config/onedrive/config"))
    for line in told.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "sync_dir":
            yield value.strip().strip('"').replace("~", system.home, 1), "OneDrive"
    places = [_below(system, ".dropbox/info.json")]
    folders = (system.environment.get(name, "") for name in ("APPDATA", "LOCALAPPDATA"))
    places += [str(PureWindowsPath(one, "Dropbox", "info.json")) for one in folders if one]
    for place in places:
        for root in _dropbox(system.text(place)):
            yield root, "Dropbox"


def _dropbox(text: str) -> Iterator[str]:
    try:
        accounts = json.loads(text) if text else {}
    except ValueError:
        return
    if not isinstance(accounts, dict):
        return
    for account in accounts.values():
        if isinstance(account, dict) and isinstance(account.get("path"), str):
            yield account["path"]


def _below(system: System, path: str) -> str:
    kind = PureWindowsPath if system.platform == "win32" else PurePosixPath
    return str(kind(system.home, *path.split("/")))


def _by_place(path: str, system: System) -> str:
    """The service that a folder below the person's own belongs to by its name."""
    folded = system.platform == "win32"
    for place, service in _PLACES.items():
        if _inside(path, _below(system, place), folded=folded):
            return _named(path) or service
    first = path[len(system.home) :].replace("\\", "/").strip("/").split("/")[0]
    at_home = _inside(path, system.home, folded=folded)
    return "OneDrive" if at_home and re.match(r"OneDrive(?: -.*)?$", first) else ""


def _named(path: str) -> str:
    """The service whose name stands in a folder of `Library/CloudStorage`."""
    _, _, rest = path.partition("Library/CloudStorage/")
    found = (name for name in _CLOUDS if rest.startswith(name))
    return next(found, "").replace("GoogleDrive", "Google Drive")


def _by_marks(path: str, system: System) -> str:
    """The service that left its mark in a folder above."""
    kind = PureWindowsPath if system.platform == "win32" else PurePosixPath
    for folder in kind(path).parents:
        # What stands in the person's own folder is about the person, not about the folder.
        if str(folder) in (system.home, folder.anchor):
            return ""
        names = system.entries(str(folder))
        for mark, service in _MARKS.items():
            if mark in names:
                return service
        if any(name.startswith((".sync_", "._sync_")) and name.endswith(".db") for name in names):
            return "Nextcloud"
    return ""


def mounts_of_linux(text: str) -> list[Mount]:
    """What `/proc/mounts` says."""
    rows = (line.split(" ") for line in text.splitlines())
    return [Mount(_unescaped(row[1]), row[2]) for row in rows if len(row) > 2]


def mounts_of_mac(text: str) -> list[Mount]:
    """What `/sbin/mount` says: the type first among the options, `local` where it is."""
    found = []
    for line in text.splitlines():
        if match := _MAC_MOUNT.match(line):
            options = [one.strip() for one in match["options"].split(",")]
            found.append(Mount(match["point"], options[0], "local" in options))
    return found


def _unescaped(point: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), point)


class ThisSystem:
    """The computer this runs on."""

    def __init__(self) -> None:
        self.platform: str = sys.platform
        self.home = os.path.realpath(Path.home())
        self.environment: Mapping[str, str] = dict(os.environ)

    def real(self, path: str) -> str:
        """The path with every link followed."""
        return os.path.realpath(path)

    def mounts(self) -> Iterable[Mount]:
        """What is mounted, the latest last."""
        if self.platform == "darwin":
            return mounts_of_mac(_said_by("/sbin/mount"))
        return mounts_of_linux(self.text("/proc/mounts"))

    def remote_drive(self, path: str) -> bool:
        """Whether Windows calls the drive of a path remote."""
        remote = 4
        return bool(_windows("kernel32").GetDriveTypeW(PureWindowsPath(path).anchor) == remote)

    def sync_root(self, path: str) -> str:
        """The service that keeps the folder of a path in step, as Windows registered it, or ""."""
        return _registered_root(path)

    def volume(self, path: str) -> str:
        """The name of the volume a path is on, as Windows shows it, or ""."""
        import ctypes

        name = ctypes.create_unicode_buffer(261)
        anchor = PureWindowsPath(path).anchor
        got = _windows("kernel32").GetVolumeInformationW(anchor, name, 261, *(None,) * 4, 0)
        return name.value if got else ""

    def entries(self, folder: str) -> frozenset[str]:
        """The names in a folder; none where it cannot be read."""
        try:
            return frozenset(os.listdir(folder))  # noqa: PTH208  (names alone are wanted)
        except OSError:
            return frozenset()

    def text(self, path: str) -> str:
        """A small text file, or "" where there is none."""
        try:
            return Path(path).read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return ""


def _said_by(program: str) -> str:
    # Every start looks at folders, and only a Mac asks a program.
    import subprocess

    try:
        found = subprocess.run(  # noqa: S603  (a program of the system, by its whole path)
            [program], capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout


def _windows(library: str) -> Any:  # noqa: ANN401  (what ctypes gives has no type)
    import ctypes

    return getattr(getattr(ctypes, "windll"), library)  # noqa: B009  (absent on other systems)


def _registered_root(path: str) -> str:
    """What the Cloud Files interface of Windows 10 and later says of a path, or ""."""
    import ctypes

    provider_information, size = 2, 4096
    info = ctypes.create_string_buffer(size)
    length = ctypes.c_ulong(0)
    try:
        ask = _windows("cldapi").CfGetSyncRootInfoByPath
    except (OSError, AttributeError):
        return ""
    failed = ask(path, provider_information, info, size, ctypes.byref(length))
    if failed:
        return ""
    # Two numbers, then the name of the provider, 256 characters of two bytes.
    name = info.raw[8 : 8 + 512].decode("utf-16-le", "replace").partition("\0")[0]
    return name or "a cloud service"
