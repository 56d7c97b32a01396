"""A record of one's own work: the case manager says what was done, when and for how long."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems, rows
from casetasks_app.task_types.summary import Facts, Text
from tests.plugins.scripts import WORK


@pytest.fixture
def own_work(plugins):
    return plugins["own_work"]


def test_it_is_the_case_managers_whoever_else_is_named(own_work):
    """S4."""
    assert Play(own_work).whose("record") == "case manager"
    assert Play(own_work, assignee="2").whose("record") == "case manager"


def test_it_asks_for_a_kind_of_work_where_the_task_type_has_some(own_work):
    plain, own = Play(own_work).form("record"), Play(own_work, {"kinds": " Call \n\n Letter"}).form("record")

    assert [row.name for row in rows(plain)] == ["work", "done_on", "hours", "minutes"]
    assert rows(own)[0].options == (("Call", "Call"), ("Letter", "Letter"))
    assert rows(own)[1:] == rows(plain)


@pytest.mark.parametrize("settings", [None, {"kinds": "Call"}])
def test_work_took_some_time_on_a_day_that_has_been(own_work, settings):
    refused = Play(own_work, settings).try_("record", work="Called.", done_on="19/11/2026", minutes="60", kind="Call" if settings else "")
    untimed = Play(own_work, settings).try_("record", **WORK | {"minutes": "", "hours": "0"} | ({"kind": "Call"} if settings else {}))

    assert isinstance(refused, Problems)
    assert isinstance(untimed, Problems)
    assert untimed.by_field == {"hours": "Enter how long it took, in hours, minutes or both."}


def test_what_cannot_be_is_refused_field_by_field(own_work):
    refused = Play(own_work).try_("record", done_on="19/11/2026", minutes="60", hours="-1")

    assert isinstance(refused, Problems)
    assert refused.by_field == {
        "work": "Enter what you did.",
        "done_on": "Date of the work must be today or in the past.",
        "hours": "Time spent: hours must be between 0 and 99.",
        "minutes": "Time spent: minutes must be between 0 and 59.",
    }


@pytest.mark.parametrize(
    ("hours", "minutes", "said"),
    [("1", "", "1 hour"), ("", "1", "1 minute"), ("2", "30", "2 hours 30 minutes"), ("0", "45", "45 minutes")],
)
def test_its_view_is_the_record(own_work, hours, minutes, said):
    """S25, S26."""
    play = Play(own_work, {"kinds": "Call"})
    before = play.blocks()

    play.do("record", **WORK | {"kind": "Call", "hours": hours, "minutes": minutes})

    assert before == (Text("Nothing is recorded yet."),)
    assert play.blocks() == (
        Text("Called the agent.", title="Call"),
        Facts(
            (
                ("Done on", "Wednesday 18 November 2026"),
                ("Time spent", said),
                ("Recorded by", "Priya Shah, Thursday 19 November 2026, 10:02"),
            ),
            title="The record",
        ),
    )


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ("\n".join(map(str, range(16))), "Kinds of work must be 15 lines or less."),
        ("x" * 61, "Each kind of work must be 60 characters or less."),
        ("Call\nCall", "Each kind of work must be different from the others."),
    ],
)
def test_kinds_nobody_could_choose_from_are_refused(own_work, settings_problems, kinds, sentence):
    assert settings_problems(own_work, kinds=kinds) == {"kinds": sentence}
    assert settings_problems(own_work) == {}
