"""What programs call themselves, and from where mail gateways and robots come: kept by hand."""

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network

#: Words in the names of programs. A name such as CUBOT is a phone's: `bot` counts at the end of a name with a
#: version or an address behind it.
_ROBOT = re.compile(
    r"(?<!cu)bot(?:\b|[/;_-])|robot|crawl|spider|slurp|preview|scanner|headless|phantomjs|selenium|puppeteer"
    r"|python|aiohttp|curl/|wget|java/|okhttp|go-http|httpclient|axios|node-fetch|undici|ruby|perl/|php/"
    r"|monitor|uptime|pingdom|lighthouse|facebookexternalhit|whatsapp|imageproxy|mailproxy|linkexpanding"
    r"|feedfetcher|validator|archiver|mediapartners|google-read-aloud|barracuda|proofpoint|mimecast",
    re.IGNORECASE,
)
_BROWSER = re.compile(
    r"^Mozilla/5\.0 \([^)]{4,}\).*(AppleWebKit/5[3-9]\d|AppleWebKit/6\d\d|Gecko/)|Trident/7", re.IGNORECASE
)
#: Where gateways that open every link of a mail, image proxies and search robots come from, as their makers
#: publish it: Microsoft 365, Proofpoint, Mimecast, Barracuda, Google, Bing.
_PUBLISHED = """
    40.92.0.0/15 40.94.0.0/16 40.107.0.0/16 52.100.0.0/14 104.47.0.0/17
    67.231.144.0/20 148.163.128.0/19 185.132.180.0/22 208.86.200.0/22
    91.220.42.0/24 185.58.84.0/22 195.130.217.0/24 205.139.110.0/23 207.211.30.0/23 205.217.25.0/24
    64.235.144.0/20 209.222.80.0/21
    66.102.0.0/20 66.249.64.0/19 72.14.192.0/18 74.125.0.0/16 209.85.128.0/17
    40.77.160.0/19 157.55.32.0/20 207.46.0.0/19
    2a01:111:f403::/48 2001:4860:4801::/48
"""
_NETWORKS = [ip_network(one) for one in _PUBLISHED.split()]


@lru_cache(4096)
def is_robot(agent: str) -> bool:
    """Whether it says itself that it is a program."""
    return bool(_ROBOT.search(agent))


@lru_cache(4096)
def is_browser(agent: str) -> bool:
    """Whether it says that it is a browser of the last ten years."""
    return bool(_BROWSER.search(agent))


@lru_cache(4096)
def is_gateway(network: str) -> bool:
    """Whether machines alone come from this network (an address, cut or whole)."""
    try:
        address = ip_address(network.partition("/")[0])
    except ValueError:
        return False
    return any(address in one for one in _NETWORKS if one.version == address.version)
