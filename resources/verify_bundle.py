"""Check a bundle of FERPA Wizard without FERPA Wizard.

    python verify_bundle.py BUNDLE.zip [--head SEAL] [--json]

One file for Python 3.8 or newer, sharing no line with the program that it checks.

A bundle is a .zip: manifest.json with the SHA-256 of every other file, one file of JSON Lines for each chain of
entries, and the rules that the decisions name. A line holds the header of an entry, its body, its salt and its seal.
The header holds the SHA-256 of salt and body, and the SHA-256 of the header before it; the first one holds 64 zeros
there. So no header and no body can change, go, come in between or change places without a hash that no longer fits. A
body may be missing where a later entry of kind "purge" names its sequence, and where the manifest says how many were
left out: a bundle of a search holds the texts of that search alone. Cutting entries off the END breaks no hash, and
whoever writes a bundle writes its manifest: give a seal that was printed or sent elsewhere as --head, and it must be
found in one of the chains.

Exit codes
    0   everything matches
    1   something does not match; the first entry of each chain that fails is named
    2   the file cannot be read as a bundle (or the command line is wrong)
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sys
import zipfile
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_BYTES = 64 * 1024 * 1024
LINE_BYTES = 256 * 1024 * 1024
ZEROS = "0" * 64
OK, DIFFERS, UNREADABLE = 0, 1, 2
WORDS = {OK: "matches", DIFFERS: "does-not-match", UNREADABLE: "cannot-read"}
HEADER_FIELDS = ["body", "installation", "kind", "previous", "sequence", "time"]
FORMS = {
    "body": r"[0-9a-f]{64}",
    "installation": r"[0-9a-f]{32}",
    "kind": r"[a-z][a-z-]{0,31}",
    "previous": r"[0-9a-f]{64}",
    "time": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z",
}
COUNTED = ("entries", "first", "last", "head", "texts", "withheld")
READING_ERRORS = (OSError, ValueError, RecursionError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile)


class DiffersError(Exception):
    """Something does not match; the sentence says what."""


class Chain:
    """What was read of one chain."""

    def __init__(self, installation: str) -> None:
        self.installation = installation
        self.entries = 0
        self.head = ZEROS
        self.texts = 0
        self.empty: set[int] = set()
        self.named: set[int] = set()
        self.rules: set[str] = set()
        self.seals_found = False

    def add(self, raw: bytes, head: str | None) -> None:
        """Take the next line. Raises DiffersError when it is not the entry that must come here."""
        expected = self.entries + 1
        name = f"Entry {expected} of desk {self.installation}"
        line = read_line(raw)
        if line is None:
            raise DiffersError(f"{name} is not written as the program writes entries.")
        header = line["header"]
        seal = hashlib.sha256(canonical(header)).hexdigest()
        if header["sequence"] != expected:
            raise DiffersError(f"{name} is missing.")
        if header["installation"] != self.installation:
            raise DiffersError(f"{name} belongs to another desk.")
        if header["previous"] != self.head:
            raise DiffersError(f"{name} does not continue the entry before it.")
        if line["seal"] != seal:
            raise DiffersError(f"{name} has another seal than its header.")
        self.take_text(line, header, name)
        self.entries, self.head = expected, seal
        self.seals_found = self.seals_found or seal == head

    def take_text(self, line: dict[str, Any], header: dict[str, Any], name: str) -> None:
        body, salt, sequence = line["body"], line["salt"], header["sequence"]
        if body is None and salt is None:
            self.empty.add(sequence)
            return
        if not isinstance(salt, str) or not re.fullmatch("[0-9a-f]{64}", salt) or not isinstance(body, dict):
            raise DiffersError(f"{name} has a text that cannot be read.")
        if hashlib.sha256(bytes.fromhex(salt) + canonical(body)).hexdigest() != header["body"]:
            raise DiffersError(f"{name} has a text that was changed after it was sealed.")
        self.texts += 1
        if header["kind"] == "purge" and isinstance(body.get("entries"), list):
            self.named.update(one for one in body["entries"] if type(one) is int and one < sequence)
        pack = body.get("pack")
        if header["kind"] == "decision" and isinstance(pack, dict) and isinstance(pack.get("sha256"), str):
            self.rules.add(pack["sha256"])

    def compare(self, said: dict[str, Any]) -> list[str]:
        """What the manifest says of this chain against what is there."""
        there = {
            "entries": self.entries,
            "first": 1 if self.entries else None,
            "last": self.entries or None,
            "head": self.head,
            "texts": self.texts,
        }
        desk = f"Of desk {self.installation}"
        problems = [f"{desk} the manifest says another {name}." for name in there if said[name] != there[name]]
        withheld, unnamed = said["withheld"], sorted(self.empty - self.named)
        if type(withheld) is not int or not len(unnamed) <= withheld <= len(self.empty):
            which = f", the first in entry {unnamed[0]}" if unnamed else ""
            problems.append(f"{desk} texts are missing that no purge and no manifest accounts for{which}.")
        return problems


class Report:
    """What is known so far."""

    def __init__(self) -> None:
        self.code = OK
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.chains: list[dict[str, Any]] = []

    def add(self, code: int, sentence: str) -> None:
        self.code = max(self.code, code)
        self.problems.append(sentence)

    def as_json(self) -> dict[str, Any]:
        return {
            "verdict": WORDS[self.code],
            "problems": self.problems,
            "notes": self.notes,
            "chains": self.chains,
        }

    def __str__(self) -> str:
        lines = [
            f"Desk {one['installation']}: {one['entries']} entries, {one['texts']} texts. Head: {one['head']}"
            for one in self.chains
        ]
        return "\n".join([*self.problems, *self.notes, *lines])


def check(path: pathlib.Path, head: str | None = None) -> Report:
    """The report on this file. `head` is a seal of 64 characters that must be in one of the chains."""
    report = Report()
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = read_manifest(bundle)
            check_members(bundle, manifest, report)
            check_chains(bundle, manifest, report, head)
    except DiffersError as error:
        report.add(DIFFERS, str(error))
    except READING_ERRORS as error:
        report.add(UNREADABLE, f"The file cannot be read as a bundle ({error}).")
    return report


def read_manifest(bundle: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, in its form. Raises ValueError, KeyError for a file without one."""
    if any(one.compress_type != zipfile.ZIP_STORED for one in bundle.infolist()):
        raise ValueError("files in it are compressed, which those of a bundle never are")
    if bundle.namelist().count(MANIFEST) != 1:
        raise ValueError("there is no manifest.json in it")
    with bundle.open(MANIFEST) as member:
        manifest = json.loads(member.read(MANIFEST_BYTES).decode("utf-8"))
    if not isinstance(manifest, dict) or type(manifest.get("format")) is not int:
        raise ValueError("its manifest is none")
    if manifest["format"] != FORMAT:
        raise ValueError(f"it has format {manifest['format']}; this verifier knows {FORMAT}")
    chains, members, missing = (manifest.get(name) for name in ("chains", "members", "rules_missing"))
    told = isinstance(chains, list) and isinstance(members, dict) and isinstance(missing, list)
    if not told or not all(map(is_a_chain, chains)):
        raise ValueError("its manifest does not tell what is in it")
    return manifest


def is_a_chain(said: object) -> bool:
    return (
        isinstance(said, dict)
        and all(name in said for name in (*COUNTED, "installation", "file"))
        and isinstance(said["installation"], str)
        and re.fullmatch(FORMS["installation"], said["installation"]) is not None
        and said["file"] == f"chains/{said['installation']}.jsonl"
    )


def check_members(bundle: zipfile.ZipFile, manifest: dict[str, Any], report: Report) -> None:
    """Is every file there that the manifest names, once and with its SHA-256, and none besides?"""
    names = collections.Counter(name for name in bundle.namelist() if name != MANIFEST)
    said = manifest["members"]
    for name in sorted(set(names) | set(said)):
        if names[name] > 1:
            report.add(DIFFERS, f"The file {name!r} is there more than once.")
        elif name not in said:
            report.add(DIFFERS, f"The file {name!r} is not named in the manifest.")
        elif name not in names:
            report.add(DIFFERS, f"The file {name!r} is missing.")
        elif sha256_of(bundle, name) != said[name]:
            report.add(DIFFERS, f"The file {name!r} was changed.")
        elif name.startswith("rules/") and name != f"rules/{said[name]}.json":
            report.add(DIFFERS, f"The rules in {name!r} have another SHA-256 than their name.")
    files = [one["file"] for one in manifest["chains"]]
    if len(files) != len(set(files)) or set(files) != {name for name in said if name.startswith("chains/")}:
        report.add(DIFFERS, "The manifest does not name each chain once.")


def sha256_of(bundle: zipfile.ZipFile, name: str) -> str:
    hashed = hashlib.sha256()
    try:
        with bundle.open(name) as member:
            for part in iter(lambda: member.read(1 << 20), b""):
                hashed.update(part)
    except zipfile.BadZipFile:
        return ""  # its bytes do not have the check sum that the .zip names
    return hashed.hexdigest()


def check_chains(bundle: zipfile.ZipFile, manifest: dict[str, Any], report: Report, head: str | None) -> None:
    named, read = set(bundle.namelist()), set()
    found = head in (None, ZEROS)
    for said in manifest["chains"]:
        if said["file"] not in named or said["file"] in read:
            continue  # told already
        read.add(said["file"])
        chain = Chain(said["installation"])
        try:
            with bundle.open(said["file"]) as member:
                follow(chain, member, head)
            problems = chain.compare(said)
            problems += [
                f"The rules {one} that a decision of desk {chain.installation} names are not in the bundle."
                for one in sorted(chain.rules)
                if f"rules/{one}.json" not in named and one not in manifest["rules_missing"]
            ]
        except (DiffersError, zipfile.BadZipFile) as error:
            problems = [str(error)]
        for problem in problems:
            report.add(DIFFERS, problem)
        found = found or chain.seals_found
        withheld = len(chain.empty - chain.named)
        if withheld and not problems:
            report.notes.append(f"Of desk {chain.installation}, {withheld} texts were left out on purpose.")
        report.chains.append(
            {"installation": chain.installation, "entries": chain.entries, "texts": chain.texts, "head": chain.head}
        )
    if not found:
        report.add(
            DIFFERS, "The head that was kept elsewhere is in none of the chains: an end was cut off, or replaced."
        )


def follow(chain: Chain, member: IO[bytes], head: str | None) -> None:
    """Read the lines of one chain. Raises DiffersError at the first that fails."""
    while True:
        raw = member.readline(LINE_BYTES)
        if not raw:
            return
        chain.add(raw, head)


def read_line(raw: bytes) -> dict[str, Any] | None:
    """What a line holds; None unless it is exactly what the program would write."""
    try:
        line = json.loads(raw.decode("utf-8"))
        if not isinstance(line, dict) or sorted(line) != ["body", "header", "salt", "seal"]:
            return None
        if canonical(line) + b"\n" != raw or not is_a_header(line["header"]):
            return None
    except (ValueError, RecursionError):
        return None
    return line


def is_a_header(header: object) -> bool:
    if not isinstance(header, dict) or sorted(header) != HEADER_FIELDS:
        return False
    if type(header["sequence"]) is not int or not 0 < header["sequence"] < 2**53:
        return False
    return all(
        isinstance(header[field], str) and re.fullmatch(form, header[field]) is not None
        for field, form in FORMS.items()
    )


def canonical(value: object) -> bytes:
    """The bytes that are hashed. Raises ValueError for what has none."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def seal(text: str) -> str:
    """A head as it is typed from paper."""
    squeezed = "".join(text.split()).lower()
    if not re.fullmatch("[0-9a-f]{64}", squeezed):
        raise argparse.ArgumentTypeError("a seal has 64 characters, digits and the letters a to f")
    return squeezed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a bundle of FERPA Wizard without FERPA Wizard.")
    parser.add_argument("bundle", type=pathlib.Path, help="the .zip file")
    parser.add_argument("--head", type=seal, help="a seal that was kept elsewhere and must be in a chain")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    report = check(options.bundle, options.head)
    shown = json.dumps(report.as_json()) if options.json else str(report)
    sys.stdout.write(shown.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    return report.code


if __name__ == "__main__":
    sys.exit(main())
