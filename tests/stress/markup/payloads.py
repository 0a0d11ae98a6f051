"""Forty texts that would do something if anything took them for more than text, and whether they are shown as they are.

Each stands between two marks that say which one it is, so that it is found again in whatever it was put into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

HOST = "names.stress.invalid"  # nothing may ask for it
MARKER = "MARKER-which-nothing-opens"  # nor open a file of this name
FILE = f"/dev/shm/{MARKER}.png"  # noqa: S108  a real one, so that it would be found
_URL, _HTTP = f"file://{FILE}", f"http://{HOST}"

PAYLOADS = (
    f'<img src="{_URL}">', f'<img src="{FILE}">', f'<img src="//{HOST}/share/a.png">', f'<img src="{_HTTP}/a.png">',
    f'<a href="{_HTTP}/">press</a>', f'<link rel="stylesheet" href="{_URL}">',
    f'<div style="background:url({_URL})">a</div>', f"<script>fetch('{_HTTP}')</script>",
    f'<svg><image xlink:href="{_URL}"/></svg>', f'<iframe src="{_URL}"></iframe>',
    f'<object data="{_URL}"></object>', f'<base href="{_HTTP}/">', "<b>bold</b><br>&lt;i&gt;",
    f'<meta http-equiv="refresh" content="0;url={_HTTP}">', f"![a]({_URL})", f"[press]({_HTTP})",
    f'#image("{FILE}")', f'#read("{FILE}")', f'#include "{FILE}"', "$ x^2 $ *strong* _slanted_ = head",
    "\\input{/etc/hosts} \\write18{id}", "{{ 7 * 7 }}", "{% include 'paper.css' %}", "{{ config.__class__ }}",
    "%n %1 %s %(x)s %d", "{0} {} {name!r}", "{\\rtf1\\ansi{\\field{\\*\\fldinst INCLUDEPICTURE}}}",
    "=cmd|' /C calc'!A0", f'=HYPERLINK("{_HTTP}","press")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1-1",
    f'-IMPORTXML("{_HTTP}","//a")', "A & B &File &&", "&amp; &#60; &nbsp; &copy;",
    f'<!DOCTYPE a [<!ENTITY b SYSTEM "{_URL}">]><a>b</a>', "]]><![CDATA[x]]>--><!--", "NULL null None undefined NaN",
    "a\u200eb\u200fc\u2060d", "W" * 120, "endobj /JavaScript (app.alert(1)) >> BT (x) Tj",
)  # fmt: skip
REFUSED = ("\x1b[31mred\x1b[0m", "a\u202eb\u202cc", "\x00", "\x07")
"""What no file of rules and no profile may hold."""
COUNT = len(PAYLOADS)
AT_ONCE = 20
_PIECES, _LEAST, _NEAR = 6, 2, 20_000  # how many, of how many characters, and how far apart
_NAMED = re.compile(r"‹U\+([0-9A-F]{4,6})›")
_OPENED = re.compile(r"7Q(\d\d):")


def marked(number: int) -> str:
    """One of them between its marks; more than there are begin anew."""
    return f"7Q{number % COUNT:02}:{PAYLOADS[number % COUNT]}:Q7"


def several(shift: int) -> str:
    """As many as a field of words takes, each on a line."""
    return "\n".join(map(marked, range(shift, shift + AT_ONCE)))


def printable(number: int) -> str:
    """The first of them from this number on that a name may be."""
    return next(text for text in map(marked, range(number, number + COUNT)) if text.isprintable())


def altered(texts: Iterable[str], *, spaced: bool = True, columns: bool = False) -> Iterator[tuple[int, str]]:
    """Of each payload that comes up its number, and what stands there instead; empty where it is as it was.

    What is cut off with an ellipsis is as it was up to there. Without `spaced`, white space and hyphens do not count,
    since lines were broken, and characters may be named by their number, as papers name those that hide. With
    `columns`, what goes over a page may be in pieces: each column ends before the next goes on.
    """
    for text in texts if spaced else map(_packed, texts):
        opened = list(_OPENED.finditer(text))
        for found, following in zip_longest(opened, opened[1:]):
            number = int(found[1])
            payload = PAYLOADS[number] if spaced else _packed(PAYLOADS[number])
            rest = text[found.end() : following.start() if following else None]
            shown, closed, _ = rest.partition(":Q7")
            cut = "…" in rest and f"{payload}:Q7".startswith(rest.partition("…")[0])
            whole = shown == payload if closed else cut
            in_pieces = columns and not whole and _in_pieces(f"{payload}:Q7", text[found.end() : found.end() + _NEAR])
            yield number, "" if whole or in_pieces else repr(rest[:80])


def _in_pieces(wanted: str, text: str) -> bool:
    """Does the text begin with it, and go on with what is missing, in its order, further on?"""
    at = next((at for at, (one, other) in enumerate(zip(wanted, text, strict=False)) if one != other), len(wanted))
    wanted = wanted[at:]
    for _ in range(_PIECES):
        if not wanted or wanted.startswith("…"):
            return True
        sizes = range(len(wanted), min(_LEAST, len(wanted)) - 1, -1)
        size = next((size for size in sizes if wanted[:size] in text[at:]), 0)
        if not size:
            return False
        at, wanted = text.index(wanted[:size], at) + size, wanted[size:]
    return not wanted


def _packed(text: str) -> str:
    packed = re.sub(r"[\s\u00ad-]+", "", text)
    return _NAMED.sub(lambda found: chr(int(found[1], 16)), packed)
