"""Gettext with types: words a reader sees go through `_`, which is also what the message extraction looks for."""

from __future__ import annotations

from flask_babel import gettext


def _(message: str, **values: str) -> str:
    """The message in the reader's language, with its values filled in. Needs a request or application context."""
    return str(gettext(message, **values))
