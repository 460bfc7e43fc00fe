"""Undo letters that are disguised: spaced out, split by signs, or written with digits and signs (leet).

Undoing is generous where it does no harm, since the undone reading stands beside the plain one and only adds words to
be found. Reporting is strict: an honest "min1year", "24/7" or "U.A.E." is no obfuscation.
"""

from __future__ import annotations

import re2

from screener.records import Obfuscation
from screener.text.finding import Finding
from screener.text.leet import find_leet
from screener.text.shape import shape
from screener.text.spelled import find_cut, find_spelled
from screener.text.view import View, edited

# One cheap search over UTF-8 tells honest text, which is nearly all of it, from text worth a closer look. It errs only
# on the safe side: a byte above 0x7F may be part of any letter, E2 and F0 begin signs and emoji.
_LATIN_1 = re2.Options()
_LATIN_1.encoding = re2.Options.Encoding.LATIN1
_BEFORE, _AFTER = rb"(?:^|[^a-z0-9\x80-\xff])", rb"(?:[^a-z0-9\x80-\xff]|[\xe2\xf0]|$)"
_UNIT = rb"(?:[a-z]|[\xc3-\xdf][\x80-\xbf]|[\xe3-\xed][\x80-\xbf][\x80-\xbf]|(?:[\xe0\xe1][\x80-\xbf][\x80-\xbf]){1,3})"
_SIGN = rb"(?:[*_|~]|\xc2\xb7|\xe2[\x80-\xbf][\x80-\xbf]|\xf0\x9f[\x80-\xbf][\x80-\xbf])"
_SUSPICIONS = (
    rb"[a-z\x80-\xbf](?:[013457@$!]|\xe2\x82\xac|\xc2[\xa3\xa5])[a-z\xc3-\xc9\xe1]",  # w0rk, k@sino
    _BEFORE + rb"[013457$][a-z\xc3-\xc9\xe1]",  # 0nline
    rb"[a-z\x80-\xbf]" + _SIGN + rb"+[a-z\xc3-\xe1\xe3-\xed]",  # cas*ino
    _BEFORE + _UNIT + rb"\.[a-z\xc3-\xed]",  # c.asino, c.a.s.i.n.o
    _BEFORE + _UNIT + b" " + _UNIT + b" " + _UNIT + _AFTER,  # c a s i n o
    _BEFORE + _UNIT + rb"[/+'\-]" + _UNIT + rb"[/+'\-]" + _UNIT + _AFTER,  # c-a-s-i-n-o
)
_SUSPECT = re2.compile(b"|".join(_SUSPICIONS), _LATIN_1)


def undone(view: View, received: str) -> tuple[View | None, list[Obfuscation]]:
    """Undo the disguised letters of a folded view.

    Args:
        view: a view that `screener.text.folding.folded` gave.
        received: the text it was read from, whose capitals tell glued words and codes from disguises.

    Returns:
        The view with the disguise undone (None where nothing is disguised) and the obfuscations that are certain, with
        offsets in the text as received.
    """
    if _SUSPECT.search(view.plain.encode()) is None:
        return None, []
    kinds = shape(view.plain)
    findings = _without_overlap(
        [*find_leet(view, kinds, received), *find_spelled(view, kinds, received), *find_cut(view, kinds, received)]
    )
    if not findings:
        return None, []
    leet_is_sure = sum(finding.kind == "leet" for finding in findings) > 1
    obfuscations = [
        Obfuscation(finding.kind, *view.span(finding.start, finding.end))
        for finding in findings
        if finding.sure or (leet_is_sure and finding.kind == "leet")
    ]
    return edited(view, [(finding.start, finding.end, finding.undone) for finding in findings]), obfuscations


def _without_overlap(findings: list[Finding]) -> list[Finding]:
    """Keep the first and longest of overlapping findings."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
