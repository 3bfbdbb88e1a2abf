"""The command line `songsheet`: exit 0 done, 1 refused or failed, 2 wrong usage; --json gives one object."""

import importlib.util
import os
import sys
from typing import Any

import click
import orjson

from songsheet import __version__

#: Command → the module under songsheet.config.cli that holds it under the name `command`.
COMMANDS: dict[str, str] = {
    "demo": "demo",
    "serve": "serve",
    "work": "work",
    "import": "import_",
    "letters": "letters",
    "story": "story",
    "check": "check",
    "rebuild": "rebuild",
    "key": "key",
    "member": "member",
    "lead": "lead",
    "prepare": "prepare",
    "backup": "backup",
    "restore": "restore",
    "erase": "erase",
    "export": "export",
    "retention": "retention",
    "vacuum": "vacuum",
    "doctor": "doctor",
    "song": "song",
}


class House(click.Group):
    """Loads the command that is asked for, and nothing else; help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, module in COMMANDS.items() if importlib.util.find_spec(f"{__name__}.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.command(cls=House, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="songsheet")
def cli() -> None:
    """Songsheet: marketing and sales run as one Revenue Department."""


def main() -> None:
    """The entry point: refusals and wrong settings become one sentence on standard error."""
    from songsheet.base.refusals import Refusal
    from songsheet.config.environment import WrongSetting

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    try:
        cli(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        sys.exit(1)
    except WrongSetting as error:
        say(str(error))
        sys.exit(2)
    except (click.ClickException, Refusal) as error:
        say(error.sentence if isinstance(error, Refusal) else error.format_message())
        sys.exit(1)


def say(words: str) -> None:
    """A message for people: standard error."""
    click.echo(words, err=True)


def give(answer: Any) -> None:
    """The one JSON object of an answer: standard output."""
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2, default=str) + b"\n")
    sys.stdout.flush()
