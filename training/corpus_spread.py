"""How much a language's file holds and how its texts are spread, held against `corpus/bands.toml`.

Breadth is what a corpus teaches by; a file of one kind of text would pass every check of its rows.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from screener.facts.money import read_pay
from screener.indicators.catalog import shipped
from screener.text import normalise
from training.datasets import CORPUS, CorpusRow

TERSE, LONG = 160, 500
"""A terse text has at most, a long one more than so many letters."""
OFFICES = frozenset({"scam_office", "gambling", "crypto", "casino_hotel", "it"})
CLAIMS = frozenset({"named_employer", "work_permit_named", "formal_process", "licensed_agency", "government_scheme"})
"""What a text claims to look sound: a firm one can go to, a permit, steps before departure, a licence, a scheme."""
UNNAMED = frozenset({"employer_unnamed"})
HIGH_PAY = frozenset({"pay_above_market", "pay_lavish_promise"})
_DENSE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSITY = 2.2
"""Letters a Han, kana or Hangul character stands for: a text in them says as much in less than half the length."""


def letters(text: str) -> float:
    """Length of a text in letters of an alphabet."""
    return len(text) + (_DENSITY - 1) * len(_DENSE.findall(text))


@cache
def bands() -> dict[str, dict[str, Any]]:
    """The table of `corpus/bands.toml`: the volume of each language, then the bands of offers, lures, genuine ads."""
    return tomllib.loads((CORPUS / "bands.toml").read_text("utf-8"))


def spread(rows: Sequence[CorpusRow]) -> dict[str, dict[str, float]]:
    """Shares among all offers, among lures and among genuine ads, named as the bands are."""
    offers = [row for row in rows if row.label != "non_offer"]
    lures = [row for row in offers if row.label == "lure"]
    genuine = [row for row in offers if row.label == "genuine"]
    lengths = [letters(row.text) for row in offers]
    pairs = max(1, len({row.pair for row in offers}))
    return {
        "offers": {
            "terse": _share(length <= TERSE for length in lengths),
            "long": _share(length > LONG for length in lengths),
            "two-stage": _share(row.two_stage for row in offers),
            "with pay": _share(bool(read_pay(normalise(row.text).views[0], row.lang)) for row in offers),
            "largest channel": _largest(row.channel for row in offers),
            "largest destination": _largest(row.destination_country for row in offers),
            "roles a pair": len({row.role for row in offers}) / pairs,
        },
        "lures": {
            "subtle": _share(row.subtle for row in lures),
            "obfuscated": _share(row.obfuscated for row in lures),
            "private": _carrying(lures, {"personal_recruiter"}),
            "scam offices": _share(row.scenario in OFFICES for row in lures),
            "claiming": _carrying(lures, CLAIMS),
            "named firm": 1 - _carrying(lures, UNNAMED),
            "ordinary pay": 1 - _carrying(lures, HIGH_PAY),
        },
        "genuine": {
            "private": _carrying(genuine, {"personal_recruiter"}),
            "claiming nothing": 1 - _carrying(genuine, CLAIMS),
            "terse claiming nothing": 1 - _carrying([row for row in genuine if letters(row.text) <= TERSE], CLAIMS),
            "nothing protective": 1 - _carrying(genuine, shipped().labels("lowers")),
            "named firm": 1 - _carrying(genuine, UNNAMED),
            "abroad": _carrying(genuine, {"job_abroad"}),
        },
    }


def volume(rows: Sequence[CorpusRow]) -> tuple[int, int]:
    """Pairs, and texts that offer no job."""
    return len({row.pair for row in rows if row.pair}), sum(row.label == "non_offer" for row in rows)


def outside(rows: Sequence[CorpusRow], tag: str) -> Iterator[str]:
    """A line for each volume not reached and each share outside its band."""
    wanted = bands()["volume"].get(tag)
    if wanted is None:
        yield f"{tag}: bands.toml asks no volume of this language; give it one"
        return
    for name, held, least in zip(("pairs", "non-offers"), volume(rows), wanted, strict=True):
        if held < least:
            yield f"{tag}: {held} {name}, where bands.toml asks for {least}"
    for side, shares in spread(rows).items():
        for name, share in shares.items():
            low, high = bands()[side][name]
            if not low <= round(share, 2) <= high:
                yield f"{tag}: {side}, {name}: {share:.2f} is not within {low:.2f} and {high:.2f}"


def _share(told: Iterator[bool] | Collection[bool]) -> float:
    values = list(told)
    return sum(values) / len(values) if values else 0.0


def _carrying(rows: Sequence[CorpusRow], names: Collection[str]) -> float:
    return _share(not row.indicators.isdisjoint(names) for row in rows)


def _largest(values: Iterator[str | None]) -> float:
    counts = Counter(values)
    return max(counts.values()) / counts.total() if counts else 0.0
