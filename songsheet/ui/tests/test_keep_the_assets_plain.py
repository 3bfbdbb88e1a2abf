"""The assets: a lock file without hosts, templates without inline script or style, icons that exist."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(path for path in ROOT.glob("songsheet/*/templates/**/*.html") if "tests" not in path.parts)
INLINE = re.compile(r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:""")


def test_the_lock_file_names_no_host():
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text
    assert "resolved" not in text


def test_versions_are_pinned_exactly():
    given = json.loads((ROOT / "package.json").read_text())
    versions = {**given["dependencies"], **given["devDependencies"]}
    assert all(version[0].isdigit() for version in versions.values())
    assert versions["tailwindcss"] == versions["@tailwindcss/cli"] == "4.3.0"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_script_or_style(path):
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
    assert not INLINE.findall(text)


def test_every_icon_is_drawn():
    drawn = json.loads((ROOT / "songsheet/ui/icons.json").read_text())
    sprite = ROOT / "songsheet/ui/static/songsheet/dist/icons.svg"
    assert sprite.exists(), "the assets are not built: npm ci && npm run build"
    text = sprite.read_text()
    assert [name for name in drawn if f'<symbol id="{name}"' not in text] == []


def test_colours_are_named_in_one_place():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(|hsl\(|oklch\(", re.I)
    sheets = [path for path in (ROOT / "songsheet/ui/assets/css").glob("*.css") if path.name != "tokens.css"]
    assert {path.name: colour.findall(path.read_text()) for path in sheets} == {
        path.name: [] for path in sheets
    }
