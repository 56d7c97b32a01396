"""What is answered of an open step so far: its draft, or what was answered the last time round."""

from collections.abc import Mapping
from typing import cast

from casetasks_app.models import TaskStep
from casetasks_app.tasks import asked
from casetasks_app.tasks.access import TaskAtHand

Draft = dict[str, object]


def so_far(at: TaskAtHand, step: TaskStep) -> Draft:
    """Return what the step's form starts with; a form may want to begin empty each time round. Raises PluginMissing."""
    if step.draft is not None:
        return dict(step.draft)
    return {} if asked.form_of(at, step).begins_empty else dict(before(at, step) or {})


def before(at: TaskAtHand, step: TaskStep) -> Draft | None:
    """Return what was answered when this step was last done in this task."""
    done = [each for each in at.steps if each.name == step.name and each.answers is not None]
    return max(done, key=lambda each: each.id or 0).answers if done else None


def ids_in(draft: Mapping[str, object], name: str) -> list[str]:
    """Return the ids that a question for files has in a draft."""
    given = draft.get(name)
    return [each for each in cast("list[object]", given) if isinstance(each, str)] if isinstance(given, list) else []
