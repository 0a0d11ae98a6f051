"""The disk that loses power, where it is easy to see what may be left; whole days are for `python -m tests.stress`."""

from __future__ import annotations

import random

import pytest

from tests.stress.power.calls import Call, Calls, UnknownCall
from tests.stress.power.disk import Disk, File, Folder, Image, Write
from tests.stress.power.images import dropped, image, images, kept, whole


def left(disk: Disk) -> list[Image]:
    return list(images(disk, random.Random(1), 200))


def test_a_synced_file_keeps_its_bytes_and_loses_its_name_until_the_folder_is_synced() -> None:
    disk, file = Disk(), File()
    disk.name(["a"], file)
    file.change(Write(0, b"new"))
    disk.sync(file)
    assert image(disk, [], kept) == {}
    assert {one.get("a") for one in left(disk)} == {None, b"new"}
    disk.sync(disk.root)
    assert all(one == {"a": b"new"} for one in left(disk))


def test_what_is_in_a_new_folder_goes_with_its_name() -> None:
    disk, folder, file = Disk(), Folder(), File(b"x")
    disk.name(["f"], folder)
    disk.name(["f", "a"], file)
    disk.sync(folder)
    assert image(disk, [], kept) == {}
    disk.sync(disk.root)
    assert image(disk, [], kept) == {"f": None, "f/a": b"x"}


def test_sectors_of_a_write_are_lost_one_by_one() -> None:
    disk, file = Disk(), File(b"a" * 1024)
    disk.root.live["a"] = disk.root.durable["a"] = file
    file.change(Write(0, b"b" * 1024))
    halves = {(one["a"] or b"")[::512] for one in left(disk)}
    assert halves >= {b"aa", b"ab", b"ba", b"bb"}
    assert image(disk, [], dropped) == {"a": b"a" * 1024}


def test_a_rename_is_there_or_not() -> None:
    disk = Disk()
    for name, content in (("new", b"1"), ("old", b"2")):
        disk.name([name], File(content))
    disk.sync(disk.root)
    disk.rename(["new"], ["old"])
    assert {tuple(sorted(one.items())) for one in left(disk)} == {
        (("new", b"1"), ("old", b"2")),
        (("old", b"1"),),
    }


def test_a_disk_that_lies_keeps_nothing() -> None:
    disk, file = Disk(lies=True), File()
    disk.name(["a"], file)
    file.change(Write(0, b"new"))
    disk.sync(file)
    disk.sync(disk.root)
    assert image(disk, [], dropped) == {}
    assert whole(disk) == {"a": b"new"}


@pytest.mark.parametrize(
    "line",
    [
        "12 copy_file_range(3, NULL, 4, NULL, 10, 0) = 10",
        r'12 openat(AT_FDCWD<\x2f>, "\x2f\x72\x2f\x61", O_RDWR|O_CREAT|O_DSYNC, 0600) = 3<\x2f\x72\x2f\x61>',
        r"12 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3<\x2f\x72\x2f\x61>, 0) = 0x7f0000000000",
        r'12 pwrite64(3<\x2f\x72\x2f\x61>, "\x61"..., 4096, 0) = 4096',
        "12 write(3, <unfinished ...>",
    ],
)
def test_a_call_that_is_not_known_is_not_passed_over(line: str) -> None:
    def play() -> None:
        call = Call.read(line)
        assert call is not None
        Calls("/r", Disk()).play(call)

    with pytest.raises(UnknownCall):
        play()
