"""Markdown taken apart: headings, tables, items of lists and paragraphs, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from graphsvc.imports.foreign.blocks import Block, Text
from graphsvc.imports.foreign.clean import shown
from graphsvc.imports.foreign.report import Notes

LONGEST_LINE = 20_000
MOST_LINES = 300_000
FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
BAR = re.compile(r"(?<!\\)\|")
SOMETHING = re.compile(r"[^\W_]")
SEPARATOR_ROW = re.compile(r"^[\s|:>+-]+$")


def blocks_of(text: str, notes: Notes) -> list[Block]:
    """The pieces of a page; what the page holds besides them is reported."""
    lines = _bounded(text, notes)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse("\n".join(lines))
    found = list(_Walk(tokens, lines, notes).blocks())
    _say_unread(lines, tokens, notes)
    return found


def _bounded(text: str, notes: Notes) -> list[str]:
    """The lines, without those that are too long to be read and without the front matter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if front := FRONT.match(text):
        notes.noted("line 1", "the front matter of the page; not imported", front[1])
        text = "\n" * front[0].count("\n") + text[front.end() :]
    lines = text.split("\n")[:MOST_LINES]
    for number, line in enumerate(lines):
        if len(line) > LONGEST_LINE:
            notes.lost(f"line {number + 1}", f"has {len(line)} characters; {LONGEST_LINE} are read", line)
            lines[number] = ""
    if text.count("\n") >= MOST_LINES:
        notes.lost(f"line {MOST_LINES + 1}", "the page goes on behind the last line that is read")
    return lines


class _Walk:
    """Goes through the tokens of a page once."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], notes: Notes) -> None:
        self._tokens = tokens
        self._lines = lines
        self._notes = notes
        self._depth = 0
        self._lists = 0
        self._open: list[int] = []

    def blocks(self) -> Iterator[Block]:
        """Every piece, in the order of the page."""
        table: Block | None = None
        kind, level = "paragraph", 0
        for token in self._tokens:
            line = (token.map or [0])[0] + 1
            if token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                self._lists += 1
                self._open.append(self._lists)
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                self._open.pop()
            elif token.type == "list_item_open":
                kind = "item"
            elif token.type == "table_open":
                table = Block("table", line)
            elif token.type == "table_close" and table:
                self._say_cells_beyond(table)
                yield table
                table = None
            elif token.type == "tr_open" and table:
                table.rows.append((line, []))
            elif token.type == "inline" and table:
                table.rows[-1][1].append(self._text(token, line))
            elif token.type == "inline":
                depth = len(self._open) if kind == "item" else level
                yield Block(kind, line, self._text(token, line), depth, list=self._open[-1] if self._open else 0)
                kind, level = "paragraph", 0
            elif token.type in {"html_block", "fence", "code_block"} and SOMETHING.search(token.content):
                what = "HTML" if token.type == "html_block" else "code"
                self._notes.not_understood(f"line {line}", f"{what} is not read", token.content)

    def _say_cells_beyond(self, table: Block) -> None:
        """Cells behind the last header, which the parser drops without a word."""
        width = len(table.rows[0][1])
        for line, _ in table.rows:
            cells = BAR.split(self._lines[line - 1].strip().strip("|"))
            for number, cell in enumerate(cells[width:], width + 1):
                if SOMETHING.search(cell):
                    self._notes.not_understood(f"line {line}, column {number}", "stands beyond the last header", cell)

    def _text(self, token: Token, line: int) -> Text:
        """The words of an inline token."""
        words: list[str] = []
        first, opening, struck, links, address = "", 0, False, 0, ""
        for child in token.children or ():
            if child.type in {"strong_open", "link_open"}:
                if child.type == "link_open":
                    links += 1
                    address = str(child.attrGet("href") or "")
                opening += not "".join(words).strip()
            elif child.type in {"strong_close", "link_close"} and opening and not first:
                first = "".join(words).strip()
            elif child.type == "s_open":
                struck = struck or not "".join(words).strip()
            elif child.type == "html_inline":
                words.append(self._markup(child.content, line))
            elif child.type in {"softbreak", "hardbreak"}:
                words.append("\n")
            elif child.type in {"text", "code_inline"}:
                words.append(child.content)
        text = "".join(words).strip()
        return Text(text, first, struck, links, address if links == 1 and first == text else "")

    def _markup(self, content: str, line: int) -> str:
        if LINE_BREAK.fullmatch(content):
            return "\n"
        self._notes.noted(f"line {line}", "markup was taken out", content)
        return ""


def _say_unread(lines: Sequence[str], tokens: Sequence[Token], notes: Notes) -> None:
    """Report lines that no token covers: the parser passes over what is nested too deep, without a word."""
    read: set[int] = set()
    for token in tokens:
        if token.map and token.type in {"inline", "html_block", "fence", "code_block", "tr_open"}:
            read.update(range(*token.map))
    unread = [
        number
        for number, line in enumerate(lines)
        if number not in read and SOMETHING.search(line) and not SEPARATOR_ROW.match(line)
    ]
    for start, end in _runs(unread):
        place = f"line {start + 1}" if start == end else f"lines {start + 1} to {end + 1}"
        notes.not_understood(place, "not read", shown(lines[start]))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]
