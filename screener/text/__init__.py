"""Read a text so that what is meant alike looks alike, without losing where each letter came from.

`normalise` gives the readings of an advertisement, `fold` reads a phrase of a lexicon the same way.

>>> text = normalise("Gａｍｂling  SIT\u200bE, kasinо")
>>> text.views[0].plain
'gambling site, kasino'
>>> text.views[0].span(9, 13)
(10, 15)
>>> [obfuscation.kind for obfuscation in text.obfuscations]
['zero_width', 'look_alike']
"""

from __future__ import annotations

from screener.records import Obfuscation
from screener.text.disguise import undone
from screener.text.folding import folded, folded_ascii
from screener.text.invisible import find_hidden
from screener.text.lookalikes import find_lookalikes
from screener.text.view import Text, View

__all__ = ["MAX_CHARACTERS", "Text", "View", "fold", "normalise"]

MAX_CHARACTERS = 20_000
"""Code points of a text that are read; what follows is ignored."""

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def normalise(received: str) -> Text:
    """Fold a text and undo what disguises its letters.

    Args:
        received: any string; lone surrogates are read as U+FFFD.

    Returns:
        The readings and the obfuscations found, all offsets in code points of `received`.
    """
    truncated = len(received) > MAX_CHARACTERS
    read = received[:MAX_CHARACTERS] if truncated else received
    obfuscations: list[Obfuscation] = []
    view = View(folded_ascii(read)) if read.isascii() else None
    if view is None or "  " in view.plain or "\r\n" in read:
        read = _without_surrogates(read)
        letters = set(read)
        view = folded(View(read), letters)
        obfuscations += find_hidden(read, letters)
        obfuscations += (Obfuscation("look_alike", start, end) for start, end, _ in find_lookalikes(read, letters))
    clear, disguises = undone(view, read)
    obfuscations += disguises
    views = (view,) if clear is None else (view, folded(clear, set(clear.plain)))
    obfuscations.sort(key=lambda obfuscation: (obfuscation.start, obfuscation.end))
    return Text(received, views, tuple(obfuscations), truncated)


def fold(phrase: str) -> str:
    """Fold a phrase of a lexicon as `normalise` folds a text: ``normalise(phrase).views[0].plain``."""
    phrase = _without_surrogates(phrase[:MAX_CHARACTERS])
    return folded(View(phrase), set(phrase)).plain


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 encoder takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text
