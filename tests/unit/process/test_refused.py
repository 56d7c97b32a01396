"""Everything of BPMN that is not carried out is refused with its line, and stands in the page for newcomers with what replaces it."""

from pathlib import Path

import pytest

from casetasks_app.process import profile
from casetasks_app.process.check import check
from tests.unit.process.drawn import FORMS, bpmn, chain, end, start, step

PAGE = (Path(__file__).parents[3] / "docs/howto/come-from-icm-flowable-or-camunda.md").read_text(encoding="utf-8")
EVENTS = ("error", "escalation", "signal", "conditional", "compensate", "cancel", "link")
LISTENERS = (
    "executionListener", "taskListener", "eventListener", "inputOutput", "in", "out", "field", "formData", "formProperty", "connector",
    "failedJobRetryTimeCycle",
)  # fmt: skip
INSIDE_A_STEP = frozenset({
    "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "standardLoopCharacteristics",
    "potentialOwner", "humanPerformer", "performer",
})  # fmt: skip
NODES = sorted(set(profile._INSTEAD) - INSIDE_A_STEP)


def told(element: str) -> list[str]:
    xml = bpmn(start(), element, end(), chain("begin", "x", "done"))
    return [str(problem) for problem in check(xml, forms=FORMS, topics={"t": ()})]


@pytest.mark.parametrize("name", NODES)
def test_an_element_that_is_not_carried_out_is_refused_with_what_replaces_it(name):
    assert f"process.bpmn:4: x: {name} is not carried out; {profile._INSTEAD[name]}" in told(f'<{name} id="x"/>')
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", sorted(INSIDE_A_STEP))
def test_a_part_of_a_step_that_does_nothing_is_refused_with_what_replaces_it(name):
    assert told(step("x", inside=f"<{name}/>")) == [f"process.bpmn:4: x: {name} is not carried out; {profile._INSTEAD[name]}"]
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", EVENTS)
def test_events_of_other_kinds_are_refused_wherever_they_stand(name):
    event = f"<{name}EventDefinition/>"
    beside = step("x") + f'<boundaryEvent id="b" attachedToRef="x">{event}</boundaryEvent>' + chain("b", "done")

    assert f"process.bpmn:4: b: {name}EventDefinition is not carried out" in told(beside)
    alone = f'<intermediateCatchEvent id="x">{event}</intermediateCatchEvent>'
    assert f"process.bpmn:4: x: {name}EventDefinition is not carried out" in told(alone)
    assert f"`{name}EventDefinition`" in PAGE


@pytest.mark.parametrize("name", sorted(profile._ATTRIBUTE_INSTEAD))
@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti", "operaton"])
def test_an_attribute_that_does_nothing_is_refused_in_every_dialect(vendor, name):
    is_job = name in {"class", "delegateExpression", "expression"}
    element = f'<serviceTask id="x" {vendor}:topic="t" {vendor}:{name}="a"/>' if is_job else step("x", more=f'{vendor}:{name}="a"')

    assert told(element) == [f"process.bpmn:4: x: {vendor}:{name} is not carried out; {profile._ATTRIBUTE_INSTEAD[name]}"]
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", LISTENERS)
@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti", "operaton"])
def test_an_extension_that_does_nothing_is_refused_in_every_dialect(vendor, name):
    inside = f"<extensionElements>\n<{vendor}:{name}/>\n</extensionElements>"

    assert told(step("x", inside=inside)) == [f"process.bpmn:5: x: {vendor}:{name} is not carried out; take it out"]
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", sorted(profile.HARMLESS))
def test_what_is_read_over_stands_in_the_page(name):
    assert told(step("x", more=f'camunda:{name}="a"')) == []
    assert f"`{name}`" in PAGE


def test_an_event_sub_process_is_refused():
    inside = f"{start('b')}{end('e')}{chain('b', 'e')}"

    assert told(f'<subProcess id="x" triggeredByEvent="true">{inside}</subProcess>') == [
        "process.bpmn:4: x: event sub-processes are not carried out; put the event on the boundary of a step"
    ]
    assert "`triggeredByEvent`" in PAGE


@pytest.mark.parametrize("kind", ["mail", "http", "dmn", "shell"])
def test_a_built_in_task_of_a_vendor_is_refused(kind):
    found = told(f'<serviceTask id="x" flowable:topic="t" flowable:type="{kind}"/>')

    assert found == [f"process.bpmn:4: x: flowable:type = '{kind}' is not carried out; the type is external, with a topic"]
