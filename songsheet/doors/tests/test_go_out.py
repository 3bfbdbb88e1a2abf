"""Where we send to: public addresses alone, in whatever spelling; the one that was looked at."""

import ipaddress
import socket
from typing import Any

import pytest

from songsheet.doors.http import NotATarget, NotSent, address_of, may_be_sent_to, must_be_a_target, post

REFUSED = [
    "ftp://example.com/", "file:///etc/passwd", "//example.com", "http://", "http:///x", "gopher://example.com",
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.0.0.1/",
    "http://0x7f000001/", "http://017700000001/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fc00::1]/",
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest",
    "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/", "http://127.0.0.1./",
    "http://user:pw@example.com/", "http://example.com\\@127.0.0.1/", "http://example.com/a b", "http://exa\nmple.com/",
    "http://①②⑦.0.0.1/", "http://example.com:0/", "http://example.com:99999/", "http://printer.local/",
    "http://db.internal/", "http://example.com/#x", "https://" + "a" * 600 + ".com/", "http://[fec0::1]/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_public_address_is_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(NotATarget):
        must_be_a_target(url)


@pytest.mark.parametrize(
    "url", ["https://example.com/hook?a=1", "http://93.184.216.34:8080/", "https://x-y.io"]
)
def test_public_addresses_are_fine(url: str) -> None:
    assert must_be_a_target(url).hostname


def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: Any) -> None:
    def found(*given: Any, **more: Any) -> Any:
        return [
            (socket.AF_INET, 1, 6, "", ("93.184.216.34", 80)),
            (socket.AF_INET, 1, 6, "", ("10.0.0.8", 80)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(NotATarget):
        address_of("rebound.example", 80)


def test_loopback_is_open_where_the_settings_say_so_and_nothing_else(settings: Any) -> None:
    settings.LOCAL_TARGETS = True
    assert may_be_sent_to(ipaddress.ip_address("127.0.0.1"))
    assert not may_be_sent_to(ipaddress.ip_address("10.0.0.1"))
    assert not may_be_sent_to(ipaddress.ip_address("169.254.169.254"))


def test_nobody_listening_is_told_without_values(settings: Any) -> None:
    settings.LOCAL_TARGETS = True
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        post(f"http://127.0.0.1:{port}/", b"{}", {})
