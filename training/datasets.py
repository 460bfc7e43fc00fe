"""The labelled rows: corpus files and users' own cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "training" / "corpus"

Label = Literal["lure", "genuine", "non_offer"]


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One text of the corpus, as its file holds it."""

    id: str
    pair: str | None
    label: Label
    lang: str
    text: str
    indicators: frozenset[str]
    evidence: dict[str, tuple[str, ...]] = field(hash=False)
    recruiting_country: str | None = None
    destination_country: str | None = None
    role: str | None = None
    channel: str | None = None
    scenario: str | None = None
    subtle: bool = False
    two_stage: bool = False
    obfuscated: bool = False


def read_rows(path: Path) -> Iterator[CorpusRow]:
    """Rows of one corpus file. Raises ValueError naming file and line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield parse_row(json.loads(line))
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error


def parse_row(data: dict[str, Any]) -> CorpusRow:
    """A row from its JSON object. Raises TypeError for another value or an unknown key."""
    if not isinstance(data, dict):
        raise TypeError("a row is a JSON object")
    evidence = {name: tuple(quotes) for name, quotes in data.pop("evidence", {}).items()}
    return CorpusRow(**{**data, "indicators": frozenset(data["indicators"])}, evidence=evidence)


def read_corpus(folder: Path = CORPUS, tags: frozenset[str] | None = None) -> list[CorpusRow]:
    """All rows of a corpus folder, files in order of their names."""
    paths = sorted(folder.glob("*.jsonl"))
    return [row for path in paths if tags is None or path.stem in tags for row in read_rows(path)]
