"""Making a signed release of a folder with rules, profile and wording: whole or not at all, and as desks take it."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.release import MANIFEST, PAPERS, SIGNATURE, Manifest, manifest_of
from ferpa_wizard.documents.wording import read_wording
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.release_files import ZIP, place_at
from ferpa_wizard.requests.rules import Sent, read_sent
from ferpa_wizard.requests.signing import signed

_THEN = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same archive


class NotPacked(RequestsError):  # noqa: N818  it names what happened
    """No release was written; `str()` says why."""


@dataclass(frozen=True)
class Checked:
    """A release that was looked at as a desk would: what it says of itself, who signed it, what it holds."""

    manifest: Manifest
    key: str
    sent: Sent
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """How the release is named, and where it goes: a new folder, or a .zip file."""

    release: int
    day: str
    title: str
    out: Path


def verified(path: Path, keys: Iterable[str]) -> Checked:
    """The release in a folder or .zip, signed by one of the keys, with its rules read.

    Raises ReleaseRefused, RulesError, DocumentError, OSError.
    """
    place = place_at(path)
    sealed = place.sealed(keys)
    files = place.files(sealed.manifest)
    with _laid_out(files, path) as folder:
        sent = read_sent(folder)
        read_wording(folder / PAPERS)
    return Checked(sealed.manifest, sealed.key, sent, _papers(files))


def read_folder(folder: Path) -> tuple[dict[str, bytes], Sent]:
    """The files that are to be packed, and what they say. Raises ReleaseRefused, RulesError, DocumentError, OSError."""
    if not folder.is_dir():
        raise NotPacked(f"There is no folder {folder}. Nothing was written.")
    files = place_at(folder).all_files()
    if not files:
        raise NotPacked(f"The folder {folder} is empty. Nothing was written.")
    # The very bytes that are signed are those that are checked.
    with _laid_out(files, folder) as laid_out:
        sent = read_sent(laid_out)
        read_wording(laid_out / PAPERS)
    return files, sent


def pack(files: dict[str, bytes], wanted: Wanted, key_file: Path) -> tuple[Manifest, str]:
    """Sign these files and write them; the manifest and the public key.

    Raises NotPacked where that place is taken or cannot be written, ReleaseRefused, KeyFileError.
    """
    out = wanted.out
    manifest = manifest_of(files, release=wanted.release, day=wanted.day, title=wanted.title)
    signature, key = signed(manifest.encoded(), key_file)
    if out.exists() or out.is_symlink():
        raise NotPacked(f"{out} is there already. Nothing was written. Choose a new name.")
    whole = {**files, MANIFEST: manifest.encoded(), SIGNATURE: signature}
    try:
        _write_zip(out, whole) if out.suffix.lower() == ZIP else _write_folder(out, whole)
    except OSError as error:
        raise NotPacked(f"{out} was not written: {error.strerror or error}. Choose another place.") from error
    return manifest, key


def _papers(files: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in files if name.startswith(f"{PAPERS}/")))


@contextmanager
def _laid_out(files: dict[str, bytes], shown_as: Path) -> Iterator[Path]:
    """The files in a folder for a while; mistakes that are found there are told at their place in `shown_as`."""
    with tempfile.TemporaryDirectory(prefix="ferpa-wizard-release-") as name:
        folder = Path(name) / "release"
        _lay_out(folder, files)
        try:
            yield folder
        except RulesError as error:
            raise type(error)([_at(one.file, folder, shown_as, one) for one in error.mistakes]) from error


def _at(file: str, folder: Path, shown_as: Path, mistake: Mistake) -> Mistake:
    path = Path(file)
    return replace(mistake, file=str(shown_as / path.relative_to(folder))) if path.is_relative_to(folder) else mistake


def _lay_out(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _write_folder(out: Path, files: dict[str, bytes]) -> None:
    """Beside it first: a desk that looks at the share meanwhile finds the whole or nothing."""
    part = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        _lay_out(part, files)
        part.chmod(0o755)  # a folder on a share is for all desks to read
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_zip(out: Path, files: dict[str, bytes]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _THEN), files[name], zipfile.ZIP_DEFLATED)
    with replacing(out) as file:
        file.write(packed.getvalue())
    out.chmod(0o644)  # likewise
