"""The cases of the demo organisation, brought into their states by the same verbs that people use."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from casetasks_app.demo import building_control
from casetasks_app.demo.people import GRACE, HELEN, JOE, MARCUS, OWEN, PRIYA, TOM
from casetasks_app.demo.telling import Story, StoryTask


def tell(session: Session, *, ids: Mapping[str, int], now: datetime) -> None:
    """Raise the demo's cases and do some of their tasks; `ids` are people's ids by email, `now` is when it ends."""
    story = Story(session, ids, now)
    _damp_flat(story)
    _broken_door(story)
    _leaking_kitchen(story)
    _extension(story)
    _hoarding(story)
    _old_fire_station(story)
    _noise(story)
    building_control.tell(story)


def _damp_flat(story: Story) -> None:
    """Two generated tasks, one of them claimed, neither done."""
    case = story.case(
        GRACE,
        "housing-repair",
        "Damp and mould at 14 Alder Court",
        days_ago=2,
        address="14 Alder Court, Millbridge MB2 4QT",
        room="Bedroom",
        problem="Black mould on the outside wall of the back bedroom, worse since October. The baby sleeps there.",
        is_dangerous="no",
        has_damp=True,
        tenant_reference="T-20418",
    )
    story.claim(JOE, case, 1)


def _broken_door(story: Story) -> None:
    """Everything done, and the case closed."""
    case = story.case(
        GRACE,
        "housing-repair",
        "Front door does not lock at 3 Station Terrace",
        days_ago=9,
        address="3 Station Terrace, Millbridge MB1 1AF",
        room="Outside",
        problem="The lock has been forced; the door cannot be closed.",
        is_dangerous="yes",
        has_damp=False,
    )
    story.do(JOE, case, 1, days_ago=8.9, outcome="Made safe", note="Temporary lock fitted, keys handed to Mr Lowe.")
    story.do(JOE, case, 2, days_ago=7, outcome="Repair needed", note="New door and frame ordered, fitted on the 5th.")
    story.close(GRACE, case, "Repaired", "New door fitted. The tenant has two keys.", days_ago=6)


def _leaking_kitchen(story: Story) -> None:
    """Raised by the website, without a case manager, waiting to be taken over."""
    story.case(
        None,
        "housing-repair",
        "Water comes through the kitchen ceiling",
        days_ago=0.2,
        address="8b Quay Street, Millbridge MB1 3RD",
        room="Kitchen",
        problem="Water drips from the ceiling light when the neighbours shower.",
        is_dangerous="yes",
        has_damp=False,
    )


def _extension(story: Story) -> None:
    """A visit done, which unlocked the legal opinion; one task cancelled, one of the manager's own."""
    case = story.case(
        PRIYA,
        "planning-enforcement",
        "Two-storey extension at Mill Lane",
        days_ago=12,
        site="27 Mill Lane, Millbridge MB4 2LP",
        kind="Building without permission",
        description="An extension of two storeys is going up; only one storey has permission.",
        harm=["Loss of light"],
    )
    story.task(PRIYA, case, StoryTask("site-visit", "site-officers", TOM), days_ago=12)
    story.task(PRIYA, case, StoryTask("site-visit", "site-officers", description="Visit the neighbour at 29 Mill Lane"), days_ago=12)
    story.cancel(PRIYA, case, 2, "No longer needed", "The neighbour sent photos.", days_ago=11)
    story.do(TOM, case, 1, days_ago=8, outcome="Breach found", note="Upper storey built, windows to the east not obscured.")
    story.task(PRIYA, case, StoryTask("own-work", description="Call with the owner’s agent"), days_ago=8)
    story.do(
        PRIYA,
        case,
        3,
        days_ago=7.9,
        kind="Telephone call",
        work="Called the owner’s agent, who says an application will follow.",
        done_on=story.day(days_ago=8),
        minutes="25",
    )
    story.task(PRIYA, case, StoryTask("legal-opinion", "legal-services", OWEN), days_ago=7.5)
    story.task(PRIYA, case, StoryTask("site-visit", "site-officers", description="Measure the eastern windows", hours=30), days_ago=0.5)


def _hoarding(story: Story) -> None:
    """No task yet."""
    story.case(
        MARCUS,
        "planning-enforcement",
        "Advertising hoarding at Castle Roundabout",
        days_ago=1,
        site="Castle Roundabout, Millbridge MB5",
        kind="Advertisement",
        description="A lit hoarding of about 3 by 6 metres was put up last week.",
        harm=["Highway safety"],
    )


def _old_fire_station(story: Story) -> None:
    """A decision was asked for and refused; the case manager has to revise."""
    case = story.case(
        HELEN,
        "premises-licence",
        "The Old Fire Station",
        days_ago=6,
        premises="The Old Fire Station, 1 Engine Yard, Millbridge MB1 2EN",
        activities=["Sale of alcohol", "Live music"],
        capacity=220,
        has_objections="yes",
    )
    story.do(HELEN, case, 1, days_ago=5, outcome="Complete", note="Plan, fee and notice are there.")
    story.task(HELEN, case, StoryTask("decision", "legal-services", OWEN, shares_case_details=True), days_ago=4)
    story.do(OWEN, case, 3, days_ago=3, decision="reject", reason="The objections about the rear exit are not answered yet.")


def _noise(story: Story) -> None:
    """A case type without task types: no tasks tab."""
    story.case(
        HELEN,
        "noise-report",
        "Music from the Anchor after midnight",
        days_ago=3,
        place="The Anchor, Quay Street",
        kind="Music",
        times="Fridays and Saturdays, from eleven until two.",
    )
