"""Turns an answer's text into HTML that is safe by construction.

Known are paragraphs, line breaks, list items (`- `), `**bold**`, `[title](address)`,
and bare addresses and phone numbers with area code. Everything else is text and
escaped; there is no way to write HTML. A Markdown library was not taken because it
allows far more than answers need, and each extra would have to be switched off.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_SCHEMES = frozenset({"http", "https", "tel", "mailto"})
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    r"|\[(?P<title>[^\]\n]+)\]\((?P<address>[^()\s]+)\)"
    r"|(?P<bare>https?://[^\s<>\"']+)"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<phone>(?<![\d/.-])0\d{3,5} \d{2,}(?:-\d{1,5})?(?![\d/]))"
)
_AFTER_ADDRESS = ".,;:!?)"
_ITEM = re.compile(r"^\s*[-•]\s+")


def rendered(text: str) -> Markup:
    """Returns an answer's text as HTML."""
    blocks: list[Markup] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        blocks.extend(_blocks(paragraph.splitlines()))
    return Markup("").join(blocks)


def _blocks(lines: list[str]) -> list[Markup]:
    blocks: list[Markup] = []
    group: list[str] = []
    is_list = False
    for line in [*lines, None]:
        is_item = line is not None and bool(_ITEM.match(line))
        if group and (line is None or is_item != is_list):
            blocks.append(_list(group) if is_list else _paragraph(group))
            group = []
        if line is not None:
            group.append(_ITEM.sub("", line))
            is_list = is_item
    return blocks


def _list(items: list[str]) -> Markup:
    inside = Markup("").join(Markup("<li>{}</li>").format(_inline(i)) for i in items)
    return Markup("<ul>{}</ul>").format(inside)


def _paragraph(lines: list[str]) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(x) for x in lines))


def _inline(text: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for match in _INLINE.finditer(text):
        parts.append(escape(text[position : match.start()]))
        parts.append(_piece(match))
        position = match.end()
    parts.append(escape(text[position:]))
    return Markup("").join(parts)


def _piece(match: re.Match[str]) -> Markup:
    if match["bold"]:
        return Markup("<strong>{}</strong>").format(_inline(match["bold"]))
    if match["title"]:
        if not _is_allowed(match["address"]):
            return escape(match.group())
        return _link(match["address"], match["title"])
    if match["mail"]:
        return _link("mailto:" + match["mail"], match["mail"])
    if match["phone"]:
        digits = re.sub(r"\D", "", match["phone"])
        return _link("tel:+49" + digits[1:], match["phone"])
    address = match["bare"].rstrip(_AFTER_ADDRESS)
    if not _is_allowed(address):
        return escape(match.group())
    return _link(address, address) + escape(match["bare"][len(address) :])


def _is_allowed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES:
        return False
    return bool(parts.netloc) or parts.scheme in {"tel", "mailto"}


def _link(address: str, title: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(
        address, title
    )
