"""Bulk screening: rows in = rows out, in order, in constant memory."""

from __future__ import annotations

from screener.bulk.run import run

__all__ = ["run"]
