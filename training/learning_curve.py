"""Does more text still help? A reference text model, trained on growing parts of the corpus, on documented cases.

The reference model knows no indicators: character 2- to 5-grams and words, logistic regression. It is not served; what
it learns from more pairs shows what the corpus still has to teach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from training.datasets import CorpusRow
from training.evaluate import Case, recall

SHARES = (0.10, 0.25, 0.50, 1.00)
DRAWS = 3
"""A part of the corpus is drawn so often, and its figures averaged; the whole is drawn once."""
LANGUAGES = 8
_ALIKE = {"tl": "fil"}


@dataclass(frozen=True, slots=True)
class Point:
    """Figures of one share of the pairs, means over the draws. `by_language` has (lures, genuine, ROC-AUC)."""

    share: float
    pairs: int
    auc: float
    recall: float
    by_language: dict[str, tuple[int, int, float]]


def reference_model() -> Pipeline:
    """Character 2- to 5-grams and words, logistic regression."""
    pieces = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
        TfidfVectorizer(min_df=2, sublinear_tf=True),
    )
    return make_pipeline(pieces, LogisticRegression(C=10.0, max_iter=300, solver="liblinear"))


def curve(rows: Sequence[CorpusRow], cases: Sequence[Case], seed: int = 0) -> Iterator[Point]:
    """Trains on each share of every language's pairs, measures lures against genuine ads among the cases."""
    offers = [row for row in rows if row.pair is not None]
    languages = largest(cases)
    y = np.array([case.label == "lure" for case in cases])
    for share in SHARES:
        scores = []
        for draw in range(DRAWS if share < 1 else 1):
            part = drawn(offers, share, np.random.default_rng([seed, draw]))
            model = reference_model().fit([row.text for row in part], [row.label == "lure" for row in part])
            scores.append(model.predict_proba([case.text for case in cases])[:, 1])
        yield Point(
            share=share,
            pairs=len(part) // 2,
            auc=_mean_auc(y, scores),
            recall=float(np.mean([recall(each[y], each[~y]) for each in scores])),
            by_language={tag: _of_language(tag, cases, y, scores) for tag in languages},
        )


def largest(cases: Sequence[Case]) -> list[str]:
    """The languages with most cases among those that have lures and genuine ads, largest first."""
    tags = [language(case) for case in cases]
    both = {t for t in tags if len({c.label for c, tag in zip(cases, tags, strict=True) if tag == t}) > 1}
    return sorted(both, key=lambda tag: (-tags.count(tag), tag))[:LANGUAGES]


def language(case: Case) -> str:
    """The corpus language of a case: without its region."""
    tag = case.lang if case.lang.startswith("zh") else case.lang.split("-")[0]
    return _ALIKE.get(tag, tag)


def drawn(offers: Sequence[CorpusRow], share: float, chance: np.random.Generator) -> list[CorpusRow]:
    """A share of the pairs of each language, pairs whole."""
    chosen: set[str] = set()
    for tag in sorted({row.lang for row in offers}):
        pairs = sorted({row.pair for row in offers if row.lang == tag and row.pair is not None})
        count = max(1, round(share * len(pairs)))
        chosen.update(chance.permutation(pairs)[:count].tolist())
    return [row for row in offers if row.pair in chosen]


def _mean_auc(y: NDArray[np.bool_], scores: Sequence[NDArray[np.float64]]) -> float:
    return float(np.mean([roc_auc_score(y, each) for each in scores]))


def _of_language(
    tag: str, cases: Sequence[Case], y: NDArray[np.bool_], scores: Sequence[NDArray[np.float64]]
) -> tuple[int, int, float]:
    here = np.array([language(case) == tag for case in cases])
    return int((y & here).sum()), int((~y & here).sum()), _mean_auc(y[here], [each[here] for each in scores])


def as_markdown(points: Sequence[Point]) -> str:
    """One line for each share."""
    languages = points[-1].by_language
    heads = [f"{tag} ({lures}/{genuine})" for tag, (lures, genuine, _) in languages.items()]
    lines = [
        f"| share | pairs | ROC-AUC | recall at 5 % | {' | '.join(heads)} |",
        f"|{' --- |' * (4 + len(heads))}",
    ]
    for point in points:
        cells = [f"{point.by_language[tag][2]:.2f}" for tag in languages]
        lines.append(
            f"| {point.share:.0%} | {point.pairs} | {point.auc:.3f} | {point.recall:.3f} | {' | '.join(cells)} |"
        )
    return "\n".join(lines)
