"""Where a ledger may lie: not on a network, not in a folder that is synchronized; what lies there is still read."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

import pytest

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger import disks, log_tables
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.disks import follow, is_remote, read_mounts, type_in, windows_type
from ferpa_wizard.ledger.errors import LedgerMisplaced
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.mac_mounts import Statfs, kind_of
from ferpa_wizard.ledger.place import place_of, why_misplaced
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.restore import restore_from_file
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.ledger.sync_folders import sign_of_sync
from ferpa_wizard.ledger.verify import verify
from tests import mounted
from tests.ledger.samples import COUNT, NOW
from tests.ledger.test_refusals import untouched
from tests.mounted import Mount
from tests.opens import Opens

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the made-up mounts are those of Linux")


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mount:
    return mounted.mounting(tmp_path, monkeypatch)


# --- file systems ----------------------------------------------------------------------------------

REMOTE = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "davfs", "ceph", "glusterfs", "lustre"),
    *("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.gvfsd-fuse", "vboxsf", "coda"),
)
LOCAL = ("ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "vfat", "exfat", "ntfs3", "fuseblk", "ecryptfs", "f2fs")


@pytest.mark.parametrize("kind", REMOTE)
def test_a_home_on_a_network_is_told(kind: str, mount: Mount, tmp_path: Path) -> None:
    mount(tmp_path / "H", kind)
    place = place_of(tmp_path / "H/staff/home" / NAME)
    assert (place.kind, place.filesystem) == ("network", kind)
    error = why_misplaced(tmp_path / "H/staff/home" / NAME)
    assert error is not None and kind in str(error)


@pytest.mark.parametrize("kind", [*LOCAL, "fuse.encfs", "fuse.gocryptfs", "fuse.mergerfs"])
def test_a_home_on_a_disk_of_this_computer_is_fine(kind: str, mount: Mount, tmp_path: Path) -> None:
    mount(tmp_path / "H", kind)
    assert place_of(tmp_path / "H/home" / NAME) == (tmp_path / "H/home", kind, None)
    assert why_misplaced(tmp_path / "H/home" / NAME) is None


@pytest.mark.parametrize(
    ("source", "remote"),
    [
        ("https://cloud.example.edu/dav", True),
        ("server:/export", True),
        ("//server/share", True),
        ("osei@server:data", True),
        ("/dev/sdb1", False),
        ("encfs", False),
        ("mhddfs#/a;/b", False),
    ],
)
def test_a_plain_fuse_mount_is_known_by_its_source(source: str, remote: bool) -> None:
    (kind,) = read_mounts(mounted.line(Path("/m"), "fuse", source)).values()
    assert is_remote(kind) is remote


def test_the_innermost_mount_counts_and_of_two_on_one_point_the_last() -> None:
    rows = [("/", "ext4"), ("/home", "nfs4"), ("/home/ann/my disk", "xfs"), ("/srv", "nfs"), ("/srv", "ext4")]
    mounts = read_mounts("\n".join(mounted.line(Path(point), kind) for point, kind in rows))
    assert type_in(mounts, Path("/home/ann")) == "nfs4"
    assert type_in(mounts, Path("/home/ann/my disk/home")) == "xfs"
    assert type_in(mounts, Path("/homes/ann")) == "ext4"
    assert type_in(mounts, Path("/srv/x")) == "ext4"


@pytest.mark.parametrize("text", ["", "\n", "1 2 3", "1 2 3:4 / /m rw - ", "a - b", "- - - - - - - - nfs x"])
def test_a_table_of_another_form_says_nothing_wrong(text: str) -> None:
    assert not any(map(is_remote, read_mounts(text).values()))


def test_without_a_table_every_disk_is_taken_for_one_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "MOUNTS", tmp_path / "none")
    assert place_of(tmp_path / NAME).kind == "local"


def test_what_was_mounted_since_the_last_look_counts(mount: Mount, tmp_path: Path) -> None:
    assert place_of(tmp_path / "H" / NAME).kind == "local"
    mount(tmp_path / "H", "nfs")
    assert place_of(tmp_path / "H" / NAME).kind == "network"


def test_what_is_mounted_when_somebody_looks_is_looked_at_again(
    mount: Mount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "H").mkdir()
    mount(tmp_path / "H", disks.AUTOMOUNT)
    looked = os.access

    def access(path: Path, mode: int) -> bool:
        if path.is_relative_to(tmp_path / "H"):
            with disks.MOUNTS.open("a", encoding="utf-8") as table:
                table.write(mounted.line(tmp_path / "H", "nfs4"))
        return looked(path, mode)

    monkeypatch.setattr(os, "access", access)
    assert place_of(tmp_path / "H" / NAME).kind == "network"


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        (r"\\server\share\home", True),
        ("//server/share/home", True),
        (r"\\?\UNC\server\share\home", True),
        (r"\\?\unc\server\share\home", True),
        (r"H:\home", True),
        (r"\\?\H:\home", True),
        (r"C:\Users\ann", False),
        (r"\\?\C:\Users\ann", False),
    ],
)
def test_windows_tells_shares_and_mapped_drives(path: str, remote: bool) -> None:
    assert is_remote(windows_type(PureWindowsPath(path), lambda root: 4 if root == "H:\\" else 3)) is remote


def test_macos_tells_by_name_or_by_the_mark_of_a_local_disk() -> None:
    assert (ctypes.sizeof(Statfs), Statfs.name.offset, Statfs.point.offset) == (2168, 72, 88)
    assert [is_remote(kind_of(*one)) for one in (("apfs", 0x1000), ("smbfs", 0), ("macfuse", 0))] == [False, True, True]


# --- links -----------------------------------------------------------------------------------------


def test_links_are_followed_to_the_place_itself(mount: Mount, tmp_path: Path) -> None:
    (tmp_path / "H").mkdir()
    mount(tmp_path / "H", "cifs")
    (tmp_path / "a").symlink_to("b/../c")
    (tmp_path / "b").mkdir()
    (tmp_path / "c").symlink_to(tmp_path / "H/staff")
    assert place_of(tmp_path / "a/home" / NAME).folder == tmp_path / "H/staff/home"
    assert place_of(tmp_path / "a/home" / NAME).kind == "network"


def test_a_ledger_that_is_a_link_lies_where_it_leads(home: Path, mount: Mount, tmp_path: Path) -> None:
    (tmp_path / "H").mkdir()
    mount(tmp_path / "H", "nfs")
    (home / NAME).rename(tmp_path / "H/l")
    (home / NAME).symlink_to(tmp_path / "H/l")
    with Ledger.open(home, now=NOW) as ledger:
        assert isinstance(ledger.blocked, LedgerMisplaced)


def test_links_agree_with_the_system(tmp_path: Path) -> None:
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "one").symlink_to("d/e")
    (tmp_path / "d/up").symlink_to("../one")
    (tmp_path / "round").symlink_to("round")
    for name in ("one", "d/up/..", "one/../e", "d/up/none/x", "d", "./d/../d/up"):
        assert follow(tmp_path / name, lambda _: "") == (tmp_path / name).resolve()
    assert follow(tmp_path / "round/x", lambda _: "").name == "x"


def test_what_is_neither_a_link_nor_a_plain_folder_lies_where_its_name_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def readlink(_: Path) -> Path:
        raise ValueError("not a symbolic link")  # Windows, of a folder that is kept in the cloud

    monkeypatch.setattr(Path, "readlink", readlink)
    assert follow(tmp_path / "a", lambda _: "") == tmp_path / "a"


def test_no_step_is_taken_on_a_remote_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def readlink(path: Path) -> Path:
        asked.append(path)
        raise OSError

    monkeypatch.setattr(Path, "readlink", readlink)
    where = tmp_path / "H"
    follow(where / "a/b", lambda path: "nfs" if path.is_relative_to(where) else "ext4")
    assert asked and not any(path.is_relative_to(where) for path in asked)


def test_nothing_at_all_is_asked_of_a_disk_whose_server_may_be_silent(
    mount: Mount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    there = tmp_path / "H"
    (there / "staff").mkdir(parents=True)
    (tmp_path / "link").symlink_to(there / "staff")
    mount(there, "nfs")
    opens = Opens(there, monkeypatch)
    request.addfinalizer(opens.stop)
    for home in (there, there / "staff" / "home", there / "staff" / ".." / "home", tmp_path / "link"):
        assert place_of(home / NAME).kind == "network"
        assert why_misplaced(home / NAME) is not None
    assert opens.count == 0
    synced_by(there)
    assert opens.count > 0


SILENT = """
exec 3<>/dev/fuse
mount -i -t fuse.sshfs -o fd=3,rootmode=40000,user_id=0,group_id=0 server:/data "$1" || exit 77
cd "$2"
timeout 1 stat "$1/staff" >/dev/null
[ $? = 124 ] || exit 78  # it has to wait until it is ended, or nothing is shown here
timeout 60 "$3" -c 'import sys
from pathlib import Path
from ferpa_wizard.ledger.place import place_of
print(place_of(Path(sys.argv[1])).kind)' "$1/staff/home/ledger.sqlite"
"""


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/dev/fuse").exists(), reason="root alone may mount")
def test_a_server_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    """A real mount, in a namespace of its own, with nobody behind it: whatever looks into it waits for ever."""
    alone = ["unshare", "--mount"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespace can be made here")
    words = [*alone, "bash", "-c", SILENT, "bash", str(tmp_path), str(Path(__file__).parents[2]), sys.executable]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip(f"nothing can be mounted here: {done.stderr}")
    assert (done.returncode, done.stdout.strip()) == (0, "network"), done.stderr


# --- folders that are synchronized -----------------------------------------------------------------


def synced_by(folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """The program alone."""
    found = sign_of_sync(folder, environment or {})
    return found.program if found else ""


MARKS = (
    ("Dropbox", ".dropbox", "file"),
    ("Dropbox", ".dropbox.cache", "folder"),
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B", "file"),
    ("Google Drive", ".tmp.drivedownload", "folder"),
    ("Google Drive", ".tmp.driveupload", "folder"),
    ("Nextcloud", ".nextcloudsync.log", "file"),
    ("Nextcloud", ".sync_8f2a01bc.db", "file"),
    ("ownCloud", "._sync_8f2a01bc.db", "file"),
    ("ownCloud", ".owncloudsync.log", "file"),
    ("ownCloud", ".csync_journal.db", "file"),
    ("Syncthing", ".stfolder", "folder"),
    ("Syncthing", ".stfolder", "file"),
)


@pytest.mark.parametrize("depth", ["", "a/b"])
@pytest.mark.parametrize(("program", "mark", "form"), MARKS)
def test_a_mark_of_a_synchronizing_program_is_found_up_the_parents(
    program: str, mark: str, form: str, depth: str, tmp_path: Path
) -> None:
    folder = tmp_path / "top" / depth
    folder.mkdir(parents=True)
    assert synced_by(folder) == ""
    (tmp_path / "top" / mark).mkdir() if form == "folder" else (tmp_path / "top" / mark).touch()
    found = sign_of_sync(folder, {})
    assert found is not None
    assert program in found.program
    assert found.seen == tmp_path / "top" / mark
    assert synced_by(tmp_path) == ""


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive", "OneDrive - Hill School"),
        ("OneDrive", "Library/CloudStorage/OneDrive-HillSchool"),
        ("Dropbox", "Dropbox"),
        ("Dropbox", "Dropbox (Hill School)"),
        ("Google Drive", "Google Drive"),
        ("Google Drive", "Library/CloudStorage/GoogleDrive-ann@example.edu"),
        ("iCloud Drive", "Library/Mobile Documents/com~apple~CloudDocs"),
        ("iCloud Drive", "iCloudDrive"),
        ("Box", "Box Sync"),
        ("Box", "Users/ann/Box"),
        ("Google Drive", "Users/ann/My Drive"),
        ("Box", "Library/CloudStorage/Box-Box"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("cloud", "Library/CloudStorage/Other"),
    ],
)
def test_the_folders_of_synchronizing_programs_are_known_by_name(program: str, name: str, tmp_path: Path) -> None:
    assert program in synced_by(tmp_path / name / "a/home")


def test_google_drive_as_a_drive_is_known_by_its_top_folder() -> None:
    for name in ("My Drive", "Shared drives", "Other computers"):
        assert synced_by(Path(f"/{name}/home")) == "Google Drive"
    assert synced_by(Path("/srv/My Drive/home")) == ""


def test_the_settings_of_onedrive_name_its_folder(tmp_path: Path) -> None:
    assert synced_by(tmp_path / "cloud/home", {"OneDriveCommercial": str(tmp_path / "cloud")}) == "OneDrive"
    assert synced_by(tmp_path / "home", {"OneDriveCommercial": str(tmp_path / "cloud"), "OneDrive": ""}) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("Box", "One", "Dropboxes", "my OneDrive", "OneDrive-migration", "box", "Nextcloud.old", "drive"),
        *("CloudStorage", "Mobile Documents", "GoogleDrive-takeout", "Box-Box", "Shared drives"),
    ],
)
def test_other_names_are_nobodys(name: str, tmp_path: Path) -> None:
    assert synced_by(tmp_path / name / "home") == ""


def test_the_settings_of_dropbox_in_a_persons_own_folder_are_no_mark(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert synced_by(tmp_path / ".local/share/home") == ""


# --- what is refused, and what is not --------------------------------------------------------------


def _syncing(home: Path) -> None:
    (home.parent / ".stfolder").mkdir()


def test_no_ledger_is_made_in_such_a_folder(tmp_path: Path) -> None:
    _syncing(tmp_path / "home")
    with pytest.raises(LedgerMisplaced) as caught:
        Ledger.open(tmp_path / "home", now=NOW)
    assert "Syncthing" in str(caught.value)
    assert not (tmp_path / "home").exists()


def test_a_ledger_there_is_read_and_not_written(home: Path, tmp_path: Path) -> None:
    _syncing(home)
    before = untouched(home)
    with Ledger.open(home, now=NOW) as ledger:
        assert ledger.count() == COUNT
        with pytest.raises(LedgerMisplaced, match="Syncthing"):
            ledger.append("note", {}, at=NOW)
        with pytest.raises(LedgerMisplaced):
            ledger.compact()
    assert verify(home).holds
    assert untouched(home) == before


def test_a_ledger_there_is_backed_up_and_goes_on_elsewhere(home: Path, tmp_path: Path) -> None:
    _syncing(home.parent / "x")
    (tmp_path / "safe").mkdir()
    made = backup(home, tmp_path / "safe", now=NOW)
    with pytest.raises(LedgerMisplaced):
        restore_from_file(home.parent / "new", made.path, now=NOW)
    assert not (home.parent / "new").exists()
    (home.parent / ".stfolder").rmdir()
    restore_from_file(home.parent / "new", made.path, now=NOW)
    with Ledger.open(home.parent / "new", now=NOW) as ledger:
        ledger.append("note", {}, at=NOW)
        assert ledger.count() == COUNT + 1


def test_a_shared_folder_may_be_on_a_network_or_synchronized(home: Path, mount: Mount, tmp_path: Path) -> None:
    share = tmp_path / "H/OneDrive"
    share.mkdir(parents=True)
    (share / ".stfolder").mkdir()
    mount(tmp_path / "H", "cifs")
    count = push(home, share, Card("Front office", "", 0, GENESIS), now=NOW).added
    (found,) = pull(tmp_path / "officer", share, now=NOW)
    assert found.count == count == COUNT


def test_the_index_of_a_log_there_is_kept_in_memory(home: Path) -> None:
    _syncing(home)
    log_tables.connect(home).close()
    assert not (home / log_tables.NAME).exists()


def test_nothing_is_pulled_into_such_a_home(home: Path, tmp_path: Path) -> None:
    _syncing(home)
    share = tmp_path / "share"
    share.mkdir()
    with pytest.raises(LedgerMisplaced):
        pull(home, share, now=NOW)
    assert not (home / "desks").exists()
