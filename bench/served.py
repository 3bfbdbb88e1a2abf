"""Pages as a browser waits for them: the demo, served, asked by so many connections at once.

`python -m bench.served [--requests 200] [--root /path/to/another/checkout]` loads the demo into a home of its own and
serves it. With `--root` another checkout is served with the same Python, so that two states can be compared.
"""

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path

from tests.serving import ROOT, environ_of, free_port, wait_for

CONNECTIONS = (1, 4, 16)


class Browser:
    """One connection, signed in."""

    def __init__(self, port: int, cookies: str = "") -> None:
        self.connection, self.cookies = http.client.HTTPConnection("127.0.0.1", port), cookies

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        self.connection.request("GET", path, headers={"Cookie": self.cookies})
        answer = self.connection.getresponse()
        return answer, answer.read()

    def sign_in(self) -> None:
        """The demo signs in whoever comes."""
        held, path = SimpleCookie(self.cookies), "/"
        while path:
            answer, _ = self.get(path)
            for given in answer.msg.get_all("Set-Cookie", []):
                held.load(given)
            self.cookies = "; ".join(f"{name}={one.value}" for name, one in held.items())
            path = answer.getheader("Location", "")


def measured(port: int, cookies: str, paths: list[str], connections: int, requests: int) -> str:
    """A line of the table."""
    times: list[float] = []

    def ask() -> None:
        browser = Browser(port, cookies)
        for number in range(requests // connections):
            began = time.perf_counter()
            answer, _ = browser.get(paths[number % len(paths)])
            assert answer.status == 200, (answer.status, paths[number % len(paths)])
            times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(times) == requests // connections * connections
    took, cuts = time.perf_counter() - began, statistics.quantiles(times, n=20)
    return f"{connections:>3} connections   p50 {cuts[9]:6.1f}   p95 {cuts[18]:6.1f} ms   {len(times) / took:6.1f}/s"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--requests", type=int, default=200)
    asked.add_argument("--root", type=Path, default=ROOT)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        environ = environ_of(Path(home), "", f"http://127.0.0.1:{port}")
        environ = {name: value for name, value in environ.items() if name != "SONGSHEET_WORKERS"}
        log = Path(home) / "served.log"
        with log.open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "songsheet", "demo"], env={**environ, "PYTHONPATH": str(given.root)},
                cwd=given.root, stdout=told, stderr=told, start_new_session=True,
            )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}", process, 180, log)
            time.sleep(10)  # the worker has its first looks behind it
            table(port, given.requests)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def table(port: int, requests: int) -> None:
    browser = Browser(port)
    browser.sign_in()
    _, listed = browser.get("/leads")
    buyers = [one.decode() for one in re.findall(rb'href="(/buyers/person_[0-9a-z]+)"', listed)]
    pages = {"list": ["/leads"], "buyer": buyers, "board": ["/deals/board"], "health": ["/health"]}
    for name, paths in pages.items():
        measured(port, browser.cookies, paths, 1, 20)
        for connections in CONNECTIONS:
            line = measured(port, browser.cookies, paths, connections, requests)
            print(f"{name:<8} {line}", flush=True)


if __name__ == "__main__":
    main()
