"""A plugin with everything in it: an inspection with a reminder, a registration by a job, an objection and a letter."""

from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, field
from casetasks_app.task_types.jobs import Done, GiveUp, Job, JobView, sends

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:casetasks="urn:casetasks:bpmn">
<process id="p" isExecutable="true"><startEvent id="begin"/>
<userTask id="plan" name="Plan" casetasks:formKey="plan"/>
<userTask id="visit" name="Visit" casetasks:formKey="visit" casetasks:assignee="${initiator}"/>
<boundaryEvent id="soon" attachedToRef="visit" cancelActivity="false">
<timerEventDefinition><timeDate>P1D/${visit_on}</timeDate></timerEventDefinition></boundaryEvent>
<boundaryEvent id="late" attachedToRef="visit">
<timerEventDefinition><timeDuration>P20D</timeDuration></timerEventDefinition></boundaryEvent>
<boundaryEvent id="objection" attachedToRef="visit"><messageEventDefinition messageRef="m"/></boundaryEvent>
<sendTask id="remind" casetasks:topic="remind"/><serviceTask id="register" casetasks:topic="register"/>
<endEvent id="reminded"/><endEvent id="visited" name="visited"><terminateEventDefinition/></endEvent>
<endEvent id="lapsed" name="lapsed"><terminateEventDefinition/></endEvent>
<endEvent id="objected" name="objected"><terminateEventDefinition/></endEvent>
<sequenceFlow id="f1" sourceRef="begin" targetRef="plan"/><sequenceFlow id="f2" sourceRef="plan" targetRef="visit"/>
<sequenceFlow id="f3" sourceRef="visit" targetRef="register"/><sequenceFlow id="f4" sourceRef="register" targetRef="visited"/>
<sequenceFlow id="f5" sourceRef="soon" targetRef="remind"/><sequenceFlow id="f6" sourceRef="remind" targetRef="reminded"/>
<sequenceFlow id="f7" sourceRef="late" targetRef="lapsed"/><sequenceFlow id="f8" sourceRef="objection" targetRef="objected"/>
</process><message id="m" name="objection"/></definitions>"""
FILES = {
    "process.bpmn": MODEL,
    "README.md": "# Inspection\n\nIt ends as visited, lapsed or objected.",
    "emails/reminder/subject.txt": "{{ reference }}: visit on {{ visit_on }}",
    "emails/reminder/body.txt": "Dear {{ recipient }},\nremember {{ case.reference }}.",
}


class Plan(Form):
    """When it is."""

    visit_on: str = field("Day of the visit", "date", when="future")


class Visit(Form):
    """What was seen."""

    seen: str = field("What was seen", "long text")
    photos: list[str] = field("Photos", "files", required=False, file_types=("heic",))


class Plugin(TaskPlugin):
    """A plugin whose files are texts of a test."""

    __slots__ = ()
    files = FILES

    def resource(self, path: str) -> str | None:
        """Return the text of a file."""
        return self.files.get(path)


def register(job: JobView) -> Done:
    """Give a number, or give up on what cannot be registered."""
    if job.variables["seen"] == "nothing":
        raise GiveUp("There is nothing to register.")
    return Done({"entry": f"R-{job.task.number}"})


def inspection(**changes: object) -> Plugin:
    """Return the plugin, changed."""
    usual: dict[str, object] = {
        "id": "inspection",
        "name": "Inspection",
        "version": "1.0",
        "summary": "Somebody goes there.",
        "forms": {"plan": Plan, "visit": Visit},
        "jobs": {"remind": sends("reminder", to="assignee"), "register": Job(register, gives=("entry",))},
    }
    return Plugin(**{**usual, **changes})  # type: ignore[arg-type]
