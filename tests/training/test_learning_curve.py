"""The reference model learns from more pairs, pairs are drawn whole, languages are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from training.datasets import CorpusRow
from training.evaluate import Case
from training.learning_curve import SHARES, as_markdown, curve, drawn, language, largest

WORDS = "abcdefghijklmnopqrstuvwxyz"


def corpus(count):
    rows = []
    for n in range(count):
        filler = f"{WORDS[n % 26]}{WORDS[(n * 7) % 26]} {WORDS[(n * 3) % 26]}town"
        for label, text in (("lure", f"typist {filler} tell nobody"), ("genuine", f"typist {filler} with contract")):
            rows.append(CorpusRow(f"en-{n}-{label}", f"en-{n}", label, "en", text, frozenset(), {}))
    return rows


CASES = [
    Case("tell nobody about Laos", "lure", "en-GB"), Case("the contract comes before you fly", "genuine", "en"),
    Case("tell nobody, leave tonight", "lure", "en"), Case("a contract for a cook", "genuine", "tl"),
]  # fmt: skip


def test_points():
    points = list(curve(corpus(40), CASES))
    assert [point.share for point in points] == list(SHARES)
    assert [point.pairs for point in points] == [4, 10, 20, 40]
    assert points[-1].auc == pytest.approx(1)
    assert points[-1].recall == pytest.approx(1)
    assert points[-1].by_language == {"en": (2, 1, 1.0)}
    assert "| 100% | 40 | 1.000 | 1.000 | 1.00 |" in as_markdown(points)


def test_pairs_are_drawn_whole_and_from_each_language():
    rows = corpus(20)
    part = drawn(rows, 0.25, np.random.default_rng(1))
    assert len(part) == 10
    assert all(sum(other.pair == row.pair for other in part) == 2 for row in part)
    assert part != drawn(rows, 0.25, np.random.default_rng(2))


def test_languages():
    assert [language(Case("", "lure", tag)) for tag in ("zh-Hant", "pt-BR", "tl", "ko")] == [
        "zh-Hant",
        "pt",
        "fil",
        "ko",
    ]
    assert largest(CASES) == ["en"]
