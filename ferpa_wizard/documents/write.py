"""Saving a paper: the whole file under its name, or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from ferpa_wizard.documents.document import Document
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.html import to_html
from ferpa_wizard.documents.pdf import PaperSize, to_pdf
from ferpa_wizard.documents.text import to_text

FORMATS = (".pdf", ".html", ".docx", ".txt")

_CAUSES = {
    errno.ENOSPC: "the disk is full. Free some space, then try again.",
    errno.EDQUOT: "your space on this disk is used up. Free some space, then try again.",
    errno.EACCES: "you may not write there, or the file is open. Close it or choose another place.",
    errno.EPERM: "you may not write there, or the file is open. Close it or choose another place.",
    errno.EROFS: "this disk can only be read. Choose another place.",
    errno.ENOENT: "the folder is not there. Choose another place.",
    errno.ENOTDIR: "the folder is not there. Choose another place.",
    errno.EISDIR: "a folder has that name. Choose another name.",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
}


def write(document: Document, out: Path, *, paper: PaperSize = "us-letter") -> Path:
    """Write the document to `out`, as its suffix says (see FORMATS), and give the path back.

    DocumentError when it cannot: then what stood under that name before still stands there.
    """
    return save(_content(document, out.suffix.lower(), paper), out)


def save(content: bytes, out: Path) -> Path:
    """The whole content under this name, or what stood there before; raises DocumentError."""
    part = out.with_name(f".ferpa-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        _save(content, part)
        part.replace(out)
        _settle(out.parent)
    except OSError as failure:
        raise DocumentError(_sentence(out, failure)) from failure
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return out


def _content(document: Document, suffix: str, paper: PaperSize) -> bytes:
    writers: dict[str, Callable[[], bytes]] = {
        ".pdf": lambda: to_pdf(document, paper=paper),
        ".html": lambda: to_html(document).encode("utf-8"),
        ".docx": lambda: to_docx(document, paper=paper),
        ".txt": lambda: to_text(document).encode("utf-8"),
    }
    if suffix not in writers:
        raise DocumentError(f"A paper is saved as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}. Nothing was written.")
    return writers[suffix]()


def _save(content: bytes, part: Path) -> None:
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sentence(out: Path, failure: OSError) -> str:
    cause = _CAUSES.get(failure.errno or 0, f"{failure.strerror}. Choose another place.")
    return f"“{out.name}” was not saved: {cause} The record itself is safe in the log."
