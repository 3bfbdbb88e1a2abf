"""songsheet serve: web and worker together."""

import click

from songsheet.config.cli import say
from songsheet.config.prepare import ready


@click.command()
@click.option("--no-worker", is_flag=True, help="web alone; run `songsheet work` elsewhere")
def command(no_worker: bool) -> None:
    """Serve the pages and the API at SONGSHEET_URL, and run the worker beside them. Ctrl-C stops both."""
    ready()
    run_server(worker=not no_worker)


def run_server(*, worker: bool = True) -> None:
    """Serve until told to stop; the worker is a child process that ends with it."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels, logger

    from songsheet.config.keeping import Keeper
    from songsheet.config.metrics import begin_anew

    environment = settings.ENVIRONMENT
    begin_anew()
    keeper = Keeper(worker=worker)
    server = Granian(
        "songsheet.config.web:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.ASGI,
        workers=environment.workers,
        backlog=1024,
        log_enabled=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        websockets=False,
    )
    # more processes than cores are meant: why stands with the setting
    logger.addFilter(lambda record: "amount of CPU cores" not in str(record.msg))
    say(f"Songsheet is at {environment.url}  (Ctrl-C stops it)")
    _close_connections()
    try:
        server.serve()
    finally:
        keeper.stop()


def _close_connections() -> None:
    """The server's processes are forked: none may inherit a connection."""
    from django.db import connections

    connections.close_all()
