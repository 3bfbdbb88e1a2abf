"""songsheet demo: the company Aldermoor, on its Tuesday."""

from time import monotonic

import click

from songsheet.config.cli import say
from songsheet.config.prepare import ready


@click.command()
@click.option(
    "--size", type=click.Choice(["s", "default", "m", "l"]), default="default", help="how large it is"
)
@click.option("--seed", type=int, default=None, help="another history with the same causes")
@click.option("--load-only", is_flag=True, help="load and set the clock; do not serve")
def command(size: str, seed: int | None, load_only: bool) -> None:
    """Show the demo company: load it where it is not there yet, begin its Tuesday at 10:12, and serve."""
    ready()
    from songsheet.config.demo.history import SEED, Draw
    from songsheet.config.demo.start import begin

    started = monotonic()
    begin(Draw(size, SEED if seed is None else seed), _tell)
    say(f"Aldermoor is on its Tuesday, 10:12 ({monotonic() - started:.0f} s).")
    if not load_only:
        from songsheet.config.cli.serve import run_server

        run_server()


def _tell(done: int, of: int) -> None:
    say(f"Loading the demo: {done:,} of about {of:,} leads with their stories")
