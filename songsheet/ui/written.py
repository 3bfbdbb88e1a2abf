"""What members write, as HTML: a small part of Markdown, cleaned; names of those mentioned put in as data."""

import re
from collections.abc import Mapping
from functools import cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MENTION = re.compile(r"@(member_[0-9a-z]{26})(?![0-9a-z])")
_RULES = ("emphasis", "link", "list", "blockquote", "backticks", "fence", "newline", "escape", "entity")
_TAGS = {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "span"}
_LONGEST = 100_000


def written(text: str, names: Mapping[str, str]) -> SafeString:
    """A text of ours as it is shown: bold, italic, lists, quotes, code and links to elsewhere, nothing more.

    No picture, no markup of its own, and nothing in it is ever run as a template.
    """
    made = _markdown().render(text[:_LONGEST], {"names": names})
    clean = nh3.clean(
        made,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        allowed_classes={"span": {"mention"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow ugc",
    )
    return mark_safe(clean)  # noqa: S308


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("zero", {"breaks": True, "html": False}).enable(list(_RULES))
    made.core.ruler.push("mentions", _mentions)
    return made


def _mentions(state: StateCore) -> None:
    names = state.env.get("names", {})
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [part for token in block.children for part in _split(token, names)]


def _split(token: Token, names: Mapping[str, str]) -> list[Token]:
    """The text of a token in pieces, each mention one that says the name; names are escaped."""
    if token.type != "text" or "@member_" not in token.content:
        return [token]
    parts, end = [], 0
    for found in _MENTION.finditer(token.content):
        parts.append(Token("text", "", 0, content=token.content[end : found.start()]))
        name = names.get(found[1], "?")
        parts.append(
            Token("html_inline", "", 0, content=format_html('<span class="mention">@{}</span>', name))
        )
        end = found.end()
    return [*parts, Token("text", "", 0, content=token.content[end:])]
