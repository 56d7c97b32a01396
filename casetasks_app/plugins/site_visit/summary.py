"""How a site visit shows itself: the appointment, the checklist with “no” first, the photos, and what was said to the report."""

from collections.abc import Iterator

from casetasks_app.task_types.moments import in_words
from casetasks_app.task_types.summary import Block, Checklist, Decision, Facts, Files, StepView, TaskView, Text, checked


def summary(task: TaskView) -> Iterator[Block]:
    """How far the visit has come, the latest round of everything first."""
    yield _appointment(task)
    report = task.latest("report")
    if report is not None:
        yield from _report(report, task)
    yield from _said_to_the_report(task)
    for visit in reversed(task.done("visit")):
        if visit.answer("access") == "no":
            yield Text(str(visit.answer("obstacle")), title="No access", byline=visit.byline)


def _appointment(task: TaskView) -> Block:
    """The appointment that counts: the last one that was made, and whether it was kept."""
    made = task.latest("schedule")
    visits = task.done("visit")
    if made is None:
        return Text("No visit is scheduled yet.", title="Appointment")
    kept = visits[-1] if len(visits) == len(task.done("schedule")) else None
    facts = [
        ("When", in_words(str(made.answer("visit_at") or ""))),
        ("Where", made.answer("place")),
        ("Visit", _kept(kept)),
        ("Met", kept and kept.answer("met")),
        ("Remarks", made.answer("remarks")),
    ]
    return Facts(tuple((label, str(value)) for label, value in facts if value), title="Appointment")


def _kept(visit: StepView | None) -> str:
    if visit is None:
        return "Not visited yet"
    return f"{'No access' if visit.answer('access') == 'no' else 'Visited'}, {visit.byline}"


def _report(report: StepView, task: TaskView) -> Iterator[Block]:
    points = {row.name: row for row in report.rows}.get("checklist")
    answers = report.answer("checklist") or ()
    ordered = sorted(answers, key=lambda each: each.get("answer") != "no")
    if points and ordered:
        yield Checklist(tuple((points.label_of(each.get("item")), *checked(each)) for each in ordered), title="Checklist")
    photos = report.answer("photos") or ()
    if photos:
        yield Files(tuple((each, task.files.get(each, "A photo that is gone")) for each in photos), title="Photos")
    yield Text(str(report.answer("found") or ""), title="Report", byline=report.byline)


def _said_to_the_report(task: TaskView) -> Iterator[Block]:
    """The decision once there is one, then every reason for which a report was returned, newest first."""
    said = task.done("sign_off")
    if said and said[-1].answer("decision") == "signed_off":
        yield Decision("Signed off", "good", title="Sign-off", byline=said[-1].byline)
    elif len(said) < len(task.done("report")):
        yield Decision("Waiting to be signed off", title="Sign-off")
    for each in reversed(said):
        if each.answer("missing"):
            yield Text(each.answer("missing"), title="Returned", byline=each.byline)
