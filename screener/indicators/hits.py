"""What a detector answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that show an indicator, in offsets of the text as received, with the English gloss of the wording."""

    start: int
    end: int
    gloss: str = ""


Found = dict[str, tuple[Hit, ...]]
"""Indicators found, by id; no hits where nothing but a fact or an absence shows it."""
