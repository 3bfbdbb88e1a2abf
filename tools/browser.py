"""Find a Chromium for the browser tests, or install one: Debian's package as root, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def found() -> str | None:
    """A Chromium of this machine."""
    named = os.environ.get("SONGSHEET_BROWSER")
    if named and named != "off":
        return named if Path(named).exists() else None
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        None,
    )


def install() -> bool:
    """Try to install one; whether it worked."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        done = subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)  # type: ignore[call-overload]
        return done.returncode == 0
    return (
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode
        == 0
    )


def main() -> None:
    if os.environ.get("SONGSHEET_BROWSER") == "off":
        print("SONGSHEET_BROWSER=off: THE BROWSER TESTS WILL NOT RUN.", file=sys.stderr)
        return
    if found():
        return
    print("No Chromium here; installing one …", file=sys.stderr)
    if not install():
        sys.exit(
            "The browser tests need Chromium and none could be had. SONGSHEET_BROWSER=off runs the rest."
        )


main()
