"""Lure Screener: reads a recruitment ad and tells, with reasons, how likely it is a trafficking lure."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screener.errors import (
        BulkError,
        DeclarationError,
        ModelError,
        OfferError,
        ScreenerError,
    )
    from screener.records import Assessment, Contribution, Evidence, Offer
    from screener.screening import Screener

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "BulkError",
    "Contribution",
    "DeclarationError",
    "Evidence",
    "ModelError",
    "Offer",
    "OfferError",
    "Screener",
    "ScreenerError",
]

_ROOMS = ("screener.errors", "screener.records", "screener.screening")


def __getattr__(name: str) -> Any:
    """The public names, brought in when first asked for: `screener --help` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = next(getattr(room, name) for room in map(import_module, _ROOMS) if hasattr(room, name))
    globals()[name] = value
    return value
