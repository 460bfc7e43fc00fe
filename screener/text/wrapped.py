"""Undo the line breaks that a mail program or a page's edge put into the middle of sentences."""

from __future__ import annotations

import re2

from screener.text.view import Edit, View, edited

FULL_LINE = 40
"""Letters of a line from which on a break after it may come from its edge; lists and chats have shorter lines."""

_NAME = 24
_SPEAKER = re2.compile(r"[^:\n]*:")


def unwrapped(view: View, received: str) -> View:
    """Join the lines of a folded view that go on in the middle of a sentence.

    Args:
        view: a view of `received`.
        received: the text, whose small letters tell that a line goes on.

    Returns:
        The view with such breaks read as spaces; the same view where there is none. Scripts without small letters give
        no sign of a line that goes on and keep their breaks.
    """
    if "\n" not in view.plain or len(view.plain) < FULL_LINE:
        return view
    edits = [edit for at in _breaks(view.plain) if (edit := _joining(view, received, at))]
    return edited(view, edits) if edits else view


def _breaks(plain: str) -> list[int]:
    places = []
    at = plain.find("\n")
    while at >= 0:
        if 0 < at < len(plain) - 1 and plain[at - 1] != "\n" and plain[at + 1] != "\n":
            places.append(at)
        at = plain.find("\n", at + 1)
    return places


def _joining(view: View, received: str, at: int) -> Edit | None:
    plain = view.plain
    if at - plain.rfind("\n", 0, at) - 1 < FULL_LINE:
        return None
    before, first = plain[at - 1], received[view.span(at + 1, at + 2)[0]]
    goes_on = (before.isalpha() or before == ",") and first.islower()
    return (at, at + 1, " ") if goes_on and not _SPEAKER.match(plain[at + 1 : at + 1 + _NAME]) else None
