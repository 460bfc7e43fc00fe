from __future__ import annotations

import pytest

from screener.lines import BLOCK, Lines, Parsed, blocks, numbers


def test_lines_are_parsed_when_asked_for_and_once():
    asked = []
    column = Parsed(["1 2", "3", ""], lambda line: asked.append(line) or numbers(line))
    assert (len(column), column[1], column[1], asked) == (3, (3,), (3,), ["3"])
    assert list(column) == [(1, 2), (3,), ()]
    assert column[:2] == [(1, 2), (3,)]


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1])
def test_a_long_column_is_cut_in_blocks(count):
    told = list(map(str, range(count)))
    column = Lines(blocks(told))
    assert (len(column), list(column), column[:]) == (count, told, told)
    for number in (-1, count):
        with pytest.raises(IndexError, match=f"line {number} of {count}"):
            column.at(number)
