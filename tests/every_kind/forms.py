"""The form, and answers to it that are accepted."""

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Refused, field, rows

DISTRICTS = [(each.lower(), each) for each in ("Abbey", "Bourne", "Castle", "Dunley", "Eastfield", "Ferry", "Garth", "Harbour")]


class Visit(Form):
    """What was found on a visit."""

    before: None = field("Before you start", "note", help="Take the plans along.\nPhotos must not show people.")
    present: str = field("Who was present", max_length=80)
    account: str = field("What you saw", "long text", what="what you saw", help="In your own words.", max_length=400)
    people: int = field("Number of people living there", "number", at_least=0, at_most=50)
    cost: float = field("Cost of the damage", "money", at_least=0)
    day: str = field("Date of visit", "date", when="today or past")
    start: str = field("Start of visit", "date and time")
    urgent: bool = field("Is it urgent?", "yes/no")
    told: bool = field("The occupier was told about the next steps", "yes/no", required=False, help="By letter or in person.")
    finding: str = field("Finding", "choice", options=[("none", "No breach"), ("breach", "Breach of the conditions")])
    breach: str = field("What the breach is", "long text", what="what the breach is", show_if="finding == 'breach'")
    district: str = field("District", "choice", options=DISTRICTS)
    parts: list[str] = field("Parts seen", "choices", options=[("roof", "Roof"), ("walls", "Walls"), ("garden", "Garden")])
    photos: list[str] = field("Photos", "files", file_types=("jpg", "png"), max_files=3, max_mb=2)
    papers: list[str] = field("Other papers", "files", required=False)
    officer: str = field("Second officer", "person")
    next_team: str = field("Team that goes on", "team", what="a team", required=False)
    checks: list[dict[str, str]] = field(
        "Safety checklist", "checklist", options=[("door", "Front door"), ("alarm", "Smoke alarm"), ("gas", "Gas supply, with meter")]
    )

    @model_validator(mode="after")
    def on_the_day(self) -> "Visit":
        """The visit starts on the date of the visit."""
        if self.day and self.start and not self.start.startswith(self.day):
            raise Refused("Start of visit must be on the date of visit.", field="start")
        return self


ROWS: dict[str, FieldRow] = {row.name: row for row in rows(Visit)}


def good(**changes: object) -> dict[str, object]:
    """Return answers that are accepted once `photos` and `officer` name a file and a person there are."""
    return {
        "present": "Mr Hart", "account": "The gate was open.", "people": "3", "cost": "£1,250.50", "day": "2026-03-02",
        "start": "2026-03-02T09:30", "urgent": "no", "told": "yes", "finding": "none", "district": "castle", "parts": ["roof", "walls"],
        "photos": [], "papers": [], "officer": "", "next_team": "",
        "checks": [{"item": each, "answer": "yes", "comment": ""} for each in ("door", "alarm", "gas")],
    } | changes  # fmt: skip
