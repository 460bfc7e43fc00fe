"""Declarations as parsed tables: from the TOML file, or as a model brought them along, parsed already.

Parsing all the TOML files takes a quarter of a second, so a model carries their content. What it carries goes by the
digest of the file, and is believed only where the file still has that digest: the TOML file stays the only source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("facts/data", "languages", "text")

_parsed: dict[str, dict[str, Any]] = {}


def declared(path: Path) -> dict[str, Any]:
    """The content of a TOML file; the caller may change the table, not what is in it.

    Raises:
        tomllib.TOMLDecodeError, UnicodeDecodeError: it is no TOML in UTF-8.
    """
    data = path.read_bytes()
    known = _parsed.get(sha256(data).hexdigest()) if _parsed else None
    return tomllib.loads(data.decode("utf-8")) if known is None else dict(known)


def offer_tables(tables: Mapping[str, dict[str, Any]]) -> None:
    """Hand over what `parsed_tables` gave, so that no file of the same content needs to be parsed."""
    _parsed.update(tables)


def parsed_tables() -> dict[str, dict[str, Any]]:
    """The content of every declaration but the indicators', by the SHA-256 of its file."""
    return {sha256(path.read_bytes()).hexdigest(): tomllib.loads(path.read_text("utf-8")) for path in _files()}


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted((PACKAGE / folder).glob("*.toml"))
