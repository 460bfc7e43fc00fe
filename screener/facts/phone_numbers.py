"""Which runs of digits are telephone numbers, and the country of an international one.

A number may be masked ("081x-xxxx-0000", "138****0721") or made up, so its shape and the words around it decide, not a
register of valid numbers. Prices, dates, clock times and licence numbers are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import re2

from screener.facts.name_words import load_table
from screener.text import fold_all

MASKS = "x*•"
"""Signs that stand for a digit left out."""

_NO_NUMBER = (
    r"^[0-9]{1,2}[.][0-9]{2} ?- ?[0-9]{1,2}[.][0-9]{2}"
    r"|^[0-9]{1,2}[.-][0-9]{1,2}[.-](?:19|20)[0-9]{2}$"
    r"|^(?:19|20)[0-9]{2}[.-][0-9]{1,2}[.-][0-9]{1,2}$"
    r"|^(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}$"
    r"|^[1-9][0-9]{1,3}00 ?- ?[1-9][0-9]{1,4}00$"
)
"""Clock times, dates, spans of years, and ranges of round sums such as "3000-6000"."""
_FICTION = re2.compile("1(?:555)?55501[0-9]{2}")
"""North American numbers that are given to nobody, which stand where a true one was taken out."""
_CALL_WINDOW = 14
_MONEY_WINDOW = 8


class _Words(NamedTuple):
    call: tuple[str, ...]
    other_before: tuple[str, ...]
    other_after: tuple[str, ...]
    dialling: Mapping[str, str]


def is_number(plain: str, start: int, end: int) -> bool:
    """Whether the digits and masks at ``start:end`` of a folded text are a telephone number."""
    words = _words()
    piece = plain[start:end].strip(" .-")
    digits = sum(map(str.isdigit, piece))
    masks = sum(map(piece.count, MASKS))
    if not 7 <= digits + masks <= 15 or digits < 2 or _is_attached(plain, start) or _no_number().search(piece):
        return False
    if _calling_code(piece) is not None:
        return True
    before = plain[max(0, start - _CALL_WINDOW) : start].rstrip(" :.-(")
    after = plain[end : end + _MONEY_WINDOW].lstrip(" ")
    if before.endswith(words.other_before) or after.startswith(words.other_after):
        return False
    if masks:
        return masks >= 2
    called = before.endswith(words.call) and any(_ends_with_word(before, word) for word in words.call)
    return _is_national(piece, digits, called)


def country_of_number(piece: str) -> str | None:
    """The country of an international number's calling code; None for a national number, or one for use in fiction."""
    code = _calling_code(piece)
    if code is None or _FICTION.fullmatch(code):
        return None
    dialling = _words().dialling
    return next((dialling[code[:length]] for length in (4, 3, 2, 1) if code[:length] in dialling), None)


def _calling_code(piece: str) -> str | None:
    """The digits of an international number from its calling code on; None where the number is national."""
    digits = "".join(character for character in piece if character.isdigit() or character in MASKS)
    if "+" in piece[:2]:
        return digits
    return digits[2:] if digits.startswith("00") and digits[2:3] in "123456789" else None


def _is_attached(plain: str, start: int) -> bool:
    """Whether the digits belong to a longer code ("MPD/2716...", "A1234567")."""
    if not start:
        return False
    return plain[start - 1] in "/#_" or (plain[start - 1].isascii() and plain[start - 1].isalnum())


def _is_national(piece: str, digits: int, called: bool) -> bool:
    """Whether unmasked digits without a calling code are a number; `called`: a word such as "call" stands before."""
    groups = [len(group) for group in "".join(c if c.isdigit() else " " for c in piece).split()]
    if piece[0] == "0" or piece.startswith("(0"):
        return digits >= 9 or (called and digits >= 7)
    thousands = len(groups) > 1 and groups[0] < 4 and all(group == 3 for group in groups[1:])
    if called or thousands or digits < 8:
        return called
    if groups == [1, 3, 3, 2, 2] and piece[0] == "8":  # the trunk prefix of Russia and Kazakhstan
        return True
    if digits < 10:
        return groups == [4, 4] and not piece.startswith(("19", "20"))
    if len(groups) == 1:
        return digits <= 12 and not piece.endswith("000")
    return digits <= 13 and len(groups) <= 4 and all(group >= 3 for group in groups[1:])


def _ends_with_word(before: str, word: str) -> bool:
    rest = before.removesuffix(word)
    return rest != before and not (rest[-1:].isascii() and rest[-1:].isalnum())


@cache
def _no_number() -> Any:
    return re2.compile(_NO_NUMBER)


@cache
def _words() -> _Words:
    table = load_table("contacts.toml")
    dialling = {"1": "US", "7": "RU"} | dict.fromkeys(table["dialling"]["kazakh"].split(), "KZ")
    for entry in f"{table['dialling']['codes']} {table['dialling']['caribbean_and_canadian']}".split():
        dialling[entry[:-2]] = entry[-2:]
    return _Words(
        call=tuple(fold_all(table["call_words"]["words"])),
        other_before=tuple(fold_all(table["numbers"]["other_before"])),
        other_after=tuple(fold_all(table["numbers"]["other_after"])),
        dialling=dialling,
    )
