"""What every bundled plugin has to keep, whatever it is for."""

import json
from pathlib import Path

import pytest

from casetasks_app.play import Play
from casetasks_app.play.conformance import CHECKS
from casetasks_app.process import engine
from casetasks_app.task_types import registry
from casetasks_app.task_types.forms import Problems
from casetasks_app.task_types.summary import blocks_from_json, blocks_to_json, summarise
from tests.plugins.conftest import checked
from tests.plugins.scripts import SCRIPTS

BUNDLED = sorted(path.parent.name for path in Path(registry.__file__).parents[1].glob("plugins/*/__init__.py"))
each_plugin = pytest.mark.parametrize("name", BUNDLED)
each_script = pytest.mark.parametrize(
    "script", SCRIPTS, ids=lambda script: f"{script.plugin}-{script.outcome}-{len(script.turns)}-{len(script.settings)}"
)


def test_the_folder_and_the_registry_know_the_same_plugins(plugins):
    """S11."""
    assert sorted(plugins) == BUNDLED


@each_plugin
@pytest.mark.parametrize("fact", CHECKS)
def test_it_keeps_every_fact_of_the_suite(plugins, name, fact):
    """S8, S9, S11, S18, S25."""
    assert list(CHECKS[fact](plugins[name])) == []


@each_plugin
def test_it_is_called_like_its_folder(plugins, name):
    assert plugins[name].package == f"casetasks_app.plugins.{name}"


@each_plugin
def test_its_process_model_is_accepted_without_a_warning(plugins, name):
    """S9."""
    assert checked(plugins[name]) == []


@each_plugin
def test_every_arrow_begins_and_ends_at_the_border_of_what_it_joins(plugins, name):
    model = engine.load(registry.model_xml(plugins[name]))
    flows = {flow.id: flow for process in model.processes.values() for flow in process.flows}
    shapes = {shape.element: shape for shape in model.diagram.shapes}

    for edge in model.diagram.edges:
        flow = flows[edge.element]
        assert is_on_border(shapes[flow.source], model.nodes[flow.source], edge.points[0]), edge
        assert is_on_border(shapes[flow.target], model.nodes[flow.target], edge.points[-1]), edge


def is_on_border(shape, node, point) -> bool:
    """Whether a point is the middle of the left or right side, or on the top or bottom; anywhere on a frame."""
    x, y = point[0] - shape.x, point[1] - shape.y
    is_beside = 0 < y < shape.height if node.kind == "subprocess" else y == shape.height / 2
    return (x in {0, shape.width} and is_beside) or (y in {0, shape.height} and 0 < x < shape.width)


@each_plugin
def test_its_readme_tells_what_it_is_for_what_it_asks_and_how_it_can_end(plugins, name):
    """S11."""
    readme = plugins[name].resource("README.md")
    ends = {end for script in SCRIPTS if script.plugin == name for end in [script.outcome]}

    assert readme.startswith(f"# {plugins[name].name}\n")
    for heading in ("What it is for", "What it asks", "How it can end"):
        assert f"**{heading}.**" in readme
    assert all(f"`{end}`" in readme for end in ends)


@each_plugin
def test_it_is_played_to_every_end_it_has(plugins, name):
    model = engine.load(registry.model_xml(plugins[name]))
    ends = {node.title for node in model.ends}

    assert {script.outcome for script in SCRIPTS if script.plugin == name} == ends


@each_script
def test_it_is_new_until_it_ends_with_the_name_of_its_end(plugins, script):
    """S18, S19."""
    play = Play(plugins[script.plugin], script.settings)

    for step, answers in script.turns:
        assert play.state.status == "new"
        play.do(step, **answers)

    assert (play.state.status, play.state.outcome) == ("closed", script.outcome)
    assert play.open == {}


@each_script
def test_its_view_changes_after_each_step_and_can_be_stored(plugins, script):
    """S25."""
    play = Play(plugins[script.plugin], script.settings)
    seen = [play.blocks()]

    for step, answers in script.turns:
        play.do(step, **answers)
        seen.append(play.blocks())

    assert len(seen) == len(set(map(repr, seen)))
    for blocks in seen:
        assert blocks_from_json(json.loads(json.dumps(blocks_to_json(blocks)))) == blocks


@each_script
def test_no_step_is_completed_by_an_empty_form(plugins, script):
    play = Play(plugins[script.plugin], script.settings)
    step, _ = script.turns[0]

    assert isinstance(play.try_(step), Problems)


def test_the_view_of_each_is_different(plugins):
    """S26."""
    shown = {script.plugin: play_through(plugins, script) for script in SCRIPTS}

    assert len({tuple(block.kind for block in blocks) for blocks in shown.values()}) == len(BUNDLED)


def play_through(plugins, script):
    play = Play(plugins[script.plugin], script.settings)
    for step, answers in script.turns:
        play.do(step, **answers)
    return summarise(play.plugin, play.view())
