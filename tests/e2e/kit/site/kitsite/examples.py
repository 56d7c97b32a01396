"""What the site shows: rows of a list, a form of every kind, a history, summary blocks."""

from dataclasses import dataclass

from casetasks_app.task_types.forms import FieldRow, Limits
from casetasks_app.web.ui.blocks import ShownBlock, ShownCheck
from casetasks_app.web.ui.case_frame import CaseBar, View
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import Offered, ShownFile
from casetasks_app.web.ui.histories import Day, ShownEntry
from casetasks_app.web.ui.tables import Column


@dataclass(frozen=True)
class Row:
    """A task in a list, in words."""

    n: int
    name: str
    kind: str
    who: str
    status: str
    state: str
    line1: str
    line2: str
    iso: str = ""
    is_automatic: bool = False
    is_changed: bool = False
    is_gone: bool = False


HOSTILE = "<img src=x onerror=document.title='broken'>"
ROWS = [
    Row(
        1,
        "Document check",
        "Document check",
        "Planning officers",
        "new",
        "breached",
        "Breached 2 hours ago",
        "Was due today, 09:15",
        is_automatic=True,
    ),
    Row(
        2, "Site visit", "Site visit", "Tom Ellis", "new", "today", "Due today, 16:30", "in 1 hour", "2026-11-22T16:30:00Z", is_changed=True
    ),
    Row(3, HOSTILE, "Advice request", "Ana Ruiz", "new", "on track", "Due Thu 26 Nov, 12:00", "in 3 working days", is_gone=True),
    Row(4, "Confirm tenancy " * 7, "Collect information", "Tom Ellis", "closed", "met", "Met", "closed 18 Nov, 1 day early"),
    Row(5, "Letter", "Standard", "Tom Ellis", "closed", "late", "Closed late", "20 Nov, 1 day late"),
    Row(6, "Duplicate", "Standard", "Tom Ellis", "cancelled", "off", "Not counted", "cancelled 20 Nov"),
    Row(7, "Open end", "Standard", "Tom Ellis", "new", "none", "No target", ""),
    Row(8, "Soon", "Standard", "Tom Ellis", "new", "soon", "Due tomorrow, 09:15", "in 5 working hours"),
]
COLUMNS = (
    Column("No.", "72px", sort="number", is_numeric=True),
    Column("Task", sort="name", is_header=True),
    Column("Assigned to", "184px"),
    Column("Status", "112px", is_quiet=True),
    Column("Target", "232px", sort="target", is_quiet=True),
    Column("Actions", "200px", is_quiet=True),
)
FORM = [
    FieldRow("decision", "Decision", "choice", options=(("agree", "Agree"), ("no", "Do not agree"))),
    FieldRow("reason", "Reason", "long text", required=False, help="Say why in plain words.", limits=Limits(max_length=100)),
    FieldRow("present", "Who was present", "text"),
    FieldRow("people", "Number of people", "number"),
    FieldRow("cost", "Cost", "money", required=False),
    FieldRow("day", "Date of visit", "date"),
    FieldRow("start", "Start of visit", "date and time"),
    FieldRow("urgent", "Is it urgent?", "yes/no"),
    FieldRow("told", "The applicant was told", "yes/no", required=False, help="By letter or email."),
    FieldRow("parts", "Parts seen", "choices", options=(("roof", "Roof"), ("wall", "Wall"), ("door", "Door"))),
    FieldRow("photos", "Photos", "files", required=False, limits=Limits(file_types=("jpg", "png"), max_mb=1)),
    FieldRow("second", "Second officer", "person", required=False),
    FieldRow("team", "Team", "team"),
    FieldRow("checks", "Checklist", "checklist", options=(("door", "Front door"), ("gate", "Garden gate"))),
    FieldRow("note", "Read this first", "note", help="A note\nwith two lines."),
]
ANSWERS = {"decision": "no", "present": "Tom", "parts": ["roof"], "checks": [{"item": "door", "answer": "no", "comment": "broken"}]}
ERRORS = {"present": "Enter who was present.", "urgent": "Select an answer to “Is it urgent?”.", "photos": "Select a file."}
PEOPLE = [Option("1", "Ana Ruiz", "Legal advice"), Option("2", "Tom Ellis", "Surveyors"), Option("4", "Tom Ellis", "Finance, Legal advice")]
OFFERED = Offered(people=PEOPLE, teams=[Option("3", "Legal advice", "4 people")])
BAR = CaseBar(
    "HSG-1042", "Mill Lane extension", "Planning enforcement", "Open since 3 Nov", "Priya Shah",
    "/", "/form", "3", "3 open, 1 breached", "/history", "/?do=close",
)  # fmt: skip
VIEWS = [View("Assigned to me", "/?view=mine", "7", "7 tasks", is_current=True), View("To claim", "/?view=claim", "12", "12 tasks")]
REVIEW = [ShownFact("Task type", "Site visit", "/?new=type", "task type"), ShownFact("Summary", "", note="Set for this type of task.")]
DAYS = [
    Day(
        "Thursday 20 November 2026",
        [
            ShownEntry(
                "Task 3 cancelled",
                "Priya Shah",
                "09:12",
                "2026-11-20T09:12:00Z",
                'No longer needed.\n"Withdrawn."',
                2,
                True,
                "View task 3",
                "/form",
            ),
            ShownEntry("Long note", "the system", "09:00", "2026-11-20T09:00:00Z", "\n".join(f"line {i}" for i in range(60)), 60),
        ],
    )
]
PHOTO = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
BLOCKS = [
    ShownBlock("decision", "Decision", "Agree with conditions", byline="Tom Ellis, Thursday 20 November 2026, 09:12", tone="good"),
    ShownBlock("decision", "Second decision", "Do not agree", tone="bad"),
    ShownBlock("text", "", "Not started."),
    ShownBlock("text", "Reason", "The plan shows no bin store.\nIt needs one.", byline="Tom Ellis, Thursday 20 November 2026, 09:12"),
    ShownBlock("facts", "Facts", facts=[ShownFact("Outcome", "Done"), ShownFact("Note", "")]),
    ShownBlock("table", "Rounds", columns=["Round", "Answer"], rows=[["1", "Yes"], ["2", "No, because of the bins" * 4]]),
    ShownBlock(
        "checklist",
        "Checks",
        checks=[
            ShownCheck("Front door", "no", "No", "broken"),
            ShownCheck("Gate", "yes", "Yes"),
            ShownCheck("Lift", "not applicable", "Not applicable"),
        ],
    ),
    ShownBlock(
        "files",
        "Files",
        photos=[ShownFile(str(n), f"photo {n}.png", "1.2 MB", f"/files/{n}", "PNG", PHOTO) for n in (2, 3)],
        files=[ShownFile("1", "plan.pdf", "1.2 MB", "/files/1", "PDF")],
    ),
    ShownBlock("progress", "Progress", "answered 2 of 5", done=2, total=5),
    ShownBlock("poem", "Unknown", "roses are red"),
]
