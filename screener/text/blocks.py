"""Ranges of Unicode's code points."""

from __future__ import annotations

from bisect import bisect_right


class Blocks:
    """Ranges of code points that do not overlap, each from its first to its last.

    >>> "ก" in Blocks((0x0E00, 0x0E7F))
    True
    """

    __slots__ = ("_bounds", "_ranges")

    def __init__(self, *ranges: tuple[int, int]) -> None:
        self._ranges = ranges
        self._bounds = [bound for first, last in sorted(ranges) for bound in (first, last + 1)]

    def __contains__(self, character: str) -> bool:
        return bisect_right(self._bounds, ord(character)) % 2 == 1

    def __or__(self, other: Blocks) -> Blocks:
        """Both together."""
        return Blocks(*self._ranges, *other._ranges)
