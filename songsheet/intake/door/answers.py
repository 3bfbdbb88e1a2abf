"""Answers of the door: JSON, problems, a short page, a way on."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from typing import Any

import orjson

from songsheet.base.refusals import Refusal
from songsheet.doors.problems import problem_of
from songsheet.intake.door.asked import Ask

Headers = Sequence[tuple[bytes, bytes]]
_ALWAYS = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
#: The look of the company's other outside pages, in a few lines: this page stands for itself.
_LOOK = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;align-content:center;justify-items:center;"
    "padding:24px 16px 12vh;box-sizing:border-box;font:15px/1.5 system-ui,sans-serif;"
    "background:light-dark(#f3f3ee,#161716);color:light-dark(#1a1b19,#e9e9e4)}"
    "strong{display:block;margin-bottom:12px;font-weight:600}"
    "main{box-sizing:border-box;width:100%;max-width:400px;padding:28px;border-radius:12px;"
    "border:1px solid light-dark(#e2e2da,#2c2e2c);background:light-dark(#fff,#1d1f1d)}"
    "h1{margin:0;font-size:18px;line-height:1.3;font-weight:600}p{margin:4px 0 0}"
    "main p{color:light-dark(#55564f,#b3b5ae)}"
)
_LOOK_HASH = base64.b64encode(hashlib.sha256(_LOOK.encode()).digest())
_PAGE = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'sha256-%b'; base-uri 'none'; frame-ancestors 'none'" % _LOOK_HASH,
    ),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex"),
)


async def answer(ask: Ask, status: int, kind: bytes, body: bytes, more: Headers = ()) -> None:
    """Send it."""
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), *_ALWAYS, *more]
    await ask.send({"type": "http.response.start", "status": status, "headers": headers})
    await ask.send({"type": "http.response.body", "body": b"" if ask.method == "HEAD" else body})


async def tell(ask: Ask, status: int, content: Any, more: Headers = ()) -> None:
    """A JSON answer."""
    await answer(ask, status, b"application/json", orjson.dumps(content), more)


async def refuse(ask: Ask, refusal: Refusal, more: Headers = ()) -> None:
    """A refusal in the one form that all of them have."""
    if "retry_after" in refusal.extra:
        more = [*more, (b"retry-after", b"%d" % refusal.extra["retry_after"])]
    body = problem_of(refusal).model_dump_json(exclude_none=True).encode()
    await answer(ask, refusal.status, b"application/problem+json", body, more)


async def page(ask: Ask, status: int, house: str, title: str, words: str) -> None:
    """A short page for whoever came by a link of ours, in the company's name."""
    name = f"<strong>{escape(house)}</strong>" if house else ""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_LOOK}</style></head>"
        f"<body>{name}<main><h1>{escape(title)}</h1><p>{escape(words)}</p></main></body></html>"
    )
    await answer(ask, status, b"text/html; charset=utf-8", text.encode(), _PAGE)


async def lead_on(ask: Ask, target: str) -> None:
    """On to another address."""
    more = (
        (b"location", target.encode("ascii")),
        (b"referrer-policy", b"no-referrer-when-downgrade"),
        (b"x-robots-tag", b"noindex"),
    )
    await answer(ask, 302, b"text/plain", b"", more)
