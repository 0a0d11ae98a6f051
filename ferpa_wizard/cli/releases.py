"""`rules keygen`, `rules pack` and `rules verify`: signed rules for all desks of a district."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.plain import plain
from ferpa_wizard.cli.rule_overlays import broken_requests
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.release import ReleaseRefused
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.requests.packing import Checked, Wanted, pack, read_folder, verified
from ferpa_wizard.requests.release_files import ReleaseUnreachable
from ferpa_wizard.requests.rules import Sent
from ferpa_wizard.requests.signing import fingerprint, make_key, public_key


def releases(args: argparse.Namespace) -> int:
    return {"keygen": _keygen, "pack": _pack, "verify": _verify}[args.what](args)


def _keygen(args: argparse.Namespace) -> int:
    key = make_key(args.out)
    sys.stdout.write(f"Private key: {args.out}. Keep it and a copy away from the share.\n")
    sys.stdout.write(f"Public key: {key}\nFingerprint: {fingerprint(key)}\n")
    return codes.FINE


def _pack(args: argparse.Namespace) -> int:
    files, sent = read_folder(args.folder)
    if mistakes := _broken(sent, args.folder):
        sys.stderr.write("".join(f"{one}\n" for one in mistakes))
        return codes.MISMATCH
    title = args.title or (sent.district.profile.school if sent.district else "") or f"Release {args.release}"
    wanted = Wanted(args.release, args.day or date.today().isoformat(), title, args.out)  # noqa: DTZ011  their day
    manifest, key = pack(files, wanted, args.key)
    holds = counted(len(files), "file")
    sys.stdout.write(f"Release {manifest.release}, {manifest.title}, of {manifest.day}: {holds}.\n")
    sys.stdout.write(f"Written: {args.out}\nPublic key: {key}\nFingerprint: {fingerprint(key)}\n")
    return codes.FINE


def _broken(sent: Sent, folder: Path) -> list[Mistake]:
    """Laws of the engine that requests break under these rules and overlays, by the profile of each school."""
    schools = [sent.district.profile, *map(sent.district.of, sent.district.schools)] if sent.district else []
    last = next((path.name for path in reversed(sent.overlays)), "")
    return broken_requests(sent.pack, folder / last, schools)


def _verify(args: argparse.Namespace) -> int:
    key = public_key(args.key)
    try:
        found = verified(args.folder, [key])
    except ReleaseUnreachable as error:
        return _refused(args, str(error), codes.DISK)
    except (ReleaseRefused, RulesError, DocumentError) as error:
        return _refused(args, f"{args.folder} is no release for this key. {error}", codes.REFUSED)
    told = _told(found)
    if args.json:
        sys.stdout.write(json.dumps({"ok": True, **told}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(told)))
    return codes.FINE


def _refused(args: argparse.Namespace, reason: str, code: int) -> int:
    if args.json:
        sys.stdout.write(json.dumps({"ok": False, "says": reason}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{reason}\n")
    return code


def _told(found: Checked) -> dict[str, object]:
    manifest, sent = found.manifest, found.sent
    return {
        "release": manifest.release,
        "title": manifest.title,
        "day": manifest.day,
        "key": found.key,
        "fingerprint": fingerprint(found.key),
        "pack": {"id": sent.pack.id, "version": sent.pack.version, "sha256": sent.pack.sha256},
        "overlays": [one.title for one in sent.pack.overlays],
        "profile": sent.district.profile.school if sent.district else "",
        "schools": list(sent.schools),
        "papers": list(found.papers),
        "files": [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in manifest.files],
    }


def _lines(told: dict[str, object]) -> Iterator[str]:
    for name, value in told.items():
        if name == "files" and isinstance(value, list):
            yield from (f"file: {one['path']}, {one['size']} bytes" for one in value)
        else:
            yield f"{name}: {plain(value)}"
