"""The reminder of the day before a visit, to whoever is to go there."""

from datetime import datetime

from casetasks_app.task_types.jobs import Done, JobView, Letter
from casetasks_app.task_types.moments import in_words


def remind(job: JobView) -> Done:
    """Send the reminder, unless the moment of the visit has passed by the time this is carried out."""
    visit_at = str(job.variables["visit_at"])
    if datetime.fromisoformat(visit_at) <= job.now:
        return Done()
    return Done(letters=(Letter("reminder", to="assignee", values={"visit_words": in_words(visit_at)}),))
