"""The hub: who hears of what, and how a herd shares one load."""

import asyncio

import pytest

from casetasks_app.live import topics
from casetasks_app.live.hub import REMEMBERED_MARKS, Hub


async def test_a_watcher_hears_its_own_topics_and_no_others():
    hub = Hub()
    with hub.watch("case:1", "team:2") as watch:
        hub.mark({"case:9"})
        nothing = await watch.changed(within=0.01)

        hub.mark({"case:1", "team:2"})
        both = await watch.changed(within=1)

    assert (nothing, both) == (frozenset(), {"case:1", "team:2"})


async def test_a_burst_of_changes_is_heard_once():
    hub = Hub()
    with hub.watch("case:1") as watch:
        for _ in range(100):
            hub.mark({"case:1"})

        first, second = await watch.changed(within=1), await watch.changed(within=0.01)

    assert (first, second) == ({"case:1"}, frozenset())


async def test_a_change_of_everything_wakes_everybody():
    hub = Hub()
    with hub.watch("case:1") as one, hub.watch("team:2") as other:
        hub.mark({topics.EVERYTHING})

        assert await one.changed(within=1) == {"case:1"}
        assert await other.changed(within=1) == {"team:2"}


async def test_a_watcher_that_left_costs_nothing_any_more():
    hub = Hub()
    with pytest.raises(RuntimeError), hub.watch("case:1"):
        raise RuntimeError

    assert hub.watchers("case:1") == 0
    assert not hub._watches


async def test_everybody_who_asks_at_once_shares_one_load():
    hub, loads = Hub(), []

    async def load() -> list[str]:
        loads.append(1)
        await asyncio.sleep(0.01)
        return ["row"]

    found = await asyncio.gather(*[hub.shared(["case:1"], ("ana", 1), load) for _ in range(50)])

    assert found == [["row"]] * 50
    assert len(loads) == 1


async def test_people_who_may_see_different_things_never_share():
    hub = Hub()

    async def rows_of(person: str) -> str:
        return person

    found = [await hub.shared(["case:1"], person, lambda person=person: rows_of(person)) for person in ("ana", "tom")]

    assert found == ["ana", "tom"]


async def test_a_load_is_not_used_after_a_change_even_while_it_still_runs():
    hub, number, may_end = Hub(), [], asyncio.Event()

    async def load() -> int:
        number.append(1)
        mine = len(number)
        if mine == 1:
            await may_end.wait()
        return mine

    slow = asyncio.ensure_future(hub.shared(["case:1"], 0, load))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    hub.mark({"case:1"})

    fresh = await hub.shared(["case:1"], 0, load)
    may_end.set()

    assert (fresh, await slow) == (2, 1)


async def test_a_failed_load_is_tried_again_by_the_next_who_asks():
    hub, tries = Hub(), []

    async def load() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("away")
        return "row"

    with pytest.raises(OSError, match="away"):
        await hub.shared(["case:1"], 0, load)

    assert await hub.shared(["case:1"], 0, load) == "row"


async def test_somebody_who_leaves_does_not_cancel_the_load_of_the_others():
    hub, may_end = Hub(), asyncio.Event()

    async def load() -> str:
        await may_end.wait()
        return "row"

    leaving = asyncio.ensure_future(hub.shared(["case:1"], 0, load))
    staying = asyncio.ensure_future(hub.shared(["case:1"], 0, load))
    await asyncio.sleep(0)
    leaving.cancel()
    may_end.set()

    assert await staying == "row"


async def test_a_load_is_asked_again_after_its_time_because_another_program_may_have_written():
    hub, loads = Hub(), []

    async def load() -> int:
        loads.append(1)
        return len(loads)

    first = await hub.shared(["case:1"], 0, load, seconds=0)

    assert (first, await hub.shared(["case:1"], 0, load)) == (1, 2)


async def test_a_load_that_depends_on_several_topics_is_asked_again_when_any_of_them_changes():
    hub, loads = Hub(), []

    async def load() -> int:
        loads.append(1)
        return len(loads)

    first = await hub.shared(["team:1", "team:2"], 0, load)
    again = await hub.shared(["team:2", "team:1"], 0, load)
    hub.mark(["team:2"])

    assert (first, again, await hub.shared(["team:1", "team:2"], 0, load)) == (1, 1, 2)


async def test_a_change_on_a_worker_thread_reaches_the_watchers():
    hub = Hub()
    hub.attach(asyncio.get_running_loop())
    with hub.watch("case:1") as watch:
        await asyncio.to_thread(hub.mark_from_thread, {"case:1"})

        assert await watch.changed(within=1) == {"case:1"}


def test_without_a_serving_process_changes_go_unheard():
    hub = Hub()

    hub.mark_from_thread({"case:1"})

    assert not hub.watchers("case:1")


async def test_what_changed_just_now_is_remembered_for_those_who_come_a_moment_later():
    hub = Hub()
    hub.mark({"case:1"})

    assert hub.changed_within(5, {"case:1", "team:2"})
    assert not hub.changed_within(5, {"team:2"})


async def test_memory_of_changes_is_bounded_and_forgetting_never_revives_an_old_load():
    hub, loads = Hub(), []

    async def load() -> int:
        loads.append(1)
        return len(loads)

    await hub.shared(["case:1"], 0, load)
    hub.mark({"case:1"})
    for number in range(REMEMBERED_MARKS + 1):
        hub.mark({f"team:{number}"})

    assert await hub.shared(["case:1"], 0, load) == 2
    assert len(hub._marks) == REMEMBERED_MARKS
