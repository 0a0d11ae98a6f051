"""Keys and signatures (Ed25519): making a pair, signing, and whose signature it is.

PyNaCl is loaded by the function that needs it: most starts of the program check no signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from ferpa_wizard.ledger.replacing import sync_file
from ferpa_wizard.paths import sync_folder
from ferpa_wizard.requests.errors import RequestsError

_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEAD = "FERPA Wizard private key. Whoever has it can sign rules. Keep it away from the share.\n"
_MOST = 4096  # bytes of a key file


class KeyFileError(RequestsError):
    """A key that cannot be read, made or used."""


def public_key(text: str) -> str:
    """A public key as it is compared: 64 digits and letters a to f. Raises KeyFileError for anything else."""
    key = "".join(text.split()).lower()
    if not is_public_key(key):
        raise KeyFileError(
            "This is no public key: 64 digits and letters a to f are expected. Nothing was changed. Copy the line that "
            "`rules keygen` printed."
        )
    return key


def is_public_key(text: str) -> bool:
    """Is it a public key in the form in which keys are compared?"""
    return _KEY.fullmatch(text) is not None


def fingerprint(key: str) -> str:
    """A short name of a public key, to read over the telephone."""
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:16]
    return " ".join(digits[place : place + 4] for place in range(0, 16, 4))


def make_key(out: Path) -> str:
    """Write a new private key, for nobody else to read, and give the public one. Raises KeyFileError."""
    from nacl.signing import SigningKey

    made = SigningKey.generate()
    try:
        # Never over another one: what was signed with that could not be signed again.
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{_HEAD}{bytes(made).hex()}\n".encode("ascii"))
            file.flush()
            sync_file(file.fileno())
        sync_folder(out.parent)
    except OSError as error:
        if isinstance(error, FileExistsError):
            why = "That file is there already, and was left as it is. Choose another name."
        else:
            why = f"{error.strerror}. Choose a folder that is there, and that you can write in."
        raise KeyFileError(f"No key was made: {out}: {why}") from error
    return bytes(made.verify_key).hex()


def signed(data: bytes, key_file: Path) -> tuple[bytes, str]:
    """A signature of these bytes as it stands in its file, and the public key that fits. Raises KeyFileError."""
    from nacl.signing import SigningKey

    key = SigningKey(_private(key_file))
    return base64.b64encode(key.sign(data).signature) + b"\n", bytes(key.verify_key).hex()


def signer(data: bytes, signature: bytes, keys: Iterable[str]) -> str:
    """Which of these public keys signed the bytes; empty where none did."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    raw = _raw(signature)
    for key in keys if raw else ():
        try:
            VerifyKey(bytes.fromhex(key)).verify(data, raw)
        except BadSignatureError:
            continue
        return key
    return ""


def _raw(signature: bytes) -> bytes:
    try:
        raw = base64.b64decode(signature.removesuffix(b"\n"), validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if len(raw) == 64 else b""  # noqa: PLR2004  bytes of any Ed25519 signature


def _private(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST).decode("ascii", "replace")
    except OSError as error:
        raise KeyFileError(
            f"The key {file} cannot be read: {error.strerror}. Nothing was written. Name the file that `rules keygen` "
            "made, as somebody who may read it."
        ) from error
    lines = [line for line in text.splitlines() if _KEY.fullmatch(line)]
    if not text.startswith(_HEAD) or len(lines) != 1:
        why = "It may be the public key, or cut short."
        raise KeyFileError(f"{file} holds no private key of this program. {why} Nothing was written.")
    return bytes.fromhex(lines[0])
