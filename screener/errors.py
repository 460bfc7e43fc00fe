"""The errors a caller can act on. Each message names the thing, what is wrong with it and what to do."""

from __future__ import annotations


class ScreenerError(Exception):
    """Any error this package raises on purpose."""


class OfferError(ScreenerError, ValueError):
    """The offer can't be read: an unknown country code or visa, a lone surrogate, a wrong type."""


class DeclarationError(ScreenerError):
    """A declaration file (indicator, language, place, pay table) is wrong; names file, key and entry."""


class ModelError(ScreenerError):
    """The model is missing, does not match its digest or was made for other indicators."""


class BulkError(ScreenerError):
    """The input or output of a bulk run can't be used."""
