"""The one way out: HTTP to an address that a member gave us, checked before the first byte is sent.

The name is resolved once and that very address is connected to. Private, loopback, link-local and shared
addresses are refused in every spelling; redirects are not followed; an answer is read up to 64 kB, a file
up to what its caller says.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from songsheet.base.refusals import Refusal

MOST_READ = 64 * 1024
LONGEST_URL = 500
LONGEST_PAGE = 2000
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z][a-z0-9-]{0,62}")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotATarget(Refusal):
    """An address that we do not send to."""

    code = "not_a_target"


class NotSent(Exception):
    """No answer came; the words say why, without values."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the beginning of the body, and how long to wait if it said so."""

    code: int
    text: str
    retry_after: int | None


def must_be_a_target(url: str, longest: int = LONGEST_URL) -> SplitResult:
    """The parts of an address that may be sent to, as far as its spelling tells."""
    if len(url) > longest or not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise NotATarget(f"An address has at most {longest:,} plain characters and no blanks.", field="url")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise NotATarget(
            "This is not an address. Write it like https://example.com/hook.", field="url"
        ) from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise NotATarget("An address begins with https:// or http:// and names a host.", field="url")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NotATarget("An address holds no user, password or fragment.", field="url")
    ip = _literal(host)
    if ip is None and ("[" in parts.netloc or not _NAME.fullmatch(host)):
        raise NotATarget("The host is neither a name nor an address in its usual spelling.", field="url")
    if (ip is not None and not may_be_sent_to(ip)) or (ip is None and _is_local(host)):
        raise NotATarget("Nothing is sent to private addresses or to this machine.", field="url")
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str], *, patience: float = 10.0) -> Answer:
    """Send once. NotATarget when the name leads to a private address, NotSent when no answer came in time."""
    return _ask("POST", must_be_a_target(url), body, headers, patience)


def look(url: str, *, patience: float = 10.0) -> Answer:
    """Ask whether a page is there; a redirect is its answer, and not followed. It refuses as `post` does."""
    return _ask("GET", must_be_a_target(url, LONGEST_PAGE), None, {"Accept": "text/html,*/*"}, patience)


def fetch(url: str, *, most: int, accept: str, patience: float = 20.0) -> Answer:
    """Read a whole file of at most so many bytes; NotSent where it is longer. It refuses as `look` does."""
    parts = must_be_a_target(url, LONGEST_PAGE)
    answer = _ask("GET", parts, None, {"Accept": accept}, patience, most=most + 1)
    if len(answer.text) > most:
        raise NotSent("more than fits")
    return answer


def _ask(
    method: str, parts: SplitResult, body: bytes | None, headers: Mapping[str, str], patience: float,
    *, most: int = MOST_READ,
) -> Answer:  # fmt: skip
    secure = parts.scheme == "https"
    host, port = (parts.hostname or "").rstrip("."), parts.port or (443 if secure else 80)
    connection = _Straight(host, port, address_of(host, port), secure=secure, timeout=patience)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # a receiver that drips byte by byte is ended too: each read alone would be in time
    watchdog = threading.Timer(patience, connection.cut)
    watchdog.start()
    try:
        connection.request(method, path, body, {"User-Agent": "Songsheet", **headers})
        response = connection.getresponse()
        text = response.read(most).decode("utf-8", "replace")
        return Answer(response.status, text, _seconds(response.getheader("Retry-After")))
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = (
            "no answer in time"
            if connection.was_cut or isinstance(error, TimeoutError)
            else type(error).__name__
        )
        raise NotSent(why) from None
    finally:
        watchdog.cancel()
        connection.close()


def address_of(host: str, port: int) -> tuple[socket.AddressFamily, str]:
    """The one address that will be connected to; refused unless all that the name means may be sent to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except (OSError, UnicodeError):
        raise NotSent("the name is not known") from None
    addresses = [(family, str(address[0]).partition("%")[0]) for family, _, _, _, address in found]
    if not addresses or not all(may_be_sent_to(ipaddress.ip_address(one)) for _, one in addresses):
        raise NotATarget("The name leads to a private address or to this machine.", field="url")
    return addresses[0]


def may_be_sent_to(ip: IP) -> bool:
    """Whether an address is public, whatever it is wrapped in; loopback where the settings say so."""
    inner = ip
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip.sixtofour:
            inner = ip.ipv4_mapped or ip.sixtofour or ip
        elif ip in _NAT64 or int(ip) >> 32 == 0:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if int(ip) > 1 else ip
    if inner.is_loopback:
        return bool(settings.LOCAL_TARGETS)
    is_site_local = isinstance(inner, ipaddress.IPv6Address) and inner.is_site_local
    return inner.is_global and not (inner.is_multicast or inner.is_reserved or is_site_local)


def _literal(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_local(name: str) -> bool:
    own = name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    return own and not (settings.LOCAL_TARGETS and name == "localhost")


def _seconds(text: str | None) -> int | None:
    return min(int(text), 24 * 3600) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


class _Straight(http.client.HTTPConnection):
    """A connection to one address, whatever the name would mean a moment later."""

    def __init__(
        self, host: str, port: int, address: tuple[socket.AddressFamily, str], *, secure: bool, timeout: float
    ) -> None:
        super().__init__(host, port, timeout=timeout)
        self.address = address
        self.was_cut = False
        self._context = ssl.create_default_context() if secure else None
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        family, address = self.address
        sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock = sock
        sock.settimeout(self.timeout)
        sock.connect((address, self.port))
        if self._context is not None:
            self.sock = self._context.wrap_socket(sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself
