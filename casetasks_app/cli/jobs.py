"""`casetasks worker` and `casetasks tick`: the jobs in a process of their own, or once by hand."""

import asyncio
import signal
from argparse import Namespace

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command


def _worker(_arguments: Namespace) -> int:
    ready.database_and_plugins()
    print("The jobs run until this is stopped (Ctrl+C).", flush=True)
    asyncio.run(_until_stopped())
    return 0


async def _until_stopped() -> None:
    from casetasks_app.scheduler.clockwork import ticking

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with ticking():
        await stop.wait()


def _tick(_arguments: Namespace) -> int:
    from casetasks_app.scheduler.clockwork import run_once

    ready.database_and_plugins()
    said = asyncio.run(run_once())
    for name, outcome in said.items():
        print(f"{name:<10} {outcome}")
    return 1 if any(outcome.startswith("failed") for outcome in said.values()) else 0


COMMANDS = (
    Command("worker", "Run targets, timers, jobs of processes, mails and clean-up in a process of its own.", _worker),
    Command("tick", "Run every job once and say what came of it.", _tick),
)
