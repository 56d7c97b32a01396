"""Files from elsewhere: in other dialects, broken, hostile; answered with a model or with a list of problems, never more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetasks_app.process.check import check
from casetasks_app.process.picture import picture, steps_in_words
from casetasks_app.process.reading import read_model
from casetasks_app.process.source import DEEPEST, LARGEST
from tests.unit.process.drawn import APPROVAL, BESIDE, FORMS, bpmn

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
NO_TYPE = "a document type or an entity is not accepted"

CAMUNDA = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Platform">
<bpmn:process id="P" isExecutable="true" camunda:historyTimeToLive="180">
<bpmn:startEvent id="S"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
<bpmn:sequenceFlow id="F1" sourceRef="S" targetRef="T"/>
<bpmn:userTask id="T" camunda:formKey="Note" camunda:assignee="${initiator}" camunda:asyncBefore="true"/>
<bpmn:sequenceFlow id="F2" sourceRef="T" targetRef="E"/><bpmn:endEvent id="E"/>
</bpmn:process></bpmn:definitions>"""
FLOWABLE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn">
<process id="P"><startEvent id="S" flowable:initiator="initiator"/><sequenceFlow id="F1" sourceRef="S" targetRef="T"/>
<userTask id="T" flowable:candidateGroups="${team}" flowable:formKey="Note"><extensionElements>
<flowable:executionListener event="start" class="org.Listener"/>
</extensionElements></userTask>
<sequenceFlow id="F2" sourceRef="T" targetRef="E"/><endEvent id="E"/></process></definitions>"""
ACTIVITI = FLOWABLE.replace("flowable", "activiti").replace('<userTask id="T"', '<userTask id="T" activiti:priority="50"')


def test_a_model_drawn_for_camunda_is_taken_as_it_is() -> None:
    assert check(CAMUNDA, forms=FORMS) == []


def test_listeners_of_flowable_and_priorities_of_activiti_are_named_with_their_lines() -> None:
    assert [str(problem) for problem in check(FLOWABLE, forms=FORMS)] == [
        "process.bpmn:4: T: flowable:executionListener is not carried out; take it out"
    ]
    assert [str(problem) for problem in check(ACTIVITI, forms=FORMS)] == [
        "process.bpmn:3: T: activiti:priority is not carried out; take it out",
        "process.bpmn:4: T: activiti:executionListener is not carried out; take it out",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "process.bpmn:1: this is not XML: no element found"),
        ("hello", "process.bpmn:1: this is not XML: syntax error"),
        ("<a>\n<b></a>", "process.bpmn:2: this is not XML: mismatched tag"),
        ("<a/>", "process.bpmn:1: this is not a BPMN 2.0 file"),
        ("<a>\x00</a>", "process.bpmn:1: this is not XML: not well-formed (invalid token)"),
        (BOMB, f"process.bpmn:1: {NO_TYPE}"),
        (OUTSIDE, f"process.bpmn:1: {NO_TYPE}"),
        ("<a>" * (DEEPEST + 1), f"process.bpmn:1: elements are nested deeper than {DEEPEST}"),
        (f"<a>{'<b/>' * 20_001}</a>", "process.bpmn:1: the file has more than 20,000 elements"),
        ("x" * (LARGEST + 1), "process.bpmn:1: the file is longer than 2,000,000 characters"),
        ("\ud800", "process.bpmn:1: this is not XML: not well-formed (invalid token)"),
        (bpmn(), "process.bpmn:2: p: there is no start event"),
    ],
    ids=range(12),
)
def test_what_is_no_model_gets_one_sentence_with_its_line(text: str, sentence: str) -> None:
    assert sentence in [str(problem) for problem in check(text, forms={})]


PIECES = st.sampled_from([
    "<", ">", '"', "&", "</", "/>", 'id="', "<process>", "<userTask/>", "<subProcess>", "sourceRef",
    'targetRef="decide"', "${", "}}", "\x00", "]]>",
    "<startEvent/>", '<callActivity id="c" calledElement="p"/>', 'isExecutable="x"', "decide", "join",
    "\n", "é", "parallelGateway", "boundaryEvent",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([APPROVAL, BESIDE, CAMUNDA]), st.lists(st.tuples(st.integers(0, 1_500), st.integers(0, 40), PIECES), max_size=4))
def test_a_file_damaged_anywhere_is_answered_and_never_raises(xml: str, damages: list[tuple[int, int, str]]) -> None:
    for place, length, piece in damages:
        xml = xml[:place] + piece + xml[place + length :]

    model, problems = read_model(xml, "damaged.bpmn")

    check(xml, forms=FORMS)
    if model is not None:
        steps_in_words(model)
        picture(model)
    assert model is not None or problems


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert check(text, forms={})
