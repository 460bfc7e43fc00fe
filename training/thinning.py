"""What the detectors would find in a text that their wordings were not written on.

Wordings are written with the corpus in view, so there they find more than in a text nobody looked at. A model fitted
on that trusts the strong signs too much and gives the weak ones, which must help where a strong one was missed, too
little. So the weights are learned from copies of each row in which indicators are missed as often as in unseen rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from screener.indicators.catalog import Catalog
from screener.indicators.detectors import company

MISSED = 0.3
"""Share of what would be found in rows the writers of wordings had in view that is missed in rows kept from them: an
estimate made once, while the wordings were written; no command repeats it."""
COPIES = 6
"""Thinned copies of each row; more change the weights by less than their errors."""


def thinned(
    catalog: Catalog, found: Sequence[AbstractSet[str]], generator: np.random.Generator, missed: float = MISSED
) -> list[frozenset[str]]:
    """For each row the indicators that are still found when those with wordings may be missed; combinations follow."""
    combinations = {declaration.id: declaration for declaration in catalog if declaration.is_combination}
    worded = {declaration.id for declaration in catalog if declaration.wordings} - combinations.keys()

    def thin(row: Iterable[str]) -> frozenset[str]:
        kept = {name for name in sorted(row) if name not in worded or generator.random() >= missed}
        kept -= combinations.keys()
        return frozenset(kept | {name for name, each in combinations.items() if company(each, kept) is not None})

    return [thin(row) for row in found]
