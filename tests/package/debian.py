"""A bare Debian 12 in a folder, with what the package depends on and no more, to install it in."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.package.packaged import ROOT, Done, Words, is_root, needs

KEPT = ROOT / "build" / "debian-12"
DEPENDS = ROOT / "packaging" / "deb" / "depends"
USER = "front-office"
IN_ROOT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def fresh(root: Path) -> None:
    """Put the bare system into this folder; it is fetched once and kept for what the package depends on."""
    if not is_root():
        pytest.skip("only root can make another system's root")
    needs("debootstrap", "dpkg-deb", "unshare", "chroot", "apt-get")
    if subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this account may not take a program off the network")
    wanted = sorted(line.split()[0] for line in DEPENDS.read_text(encoding="utf-8").splitlines())
    mark = sha256(" ".join(wanted).encode()).hexdigest()
    with _alone():
        if not (KEPT / "depends").exists() or (KEPT / "depends").read_text(encoding="ascii") != mark:
            _fetch(wanted)
            (KEPT / "depends").write_text(mark, encoding="ascii")
    subprocess.run(["cp", "-a", "--reflink=auto", str(KEPT / "root"), str(root)], check=True)
    inside(root, ["useradd", "--create-home", USER])


@contextmanager
def _alone() -> Iterator[None]:
    """Tests run side by side; only one of them fetches."""
    KEPT.parent.mkdir(exist_ok=True)
    with (KEPT.parent / "debian-12.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(wanted: list[str]) -> None:
    """From where this machine has its own packages."""
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Codename: bookworm", "Created-By: Packages"]
    sites = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
    if not sites:
        pytest.skip("this machine does not get its packages from Debian 12")
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    command = [
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(wanted)}",
        "bookworm",
        str(KEPT / "root"),
        sites[0],
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"a bare Debian 12 could not be fetched: {done.stdout[-300:]}")
    shutil.rmtree(KEPT / "root" / "var" / "cache" / "apt" / "archives", ignore_errors=True)


def inside(root: Path, command: Words, *, user: str = "", environment: dict[str, str] | None = None) -> Done:
    """Run the command in that system, with no network; as root, or as this user."""
    alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c"]
    screens = "/tmp/.X11-unix"  # noqa: S108 - X11 fixed this place
    mounts = 'mount -t proc none "$0/proc"'
    if environment and "DISPLAY" in environment:
        mounts += f'; mkdir -p "$0{screens}"; mount --bind {screens} "$0{screens}"'
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--inh-caps=-all"] if user else []
    said = {**IN_ROOT, **({"HOME": f"/home/{user}"} if user else {}), **(environment or {})}
    words = ["env", "-i", *(f"{name}={value}" for name, value in said.items()), *become, *map(str, command)]
    script = f'set -e; {mounts}; exec chroot "$0" "$@"'
    return subprocess.run(
        [*alone, script, str(root), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=dict(os.environ),
    )
