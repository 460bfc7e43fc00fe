"""Lure Screener: reads a recruitment ad and tells, with reasons, how likely it is a trafficking lure."""

from __future__ import annotations

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
