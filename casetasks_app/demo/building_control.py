"""The building control cases of the demo: a site visit with two rounds, an investigation, a form without code."""

from casetasks_app.demo.people import ANA, FATIMA, MARCUS
from casetasks_app.demo.telling import Story, StoryTask

CHECKED = {
    "point_1": {"answer": "yes"},
    "point_2": {"answer": "no", "comment": "Missing along the party wall."},
    "point_3": {"answer": "not applicable"},
    "point_4": {"answer": "yes"},
    "point_5": {"answer": "no", "comment": "No fence on the side of Quay Street."},
}


def tell(story: Story) -> None:
    """Raise the cases and do some of their tasks."""
    loft = story.case(
        MARCUS,
        "building-control",
        "Loft conversion at 5 Quay Street",
        days_ago=14,
        site="5 Quay Street, Millbridge MB1 3RD",
        work="Loft made into two bedrooms, with a dormer to the rear and new stairs.",
        starts_on=story.day(days_ago=10),
    )
    _calls(story, loft)
    _inspection(story, loft)
    _investigation(story, loft)
    story.task(MARCUS, loft, StoryTask("reply", "building-control", MARCUS), days_ago=1)
    story.task(MARCUS, loft, StoryTask("inspection-on-site", "site-officers", ANA, "Inspect the stairs"), days_ago=2)
    story.do(ANA, loft, 6, days_ago=1, visit_at=f"{story.day(days_ago=-3)} 10:00", place="At the gate to the yard")


def _calls(story: Story, case: int) -> None:
    """Work of the manager's own, and a form that was built in configuration."""
    story.task(MARCUS, case, StoryTask("own-work"), days_ago=13)
    drawings = "Checked the drawings against the notice. The stairs need a second handrail."
    story.do(MARCUS, case, 1, days_ago=13, kind="Check of drawings", work=drawings, done_on=story.day(days_ago=13), hours="1", minutes="30")
    story.task(MARCUS, case, StoryTask("call-to-the-builder", "site-officers", ANA), days_ago=12)
    asked = {"start": {"answer": "yes"}, "engineer": {"answer": "no", "comment": "Will be sent by email."}, "scaffold": {"answer": "yes"}}
    told = "They begin on the rear wall and are glad of a visit in the morning."
    story.do(ANA, case, 2, days_ago=11, called_on=story.day(days_ago=11), reached="The builder", told=told, asked=asked)


def _inspection(story: Story, case: int) -> None:
    """Nobody opened at first; the report was returned once, then signed off by the surveyors."""
    story.task(MARCUS, case, StoryTask("inspection-on-site", "site-officers", ANA), days_ago=11)
    story.do(ANA, case, 3, days_ago=10.5, visit_at=f"{story.day(days_ago=9)} 09:30", place="Front door")
    story.do(ANA, case, 3, days_ago=9, access="no", obstacle="Nobody opened, and the yard was locked.")
    story.do(ANA, case, 3, days_ago=8.9, visit_at=f"{story.day(days_ago=7)} 14:00", place="Gate to the yard", remarks="Bring the drawings.")
    story.do(ANA, case, 3, days_ago=7, access="yes", met="Mr Lowe, the builder")
    found = "The dormer stands. The damp proof course ends short of the party wall."
    story.do(ANA, case, 3, days_ago=6.5, found=found, checklist=CHECKED)
    story.do(FATIMA, case, 3, days_ago=5, decision="returned", missing="How much of the damp proof course is missing?")
    story.do(ANA, case, 3, days_ago=4.5, found=f"{found} 1.2 metres are missing.", checklist=CHECKED)
    story.do(FATIMA, case, 3, days_ago=4, decision="signed_off")


def _investigation(story: Story, case: int) -> None:
    """Two updates, one of them private; the findings are still to come."""
    story.task(MARCUS, case, StoryTask("investigation", "site-officers", ANA, "Who took the fence away?"), days_ago=4)
    seen = "The fence was there on Monday; neighbours saw a van on Tuesday evening."
    story.do(ANA, case, 4, days_ago=3, action="update", readers="public", update=seen)
    doubt = "The van may belong to the builder’s brother. Not to be told to the applicant yet."
    story.do(ANA, case, 4, days_ago=2, action="update", readers="private", update=doubt)
