"""What a site visit asks: the appointment, whether there was access, the report, and whether it is signed off."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Json, Limits, Refused, field, from_rows, lines

MOST_POINTS = 40
LONGEST_POINT = 150
PHOTOS = Limits(max_files=20, max_mb=15, file_types=("jpg", "jpeg", "png"))
_USUAL_POINTS = "The place can be reached safely\nWhat was reported can be seen\nNeighbours are affected"


class Settings(Form):
    """What a task type that uses this plugin sets."""

    sign_off_team: str = field("Team that signs off", "team", what="the team that signs off")
    points: str = field(
        "Checklist",
        "long text",
        required=False,
        default=_USUAL_POINTS,
        help="One thing to look at on each line. Each is answered with yes, no or not applicable.",
        max_length=MOST_POINTS * (LONGEST_POINT + 1),
    )
    needs_photos: bool = field("The report needs at least one photo", "yes/no", required=False)

    @model_validator(mode="after")
    def can_be_looked_at(self) -> Self:
        """Refuse checklists that nobody could answer."""
        points = lines(self.points)
        if len(points) > MOST_POINTS:
            raise Refused(f"Checklist must be {MOST_POINTS} lines or less.", field="points")
        if any(len(point) > LONGEST_POINT for point in points):
            raise Refused(f"Each line of the checklist must be {LONGEST_POINT} characters or less.", field="points")
        if len(set(points)) < len(points):
            raise Refused("Each line of the checklist must be different from the others.", field="points")
        return self


class Schedule(Form):
    """When and where; asked again when there was no access."""

    visit_at: str = field("Date and time of the visit", "date and time", what="when the visit is", when="future")
    place: str = field("Where do you meet?", required=False, max_length=200)
    remarks: str = field("Remarks", "long text", required=False, help="They are in the reminder of the day before.", max_length=1_000)


class Visit(Form):
    """Whether there was access; each visit is a new one."""

    begins_empty: ClassVar[bool] = True

    access: str = field(
        "Did you get in?",
        "choice",
        what="whether you got in",
        options=[("yes", "Yes, I was there"), ("no", "No access; schedule again")],
    )
    met: str = field("Whom did you meet?", required=False, show_if="access == 'yes'", max_length=200)
    obstacle: str = field("What was in the way?", "long text", what="what was in the way", show_if="access == 'no'", max_length=2_000)


def report_form(settings: Mapping[str, Json]) -> type[Form]:
    """The report, with the checklist of the task type; one that is returned begins with what was written."""
    points = tuple((f"point_{number}", point) for number, point in enumerate(lines(settings.get("points") or _USUAL_POINTS), start=1))
    return from_rows(
        [
            FieldRow("found", "What did you find?", "long text", what="what you found", limits=Limits(max_length=8_000)),
            FieldRow("checklist", "Checklist", "checklist", options=points, what="an answer for each point"),
            FieldRow("photos", "Photos", "files", required=bool(settings.get("needs_photos")), what="at least one photo", limits=PHOTOS),
        ],
        name="Report",
    )


class SignOff(Form):
    """What the team says to the report; each report is judged anew."""

    begins_empty: ClassVar[bool] = True

    decision: str = field(
        "Decision",
        "choice",
        what="a decision",
        options=[("signed_off", "Sign off"), ("returned", "Return the report")],
    )
    missing: str = field(
        "What has to be changed?",
        "long text",
        what="what has to be changed",
        help="The person who reports reads this.",
        show_if="decision == 'returned'",
        max_length=4_000,
    )
