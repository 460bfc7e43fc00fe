"""Find disguises that leave no trace once a text is folded: invisible characters, direction controls, styled letters.

They are looked for in the text as received, since folding removes them.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from screener.records import Obfuscation
from screener.text.shape import LETTERS, WORD, shape

_HIDDEN = "zjhdvi"
_TRACES = frozenset(_HIDDEN + "<{sl")
_WORD = f"[{WORD}09]"
_HIDDEN_WORD = re2.compile(f"{_WORD}+(?:[{_HIDDEN}]+{_WORD}+)+")
_HIDDEN_RUN = re2.compile(f"([{LETTERS}09])[ml]*([{_HIDDEN}]+)([{LETTERS}09])")
_DIRECTED = re2.compile(r"[<{]([^>\n]*)>?")
_STYLED = re2.compile(rf"s[ml]*s[ml]*s[sml]*|[{LETTERS}]m*l[ml]*[{LETTERS}]m*l[ml]*[{LETTERS}]m*l[{WORD}]*")
_SOFT_HYPHENATED = 3
"""Letters that soft hyphens leave together where a web page put them, to break long words."""


def find_hidden(received: str) -> Iterator[Obfuscation]:
    """Find invisible characters inside words, misused direction controls and styled letters.

    Args:
        received: any text.

    Yields:
        Obfuscations of kind zero_width (the word), bidi_control (from the control to the end of what it governs) and
        styled_letters (the run of letters), each kind in order of place.
    """
    kinds = shape(received)
    if _TRACES.isdisjoint(kinds):
        return
    for match in _HIDDEN_WORD.finditer(kinds):
        if _is_hidden(match.group()):
            yield Obfuscation("zero_width", *match.span())
    one_way = "r" not in kinds
    for match in _DIRECTED.finditer(kinds):
        governed = match.group(1)
        # Telephone numbers copied from an address book bring controls of their own, round digits.
        if not frozenset(LETTERS).isdisjoint(governed) and (one_way or match.group()[0] == "{"):
            yield Obfuscation("bidi_control", *match.span())
    for match in _STYLED.finditer(kinds):
        yield Obfuscation("styled_letters", *match.span())


def _is_hidden(word: str) -> bool:
    """Tell whether a word, given by its shape, holds an invisible character that its script does not ask for."""
    end = 0
    while match := _HIDDEN_RUN.search(word, end):
        before, hidden, after = match.groups()
        end = match.start(3)
        if not _is_due(before + after, set(hidden), min(match.start(2), len(word) - end)):
            return True
    return False


def _is_due(beside: str, hidden: set[str], part: int) -> bool:
    """Tell whether invisible characters belong between two letters, `part` letters from the nearer end of the word."""
    if hidden <= {"z", "j"} and "u" in beside:
        return True  # word ends in scripts without spaces
    if hidden == {"j"}:
        return not {"r", "o"}.isdisjoint(beside)
    if hidden == {"d"}:
        return "r" in beside or {"0", "9"} >= set(beside)
    if hidden == {"h"}:
        return part >= _SOFT_HYPHENATED
    return hidden == {"v"} and "a" not in beside
