"""Contacts that are known by their shape: mail addresses, hosts, @handles, telephone numbers, streets with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, cast

import re2

from screener.facts.name_words import load_table
from screener.facts.phone_numbers import country_of_number, is_number
from screener.records import Contact, ContactKind
from screener.text import View

MAX_SHAPES = 200
"""Pieces of each sort read from one view; an ad has a handful."""

# A mail address, a host with or without a path, a handle, or a run of digits and masks that may be a number.
_SHAPES = (
    r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?:https?://|www\.)[a-z0-9.-]+(?:/[!-~]*)?"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/[!-~]*)?"
    r"|@[a-z][a-z0-9_.]{2,31}"
    r"|[+(]{0,2}[0-9][0-9x*•() .-]{4,24}[0-9x*•]"
)
_NUMBER_CHARACTERS = frozenset("0123456789x*•() .-+")
_PLATFORM_WINDOW = 24
_MEMORY = 32 << 20
"""Bytes the expression for addresses may use; its alternatives in many scripts ask for more than the usual 8 MiB."""


class _Forms(NamedTuple):
    shapes: Any
    addresses: Any
    platforms: Mapping[str, ContactKind]
    links: Mapping[str, ContactKind]
    most_labels: int
    """Of a host among the links."""
    endings: frozenset[str]
    second_levels: frozenset[str]
    free_domains: frozenset[str]
    free_names: frozenset[str]


def shaped_contacts(view: View) -> Iterator[Contact]:
    """The contacts of one view that have a shape, offsets in the text as received."""
    forms = _forms()
    plain = view.plain
    for match in islice(forms.shapes.finditer(plain), MAX_SHAPES):
        start, end = match.span()
        piece = plain[start:end]
        if _NUMBER_CHARACTERS.issuperset(piece):
            if is_number(plain, start, end):
                yield Contact("phone", *view.span(start, end), country_of_number(piece))
            continue
        kind = _named(forms, plain, start, piece)
        if kind:
            yield Contact(kind, *view.span(start, end))
    for match in islice(forms.addresses.finditer(plain), MAX_SHAPES):
        yield Contact("address", *view.span(*match.span()))


def _named(forms: _Forms, plain: str, start: int, piece: str) -> ContactKind | None:
    """The kind of a mail address, an @handle or a host; None for what only looks like one."""
    if "@" not in piece:
        return _host(forms, piece)
    if piece[0] != "@":
        return _mail(forms, piece)
    before = plain[max(0, start - _PLATFORM_WINDOW) : start]
    if before and before[-1].isascii() and before[-1].isalnum():
        return None
    return next((kind for platform, kind in forms.platforms.items() if platform in before), "telegram")


def _mail(forms: _Forms, address: str) -> ContactKind:
    domain = address.rpartition("@")[2].strip(".")
    free = domain in forms.free_domains or domain.partition(".")[0] in forms.free_names
    return "email_free" if free else "email_corporate"


def _host(forms: _Forms, piece: str) -> ContactKind | None:
    """The kind of chat a host stands for, a site for any other, None for what only looks like a host."""
    bare = piece.removeprefix("https://").removeprefix("http://")
    explicit = bare != piece or bare.startswith("www.")
    labels = bare.removeprefix("www.").partition("/")[0].strip(".-").split(".")
    for index in range(max(0, len(labels) - forms.most_labels), len(labels) - 1):
        kind = forms.links.get(".".join(labels[index:]))
        if kind:
            return kind
    if len(labels) < 2 or len(labels[-2]) < 2 or labels[-2].isdigit() or not labels[-1].isalpha():
        return None
    known = labels[-1] in forms.endings or (len(labels) > 2 and labels[-2] in forms.second_levels)
    return "site" if known or explicit else None


def compiled(pattern: str) -> Any:
    """An expression of RE2 with the memory that alternatives in many scripts need."""
    options = re2.Options()
    options.max_mem = _MEMORY
    return re2.compile(pattern, options)


@cache
def _forms() -> _Forms:
    table = load_table("contacts.toml")
    free: list[str] = load_table("free_mail.toml")["domains"]
    links = _by_word(table["links"])
    return _Forms(
        shapes=compiled(_SHAPES),
        addresses=compiled("|".join(table["address_shapes"]["patterns"])),
        platforms=_by_word(table["platforms"]),
        links=links,
        most_labels=max(host.count(".") + 1 for host in links),
        endings=frozenset(table["sites"]["endings"]),
        second_levels=frozenset(table["sites"]["second_levels"]),
        free_domains=frozenset(domain for domain in free if not domain.endswith(".*")),
        free_names=frozenset(domain[:-2] for domain in free if domain.endswith(".*")),
    )


def _by_word(table: Mapping[str, list[str]]) -> dict[str, ContactKind]:
    return {word: cast("ContactKind", kind) for kind, words in table.items() for word in words}
