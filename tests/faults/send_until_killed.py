"""A sender as a process of its own, for tests that kill it: `python -m tests.faults.send_until_killed`."""

import asyncio
from datetime import timedelta

from casetasks_app.mail.sender import Sender


async def main() -> None:
    """Send round after round; ends only by being killed."""
    sender = Sender(lease=timedelta(seconds=2))
    while True:
        await sender.send_due()
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main())
