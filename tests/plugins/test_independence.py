"""Plugins stand beside each other: each its own forms and process, and none moves when another changes."""

from dataclasses import replace

from casetasks_app.play import Play
from casetasks_app.process import engine
from casetasks_app.task_types import registry
from casetasks_app.task_types.forms import FieldRow, from_rows, rows


def forms_of(plugin):
    return {key: rows(plugin.form(key)) for key in plugin.forms}


def test_each_plugin_has_its_own_forms(plugins):
    """S8."""
    forms = [form for plugin in plugins.values() for form in forms_of(plugin).values()]

    assert len(forms) == len(set(map(repr, forms))) > len(plugins)


def test_each_plugin_has_its_own_process_model(plugins):
    """S9."""
    models = {name: engine.load(registry.model_xml(plugin)) for name, plugin in plugins.items()}

    assert len({model.digest for model in models.values()}) == len(plugins)
    assert [step.id for step in models["approval"].steps] == ["decide", "revise"]
    assert [step.id for step in models["standard"].steps] == ["result"]


def test_a_changed_plugin_alters_no_other(plugins):
    """S10."""
    before = {name: (forms_of(plugin), registry.model_xml(plugin)) for name, plugin in plugins.items()}
    changed = replace(plugins["standard"], version="2.0", forms={"report": from_rows([FieldRow("report", "Report")])}, settings=None)

    with registry.registered(changed):
        after = {name: (forms_of(plugin), registry.model_xml(plugin)) for name, plugin in registry.installed().items()}

    assert after["standard"] != before["standard"]
    assert {name for name in before if after[name] == before[name]} == set(plugins) - {"standard"}


def test_a_task_that_runs_keeps_its_process_when_the_plugin_changes(plugins):
    """S10."""
    play = Play(plugins["standard"])
    changed = replace(plugins["standard"], forms={"report": from_rows([FieldRow("report", "Report")])}, settings=None)

    newer = engine.load(registry.model_xml(changed))

    assert newer.digest != play.model.digest
    assert [step.name for step in engine.open_steps(play.model, play.state)] == ["result"]


def test_two_task_types_of_one_plugin_each_have_their_own_questions(plugins):
    """S8, S10."""
    trees = Play(plugins["collect_information"], {"questions": "How old is the tree?"})
    noise = Play(plugins["collect_information"], {"questions": "How loud is it?\nWhen?"})

    assert rows(trees.form("answer"))[0].label == "How old is the tree?"
    assert [row.label for row in rows(noise.form("answer")) if row.name.startswith("answer")] == ["How loud is it?", "When?"]
