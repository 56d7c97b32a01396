"""Forms: the questions of a step, of a plugin's settings or of a case, and the one check of what was answered.

A form is a Pydantic class whose fields are made with `field(…)`, or a class made from stored rows by `from_rows(…)`.
One component draws any of them from `rows(form)`, and `check_answers` alone decides what is accepted.
"""

from casetasks_app.task_types.checking import Answers, Problem, Problems, Refused, as_variables, check_answers, shown
from casetasks_app.task_types.declaring import Form, FormRefused, deciding, field, from_rows, rows
from casetasks_app.task_types.fields import FieldRow, Kind, Limits, RowsRefused
from casetasks_app.task_types.known import Known, KnownFile, cleaned, storable
from casetasks_app.task_types.shapes import Json, lines

__all__ = [
    "Answers",
    "FieldRow",
    "Form",
    "FormRefused",
    "Json",
    "Kind",
    "Known",
    "KnownFile",
    "Limits",
    "Problem",
    "Problems",
    "Refused",
    "RowsRefused",
    "as_variables",
    "check_answers",
    "cleaned",
    "deciding",
    "field",
    "from_rows",
    "lines",
    "rows",
    "shown",
    "storable",
]
