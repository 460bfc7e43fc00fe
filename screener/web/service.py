"""What the web edge asks of a screener. `screener.screening.Screener` fits; so does a stand-in made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from screener.indicators.declaration import Declaration
from screener.records import DEFAULT_PREVALENCE, Assessment, ModelReference, Offer

if TYPE_CHECKING:
    from flask import Flask


class ScreenerService(Protocol):
    """A loaded screener: it answers from memory and may be called by several threads at once."""

    @property
    def catalog(self) -> Iterable[Declaration]:
        """The indicators, in the order to list them."""
        ...

    @property
    def model(self) -> ModelReference:
        """Version and digest of the model."""
        ...

    @property
    def card(self) -> str:
        """The model card, in Markdown."""
        ...

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was noted when the model was fitted."""
        ...

    def screen(self, offer: str | Offer, prevalence: float = DEFAULT_PREVALENCE) -> Assessment:
        """The assessment of one offer. Raises OfferError where the offer can't be read."""
        ...


_EXTENSION = "lure_screener"


def attach_screener(app: Flask, screener: ScreenerService) -> None:
    """Keep the screener with the application."""
    app.extensions[_EXTENSION] = screener


def screener_of(app: Flask) -> ScreenerService:
    """The screener of an application made by `create_app`."""
    screener: ScreenerService = app.extensions[_EXTENSION]
    return screener
