"""What a request says: its headers, its body within bounds, and the network it came from."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import parse_qs

from songsheet.base.refusals import Refusal, TooMany

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: A body that takes longer is not waited for.
SECONDS = 10.0
#: So often one network may ask without a key, in a minute and at one process.
A_MINUTE = 300
_MOST_NETWORKS = 50_000
#: Where proxies of ours stand: what they say of whom they ask for is believed.
_PROXIES = [
    ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
_AHEAD_OF_ASKING = (b"purpose", b"sec-purpose", b"x-purpose", b"x-moz")


class TooLarge(Refusal):
    """More bytes or items than one request may bring."""

    status = 413
    code = "too_large"


class TooSlow(Refusal):
    """The body did not come in time."""

    status = 408
    code = "too_slow"


class NotThisForm(Refusal):
    """The body is packed in a way that is not read here."""

    status = 415
    code = "not_this_form"


class Gone(Exception):
    """Whoever asked went away before they had said it."""


class Ask:
    """One request."""

    def __init__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: str = scope["query_string"].decode("latin-1")
        self.send = send
        self._receive = receive
        self._client: str = (scope.get("client") or ("",))[0]
        self._headers: dict[bytes, bytes] = dict(scope["headers"])

    def header(self, name: bytes, most: int = 2000) -> str:
        """A header's value, one line of text; empty where there is none."""
        return self._headers.get(name, b"").decode("latin-1").strip()[:most]

    def named(self, name: str) -> str:
        """A value of the query."""
        return parse_qs(self.query, max_num_fields=20).get(name, [""])[0] if name in self.query else ""

    @property
    def network(self) -> str:
        """Where it came from, cut; behind a proxy of ours what that one says."""
        return cut(self._client, self.header(b"x-forwarded-for", 500))

    @property
    def is_prefetch(self) -> bool:
        """Whether a program asked before anybody wanted to see it."""
        said = [self.header(name, 80).lower() for name in _AHEAD_OF_ASKING if name in self._headers]
        return any("prefetch" in one or "preview" in one or "prerender" in one for one in said)

    async def body(self, most: int) -> bytes:
        """The whole body, unless it is larger than that or comes too slowly."""
        length = self._headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > most:
            raise _too_large(most)
        if self._headers.get(b"content-encoding", b"identity") != b"identity":
            raise NotThisForm("Send the body as it is, without Content-Encoding.")
        try:
            async with asyncio.timeout(SECONDS):
                return await self._all(most)
        except TimeoutError:
            raise TooSlow(f"The body did not come within {SECONDS:.0f} seconds.") from None

    async def _all(self, most: int) -> bytes:
        pieces, size, more = list[bytes](), 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Gone
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > most:
                raise _too_large(most)
            more = message.get("more_body", False)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"A body has at most {most // 1024:,} kB here.")


@lru_cache(4096)
def cut(client: str, forwarded: str) -> str:
    """The network of an address: /24, or /48 of the longer ones. No whole address is kept."""
    try:
        near = ip_address(client)
        if forwarded and any(near in one for one in _PROXIES):
            near = ip_address(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return ""
    if isinstance(near, IPv6Address) and near.ipv4_mapped:
        near = near.ipv4_mapped
    return str(ip_network((near, 24 if near.version == 4 else 48), strict=False))


class Rate:
    """Counts by network and minute."""

    def __init__(self) -> None:
        self._minute = -1
        self._counts: dict[str, int] = {}

    def count(self, network: str) -> None:
        """One request more; refused when the minute's are used up."""
        now = asyncio.get_running_loop().time()
        if int(now / 60) != self._minute or len(self._counts) > _MOST_NETWORKS:
            self._minute, self._counts = int(now / 60), {}
        self._counts[network] = count = self._counts.get(network, 0) + 1
        if count > A_MINUTE:
            wait = 60 - int(now % 60)
            raise TooMany(
                f"One network may ask {A_MINUTE} times a minute. Go on in {wait} seconds.", retry_after=wait
            )
