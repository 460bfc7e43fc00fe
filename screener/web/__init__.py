"""The web edge: the JSON API, the form and the programs that serve them."""

from __future__ import annotations

from screener.web.app import create_app

__all__ = ["create_app"]
