from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.archive import pack, unpack

TEXT = st.text(st.characters(codec="utf-8"))


@given(st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT)))
def test_what_is_packed_is_unpacked_in_the_same_order(shelves):
    unpacked = unpack(pack(shelves))
    assert list(unpacked) == list(shelves)
    for name, texts in shelves.items():
        assert list(unpacked[name].items()) == list(texts.items())
        assert len(unpacked[name]) == len(texts)


def test_a_text_that_is_not_there_is_a_key_error():
    shelf = unpack(pack({"words": {"a": "one"}}))["words"]
    assert ("a" in shelf, "b" in shelf) == (True, False)
    with pytest.raises(KeyError):
        shelf["b"]


@pytest.mark.parametrize(
    "broken", [b"", b"{}", b"no\n", pack({"words": {"a": "one"}})[:-1], b"[1]\n", b'{"words": 1}\n']
)
def test_a_file_that_is_not_whole_is_told(broken):
    with pytest.raises(ValueError, match=r"."):
        unpack(broken)
