"""The picture: well-formed, safe, marked by more than colour, and the same told in words."""

from xml.etree import ElementTree as ET

import pytest

from casetasks_app.plugins.approval import plugin
from casetasks_app.process.engine import load
from casetasks_app.process.picture import picture, steps_in_words
from tests.unit.process.drawn import APPROVAL, bpmn, chain, end, start, step

SVG = "{http://www.w3.org/2000/svg}"
DIAGRAM = """<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><bpmndi:BPMNPlane>
<bpmndi:BPMNShape bpmnElement="write"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape bpmnElement="done"><dc:Bounds x="nan" y="0" width="1e999" height="80"/></bpmndi:BPMNShape>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"""

SEVERAL = (
    "<multiInstanceLoopCharacteristics isSequential='{}'><loopCardinality>2</loopCardinality>"
    "<loopDataOutputRef>got</loopDataOutputRef><outputDataItem name='note'/></multiInstanceLoopCharacteristics>"
)


@pytest.fixture
def approval() -> str:
    return plugin.resource("process.bpmn") or ""


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  (our own picture)


def drawn_step(svg: str, state: str) -> list[str]:
    root = read(svg)
    groups = [one for one in root.iter(f"{SVG}g") if one.get("class") == f"process-user is-{state}"]
    return [" ".join(text.text or "" for text in group.iter(f"{SVG}text")) for group in groups]


def test_done_and_open_steps_are_marked_by_a_tick_and_a_dot(approval: str) -> None:
    svg = picture(load(approval), done=["decide"], open=["revise"])

    assert drawn_step(svg, "done") == ["Decide"]
    assert drawn_step(svg, "open") == ["Revise or withdraw"]
    assert (svg.count("process-tick"), svg.count("process-dot")) == (1, 1)


def test_every_arrow_and_element_of_the_diagram_is_drawn(approval: str) -> None:
    model = load(approval)

    root = read(picture(model))

    assert len([one for one in root.iter(f"{SVG}g") if "is-ahead" in (one.get("class") or "")]) == len(model.nodes)
    assert len(list(root.iter(f"{SVG}polyline"))) == len(model.processes[model.main].flows)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Approval"


def test_the_picture_has_no_colours_of_its_own_no_script_no_style_and_no_ids(approval: str) -> None:
    root = read(picture(load(approval), done=["decide"]))

    for one in root.iter():
        assert one.tag.removeprefix(SVG) in {"svg", "title", "g", "rect", "circle", "path", "polyline", "polygon", "text"}
        assert not {"id", "style", "onclick", "href"} & set(one.keys())
        assert (one.get("fill") or "none").partition("(")[0] in {"none", "currentColor", "var"}


def test_hostile_titles_come_back_as_text() -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt; &quot;x"
    xml = bpmn(start(), step("write").replace("Write", title), end(), chain("begin", "write", "done"), after=DIAGRAM)

    svg = picture(load(xml))

    assert "<script" not in svg
    assert "<script>alert(1)</script>" in "".join(read(svg).itertext()).replace(" ", "")


def test_a_shape_without_sensible_numbers_is_left_out() -> None:
    xml = bpmn(start(), step("write"), end(), chain("begin", "write", "done"), after=DIAGRAM)

    assert 'viewBox="-12 -12 124 132"' in picture(load(xml))


def test_a_model_without_a_diagram_has_no_picture_but_its_words() -> None:
    model = load(APPROVAL)

    assert picture(model) == ""
    assert steps_in_words(model, done=["decide", "revise", "decide"], open=["revise"]) == [
        "Decide: done twice",
        "Revise: done, open now",
    ]
    assert steps_in_words(model, done=["decide"] * 5) == ["Decide: done 5 times", "Revise: not done yet"]


def test_what_is_written_beside_an_event_lies_inside_the_picture() -> None:
    shape = '<bpmndi:BPMNShape bpmnElement="all is recorded"><dc:Bounds x="300" y="0" width="36" height="36"/><bpmndi:BPMNLabel>'
    label = '<dc:Bounds x="268" y="40" width="100" height="14"/></bpmndi:BPMNLabel></bpmndi:BPMNShape></bpmndi:BPMNPlane>'
    drawn = DIAGRAM.replace("</bpmndi:BPMNPlane>", shape + label).replace("all is recorded", "recorded")
    recorded = end("recorded").replace('name="recorded"', 'name="all is recorded"')

    view = read(picture(load(bpmn(start(), step("write"), recorded, chain("begin", "write", "recorded"), after=drawn)))).get("viewBox")

    left, _, width, _ = map(float, (view or "").split())
    assert left + width > 318 + len("all is recorded") * 6.4 / 2


def test_steps_of_a_sub_process_are_told_where_they_stand_in_the_file() -> None:
    inside = f'<subProcess id="going">{start("in")}{step("visit")}{end("out")}{chain("in", "visit", "out")}</subProcess>'
    model = load(bpmn(start(), step("plan"), inside, step("report"), end(), chain("begin", "plan", "going", "report", "done")))

    assert [words.partition(":")[0] for words in steps_in_words(model)] == ["Plan", "Visit", "Report"]


@pytest.mark.parametrize(
    ("element", "mark"),
    [
        ('<sendTask id="write" casetasks:topic="t"/>', '<rect x="9" y="9.1"'),
        ('<serviceTask id="write" casetasks:topic="t"/>', '<circle cx="16" cy="14" r="5"/>'),
        ('<callActivity id="write" calledElement="q"/>', 'is-ahead" stroke-width="3"'),
        (step("write", inside=SEVERAL.format("true")), "M44 65h12M44 69h12M44 73h12"),
        (step("write", inside=SEVERAL.format("false")), "M46 63v12M50 63v12M54 63v12"),
    ],
    ids=["send", "service", "call", "one by one", "all at once"],
)
def test_what_is_no_plain_step_has_its_mark(element: str, mark: str) -> None:
    called = f'<process id="q">{start("b")}{end("e")}{chain("b", "e")}</process>'

    svg = picture(load(bpmn(start(), element, end(), chain("begin", "write", "done"), after=called + DIAGRAM)))

    assert mark in svg
