"""How the store writes documents down: its tables, and sections as JSON."""

import json
from dataclasses import astuple, dataclass

from fujia.expert.section import Block, Box, Language, Section

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE manuals (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, language TEXT NOT NULL,
    market TEXT, edition TEXT, format TEXT NOT NULL, pages INTEGER, source_sha256 TEXT NOT NULL,
    added TEXT NOT NULL);
CREATE TABLE revision (number INTEGER NOT NULL);
INSERT INTO revision VALUES (0);
CREATE TABLE sources (
    manual INTEGER PRIMARY KEY REFERENCES manuals ON DELETE CASCADE, content BLOB NOT NULL);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, manual INTEGER NOT NULL REFERENCES manuals ON DELETE CASCADE,
    slug TEXT NOT NULL, path TEXT NOT NULL, language TEXT NOT NULL, page INTEGER,
    blocks TEXT NOT NULL, UNIQUE (manual, slug));
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, text TEXT NOT NULL);
CREATE INDEX passages_of_section ON passages (section);
CREATE TABLE vectors (
    passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE, model TEXT NOT NULL,
    vector BLOB NOT NULL, PRIMARY KEY (passage, model)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    heading, body, pairs, tokenize = "porter unicode61 remove_diacritics 2");
"""
"""Rows of ``words`` are passages, by rowid; its columns hold text that is already segmented."""


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual in the store."""

    name: str
    """What people call it: ``handbook-zh``; unique in its store."""
    title: str
    language: Language
    market: str | None
    """Where it holds, as a country code: ``CN``; None is everywhere."""
    edition: str | None
    """As its publisher calls it: ``2026-03``."""
    format: str
    pages: int | None
    source_sha256: str
    added: str
    """When, in UTC, ISO 8601."""


def section_row(section: Section) -> tuple[str, str, str, int | None, str]:
    """Slug, path, language, page and blocks of a section, as the table has them."""
    blocks = [
        (block.kind, block.lines, block.page, [astuple(box) for box in block.boxes])
        for block in section.blocks
    ]
    path = json.dumps(section.path, ensure_ascii=False)
    text = json.dumps(blocks, ensure_ascii=False)
    return section.id, path, section.language, section.page, text


def section_of(slug: str, path: str, language: Language, page: int | None, blocks: str) -> Section:
    """The section of a row; the opposite of ``section_row``."""
    return Section(
        id=slug,
        path=tuple(json.loads(path)),
        language=language,
        page=page,
        blocks=tuple(
            Block(kind, tuple(lines), begins, tuple(Box(*box) for box in boxes))
            for kind, lines, begins, boxes in json.loads(blocks)
        ),
    )
