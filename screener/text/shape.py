"""The shape of a text: one ASCII letter for the kind of each code point.

Patterns over shapes stay tiny whatever the script, and offsets in a shape are offsets in the text.

| sign | kind |
|---|---|
| a | Latin letter |
| f | letter of a script that looks like Latin in places (Cyrillic, Greek, Armenian, Cherokee, Lisu, Coptic) |
| r | letter of a script written from right to left |
| u | letter of a script written without spaces (Thai, Lao, Khmer, Burmese, Tibetan) |
| w | Han, kana or Hangul |
| o | letter of any other script |
| s | styled Latin letter: mathematical, circled, squared, small capital, superscript |
| m, l | combining mark; mark that draws a line through or under a letter |
| 0, 9 | digit that may stand for a letter (0 1 3 4 5 7); any other digit or number |
| @ $ x | at sign; one of $ € £ ¥; exclamation mark |
| * | sign often put between letters: emoji, asterisk, underscore, bar, tilde, bullet |
| . / | full stop, hyphen, apostrophe or backslash; slash or plus |
| z j h d v i | zero-width space; joiner; soft hyphen; direction mark; variation selector; other invisible character |
| < { > | direction control: embedding or isolate; override; end of either |
| # | anything else; a space and a line feed stand for themselves |
"""

from __future__ import annotations

import unicodedata

LETTERS = "afruwos"
"""Signs of letters."""

WORD = LETTERS + "ml"
"""Signs of letters and their marks."""

_CACHED_CODE_POINTS = 20_000
_SCRIPTS = {
    "LATIN": "a",
    **dict.fromkeys(("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LISU", "COPTIC", "CANADIAN"), "f"),
    **dict.fromkeys(("ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO"), "r"),
    **dict.fromkeys(("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"), "u"),
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "IDEOGRAPHIC"), "w"),
    **dict.fromkeys(("FULLWIDTH",), "a"),
}
_STYLED = (
    (0x0262, 0x0262), (0x026A, 0x026A), (0x0274, 0x0274), (0x0280, 0x0280), (0x028F, 0x028F), (0x0299, 0x0299),
    (0x029C, 0x029C), (0x029F, 0x029F), (0x02B0, 0x02B8), (0x02E1, 0x02E3), (0x1D00, 0x1D22), (0x1D2C, 0x1D6A),
    (0x2071, 0x2071), (0x207F, 0x207F), (0x2090, 0x209C), (0x2102, 0x2102), (0x210A, 0x2115), (0x2119, 0x211D),
    (0x2124, 0x2124), (0x2128, 0x2138), (0x249C, 0x24E9), (0xA730, 0xA731), (0xA7AF, 0xA7AF), (0x1D400, 0x1D6A5),
    (0x1F110, 0x1F12B), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189),
)  # fmt: skip
_LINES = ((0x0332, 0x0333), (0x0335, 0x0338), (0x20D0, 0x20DF), (0x20E1, 0x20F0))
_INVISIBLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2060, 0x2065), (0x206A, 0x206F),
    (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF),
)  # fmt: skip
_RANGES = (
    *(("s", *limits) for limits in _STYLED),
    *(("l", *limits) for limits in _LINES),
    ("v", 0xFE00, 0xFE0F), ("v", 0xE0100, 0xE01EF), ("z", 0x200B, 0x200B), ("j", 0x200C, 0x200D),
    ("h", 0x00AD, 0x00AD), ("d", 0x200E, 0x200F), ("d", 0x061C, 0x061C), ("<", 0x202A, 0x202B), (">", 0x202C, 0x202C),
    ("{", 0x202D, 0x202E), ("<", 0x2066, 0x2068), (">", 0x2069, 0x2069),
    *(("i", *limits) for limits in _INVISIBLE),
)  # fmt: skip
_SIGNS = {
    **dict.fromkeys("013457", "0"),
    **dict.fromkeys("$€£¥", "$"),
    **dict.fromkeys("*_|~•·", "*"),
    **dict.fromkeys(".-'\\", "."),
    **dict.fromkeys("/+", "/"),
    "@": "@",
    "!": "x",
    "\n": "\n",
}


def shape(text: str) -> str:
    """Give the shape of a text, as long as the text."""
    return text.translate(_SHAPES)


def _sign(code_point: int) -> str:
    """Work out the sign of a code point."""
    character = chr(code_point)
    if character in _SIGNS:
        return _SIGNS[character]
    for sign, first, last in _RANGES:
        if first <= code_point <= last:
            return sign
    category = unicodedata.category(character)
    if category[0] == "L":
        return _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "o")
    if category in ("So", "Sk"):
        return "*"
    return {"M": "m", "N": "9", "Z": " "}.get(category[0], "#")


class _Shapes(dict[int, str]):
    """Signs by code point, worked out when first met."""

    def __missing__(self, code_point: int) -> str:
        sign = _sign(code_point)
        if len(self) < _CACHED_CODE_POINTS:
            self[code_point] = sign
        return sign


_SHAPES = _Shapes((code_point, _sign(code_point)) for code_point in range(128))
