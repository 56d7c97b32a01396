"""Play a task at random until it ends: whatever people answer, whichever timer goes off first."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from random import Random

from casetasks_app.play.guessing import NothingAccepted, answers_for
from casetasks_app.play.task import BEGIN, FILES, TEAM, Play, known_at
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Answers

MOST_TURNS = 400
Watch = Callable[[Play], None]


class NeverEnds(Exception):
    """A play that had not ended after so many turns; the argument says where it stood."""


def settings_for(plugin: TaskPlugin, chance: Random) -> Answers:
    """Return settings that the plugin's own form accepts, or those it has by default where none are found."""
    if plugin.settings is None:
        return {}
    bare = known_at(BEGIN, TEAM, FILES)
    try:
        return answers_for(plugin.settings, chance, known=lambda: bare, upload=lambda _name: "")
    except (NothingAccepted, IndexError):
        return {}


def play_to_the_end(
    plugin: TaskPlugin, chance: Random, *, settings: Mapping[str, object] | None = None, watch: Watch = lambda _: None
) -> Play:
    """Play one task to its end; `watch` sees it after each turn. Raises NeverEnds, NothingAccepted and what the plugin raises."""
    play = Play(plugin, settings, assignee=chance.choice((None, "2")))
    watch(play)
    for _ in range(MOST_TURNS):
        if play.status != "new":
            return play
        _turn(play, chance)
        watch(play)
    raise NeverEnds(f"after {MOST_TURNS} turns it has not ended; open: {', '.join(_waiting(play))}")


def _turn(play: Play, chance: Random) -> None:
    chosen = chance.choice(list(_waiting(play)))
    if chosen in play.open:
        play.do(chosen, **answers_for(play.form(chosen), chance, known=lambda: play.known, upload=play.upload))
    elif chosen == _TIME:
        first = min(timer.at for timer in play.state.timers)
        play.wait(seconds=max((first - play.now) / timedelta(seconds=1), 0))
    else:
        play.tell(chosen)


def _waiting(play: Play) -> Iterator[str]:
    """What could happen next: the open steps, a message, or that time passes."""
    yield from play.open
    yield from (message.name for message in play.state.messages)
    if play.state.timers:
        yield _TIME


_TIME = "a timer"
