"""The ways an ad gives to reach the recruiter: telephone, chat, direct message, mail, site, address.

Words for a channel are found by one automaton, everything with a shape (mail, host, @handle, number) by one regular
expression, both on the folded views, so disguised and full-width writing is read too. A masked number
("081x-xxxx-0000") counts. The words, hosts, mail services and calling codes are data: `data/contacts.toml` and
`data/free_mail.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any, cast

import re2
from ahocorasick_rs import AhoCorasick, Implementation

from screener.errors import DeclarationError
from screener.facts.name_words import folded, load_table
from screener.records import Contact, ContactKind
from screener.text import Text, View

CHAT: frozenset[ContactKind] = frozenset(
    ("phone", "telegram", "whatsapp", "wechat", "line", "zalo", "messenger", "direct_message")
)
"""Ways that reach a telephone or an account and nothing else."""

CHECKABLE: frozenset[ContactKind] = frozenset(("email_free", "email_corporate", "site", "address"))
"""Ways that leave a trace to follow: a mail address, a site, a place to go to."""

MAX_CONTACTS = 200
"""Contacts read from one view; an ad has a handful."""

_KINDS = CHAT | CHECKABLE
_MASKS = "x*•"

# A mail address, a host with or without a path, a handle, or a run of digits and masks that may be a number.
_SHAPES = (
    r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?:https?://|www\.)[a-z0-9.-]+(?:/[!-~]*)?"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/[!-~]*)?"
    r"|@[a-z][a-z0-9_.]{2,31}"
    r"|[+(]{0,2}[0-9][0-9x*•() .-]{4,24}[0-9x*•]"
)
_CLOCK = r"^[0-9]{1,2}[.][0-9]{2} ?- ?[0-9]{1,2}[.][0-9]{2}"
_DATE = r"^(?:[0-9]{1,2}[.-][0-9]{1,2}[.-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[.-][0-9]{1,2}[.-][0-9]{1,2}|(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2})$"
_RULES = "-=*~_[](){}<>/|#+.:" + "〔〕【】「」·•—–―"
MAX_HEADING = 40
_CALL_WINDOW = 14
_PLATFORM_WINDOW = 24


@dataclass(frozen=True, slots=True)
class _Word:
    kind: ContactKind
    spelling: str | None
    left: bool
    right: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """Everything of the two data files, ready to read with."""

    automaton: AhoCorasick
    words: tuple[tuple[_Word, ...], ...]
    shapes: Any
    clock: Any
    date: Any
    address: Any
    links: Mapping[str, ContactKind]
    endings: frozenset[str]
    call_words: tuple[str, ...]
    money_before: tuple[str, ...]
    money_after: tuple[str, ...]
    dialling: Mapping[str, str]
    free_domains: frozenset[str]
    free_names: frozenset[str]


def read_contacts(text: Text) -> tuple[Contact, ...]:
    """Every contact of a text, in the order of the text as received, none twice."""
    found: set[Contact] = set()
    for view in text.views:
        found.update(_words(text.received, view))
        found.update(_shaped(view))
    return tuple(sorted(found, key=lambda contact: (contact.start, contact.end, contact.kind)))


def chat_only(contacts: Iterable[Contact]) -> bool:
    """Whether there is a contact and every one is a telephone, chat or direct message: no mail, site or address."""
    kinds = {contact.kind for contact in contacts}
    return bool(kinds & CHAT) and not kinds & CHECKABLE


def _words(received: str, view: View) -> Iterator[Contact]:
    forms = _forms()
    plain = view.plain
    last = len(plain)
    taken = 0
    for index, start, end in forms.automaton.find_matches_as_indexes(plain, overlapping=True):
        for word in forms.words[index]:
            if word.left and start and _joins(plain[start - 1]):
                continue
            if word.right and end < last and _joins(plain[end]):
                continue
            span = view.span(start, end)
            if word.spelling and not _spelled(received, span, word.spelling):
                continue
            if plain[start:end] == "pm" and _after_hour(plain, start):
                continue
            if word.kind in CHAT and _in_heading(plain, start, end):
                continue
            taken += 1
            yield Contact(word.kind, *span)
        if taken >= MAX_CONTACTS:
            return


def _in_heading(plain: str, start: int, end: int) -> bool:
    """Whether a channel is only the heading of a pasted chat, as in "[Inbox]" or "--- WhatsApp, later ---"."""
    first = plain.rfind("\n", 0, start) + 1
    last = plain.find("\n", end)
    line = plain[first : len(plain) if last < 0 else last].strip()
    if len(line) <= MAX_HEADING and line[0] in _RULES and line[-1] in _RULES:
        return not any(character.isdigit() or character == "@" for character in line)
    opened = plain.rfind("[", max(first, start - MAX_HEADING), start)
    return opened >= 0 and 0 <= plain.find("]", end, end + MAX_HEADING) and "]" not in plain[opened:start]


def _shaped(view: View) -> Iterator[Contact]:
    forms = _forms()
    plain = view.plain
    taken = 0
    for match in forms.shapes.finditer(plain):
        start, end = match.span()
        kind, country = _classify(forms, plain, start, end)
        if kind:
            taken += 1
            yield Contact(kind, *view.span(start, end), country)
        if taken >= MAX_CONTACTS:
            return
    for match in islice(forms.address.finditer(plain), MAX_CONTACTS):
        yield Contact("address", *view.span(*match.span()))


def _classify(forms: _Forms, plain: str, start: int, end: int) -> tuple[ContactKind | None, str | None]:
    """What a shaped piece is, and for a telephone number with a calling code the country of the code."""
    piece = plain[start:end]
    if "@" in piece:
        if piece[0] != "@":
            return _mail(forms, piece), None
        attached = start and plain[start - 1].isascii() and plain[start - 1].isalnum()
        return (None if attached else _handle(forms, plain, start)), None
    if piece[0] in "+(" or (piece[0].isdigit() and not any(letter in piece for letter in "abcdefghijklmnopqrstuvwyz")):
        if not _is_number(forms, plain, start, end):
            return None, None
        return "phone", _country(forms, piece)
    return _host(forms, piece), None


def _mail(forms: _Forms, address: str) -> ContactKind:
    domain = address.rpartition("@")[2].strip(".")
    name = domain.partition(".")[0]
    return "email_free" if domain in forms.free_domains or name in forms.free_names else "email_corporate"


def _handle(forms: _Forms, plain: str, start: int) -> ContactKind:
    """An @handle is a Telegram name unless another platform is named just before it."""
    before = plain[max(0, start - _PLATFORM_WINDOW) : start]
    if any(platform in before for platform in ("insta", "ig:", "ig ", "tiktok", "facebook", "fb", "twitter", "dm", "snap")):
        return "direct_message"
    if "line" in before:
        return "line"
    return "telegram"


def _host(forms: _Forms, piece: str) -> ContactKind | None:
    """The kind of chat a host stands for, a site for any other, None for what only looks like a host."""
    bare = piece.removeprefix("https://").removeprefix("http://")
    explicit = bare != piece or bare.startswith("www.")
    host, slash, _ = bare.removeprefix("www.").partition("/")
    host = host.strip(".-")
    labels = host.split(".")
    for index in range(len(labels) - 1):
        kind = forms.links.get(".".join(labels[index:]))
        if kind:
            return kind
    if len(labels) < 2 or not labels[-1].isalpha():
        return None
    known = labels[-1] in forms.endings or (len(labels) > 2 and labels[-2] in ("com", "co", "org", "gov", "edu", "ac", "go"))
    if not (known or explicit or slash) or len(labels[-2]) < 2 or (not labels[-2].strip("0123456789")):
        return None
    return "site" if known or explicit else None


def _is_number(forms: _Forms, plain: str, start: int, end: int) -> bool:
    piece = plain[start:end].strip(" .-")
    digits = sum(map(str.isdigit, piece))
    masks = sum(piece.count(mask) for mask in _MASKS)
    if not 7 <= digits + masks <= 15 or digits < 2:
        return False
    if start and plain[start - 1].isascii() and (plain[start - 1].isalnum() or plain[start - 1] in "/#_"):
        return False
    if forms.date.search(piece) or forms.clock.search(piece):
        return False
    before = plain[max(0, start - _CALL_WINDOW) : start].rstrip(" :.-(")
    after = plain[end : end + 8].lstrip(" ")
    if piece[0] == "+" or piece.startswith("00"):
        return True
    if before.endswith(forms.money_before) or after.startswith(forms.money_after):
        return False
    if masks:
        return masks >= 2
    return _is_national(piece, digits, any(_ends_with_word(before, word) for word in forms.call_words))


def _is_national(piece: str, digits: int, called: bool) -> bool:
    """Whether unmasked digits without a calling code are a number; `called`: a word such as "call" stands before."""
    groups = [group for group in "".join(c if c.isdigit() else " " for c in piece).split(" ") if group]
    thousands = len(groups) > 1 and len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:])
    if piece[0] == "0" or piece.startswith("(0"):
        return digits >= 9 or (called and digits >= 7)
    if called:
        return True
    if thousands or digits < 8:
        return False
    if digits in (8, 9):
        return [len(group) for group in groups] == [4, 4] and not piece.startswith(("19", "20"))
    if len(groups) == 1:
        return digits in (10, 11, 12) and not piece.endswith("000")
    return digits <= 13 and len(groups) <= 4 and all(len(group) >= 3 for group in groups[1:])


def _country(forms: _Forms, piece: str) -> str | None:
    """The country of an international number's calling code; None for a national number."""
    digits = "".join(c for c in piece if c.isdigit() or c in _MASKS)
    if piece.startswith("00"):
        digits = digits[2:]
    elif "+" not in piece[:2]:
        return None
    for length in (4, 3, 2, 1):
        country = forms.dialling.get(digits[:length])
        if country:
            return country
    return None


def _joins(character: str) -> bool:
    """Whether a neighbour belongs to the same word; a letter of a script without spaces does not."""
    if character.isascii():
        return character.isalnum()
    return (character.isalnum() or unicodedata.category(character)[0] == "M") and not _is_of(character, _TOGETHER)


def _spelled(received: str, span: tuple[int, int], spelling: str) -> bool:
    """Whether the received text has this very spelling, in a line that is not all in capitals."""
    if received[span[0] : span[1]] != spelling:
        return False
    start = received.rfind("\n", 0, span[0]) + 1
    end = received.find("\n", span[1])
    rest = received[start : span[0]] + received[span[1] : None if end < 0 else end]
    return any(character.islower() for character in rest) or not any(character.isupper() for character in rest)


def _after_hour(plain: str, start: int) -> bool:
    before = plain[max(0, start - 3) : start].rstrip(" .")
    return bool(before) and (before[-1].isdigit() or before[-1] == "k")


def _ends_with_word(before: str, word: str) -> bool:
    if not before.endswith(word):
        return False
    rest = before[: -len(word)]
    return not rest or not (rest[-1].isascii() and rest[-1].isalnum())


@cache
def _forms() -> _Forms:
    """Both data files, read and checked once."""
    table = load_table("contacts.toml")
    free: list[str] = load_table("free_mail.toml")["domains"]
    words: dict[str, list[_Word]] = {}
    for kind, phrases in table["words"].items():
        _put(words, "words", kind, phrases)
    for kind, phrases in table["spellings"].items():
        _put(words, "spellings", kind, phrases)
    links = {host: _kind("links", kind) for kind, hosts in table["links"].items() for host in hosts}
    dialling = {"1": "US", "7": "RU"} | dict.fromkeys(table["dialling"]["kazakh"].split(), "KZ")
    for entry in (table["dialling"]["codes"] + " " + table["dialling"]["caribbean_and_canadian"]).split():
        dialling[entry[:-2]] = entry[-2:]
    return _Forms(
        automaton=AhoCorasick(list(words), implementation=Implementation.ContiguousNFA),
        words=tuple(map(tuple, words.values())),
        shapes=_compiled(_SHAPES),
        clock=_compiled(_CLOCK),
        date=_compiled(_DATE),
        address=_compiled("|".join(table["address_shapes"]["patterns"])),
        links=links,
        endings=frozenset(table["sites"]["endings"]),
        call_words=tuple(folded(table["call_words"]["words"])),
        money_before=tuple(folded(table["numbers"]["money_before"])),
        money_after=tuple(folded(table["numbers"]["money_after"])),
        dialling=dialling,
        free_domains=frozenset(domain for domain in free if not domain.endswith(".*")),
        free_names=frozenset(domain[:-2] for domain in free if domain.endswith(".*")),
    )


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = 32 << 20
    return re2.compile(pattern, options)


def _put(words: dict[str, list[_Word]], table: str, kind: str, phrases: Sequence[str]) -> None:
    for phrase, word in zip(phrases, folded(phrases), strict=True):
        if not word.strip():
            raise DeclarationError(f"contacts.toml, {table}.{kind}: {phrase!r} is empty once folded; remove it.")
        left, right = _ends_at_letter(word[0], _FREE_BEFORE), _ends_at_letter(word[-1], _FREE_AFTER)
        spelling = phrase if table == "spellings" else None
        words.setdefault(word, []).append(_Word(_kind(table, kind), spelling, left, right))


_TOGETHER = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts whose words run together."""
_FREE_BEFORE = (*_TOGETHER, "ARABIC", "ETHIOPIC")
"""Scripts whose words may carry particles before them ..."""
_FREE_AFTER = (*_TOGETHER, "HANGUL", "ETHIOPIC", "TAMIL")
"""... and after them."""


def _ends_at_letter(character: str, free: tuple[str, ...]) -> bool:
    """Whether a word with this edge must end there: a letter of a script outside `free`."""
    return character.isalpha() and not _is_of(character, free)


@lru_cache(maxsize=8192)
def _is_of(character: str, scripts: tuple[str, ...]) -> bool:
    return not character.isascii() and any(script in unicodedata.name(character, "") for script in scripts)


def _kind(table: str, kind: str) -> ContactKind:
    if kind not in _KINDS:
        raise DeclarationError(f"contacts.toml, {table}.{kind}: no such kind of contact; use one of {sorted(_KINDS)}.")
    return cast(ContactKind, kind)
