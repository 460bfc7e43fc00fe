"""Find disguises that leave no trace once a text is folded: invisible characters, direction controls, styled letters.

They are looked for in the text as received, since folding removes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import re2

from screener.records import Obfuscation
from screener.text.shape import LETTERS, WORD, shape

_HIDDEN = "zjhdvi"
_TRACES = frozenset(_HIDDEN + "<{sl")
_WORD = f"[{WORD}09]"
_HIDDEN_WORD = re2.compile(f"{_WORD}+(?:[{_HIDDEN}]+{_WORD}+)+")
_HIDDEN_RUN = re2.compile(f"([{LETTERS}09])[ml]*([{_HIDDEN}]+)([{LETTERS}09])")
_DIRECTED = re2.compile(r"[<{]([^>\n]*)>?")
_LINED = f"[{LETTERS}]m*l[ml]*"
_STYLED = re2.compile(rf"s[ml]*s[ml]*s[sml]*(?: s[sml]*)*|{_LINED}{_LINED}{_LINED}[{WORD}]*")
_SOFT_HYPHENATED = 3
"""Letters that soft hyphens leave together where a web page put them, to break long words."""


def find_hidden(received: str, letters: AbstractSet[str]) -> Iterator[Obfuscation]:
    """Find invisible characters inside words, misused direction controls and styled letters.

    Args:
        received: any text.
        letters: its different characters.

    Yields:
        Obfuscations of kind zero_width (the word), bidi_control (from the control to the end of what it governs) and
        styled_letters (the run of letters), each kind in order of place.
    """
    if _TRACES.isdisjoint(shape("".join(letters))):
        return
    kinds = shape(received)
    for match in _HIDDEN_WORD.finditer(kinds.encode()):
        start, end = match.span()
        if _is_hidden(kinds[start:end], received[start:end]):
            yield Obfuscation("zero_width", start, end)
    one_way = "r" not in kinds
    for match in _DIRECTED.finditer(kinds):
        governed = match.group(1)
        # Telephone numbers copied from an address book bring controls of their own, round digits.
        if not frozenset(LETTERS).isdisjoint(governed) and (one_way or match.group()[0] == "{"):
            yield Obfuscation("bidi_control", *match.span())
    for match in _STYLED.finditer(kinds):
        yield Obfuscation("styled_letters", *match.span())


def _is_hidden(kinds: str, word: str) -> bool:
    """Tell whether a word, given with its shape, holds an invisible character that its script does not ask for."""
    searched = kinds.encode()
    end = 0
    while match := _HIDDEN_RUN.search(searched, end):
        (first, _), (start, stop), (end, last) = match.span(1), match.span(2), match.span(3)
        before, hidden, after = kinds[first], kinds[start:stop], kinds[end:last]
        glued = word[first].islower() and word[end].isupper()  # two sentences of a web page
        if not glued and not _is_due(before + after, set(hidden), min(start, len(kinds) - end)):
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
