"""Declarations as parsed tables: from the TOML file, or as a model brought them along, parsed already.

Parsing all the TOML files takes a quarter of a second, so a model carries their content. What it carries goes by the
digest of the file, and is believed only where the file still has that digest: the TOML file stays the only source.
What is slow to draw from the tables (`derived`) travels the same way.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import orjson

from screener.errors import DeclarationError

_Table = TypeVar("_Table")

PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("facts/data", "languages", "text")

_NOTHING: Mapping[str, str] = {}
_carried = {"tables": _NOTHING, "derived": _NOTHING}
_makers: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {}


def declared(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises DeclarationError where it is no TOML in UTF-8."""
    data = path.read_bytes()
    tables = _carried["tables"]
    carried = tables.get(sha256(data).hexdigest()) if tables else None
    table: dict[str, Any] = _parse(path.name, data) if carried is None else orjson.loads(carried)
    return table


def _parse(name: str, data: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  # slow to import, and not needed where a model carries everything

    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{name}: is not TOML in UTF-8 ({error}); correct the file") from error


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
            tables = _carried["derived"]
            carried = tables.get(_key(name, files)) if tables else None
            if carried is None:
                return make()
            table: _Table = orjson.loads(carried)
            return table

        return functools.wraps(make)(answer)

    return mark


def _key(name: str, files: tuple[str, ...]) -> str:
    digest = sha256(b"".join(map(_digest, files)))
    return f"{name} {digest.hexdigest()}"


@functools.cache
def _digest(pattern: str) -> bytes:
    return b"".join(sha256(path.read_bytes()).digest() for path in sorted(PACKAGE.glob(pattern)))


def offer_tables(tables: Mapping[str, str], derived: Mapping[str, str]) -> None:
    """Hand over `parsed_tables` and `derived_tables` as JSON, so that files of the same content are not read anew."""
    _carried.update(tables=tables, derived=derived)


def derived_tables() -> dict[str, Any]:
    """The answer of every function marked `derived`, by its name and the digest of its files."""
    return {_key(name, files): make() for name, (make, files) in sorted(_makers.items())}


def declared_words(*files: str) -> frozenset[str]:
    """Every text in these files, key or value, without a stem's star; a text with a list in it is taken apart."""
    texts: set[str] = set()
    rest: list[Any] = [_parse(file, (PACKAGE / file).read_bytes()) for file in files]
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
    return {sha256(path.read_bytes()).hexdigest(): _parse(path.name, path.read_bytes()) for path in _files()}


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted((PACKAGE / folder).glob("*.toml"))
