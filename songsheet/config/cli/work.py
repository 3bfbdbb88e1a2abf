"""songsheet work: jobs, the journal's readers, and what arrives."""

import asyncio
import os
import signal
import sys
import threading
from typing import cast

import click

from songsheet.config.cli import say
from songsheet.config.keeping import end_with
from songsheet.config.prepare import ready

#: Whoever waits for a page goes before what is done behind it.
NICE = 5


@click.command()
@click.option("--quiet", is_flag=True, help="say nothing on starting and stopping")
@click.option("--child-of", type=int, hidden=True, help="the process to end with")
def command(quiet: bool, child_of: int | None) -> None:
    """Run jobs, take in what arrives, let the journal's readers react, until told to stop. As many as wanted
    may run."""
    if child_of is not None:
        end_with(child_of)
    ready()
    os.nice(NICE)
    from songsheet.config.wiring import READERS
    from songsheet.intake.arriving.loop import keep_taking_in
    from songsheet.journal.readers import listen
    from songsheet.team.hours.holidays import load

    load()

    stop = threading.Event()
    # What happens now does not wait for steps of thousands of entries, which take seconds beside an import.
    quick = [reader for reader in READERS if reader.ranges is None and not reader.hears_history]
    broad = [reader for reader in READERS if reader not in quick]
    hearing = [threading.Thread(target=listen, args=[some, stop], name="readers") for some in (quick, broad)]
    hearing.append(threading.Thread(target=keep_taking_in, args=[stop], name="arriving"))
    for thread in hearing:
        thread.start()
    if not quiet:
        say("The worker is ready.")
    try:
        told = asyncio.run(_run_jobs(stop, hearing))
    finally:
        stop.set()
        for thread in hearing:
            thread.join(20)
    if not told:  # half a worker is none: whoever keeps it starts it again
        sys.exit(1)


async def _run_jobs(stop: threading.Event, hearing: list[threading.Thread]) -> bool:
    """Jobs of every lane; at least one slot is always left for the live lane. Whether it was told to stop.

    When one lane or the readers end by themselves, as they do with the database, the others end too.
    """
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    worker_app = app.with_connector(cast(DjangoConnector, app.connector).get_worker_connector())
    async with worker_app.open_async():
        tasks = [
            asyncio.create_task(
                worker_app.run_worker_async(
                    name=name, queues=queues, concurrency=1, install_signal_handlers=False, wait=True
                )
            )
            for name, queues in (
                ("live", ["live", "mail"]),
                ("bulk", ["live", "mail", "bulk"]),
                ("out", ["out"]),
            )
        ]
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, stop.set)
        tasks.append(asyncio.create_task(_while_hearing(stop, hearing)))
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        told = stop.is_set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return told


async def _while_hearing(stop: threading.Event, hearing: list[threading.Thread]) -> None:
    while all(thread.is_alive() for thread in hearing) and not stop.is_set():
        await asyncio.sleep(0.2)
