from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screener.text.blocks import Blocks


def test_a_block_holds_its_first_and_its_last():
    thai = Blocks((0x0E00, 0x0E7F))
    assert [chr(code) in thai for code in (0x0DFF, 0x0E00, 0x0E7F, 0x0E80)] == [False, True, True, False]


@given(st.characters())
def test_blocks_that_touch_and_blocks_apart_are_held_together(character):
    together = Blocks((0x80, 0xFF), (0x61, 0x7A)) | Blocks((0x0100, 0x017F))
    assert (character in together) is (0x61 <= ord(character) <= 0x7A or 0x80 <= ord(character) <= 0x17F)
