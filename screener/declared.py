"""Declarations as parsed tables: from the TOML file, or as a model brought them along, parsed already.

Parsing all the TOML files takes a quarter of a second, so a model carries their content. What it carries goes by the
digest of the file, and is believed only where the file still has that digest: the TOML file stays the only source.
What is slow to draw from the tables (`derived`) travels the same way.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

_Table = TypeVar("_Table")

PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("facts/data", "languages", "text")

_parsed: dict[str, dict[str, Any]] = {}
_made: dict[str, Any] = {}
_makers: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {}


def declared(path: Path) -> dict[str, Any]:
    """The content of a TOML file; the caller may change the table, not what is in it.

    Raises:
        tomllib.TOMLDecodeError, UnicodeDecodeError: it is no TOML in UTF-8.
    """
    data = path.read_bytes()
    known = _parsed.get(sha256(data).hexdigest()) if _parsed else None
    return tomllib.loads(data.decode("utf-8")) if known is None else dict(known)


def derived(*files: str) -> Callable[[Callable[[], _Table]], Callable[[], _Table]]:
    """Marks a function whose answer, plain JSON without tuples, rests on these files of the package alone.

    Files are named by patterns, `facts/data/schemes.toml` or `languages/*.toml`.

    A model carries the answer too; it is believed only where all the files still have the digests it was made from.
    The answer is made once and must not be changed.
    """

    def mark(make: Callable[[], _Table]) -> Callable[[], _Table]:
        name = f"{make.__module__}.{make.__qualname__}"
        _makers[name] = make, files

        @functools.cache
        def answer() -> _Table:
            carried: _Table | None = _made.get(_key(name, files)) if _made else None
            return make() if carried is None else carried

        return functools.wraps(make)(answer)

    return mark


def _key(name: str, files: tuple[str, ...]) -> str:
    paths = [path for pattern in files for path in sorted(PACKAGE.glob(pattern))]
    digest = sha256(b"".join(sha256(path.read_bytes()).digest() for path in paths))
    return f"{name} {digest.hexdigest()}"


def offer_tables(tables: Mapping[str, dict[str, Any]], made: Mapping[str, Any]) -> None:
    """Hand over what `parsed_tables` and `derived_tables` gave, so that files of the same content are not read anew."""
    _parsed.update(tables)
    _made.update(made)


def derived_tables() -> dict[str, Any]:
    """The answer of every function marked `derived`, by its name and the digest of its files."""
    return {_key(name, files): make() for name, (make, files) in sorted(_makers.items())}


def declared_words(*files: str) -> frozenset[str]:
    """Every text in these files, key or value, without a stem's star; a text with a list in it is taken apart."""
    texts: set[str] = set()
    rest: list[Any] = [tomllib.loads((PACKAGE / file).read_text("utf-8")) for file in files]
    while rest:
        part = rest.pop()
        if isinstance(part, str):
            texts.update(piece.strip(" *") for line in part.split("\n") for piece in line.split("|"))
        elif isinstance(part, dict):
            rest += [*part, *part.values()]
        elif isinstance(part, list):
            rest += part
    return frozenset(texts - {""})


def parsed_tables() -> dict[str, dict[str, Any]]:
    """The content of every declaration but the indicators', by the SHA-256 of its file."""
    return {sha256(path.read_bytes()).hexdigest(): tomllib.loads(path.read_text("utf-8")) for path in _files()}


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted((PACKAGE / folder).glob("*.toml"))
