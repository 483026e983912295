"""Where a store may not be: every kind of share and of copied folder, on every platform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import Unavailable
from caseworker_app.store.unsafe_folders import (
    Mount,
    ThisSystem,
    copied_by,
    mounts_of_linux,
    mounts_of_mac,
    on_share,
    refuse_unsafe,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A computer that tells what a test wants it to."""

    platform: str = "linux"
    home: str = "/home/ann"
    environment: Mapping[str, str] = field(default_factory=dict)
    mounted: tuple[Mount, ...] = (Mount("/", "ext4"),)
    remote: tuple[str, ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    volumes: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)

    def real(self, path: str) -> str:
        for link, to in self.links.items():
            if path.startswith(link):
                return to + path[len(link) :]
        return path

    def mounts(self) -> Iterable[Mount]:
        return self.mounted

    def remote_drive(self, path: str) -> bool:
        return path[:2] in self.remote

    def sync_root(self, path: str) -> str:
        return next((name for root, name in self.roots.items() if path.startswith(root)), "")

    def volume(self, path: str) -> str:
        return self.volumes.get(path[:2], "")

    def entries(self, folder: str) -> frozenset[str]:
        return self.folders.get(folder, frozenset())

    def text(self, path: str) -> str:
        return self.files.get(path, "")


_LINUX = """sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/homes /home nfs4 rw 0 0
//server/share /mnt/team\\040files cifs rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\134 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
mon:/ /srv/ceph ceph rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/srv/x.store", False),
        ("/home/ann/x.store", True),
        ("/home/local/x.store", False),
        ("/homework/x.store", False),
        ("/mnt/team files/x.store", True),
        ("/run/user/1000/gvfs/smb-share:server=a,share=b/x.store", True),
        ("/mnt/c/Users/ann/x.store", True),
        ("/media/stick/x.store", False),
        ("/srv/ceph/x.store", True),
    ],
)
def test_shares_are_known_by_their_mounts(path: str, shared: bool) -> None:
    assert on_share(path, _Told(mounted=tuple(mounts_of_linux(_LINUX)))) is shared


_NETWORK = ("9p", "drvfs", "vboxsf", "ceph", "glusterfs", "nfs4", "cifs", "fuse.rclone")
_FUSE = ("fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.sshfs", "fuse.onedriver", "fuse.s3fs")
_LOCAL = ("ext4", "xfs", "btrfs", "overlay", "tmpfs", "fuseblk", "fuse.ntfs-3g", "fuse.gocryptfs")


@given(
    kind=st.sampled_from(_NETWORK + _FUSE + _LOCAL),
    under=st.sampled_from(_LOCAL),
    deep=st.integers(0, 3),
    again=st.booleans(),
)
def test_the_innermost_and_latest_mount_decides(
    kind: str, under: str, deep: int, again: bool
) -> None:
    point = "/mnt" + "/deeper" * deep
    mounted = [Mount("/", "ext4"), Mount(point, "nfs" if again else kind)]
    if again:
        mounted.append(Mount(point, kind))
    told = _Told(mounted=(*mounted, Mount(point + "/own", under)))
    assert on_share(point + "/x.store", told) is (kind not in _LOCAL)
    assert on_share(point + "/own/x.store", told) is False
    assert on_share("/mnt-of-ours/x.store", told) is False


def test_what_the_system_runs_from_is_its_own_disk() -> None:
    assert not on_share("/srv/x.store", _Told(mounted=(Mount("/", "9p"),)))


def test_a_link_into_a_share_is_a_share() -> None:
    told = _Told(
        mounted=(Mount("/", "ext4"), Mount("/net", "nfs")), links={"/home/ann/team": "/net/team"}
    )
    assert on_share("/home/ann/team/x.store", told)


_MAC = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ann@server/team files on /Volumes/team files (smbfs, nodev, nosuid, mounted by ann)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk5s1 on /Volumes/Stick (exfat, local, nodev, nosuid)
"""


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/System/Volumes/Data/Users/ann/x.store", False),
        ("/Volumes/team files/x.store", True),
        ("/Volumes/Stick/x.store", False),
    ],
)
def test_a_mac_says_which_mounts_are_local(path: str, shared: bool) -> None:
    told = _Told("darwin", "/Users/ann", mounted=tuple(mounts_of_mac(_MAC)))
    assert on_share(path, told) is shared


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("\\\\server\\share\\x.store", True),
        ("//server/share/x.store", True),
        ("H:\\x.store", True),
        ("C:\\Data\\x.store", False),
        ("C:\\link\\x.store", True),
    ],
)
def test_windows_says_which_drives_are_remote(path: str, shared: bool) -> None:
    told = _Told("win32", "C:\\Users\\ann", remote=("H:",), links={"C:\\link": "\\\\server\\s"})
    assert on_share(path, told) is shared


_DROPBOX = '{"personal": {"path": "/home/ann/Box of files", "host": 1}, "business": 3}'


@pytest.mark.parametrize(
    ("told", "path", "service"),
    [
        (_Told(), "/home/ann/cases/x.store", ""),
        (_Told(environment={"OneDrive": "/home/ann/od"}), "/home/ann/od/x.store", "OneDrive"),
        (_Told(environment={"OneDrive": "/home/ann/od"}), "/home/ann/odd/x.store", ""),
        (_Told(), "/home/ann/OneDrive - Council/x.store", "OneDrive"),
        (_Told(), "/home/ann/OneDriven/x.store", ""),
        (
            _Told(files={"/home/ann/.config/onedrive/config": 'sync_dir = "~/Sync"\n'}),
            "/home/ann/Sync/deep/x.store",
            "OneDrive",
        ),
        (
            _Told(files={"/home/ann/.dropbox/info.json": _DROPBOX}),
            "/home/ann/Box of files/x.store",
            "Dropbox",
        ),
        (
            _Told(files={"/home/ann/.dropbox/info.json": "{not json"}),
            "/home/ann/cases/x.store",
            "",
        ),
        (
            _Told(folders={"/home/ann/s": frozenset({".stfolder", "a"})}),
            "/home/ann/s/t/x.store",
            "Syncthing",
        ),
        (
            _Told(folders={"/srv/files": frozenset({".sync_ab12.db"})}),
            "/srv/files/x.store",
            "Nextcloud",
        ),
        # The service's own settings in the person's folder say nothing of what lies there.
        (_Told(folders={"/home/ann": frozenset({".dropbox"})}), "/home/ann/x.store", ""),
        (
            _Told("darwin", "/Users/ann"),
            "/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/x.store",
            "iCloud Drive",
        ),
        (
            _Told("darwin", "/Users/ann"),
            "/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/x.store",
            "Google Drive",
        ),
        (
            _Told("darwin", "/Users/ann"),
            "/Users/ann/Library/CloudStorage/Elsewhere/x.store",
            "a cloud service",
        ),
        (
            _Told("win32", "C:\\Users\\ann", roots={"C:\\Users\\ann\\OD": "OneDrive"}),
            "C:\\Users\\ann\\OD\\x.store",
            "OneDrive",
        ),
        (
            _Told("win32", "C:\\Users\\ann", volumes={"G:": "Google Drive"}),
            "G:\\My Drive\\x.store",
            "Google Drive",
        ),
        (
            _Told("win32", "C:\\Users\\ann", environment={"OneDrive": "C:\\Users\\ann\\OD"}),
            "c:\\users\\ANN\\od\\x.store",
            "OneDrive",
        ),
        (_Told("win32", "C:\\Users\\ann"), "C:\\Users\\ann\\iCloudDrive\\x.store", "iCloud Drive"),
        (_Told("win32", "C:\\Users\\ann"), "C:\\Data\\x.store", ""),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_known(told: _Told, path: str, service: str) -> None:
    assert copied_by(path, told) == service


def test_a_refusal_says_the_way_out() -> None:
    with pytest.raises(Unavailable, match="share a PostgreSQL database instead"):
        refuse_unsafe(Path("\\\\server\\share\\x.store"))
    told = _Told(environment={"OneDrive": "/home/ann/od"})
    with pytest.raises(Unavailable, match=r"OneDrive copies .* with x\.store\.key and"):
        refuse_unsafe(Path("/home/ann/od/x.store"), told)


def test_this_computers_own_disk_is_safe(tmp_path: Path) -> None:
    refuse_unsafe(tmp_path / "x.store")
    assert ThisSystem().entries(str(tmp_path)) == frozenset()
    assert ThisSystem().text(str(tmp_path / "nothing")) == ""
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(Unavailable, match="Syncthing"):
        refuse_unsafe(tmp_path / "x.store")
