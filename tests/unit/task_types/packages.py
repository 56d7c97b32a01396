"""Plugin packages as `pip install` leaves them, written for one test."""

from pathlib import Path

FORMS = '''
"""What a noise reading asks."""

from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, field


class Reading(Form):
    """One measurement."""

    decibels: int = field("Decibels", "number", at_least=0, at_most=200)


plugin = TaskPlugin(
    id="{id}", name="Noise reading", version="1.0", summary="Somebody measures.", forms={{"reading": Reading}}, package=__package__
)
'''


def install(place: Path, package: str, code: str) -> Path:
    """Write a package with an entry point called like it; the place goes on the import path."""
    (place / package).mkdir(parents=True)
    (place / package / "__init__.py").write_text(code)
    info = place / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[casetasks.plugins]\n{package} = {package}:plugin\n")
    return place / package


def reading(plugin_id: str) -> str:
    """The code of a whole plugin with this id."""
    return FORMS.format(id=plugin_id)
