"""Names of firms in Chinese, by what is left over when every ordinary word is taken away.

A stretch of Han is cut into known words: kinds of firm (公司, 酒店), trades (科技, 物流), places, ordinary words and
words that end a stretch (verbs, particles, pronouns). Two or more characters left over before a kind, or before a
trade that closes its stretch, are the proper part of a name: 曼谷|鹏越|跨境电商|集团. Nothing is left over in
大型|外国|公司, so it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from screener.declared import derived
from screener.facts.gazetteer import PLACE_FILES, decoys, place_phrases
from screener.facts.name_words import load_table
from screener.records import EmployerKind
from screener.text import fold_all

Name = tuple[EmployerKind, int, int]
"""The kind of a name and its half-open range in the plain text."""

_KIND, _SIGN, _TRADE, _WEAK, _ORDINARY, _END, _PLACE, _TOLD = range(8)
MAX_NAMES = 100
"""Names read from one text; an ad has a few."""
_MOST_TRADES = 6
"""Trades and places that may stand between a proper part and its kind."""
_LONGEST = 8
"""Characters a proper part may have."""
_SOFT = frozenset("万千百元和开发三同全新大上中高正自家来")
"""Ordinary characters that may also begin a proper part of two characters (万丰, 和顺)."""
_TRANSLITERATING = frozenset(
    "阿埃艾安奥巴白班包贝本比宾波伯布查达戴丹道德登迪丁东都多顿厄恩尔法菲芬佛夫弗福盖甘冈格古哈海汉豪赫胡霍基吉加卡"
    "凯坎康考柯科克肯库奎拉莱兰朗劳勒雷黎里利立林卢鲁路罗洛马麦曼毛梅蒙米密明莫墨姆穆纳娜乃南内尼宁努诺欧帕潘佩彭皮平普齐奇"
    "钦琼热日瑞若萨塞桑森沙山舍圣施史士舒斯苏索塔泰坦汤特提廷图托瓦万威韦维魏温文沃乌武西希锡夏谢辛休雅亚延扬伊因英尤约赞泽扎"
    "詹芝兹佐岘茨芭彼仰曼谷坡窑托莎槟岛婆"
)
"""Characters foreign places are written with; a proper part of these alone is a place the gazetteer does not know."""
_PLACE_ENDS = frozenset("岛省县市区镇村州府港湾山头环寨埔郡道路街巷里")
_CLOSING = frozenset("，。、；：！？）】」』》〕\n ,.;:!?)]|/·-~+*'\"(（〔【")

Token = tuple[int, int, int]
"""What a known word is, and its range."""


class _Lexicon(NamedTuple):
    automaton: AhoCorasick
    roles: tuple[int, ...]
    agencies: frozenset[str]
    asked: tuple[str, ...]


def han_names(plain: str) -> Iterator[Name]:
    """The names in a folded text, in order."""
    lexicon = _lexicon()
    matches = lexicon.automaton.find_matches_as_indexes(plain)
    tokens = [(lexicon.roles[index], start, end) for index, start, end in matches]
    found = 0
    for position, (role, _, end) in enumerate(tokens):
        if role not in (_KIND, _SIGN) and not (role == _TRADE and _closes(plain, tokens, position)):
            continue
        name = _before(lexicon, plain, tokens, position)
        if name is None and role != _TRADE:
            following = tokens[position + 1] if position + 1 < len(tokens) else (_END, end, end)
            if following[:2] == (_TOLD, end) and (role == _KIND or plain[end] != ":"):
                name = _told(lexicon, plain, following[2])
        if name:
            yield name
            found += 1
            if found == MAX_NAMES:
                return


def _closes(plain: str, tokens: list[Token], position: int) -> bool:
    """Whether a stretch ends behind a trade: at its end, before a verb or particle, or before a place or bracket."""
    end = tokens[position][2]
    if end == len(plain) or plain[end] in _CLOSING or not _is_han(plain[end]):
        return True
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following[1] == end and following[0] in (_END, _TOLD, _PLACE)


def _before(lexicon: _Lexicon, plain: str, tokens: list[Token], position: int) -> Name | None:
    """The name whose kind or trade is the token at `position`, by the proper part before it."""
    role, start, end = tokens[position]
    agency = plain[start:end] in lexicon.agencies
    index, at = position, _before_bracket(plain, start)
    for _ in range(_MOST_TRADES):
        previous = _ending_at(tokens, index, at)
        if previous is None:
            break
        if tokens[previous][0] not in (_TRADE, _WEAK, _PLACE, _KIND) or role == _SIGN:
            return None
        agency = agency or plain[tokens[previous][1] : tokens[previous][2]] in lexicon.agencies
        index, at = previous, _before_bracket(plain, tokens[previous][1])
    first = _proper_start(plain, tokens, index, at)
    if at - first == 1 and role != _SIGN:
        first -= _is_soft(plain, tokens, index, first)
    proper = plain[first:at]
    if len(proper) < 2 or (not plain[start:end].endswith(("公司", "集团")) and _is_place_like(proper)):
        return None
    return ("agency" if agency else "employer", first, end)


def _proper_start(plain: str, tokens: list[Token], index: int, at: int) -> int:
    """Where the stretch of unknown Han that ends at `at` begins."""
    first = at
    while first and at - first < _LONGEST and _is_han(plain[first - 1]):
        if _ending_at(tokens, index, first) is not None:
            break
        first -= 1
    return first


def _is_soft(plain: str, tokens: list[Token], index: int, first: int) -> bool:
    """Whether the character before `first` is an ordinary one that may begin a proper part, and no count."""
    previous = _ending_at(tokens, index, first)
    if previous is None or plain[tokens[previous][1] : first] not in _SOFT:
        return False
    return not plain[max(0, first - 2) : first - 1].isdigit()


def _is_place_like(proper: str) -> bool:
    return proper[-1] in _PLACE_ENDS or all(character in _TRANSLITERATING for character in proper)


def _before_bracket(plain: str, at: int) -> int:
    """Where a bracket that ends at `at` begins, so that X(泰国)公司 is read as X公司; `at` where there is none."""
    if at and plain[at - 1] in ")）":
        for sign in "(（":
            opened = plain.rfind(sign, max(0, at - 12), at)
            if opened >= 0:
                return opened
    return at


def _ending_at(tokens: list[Token], index: int, at: int) -> int | None:
    """The token before `index` that ends at `at`, by its position."""
    position = index - 1
    while position >= 0 and tokens[position][2] > at:
        position -= 1
    return position if position >= 0 and tokens[position][2] == at else None


def _told(lexicon: _Lexicon, plain: str, start: int) -> Name | None:
    """The name told from `start` on, as in 店叫X; None where it is asked for (公司叫什么)."""
    while start < len(plain) and plain[start] in " 「『【《\"'“":
        start += 1
    end = start
    while end < min(len(plain), start + 2 * _LONGEST) and (plain[end].isalnum() or plain[end] == " "):
        end += 1
    told = plain[start:end].strip()
    if len(told) < 2 or told.startswith(lexicon.asked) or not told[0].isalpha():
        return None
    return "employer", start, start + len(told)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u30a1" <= character <= "\u30ff"


@cache
def _lexicon() -> _Lexicon:
    table = load_table("uncased_names.toml")["han"]
    roles: dict[str, int] = {}
    for key, role in (
        ("ends", _END),
        ("ordinary", _ORDINARY),
        ("trades", _TRADE),
        ("weak", _WEAK),
        ("signs", _SIGN),
        ("kinds", _KIND),
    ):
        roles.update(dict.fromkeys(fold_all(table[key].split()), role))
    for place in _places():
        roles.setdefault(place, _PLACE)
    roles.update(dict.fromkeys(fold_all(table["told"]), _TOLD))
    automaton = AhoCorasick(
        list(roles), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    agencies = frozenset(fold_all(table["agencies"].split()))
    return _Lexicon(automaton, tuple(roles.values()), agencies, tuple(fold_all(table["asked"])))


@derived(*PLACE_FILES)
def _places() -> list[str]:
    return fold_all(name for name in (*place_phrases(), *decoys()) if len(name) > 1 and all(map(_is_han, name)))
