"""The indicators: one TOML file each, found by looking in this folder."""

from __future__ import annotations

from screener.indicators.catalog import Catalog

__all__ = ["Catalog"]
