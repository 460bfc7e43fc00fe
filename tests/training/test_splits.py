from __future__ import annotations

from training.datasets import CorpusRow
from training.splits import folds, groups, near_duplicates


def row(number, text, pair=None, label="lure"):
    return CorpusRow(str(number), pair, label, "en", text, frozenset(), {})


def test_near_duplicates_are_found():
    texts = [
        "Typist wanted in Laos, USD 900, ask Lee",
        "typist wanted in laos, USD 950, ask Lee",
        "Cook for a hotel in Doha",
    ]
    assert list(near_duplicates(texts)) == [(0, 1)]


def test_pairs_and_near_duplicates_never_cross_a_split():
    rows = []
    for n in range(20):
        rows.append(row(2 * n, f"lure text {'abcdefghijklmnopqrst'[n] * 9} number", f"p{n}", "lure"))
        rows.append(row(2 * n + 1, f"genuine {'qrstuvwxyzabcdefghij'[n] * 9} ad", f"p{n}", "genuine"))
    group = groups(rows)
    for train, test in folds([r.lang for r in rows], group):
        assert not set(group[train]) & set(group[test])
    assert all(group[2 * n] == group[2 * n + 1] for n in range(20))
