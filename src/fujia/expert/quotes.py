"""Where quotes stand in a section: which of its blocks hold them."""

from collections.abc import Collection

from fujia.expert.section import Block, Box, Section


def quoted_blocks(section: Section, quotes: Collection[str]) -> tuple[Block, ...]:
    """The blocks of a section in which any of the quotes stands, wholly or in part, in order."""
    text = section.text
    ranges = [(at, at + len(quote)) for quote in quotes if quote and (at := text.find(quote)) >= 0]
    found, start = list[Block](), 0
    for block in section.blocks:
        end = start + len(block.text)
        if any(low < end and start < high for low, high in ranges):
            found.append(block)
        start = end + 1
    return tuple(found)


def boxes_of(section: Section, quotes: Collection[str] = ()) -> tuple[Box, ...]:
    """Where the quotes stand on the pages; all of the section where it holds none of them."""
    blocks = quoted_blocks(section, quotes) or section.blocks
    return tuple(box for block in blocks for box in block.boxes)
