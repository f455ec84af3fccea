"""Pages of the docs as HTML, for the bot's own web pages: one source, told in two places.

Knows what these pages use and no more: headings, paragraphs, lists, tables, bold, code, links.
"""

from __future__ import annotations

import re
from html import escape

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)]+)\)"
)


def as_html(markdown: str) -> str:
    """The page without its frame. Links to other pages of the docs become their words."""
    parts = [_block(block) for block in re.split(r"\n\s*\n", markdown.strip())]
    return "\n".join(parts) + "\n"


def _block(block: str) -> str:
    lines = block.splitlines()
    heading = re.fullmatch(r"(#{1,3}) (.+)", block)
    if heading:
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if lines[0].startswith("| "):
        return _table(lines)
    if lines[0].startswith("- "):
        items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
        made = "\n".join(f"<li>{_inline(' '.join(item.split()))}</li>" for item in items)
        return f"<ul>\n{made}\n</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    head, _, *rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    top = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    # Whoever uses the keyboard alone can scroll what is too wide.
    frame = '<div class="scroll" tabindex="0" role="region" aria-label="Table">'
    return (
        f"{frame}<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _inline(text: str) -> str:
    made, at = "", 0
    for found in _INLINE.finditer(text):
        made += escape(text[at : found.start()], quote=False) + _span(found)
        at = found.end()
    return made + escape(text[at:], quote=False)


def _span(found: re.Match[str]) -> str:
    if found["code"]:
        return f"<code>{escape(found['code'], quote=False)}</code>"
    if found["bold"]:
        return f"<strong>{escape(found['bold'], quote=False)}</strong>"
    words = escape(found["words"], quote=False)
    if not found["to"].startswith("https://"):
        return words
    return f'<a href="{escape(found["to"])}">{words}</a>'
