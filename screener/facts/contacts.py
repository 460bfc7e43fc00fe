"""The ways an ad gives to reach the recruiter: telephone, chat, direct message, mail, site, address.

Words for a channel are found by one automaton on the folded views, so disguised and full-width writing is read too;
what has a shape (a mail address, a host, a number) is read by `contact_shapes`. The words are data, in
`data/contacts.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from screener.errors import DeclarationError
from screener.facts.contact_shapes import shaped_contacts
from screener.facts.name_words import load_table
from screener.facts.word_edges import edges_of
from screener.records import Contact, ContactKind
from screener.text import Text, View, fold_all

CHAT: frozenset[ContactKind] = frozenset(
    ("phone", "telegram", "whatsapp", "wechat", "line", "zalo", "messenger", "direct_message")
)
"""Ways that reach a telephone or an account and nothing else."""

CHECKABLE: frozenset[ContactKind] = frozenset(("email_free", "email_corporate", "site", "address"))
"""Ways that leave a trace to follow: a mail address, a site, a place to go to."""

MAX_MATCHES = 2_000
"""Words for a channel looked at in one view; an ad has a handful."""

MAX_HEADING = 40
"""Characters of a line that may be the heading of a pasted chat."""

_RULES = "-=*~_[](){}<>/|#+.:〔〕【】「」·•—–―"


class _Word(NamedTuple):
    kind: ContactKind | None
    """None for a decoy, a longer word that means no contact."""
    spelling: str | None
    """The only spelling in which it counts."""


def read_contacts(text: Text) -> tuple[Contact, ...]:
    """Every contact of a text, in the order of the text as received, none twice."""
    found: set[Contact] = set()
    for view in text.views:
        found.update(_worded(text.received, view))
        found.update(shaped_contacts(view))
    return tuple(sorted(found, key=lambda contact: (contact.start, contact.end, contact.kind)))


def chat_only(contacts: Iterable[Contact]) -> bool:
    """Whether there is a contact and every one is a telephone, chat or direct message: no mail, site or address."""
    kinds = {contact.kind for contact in contacts}
    return bool(kinds & CHAT) and not kinds & CHECKABLE


def _worded(received: str, view: View) -> Iterator[Contact]:
    """The contacts of one view that are told by a word for the channel."""
    automaton, words = _lexicon()
    plain = view.plain
    decoyed = 0
    for index, start, end in automaton.find_matches_as_indexes(plain, overlapping=True)[:MAX_MATCHES]:
        for word in words[index]:
            if word.kind is None:
                decoyed = end
                continue
            if not edges_of(plain[start:end]).stand(plain, start, end):
                continue
            span = view.span(start, end)
            if end <= decoyed or (word.spelling and not _is_spelled(received, span, word.spelling)):
                continue
            if word.kind in CHAT and (_is_hour(plain, start, end) or _is_heading(plain, start, end)):
                continue
            yield Contact(word.kind, *span)


def _is_heading(plain: str, start: int, end: int) -> bool:
    """Whether a channel is only the heading of a pasted chat, as in "[Inbox]" or "--- WhatsApp, later ---"."""
    first = plain.rfind("\n", 0, start) + 1
    last = plain.find("\n", end)
    line = plain[first : len(plain) if last < 0 else last].strip()
    alone = line.rstrip(" :") == plain[start:end] and line[-1] == ":"
    if alone or (len(line) <= MAX_HEADING and line[0] in _RULES and line[-1] in _RULES):
        return not any(character.isdigit() or character == "@" for character in line)
    opened = plain.rfind("[", max(first, start - MAX_HEADING), start)
    return opened >= 0 and "]" not in plain[opened:start] and "]" in plain[end : end + MAX_HEADING]


def _is_hour(plain: str, start: int, end: int) -> bool:
    """Whether "pm" is an hour or a month ("6 pm", "130k p.m") and no private message."""
    if plain[start:end] not in ("pm", "p.m"):
        return False
    before = plain[max(0, start - 3) : start].rstrip(" .")
    return before[-1:].isdigit() or before.endswith("k")


def _is_spelled(received: str, span: tuple[int, int], spelling: str) -> bool:
    """Whether the received text has this very spelling, in a line that is not all in capitals."""
    if received[span[0] : span[1]] != spelling:
        return False
    start = received.rfind("\n", 0, span[0]) + 1
    end = received.find("\n", span[1])
    rest = received[start : span[0]] + received[span[1] : None if end < 0 else end]
    return not rest.isupper()


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[tuple[_Word, ...], ...]]:
    """The automaton, and for each of its patterns the words it stands for."""
    table = load_table("contacts.toml")
    words: dict[str, list[_Word]] = {}
    for kind, phrases in table["words"].items():
        _put(words, "words", kind, phrases)
    for kind, phrases in table["spellings"].items():
        _put(words, "spellings", kind, phrases)
    for word in fold_all(table["decoys"]["words"]):
        words.setdefault(word, []).append(_Word(None, None))
    automaton = AhoCorasick(list(words), implementation=Implementation.ContiguousNFA)
    return automaton, tuple(map(tuple, words.values()))


def _put(words: dict[str, list[_Word]], table: str, kind: str, phrases: Sequence[str]) -> None:
    known = sorted(CHAT | CHECKABLE)
    if kind not in known:
        raise DeclarationError(
            f"contacts.toml, {table}.{kind}: no such kind of contact; use one of {', '.join(known)}."
        )
    contact = known[known.index(kind)]
    for phrase, word in zip(phrases, fold_all(phrases), strict=True):
        if not word.strip():
            raise DeclarationError(f"contacts.toml, {table}.{kind}: {phrase!r} is empty once folded; remove it.")
        spelling = phrase if table == "spellings" else None
        words.setdefault(word, []).append(_Word(contact, spelling))
