"""Explained screening against a text classifier that explains nothing, and against the bare scan, on the same ads.

The ads are texts of the corpus (synthetic), joined to about 1.5 kB each. Every contender reads them one by one on one
core, as a service does; the best of the rounds counts. The cold start is that of `screener screen -`, from the start of
the process to the first byte of its answer, the median of several.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import IO, cast

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from screener import Screener
from screener.text import normalise
from training.datasets import CorpusRow, read_corpus

BYTES = 1500
STARTS = 7
AD = 300
"""Code points of the ads a process is started for."""
SAMPLE = 200
"""Corpus rows whose scores stand for the model's predictions."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """Ads a second of each contender."""

    ads: int
    screening: float
    tfidf: float
    tfidf_batch: float
    scan: float
    start: float
    """Seconds from the start of a process to the first byte of its answer."""

    def lines(self) -> list[str]:
        """The figures and their ratios, for a reader."""
        return [
            f"{self.ads} ads of about {BYTES} bytes, one core",
            f"explained screening                 {self.screening:10.0f} ads/s",
            f"TF-IDF(1,2) + LogisticRegression    {self.tfidf:10.0f} ads/s one by one",
            f"the same in one batch               {self.tfidf_batch:10.0f} ads/s",
            f"bare Aho-Corasick scan              {self.scan:10.0f} ads/s",
            f"screening / TF-IDF one by one       {self.screening / self.tfidf:10.2f}",
            f"screening / TF-IDF in one batch     {self.screening / self.tfidf_batch:10.2f}",
            f"time of screening / bare scan       {self.scan / self.screening:10.1f}",
            f"cold start of the command line      {self.start:10.2f} s",
        ]


def ads(rows: Sequence[CorpusRow], count: int) -> list[str]:
    """Texts joined, neighbours of one language, until each has about `BYTES` bytes."""
    joined, parts, size = [], [], 0
    for row in rows:
        parts.append(row.text)
        size += len(row.text.encode())
        if size >= BYTES:
            joined.append("\n".join(parts))
            parts, size = [], 0
    step = max(1, len(joined) // count)
    return joined[::step][:count]


def measure(count: int, rounds: int) -> Speeds:
    """Runs every contender over the same ads."""
    rows = [row for row in read_corpus() if row.label != "non_offer"]
    texts = ads(rows, count)
    screener = Screener.load()
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=300))
    model.fit([row.text for row in rows], [row.label == "lure" for row in rows])
    views = [normalise(text).views[0].plain for text in texts]
    scanner = screener.reader.scanner
    return Speeds(
        ads=len(texts),
        screening=_rate(lambda: [screener.screen(text) for text in texts], len(texts), rounds),
        tfidf=_rate(lambda: [model.predict_proba([text]) for text in texts], len(texts), rounds),
        tfidf_batch=_rate(lambda: model.predict_proba(texts), len(texts), rounds),
        scan=_rate(lambda: [scanner.bare(plain) for plain in views], len(texts), rounds),
        start=median(_cold_start(text) for text in texts[:STARTS]),
    )


def _cold_start(text: str) -> float:
    command = [sys.executable, "-m", "screener", "screen", "-"]
    with tempfile.TemporaryFile() as ad:
        ad.write(text[:AD].encode())
        ad.seek(0)
        started = perf_counter()
        with subprocess.Popen(command, stdin=ad, stdout=subprocess.PIPE) as process:
            if not cast("IO[bytes]", process.stdout).read(1):
                raise RuntimeError("screener screen - ended without an answer: nothing can be said of its start")
            return perf_counter() - started


def _rate(work: Callable[[], object], count: int, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = perf_counter()
        work()
        best = min(best, perf_counter() - started)
    return count / best


def predictions(screener: Screener) -> str:
    """Digest of the scores of a fixed sample of the corpus, to 4 decimals: the same model gives the same."""
    rows = sorted(read_corpus(), key=lambda row: hashlib.sha256(row.id.encode()).digest())[:SAMPLE]
    return prediction_digest(screener, (row.text for row in rows))


def prediction_digest(screener: Screener, texts: Iterable[str]) -> str:
    """SHA-256 of the rounded scores and bands of these texts."""
    answers = [(round(a.score, 4), a.band) for a in screener.screen_many(texts)]
    return hashlib.sha256(json.dumps(answers).encode()).hexdigest()


def run(*, short: bool) -> bool:
    """Prints the speeds; false where the shipped model no longer predicts what its manifest holds."""
    speeds = measure(60 if short else 600, 3 if short else 5)
    print("\n".join(speeds.lines()))
    screener = Screener.load()
    unchanged: bool = predictions(screener) == screener.manifest["predictions"]
    print(f"predictions of the shipped model: {'unchanged' if unchanged else 'CHANGED: fit the model again'}")
    return unchanged
