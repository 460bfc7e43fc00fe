"""Cutting an ad into highlighted pieces."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from screener.web.highlight import MAX_MARKS, Mark, cut


def mark(start: int, end: int, number: int = 1, tone: str = "raises", gloss: str = "") -> Mark:
    return Mark(start, end, number, tone, f"Sign {number}", gloss)  # type: ignore[arg-type]


def shape(text: str, *marks: Mark) -> list[tuple[str, str, list[int]]]:
    return [(piece.text, piece.tone, [ending.number for ending in piece.ending]) for piece in cut(text, marks)]


def test_plain_text_is_one_piece() -> None:
    assert shape("plain") == [("plain", "", [])]
    assert shape("") == []


def test_a_mark_in_the_middle() -> None:
    assert shape("a bad job", mark(2, 5)) == [("a ", "", []), ("bad", "raises", [1]), (" job", "", [])]


def test_overlapping_marks_share_a_piece() -> None:
    pieces = shape("abcdef", mark(0, 4, 1), mark(2, 6, 2, "lowers"))
    assert pieces == [("ab", "raises", []), ("cd", "mixed", [1]), ("ef", "lowers", [2])]


def test_nested_and_equal_marks() -> None:
    pieces = shape("abcd", mark(0, 4, 1), mark(1, 3, 2), mark(1, 3, 3, "context"))
    assert pieces == [("a", "raises", []), ("bc", "raises", [2, 3]), ("d", "raises", [1])]


def test_marks_outside_the_text_are_clipped_or_dropped() -> None:
    assert shape("abc", mark(-5, 1, 1), mark(2, 99, 2), mark(7, 9, 3), mark(2, 2, 4), mark(3, 1, 5)) == [
        ("a", "raises", [1]),
        ("b", "", []),
        ("c", "raises", [2]),
    ]


def test_the_hint_names_every_sign_once_with_its_gloss() -> None:
    (piece,) = cut("客服", [mark(0, 2, 1, gloss="customer service"), mark(0, 2, 1, gloss="customer service")])
    assert piece.hint == "1. Sign 1 = “customer service”"
    assert len(piece.ending) == 1


def test_hostile_nesting_stays_cheap() -> None:
    text = "x" * 20_000
    started = time.perf_counter()
    pieces = cut(text, [mark(position, 20_000 - position, position) for position in range(9_000)])
    assert time.perf_counter() - started < 2
    assert len(pieces) <= 2 * MAX_MARKS + 1


spans = st.tuples(st.integers(-3, 30), st.integers(-3, 30), st.integers(1, 5), st.sampled_from(["raises", "lowers"]))


@given(text=st.text(max_size=24), given_spans=st.lists(spans, max_size=12))
def test_the_pieces_are_the_text_and_cover_the_marks(text: str, given_spans: list[tuple[int, int, int, str]]) -> None:
    marks = [mark(*span) for span in given_spans]
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    covered = [bool(piece.covering) for piece in pieces for _ in piece.text]
    expected = [any(entry.start <= at < entry.end for entry in marks) for at in range(len(text))]
    assert covered == expected
