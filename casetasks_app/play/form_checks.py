"""Conformance of forms and settings: they can be drawn, they accept what they ask for, and refuse the rest in words."""

import json
from collections.abc import Iterator, Mapping

from casetasks_app.play.guessing import NothingAccepted, Upload, answers_for, chance_of, strange_answers
from casetasks_app.play.task import BEGIN, FILES, TEAM, known_at
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.declaring import from_rows
from casetasks_app.task_types.forms import Form, Known, Problems, as_variables, check_answers, rows

SEEDS = range(12)


def row_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Forms that lose something when their rows are stored and read back."""
    for where, form in _forms(plugin):
        made = rows(form)
        if not made:
            yield f"{where} asks for nothing"
        if made and rows(from_rows(json.loads(json.dumps([row.to_json() for row in made])))) != made:
            yield f"{where} is another form after it was stored"


def acceptance_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Forms that accept nothing, or that do not accept again what they accepted."""
    for where, form in _forms(plugin):
        for seed in SEEDS:
            files = dict(FILES)
            try:
                accepted = answers_for(form, chance_of(seed), known=lambda files=files: _known(files), upload=_uploading(files))
            except NothingAccepted as refused:
                yield f"{where}: no answers were found that it accepts; it said {refused}"
                break
            yield from _kept_problems(where, form, accepted, _known(files))


def refusal_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Forms that raise, or refuse without a sentence, for what no browser sends."""
    for where, form in _forms(plugin):
        for raw in strange_answers(form):
            found = check_answers(form, raw, known=_known(FILES))
            if isinstance(found, Problems) and not all(problem.message.strip() for problem in found.items):
                yield f"{where} refuses {next(iter(raw.values()))!r} without a sentence"
            if isinstance(found, Problems) and any(problem.message.startswith(_BROKEN) for problem in found.items):
                yield f"{where}: a validator raises for {next(iter(raw.values()))!r}"
        if any(row.required and not row.show_if and row.has_answer and row.default is None for row in rows(form)):
            empty = check_answers(form, {}, known=_known(FILES))
            if not isinstance(empty, Problems):
                yield f"{where} asks for answers and accepts none"


def settings_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Defaults that the plugin's own settings form refuses, and forms that cannot be made with other settings."""
    if plugin.settings is None:
        return
    given = {row.name: row.default for row in rows(plugin.settings) if row.has_answer and row.default is not None}
    found = check_answers(plugin.settings, given, known=_known(FILES))
    for problem in found.items if isinstance(found, Problems) else ():
        if problem.field in given:
            yield f"settings: the default of {problem.field} is refused: {problem.message}"
    for seed in SEEDS:
        try:
            chosen = answers_for(plugin.settings, chance_of(seed), known=lambda: _known(FILES), upload=lambda _name: "11")
        except NothingAccepted:
            return
        for key in plugin.forms:
            rows(plugin.form(key, chosen))


_BROKEN = "This form could not be checked."


def _kept_problems(where: str, form: type[Form], accepted: dict[str, object], known: Known) -> Iterator[str]:
    again = check_answers(form, accepted, known=known)
    if again != accepted:
        yield f"{where} does not accept again what it accepted: {again.by_field if isinstance(again, Problems) else again}"
    json.dumps(as_variables(form, accepted))


def _forms(plugin: TaskPlugin) -> Iterator[tuple[str, type[Form]]]:
    for key in plugin.forms:
        yield f"forms[{key!r}]", plugin.form(key)


def _known(files: Mapping[str, str]) -> Known:
    return known_at(BEGIN, TEAM, files)


def _uploading(files: dict[str, str]) -> Upload:
    def upload(name: str) -> str:
        key = str(11 + len(files))
        files[key] = name
        return key

    return upload
