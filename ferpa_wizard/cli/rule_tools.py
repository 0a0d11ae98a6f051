"""`rules coverage`, `rules diff` and `rules handbook`: what an author of rules asks of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.core.coverage import coverage, coverage_lines
from ferpa_wizard.core.difference import difference, difference_lines
from ferpa_wizard.core.handbook import handbook
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.read_coverage import COVERAGE, Measure, ids_in, read_measure
from ferpa_wizard.core.read_pack import pack_from_bytes, read_pack
from ferpa_wizard.requests.rule_files import examples_of, overlays_of, profiles_of
from ferpa_wizard.requests.rule_requests import requests_of

_MADE = 250  # requests made from each pack under each profile


def tell_coverage(pack: Pack, folder: Path, args: argparse.Namespace) -> int:
    """Every paragraph and proposition; gaps on stdout, mistakes in coverage.yaml on stderr."""
    root, file = folder.parent, folder / COVERAGE
    measure = read_measure(file.read_bytes()) if file.exists() else Measure()
    overlays = {name for path in overlays_of(root) for name in ids_in(path.read_bytes(), path.name)}
    found = coverage(pack, measure, examples_of(root, pack), profiles_of(pack, root), overlays)
    _print(args, found.as_json(), coverage_lines(found))
    for mistake in found.mistakes:
        sys.stderr.write(f"{mistake}\n")
    return codes.MISMATCH if found.gaps or found.mistakes else codes.FINE


def tell_handbook(pack: Pack) -> int:
    sys.stdout.write("\n".join(handbook(pack)) + "\n")
    return codes.FINE


def tell_difference(args: argparse.Namespace) -> int:
    """Compare the two packs that are named, over the examples beside them and requests made from both."""
    one, other = map(_pack, args.places)
    roots = [place.parent if place.is_dir() else None for place in args.places]
    requests = [*requests_of(one, roots[0], _MADE), *requests_of(other, roots[1], _MADE)]
    found = difference(one, other, requests)
    _print(args, found.as_json(), difference_lines(found))
    return codes.MISMATCH if found.changed else codes.FINE


def _pack(place: Path) -> Pack:
    """A folder of rules, or a pack as it is stored beside a record."""
    return read_pack(place) if place.is_dir() else pack_from_bytes(place.read_bytes())


def _print(args: argparse.Namespace, plain: object, lines: Iterable[str]) -> None:
    if args.json:
        lines = [json.dumps(plain, ensure_ascii=False, sort_keys=True)]
    for line in lines:
        sys.stdout.write(f"{line}\n")
