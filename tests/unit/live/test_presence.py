"""Who is on a task: seen for 45 seconds after they were last heard of, and never stored."""

import asyncio
import math

import pytest

from casetasks_app.live import topics
from casetasks_app.live.hub import Hub
from casetasks_app.live.presence import SEEN_FOR_SECONDS, Presence, Present

ANA, TOM = Present(1, "Ana Ruiz"), Present(2, "Tom Ellis")


@pytest.fixture
async def presence() -> Presence:
    return Presence(Hub())


def came(presence: Presence, one: Present, at: float, task_id: int = 7) -> None:
    presence.seen(task_id, person_id=one.person_id, name=one.name, at=at)


async def test_people_see_each_other_on_their_task_and_not_themselves(presence: Presence):
    came(presence, ANA, 0)
    came(presence, TOM, 1)
    came(presence, TOM, 1, task_id=8)

    assert presence.others(7, person_id=ANA.person_id, at=2) == [TOM]
    assert presence.others(7, person_id=TOM.person_id, at=2) == [ANA]
    assert presence.others(8, person_id=TOM.person_id, at=2) == []


async def test_somebody_not_heard_of_for_45_seconds_is_gone(presence: Presence):
    came(presence, ANA, 0)
    came(presence, ANA, 10)

    assert presence.next_end(7, at=20) == pytest.approx(35)
    assert presence.others(7, person_id=TOM.person_id, at=10 + SEEN_FOR_SECONDS - 0.1) == [ANA]
    assert presence.others(7, person_id=TOM.person_id, at=10 + SEEN_FOR_SECONDS) == []
    assert math.isinf(presence.next_end(7, at=60))


async def test_writing_is_shown_until_45_seconds_after_the_last_word(presence: Presence):
    came(presence, ANA, 0)
    presence.wrote(7, person_id=ANA.person_id, at=5)
    came(presence, ANA, 40)

    assert presence.others(7, person_id=TOM.person_id, at=49)[0].is_writing
    assert presence.others(7, person_id=TOM.person_id, at=51) == [ANA]


async def test_who_does_not_want_to_be_seen_is_not_seen_writing_either(presence: Presence):
    came(presence, ANA, 0)

    presence.left(7, person_id=ANA.person_id)
    presence.wrote(7, person_id=ANA.person_id, at=1)

    assert presence.others(7, person_id=TOM.person_id, at=2) == []


async def test_others_are_woken_when_somebody_comes_or_starts_to_write_but_not_by_each_beat():
    hub = Hub()
    presence = Presence(hub)
    with hub.watch(topics.presence(7)) as ear:
        came(presence, ANA, 0)
        on_coming = await ear.changed(within=1)
        came(presence, ANA, 15)
        on_beat = await ear.changed(within=0.01)
        presence.wrote(7, person_id=ANA.person_id, at=16)
        on_writing = await ear.changed(within=1)
        presence.wrote(7, person_id=ANA.person_id, at=18)
        await asyncio.sleep(0)
        on_more = await ear.changed(within=0.01)

    assert [bool(each) for each in (on_coming, on_beat, on_writing, on_more)] == [True, False, True, False]
