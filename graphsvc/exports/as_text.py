"""Blocks as plain text, as Markdown and as HTML; whatever a register says stays text in each of them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from graphsvc.exports.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def plain_text(text: Text) -> bytes:
    """Plain text, to paste."""
    parts = [text.title, *filter(None, map(_plain, text.blocks))]
    return ("\n\n".join(parts) + "\n").encode()


def _plain(block: Block) -> str:
    match block:
        case Heading(said):
            return said
        case Paragraph(said, strong):
            return _one_line(_joined(strong, said))
        case Bullets(items):
            return "\n".join(f"- {_one_line(_joined(*item))}" for item in items)
        case Table(columns, rows):
            return "\n".join(" | ".join(map(_one_line, row)) for row in [columns, *rows])
    return ""


def _joined(strong: str, said: str) -> str:
    return " ".join(filter(None, (f"{strong}:" if strong and said else strong, said)))


def markdown(text: Text) -> bytes:
    """Markdown (CommonMark with tables)."""
    parts = [f"# {_md(text.title)}", *filter(None, map(_markdown, text.blocks))]
    return ("\n\n".join(parts) + "\n").encode()


def _markdown(block: Block) -> str:
    match block:
        case Heading(said, level):
            return f"{'#' * level} {_md(said)}"
        case Paragraph(said, strong, note):
            joined = " ".join(filter(None, (f"**{_md(strong)}:**" if strong else "", _md(said))))
            return f"> {joined}" if note else joined
        case Bullets(items):
            return "\n".join(
                "- " + " ".join(filter(None, (f"**{_md(strong)}:**" if strong else "", _md(said))))
                for strong, said in items
            )
        case Table(columns, rows):
            lines = [f"| {' | '.join(_md(_one_line(cell)) for cell in row)} |" for row in [columns, *rows]]
            return "\n".join([lines[0], "|" + " --- |" * len(columns), *lines[1:]])
        case Figure(png, _, caption):
            return f"![{_md(caption)}](data:image/png;base64,{base64.b64encode(png).decode()})"


def _md(said: str) -> str:
    """A text in which nothing is markup."""
    escaped = _MARKUP.sub(r"\\\1", _one_line(said))
    return _STARTS.sub(r"\1\\\2" if not escaped[:1].isdigit() else r"\1\2\\", escaped)


def _one_line(said: str) -> str:
    return " ".join(said.split())


def html(text: Text) -> bytes:
    """One HTML page that loads nothing."""
    body = "\n".join(filter(None, map(_html, text.blocks)))
    page = PAGE.format(language=text.language, title=escape(text.title), style=Markup(STYLE), body=Markup(body))
    return (page + "\n").encode()


def _html(block: Block) -> str:
    match block:
        case Heading(said, level):
            return f"<h{level}>{escape(said)}</h{level}>"
        case Paragraph(said, strong, note):
            start = f"<strong>{escape(strong)}:</strong> " if strong else ""
            return f"<p{' class=note' if note else ''}>{start}{escape(said)}</p>"
        case Bullets(items):
            return f"<ul>\n{chr(10).join(_items(items))}\n</ul>"
        case Table(columns, rows):
            head = "".join(f"<th scope=col>{escape(column)}</th>" for column in columns)
            found = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<div class=wide><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{found}\n</tbody></table></div>"
        case Figure(_, svg, caption):
            source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
            told = escape(caption)
            return f'<figure><img alt="{told}" src="{source}"><figcaption>{told}</figcaption></figure>'


def _items(items: object) -> Iterator[str]:
    for strong, said in items:  # type: ignore[attr-defined]
        start = f"<strong>{escape(strong)}:</strong> " if strong else ""
        yield f"<li>{start}{escape(said)}</li>"


STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1c2330;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.2rem;border-bottom:1px solid #cfd6e1;padding-bottom:.2rem}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{border:1px solid #cfd6e1;padding:.35rem .5rem;
text-align:left;vertical-align:top}th{background:#eef1f6}.wide{overflow-x:auto}.note{color:#4a5568}
figure{margin:1rem 0}img{max-width:100%;height:auto}figcaption{color:#4a5568;font-size:.9em}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
"""
PAGE = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\n'
    '<meta name="viewport" content="width=device-width"><style>{style}</style></head>\n'
    "<body><h1>{title}</h1>\n{body}\n</body></html>"
)
