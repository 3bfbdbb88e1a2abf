"""The files in deploy/ say what is there: settings, commands, users. Nothing here starts an engine."""

import re
from pathlib import Path

import yaml

from songsheet.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY, COMMANDS = ROOT / "deploy", ROOT / "songsheet" / "config" / "cli"
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL"} | {
    "HEALTHCHECK", "ENTRYPOINT", "CMD"
}  # fmt: skip
#: Of the compose file alone: the name that the proxy answers to.
OURS = {"SONGSHEET_HOST"}


def test_each_setting_that_is_named_is_one_of_ours() -> None:
    for path in DEPLOY.iterdir():
        named = set(re.findall(r"\bSONGSHEET_[A-Z_]+\b", path.read_text()))
        assert named <= {*SETTINGS, *OURS}, path.name


def test_each_command_that_is_run_is_one_of_ours() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    words = [services["web"]["command"], services["worker"]["command"], ["backup"]]
    for unit in DEPLOY.glob("*.service"):
        words += [found.split()[1:] for found in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.M)]
    for given in words:
        command = next(word for word in given if not word.startswith("/"))
        assert (COMMANDS / f"{command}.py").exists(), given


def test_the_compose_file_mounts_what_it_declares_and_opens_the_proxy_alone() -> None:
    told = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    mounted = {each.split(":")[0] for one in told["services"].values() for each in one.get("volumes", [])}
    assert {one for one in mounted if not one.startswith(".")} == set(told["volumes"])
    assert [name for name, one in told["services"].items() if "ports" in one] == ["proxy"]
    assert all((DEPLOY / one).exists() for one in mounted if one.startswith("."))


def test_the_image_runs_as_nobody_special_and_is_told_how_it_fares() -> None:
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert {line.split()[0] for line in lines} <= INSTRUCTIONS
    last = {line.split()[0]: line for line in lines}
    assert last["USER"] == "USER 10001"
    assert "HEALTHCHECK" in last
    assert not re.search(r"FROM \S+:latest|FROM [^:\s]+( |$)", text)
