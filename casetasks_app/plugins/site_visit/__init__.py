"""Visit a place: agree on a day, go there, report with photos and a checklist, and have the report signed off."""

from casetasks_app.plugins.site_visit.forms import Schedule, Settings, SignOff, Visit, report_form
from casetasks_app.plugins.site_visit.reminding import remind
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.jobs import Job

plugin = TaskPlugin(
    id="site_visit",
    name="Site visit",
    version="1.0",
    summary="Somebody visits a place and reports with photos and a checklist; a team signs the report off.",
    forms={"schedule": Schedule, "visit": Visit, "report": report_form, "sign_off": SignOff},
    settings=Settings,
    jobs={"remind": Job(remind, letters=("reminder",))},
    package=__package__,
)
