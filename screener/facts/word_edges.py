"""Where a word of a list may stand in running text, by the script of its first and last letter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from screener.text.blocks import Blocks

_TOGETHER = Blocks((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0xA4CF), (0xF900, 0xFAFF))
"""Thai, Lao, Burmese, Khmer, Han and kana: words run together."""
_FREE_BEFORE = _TOGETHER | Blocks((0x0600, 0x077F), (0x1200, 0x139F), (0xFB50, 0xFEFF))
"""With Arabic and Ethiopic: words may carry particles before them."""
_FREE_AFTER = _TOGETHER | Blocks((0x0B80, 0x0BFF), (0x1200, 0x139F), (0xAC00, 0xD7AF))
"""With Tamil, Ethiopic and Hangul: words may carry endings."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Whether a word must begin and end where a word of the text does."""

    left: bool
    right: bool

    def stand(self, plain: str, start: int, end: int) -> bool:
        """Whether the word at ``start:end`` stands free where it must."""
        if self.left and start and joins(plain[start - 1]):
            return False
        return not (self.right and end < len(plain) and joins(plain[end]))


def edges_of(word: str) -> Edges:
    """The edges a word asks for: none at a sign, or at a letter of a script that lets words run into it."""
    return Edges(
        word[0].isalpha() and word[0] not in _FREE_BEFORE,
        word[-1].isalpha() and word[-1] not in _FREE_AFTER,
    )


def joins(character: str) -> bool:
    """Whether a neighbour belongs to the same word; a letter of a script without spaces does not."""
    if character.isascii():
        return character.isalnum()
    return (character.isalnum() or unicodedata.category(character)[0] == "M") and character not in _TOGETHER
