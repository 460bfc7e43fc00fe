"""A reading of a text that always knows where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.records import Obfuscation

Edit = tuple[int, int, str]
"""Replace ``plain[start:end]`` (never empty) by a string, which may be empty: ``(start, end, string)``."""


@dataclass(frozen=True, slots=True)
class View:
    """One folded reading of a text and its map back to the text as received.

    ``plain[i]`` came from ``received[starts[i]:ends[i]]``. Both are None where the map is the identity, and both
    never decrease. Several characters may come from one (``ß`` is read ``ss``) and one from several (a letter and its
    accent), and characters that were dropped belong to no place of their own.
    """

    plain: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the text as received that ``plain[start:end]`` was read from.

        Args:
            start: first code point in `plain`, from 0.
            end: one past the last code point in `plain`; ``start < end <= len(plain)``.

        Returns:
            ``(start, end)`` in the text as received.
        """
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as received and the ways it is read.

    ``views[0]`` is the text with its letters folded. ``views[1]``, where there is one, is the same with disguised
    letters undone. Only the first `MAX_CHARACTERS` code points are read; `truncated` says that there were more.
    """

    received: str
    views: tuple[View, ...]
    obfuscations: tuple[Obfuscation, ...] = ()
    truncated: bool = False


def edited(view: View, edits: Iterable[Edit]) -> View:
    """Apply edits to a view, keeping the map to the text as received exact.

    Args:
        view: what is edited.
        edits: in order of their start, not overlapping, none of them empty ranges.

    Returns:
        The edited view, the same one where there is nothing to edit. Where an edit keeps the length, letters keep
        their own places; otherwise each new character stands for the whole range that was replaced.
    """
    plain = view.plain
    old_starts: Sequence[int] = range(len(plain)) if view.starts is None else view.starts
    old_ends: Sequence[int] = range(1, len(plain) + 1) if view.ends is None else view.ends
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    same_length = True
    for start, end, new in edits:
        pieces += plain[done:start], new
        starts.extend(old_starts[done:start])
        ends.extend(old_ends[done:start])
        if len(new) == end - start:
            starts.extend(old_starts[start:end])
            ends.extend(old_ends[start:end])
        else:
            same_length = False
            starts.extend([old_starts[start]] * len(new))
            ends.extend([old_ends[end - 1]] * len(new))
        done = end
    if done == 0:
        return view
    pieces.append(plain[done:])
    if same_length:
        return View("".join(pieces), view.starts, view.ends)
    starts.extend(old_starts[done:])
    ends.extend(old_ends[done:])
    return View("".join(pieces), starts, ends)
