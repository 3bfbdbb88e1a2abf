"""Make `songsheet` runnable from this checkout: a path file and a script, nothing is downloaded or built."""

import compileall
import site
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
packages = Path(site.getsitepackages()[0])
(packages / "songsheet-checkout.pth").write_text(f"{ROOT}\n")
script = Path(sys.executable).parent / "songsheet"
script.write_text(f"#!{sys.executable}\nfrom songsheet.config.cli import main\n\nmain()\n")
script.chmod(0o755)
compileall.compile_dir(ROOT / "songsheet", quiet=2)
