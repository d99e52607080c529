"""Documents in short, for tests to compare."""

from fujia.expert.section import Document


def shown(document: Document) -> list[tuple[object, ...]]:
    """Each section as its path, then kind and lines of each block."""
    return [
        (section.path, *((block.kind, block.lines) for block in section.blocks))
        for section in document.sections
    ]
