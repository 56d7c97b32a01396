"""What is worth knowing about a configuration that is right: said beside the answer, never a reason to refuse it."""

from collections.abc import Iterator

from casetasks_app.configuration.setups import Configuration


def notes(configuration: Configuration) -> Iterator[str]:
    """Give each prerequisite that is retired: no new task of it can be created, so cases do not wait for one."""
    for case_type in configuration.case_types:
        retired = {task.key: task.name for task in case_type.tasks if task.is_retired}
        for task in case_type.tasks:
            for key in task.limits.prerequisites:
                if key in retired and not task.is_retired:
                    where = f"Case type '{case_type.key}', task '{task.key}', Task Limits – Prerequisites"
                    yield f"{where}: '{key}' is retired. It is required only on cases where a task of it is still to be done."
