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

from collections.abc import Iterable, Mapping

from screener.records import Obfuscation
from screener.text.disguise import undone
from screener.text.folding import folded, folded_ascii
from screener.text.invisible import find_hidden
from screener.text.lookalikes import find_lookalikes
from screener.text.view import Text, View
from screener.text.wrapped import unwrapped

__all__ = ["MAX_CHARACTERS", "Text", "View", "fold", "fold_all", "folds", "normalise", "offer_folds"]

MAX_CHARACTERS = 20_000
"""Code points of a text that are read; what follows is ignored."""

_CHUNK = MAX_CHARACTERS // 2
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
    view = unwrapped(view, read)
    clear, disguises = undone(view, read)
    obfuscations += disguises
    views = (view,) if clear is None else (view, folded(clear, set(clear.plain)))
    obfuscations.sort(key=lambda obfuscation: (obfuscation.start, obfuscation.end))
    return Text(received, views, tuple(obfuscations), truncated)


def fold(phrase: str) -> str:
    """Fold a phrase of a lexicon as `normalise` folds a text: ``normalise(phrase).views[0].plain``."""
    phrase = phrase[:MAX_CHARACTERS]
    if phrase.isascii():
        plain = folded_ascii(phrase)
        if "  " not in plain and "\r\n" not in phrase:
            return plain
    phrase = _without_surrogates(phrase)
    return folded(View(phrase), set(phrase)).plain


_folds: dict[str, str] = {}


def offer_folds(carried: Mapping[str, str]) -> None:
    """Hand over what `folds` gave, so that `fold_all` does not fold these phrases anew."""
    _folds.update(zip(carried["phrases"].split("\n"), carried["folded"].split("\n"), strict=True))


def folds(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases of one line each and what they fold to, as two columns of lines."""
    told = sorted(set(phrases))
    return {"phrases": "\n".join(told), "folded": "\n".join(_fold_all(told))}


def fold_all(phrases: Iterable[str]) -> list[str]:
    """Each phrase folded, of one line each; many at once, since folding has a price for each call."""
    asked = list(phrases)
    new = [phrase for phrase in asked if phrase not in _folds]
    anew = dict(zip(new, _fold_all(new), strict=True)) if new else {}
    return [anew[phrase] if phrase in anew else _folds[phrase] for phrase in asked]


def _fold_all(phrases: Iterable[str]) -> list[str]:
    result: list[str] = []
    chunk: list[str] = []
    size = 0
    for phrase in phrases:
        if size + len(phrase) > _CHUNK:
            result += fold("\n".join(chunk)).split("\n")
            chunk, size = [], 0
        chunk.append(phrase)
        size += len(phrase) + 1
    return result + fold("\n".join(chunk)).split("\n") if chunk else result


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 encoder takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text
