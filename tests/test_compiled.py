from __future__ import annotations

import hashlib
import shutil
import tomllib

import orjson
import pytest

from screener import Screener
from screener.archive import pack, unpack
from screener.compiled import compile_reader, load_reader
from screener.declared import PACKAGE, declared, declared_words, derived_tables, offer_tables, parsed_tables
from screener.errors import ModelError
from screener.features import Patterns, WordingPattern
from screener.indicators.catalog import shipped
from screener.reading import Reader
from screener.records import Offer
from screener.text import fold, fold_all, folds, offer_folds

PATTERNS = (
    WordingPattern("customer service", "word", 2.0, 0.5, -0.5),  # an indicator looks for these words as well
    WordingPattern("cust", "stem", 1.5, 0.25, 0.0),
    WordingPattern("cust", "word", 1.5, 0.75, 0.0),
    WordingPattern("港", "substring", 1.0, 0.5, 0.5),
)
TEXTS = (
    "URGENT: customer service in Thailand, USD 1500 a month, free flight and visa, no experience. Telegram @lucky_hr",
    "柬埔寨西港高薪客服,包吃住包机票,月薪3万,无需经验,飞机联系 @abc",
    "Lakeshore Hotel Ltd is hiring two cooks in Kampala. Apply at jobs@lakeshore.example.",
)


@pytest.fixture(scope="module")
def readers():
    reader = Reader.of(shipped(), PATTERNS)
    return reader, load_reader(unpack(pack(compile_reader(reader))), Patterns.of(PATTERNS))


@pytest.mark.parametrize("text", TEXTS)
def test_a_compiled_reader_reads_as_the_declared_one(readers, text):
    declared_reader, compiled_reader = readers
    one, other = declared_reader.read(Offer(text=text)), compiled_reader.read(Offer(text=text))
    assert one.row.found
    assert (one.facts, one.row) == (other.facts, other.row)


def test_learned_wording_is_found_by_its_number(readers):
    (_, compiled_reader) = readers
    found = [hit.pattern for hit in compiled_reader.read(Offer(text=TEXTS[0])).row.wording]
    assert sorted(found, key=PATTERNS.index) == list(PATTERNS[:2])
    assert list(compiled_reader.patterns[1:]) == list(PATTERNS[1:])


def test_compiled_tables_are_what_the_files_declare():
    carried = {digest: orjson.dumps(table).decode() for digest, table in parsed_tables().items()}
    offer_tables(carried, {})
    files = [path for folder in ("facts/data", "languages", "text") for path in (PACKAGE / folder).glob("*.toml")]
    assert files
    for path in files:
        as_declared = tomllib.loads(path.read_text("utf-8"))
        assert declared(path) == orjson.loads(orjson.dumps(as_declared))


def test_a_changed_file_is_read_anew(tmp_path):
    (tmp_path / "x.toml").write_text('word = "one"', "utf-8")
    assert declared(tmp_path / "x.toml") == {"word": "one"}
    (tmp_path / "x.toml").write_text('word = "two"', "utf-8")
    assert declared(tmp_path / "x.toml") == {"word": "two"}


def test_what_is_drawn_from_the_files_is_carried_too():
    carried = orjson.loads(orjson.dumps(derived_tables()))
    assert len(carried) >= 4
    assert carried == derived_tables()  # plain JSON: nothing is lost on the way
    (name,) = (name for name in carried if name.startswith("screener.facts.name_words._long_places "))
    assert "abu dhabi" in carried[name]


def test_folds_carried_along_fold_alike():
    words = ["Gaji", "pelayan RESTORAN", "gaji", "工資"]
    offer_folds(folds(words[:2]))
    assert fold_all(words) == [fold(word) for word in words]


def test_words_to_fold_are_taken_out_of_every_list_of_a_file():
    words = declared_words("facts/data/place_roles.toml", "facts/data/schemes.toml")
    assert {"transit at", "licence no"} <= words
    assert not [word for word in words if "|" in word or "\n" in word or word != word.strip(" *")]


def test_a_reader_of_other_code_is_told(tmp_path, screener):
    home = shutil.copytree(screener.folder, tmp_path / "model")
    path, manifest = home / "reader.txt", home / "manifest.json"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    shelves = {name: dict(texts) for name, texts in unpack(path.read_bytes()).items()}
    shelves["catalog"] = {
        name: text.replace('"kind":"fact","name":"', '"kind":"fact","name":"several_moons_')
        for name, text in shelves["catalog"].items()
    }
    path.write_bytes(pack(shelves))
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(ModelError, match=r"reader\.txt is of other code .*several_moons"):
        Screener.load(home)
