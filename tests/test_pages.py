from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screener.lines import Lines
from screener.pages import cut, standing_in

FEW = st.text("ab ก", max_size=9)


def test_pages_hold_every_line_in_order():
    lines = {f"word {number}": str(number) for number in range(300)}
    pages = cut(lines)
    assert list(Lines(pages)) == [f"{phrase}\t{said}" for phrase, said in sorted(lines.items())]
    assert 4 < len(pages) < 8
    assert all(page.startswith(f"{first}\t") for first, page in pages.items())


def test_what_stands_in_a_text_is_found_on_whatever_page():
    lines = {f"abcdef {number}": "x" for number in range(300)} | {"a": "y", "b": "z"}
    assert standing_in("ABC", cut(lines)) == []
    assert standing_in("say abcdef 17 abcdef 299.", cut(lines)) == [
        "a\ty",
        "abcdef 1\tx",
        "abcdef 17\tx",
        "abcdef 2\tx",
        "abcdef 29\tx",
        "abcdef 299\tx",
        "b\tz",
    ]
    assert standing_in("anything", {}) == []


@given(st.sets(FEW.filter(bool), max_size=200), FEW)
def test_just_the_phrases_in_the_text_are_found(phrases, plain):
    found = standing_in(plain, cut(dict.fromkeys(phrases, "")))
    assert found == [f"{phrase}\t" for phrase in sorted(phrases) if phrase in plain]
