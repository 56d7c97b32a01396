"""From a BPMN file to a model: processes, nodes, arrows and the drawing, with every problem of form and profile."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from casetasks_app.process import drawing, elements, references
from casetasks_app.process.model import Flow, Model, Node, Problem, Process
from casetasks_app.process.parts import flow_objections
from casetasks_app.process.profile import DECORATION, KINDS, extension_objections, refusal
from casetasks_app.process.source import BPMN, SourceRefused, Tag, read

_AT_THE_TOP = frozenset({
    "process", "collaboration", "message", "documentation", "extensionElements", "category", "itemDefinition",
})  # fmt: skip


def read_model(xml: str, name: str) -> tuple[Model | None, list[Problem]]:
    """The model of a file and what is wrong with it, in the order of lines; no model when it is not BPMN at all."""
    try:
        root = read(xml)
    except SourceRefused as refused:
        return None, [Problem(name, refused.line, "", str(refused))]
    if root.space != BPMN or root.name != "definitions":
        return None, [Problem(name, root.line, "", "this is not a BPMN 2.0 file")]
    reader = _Reader(root, name)
    model = reader.model(digest_of(xml))
    problems = reader.problems
    if model is not None:
        problems.extend(references.problems_of(model))
    return model, sorted(set(problems))


def digest_of(xml: str) -> str:
    """What names a version of a model: SHA-256 of the file's text, in hexadecimal."""
    return sha256(xml.encode("utf-8", "replace")).hexdigest()


class _Reader:
    """Walks one file once; problems are collected, not raised, so that all are told at once."""

    def __init__(self, root: Tag, name: str) -> None:
        self._root = root
        self._name = name
        self._messages = {tag.get("id"): tag.get("name") for tag in root.named("message")}
        self._processes: dict[str, Process] = {}
        self.problems: list[Problem] = []

    def model(self, digest: str) -> Model | None:
        for tag in self._root.children:
            if tag.space == BPMN and tag.name not in _AT_THE_TOP:
                self._complain(tag, refusal(tag.name))
        self._complain_about_doubles()
        tops = list(self._root.named("process"))
        for tag in tops:
            self._read_process(tag)
        main = self._main(tops)
        if main is None:
            return None
        return Model(digest, self._name, main, self._processes, drawing.read_diagram(self._root))

    def _main(self, tops: list[Tag]) -> str | None:
        called = {node.inside for process in self._processes.values() for node in process.nodes.values() if node.inside != process.id}
        candidates = [tag for tag in tops if tag.get("id") not in called]
        runnable = [tag for tag in candidates if tag.says("isExecutable")] or candidates
        if not runnable:
            self._complain(self._root, "there is no process in this file that could be started")
            return None
        for tag in runnable[1:]:
            self._complain(tag, "a second process that nothing calls; one file is one process")
        return runnable[0].get("id")

    def _read_process(self, tag: Tag) -> None:
        identity = tag.get("id")
        nodes: dict[str, Node] = {}
        flows: list[Flow] = []
        for child in tag.children:
            if child.space != BPMN or (tag.name == "subProcess" and child.name == "extensionElements"):
                continue
            if child.name == "sequenceFlow":
                flows.append(self._flow(child))
            elif child.name in KINDS:
                node = self._node(child, identity)
                nodes[node.id] = node
            elif child.name == "extensionElements":
                self._complain_all(child, extension_objections(child))
            elif child.name not in DECORATION and child.name != "multiInstanceLoopCharacteristics":
                self._complain(child, refusal(child.name))
        self._processes[identity] = Process(identity, tag.line, nodes, tuple(flows), tag.get("name"))

    def _node(self, tag: Tag, process: str) -> Node:
        node, objections = elements.read_node(tag, process, self._messages)
        self._complain_all(tag, objections)
        if node.kind == "subprocess":
            self._read_process(tag)
        return node

    def _flow(self, tag: Tag) -> Flow:
        self._complain_all(tag, flow_objections(tag))
        condition = tag.first("conditionExpression")
        text = condition.text.strip() if condition else None
        language = condition.get("language").lower() if condition else ""
        if language and "juel" not in language and "python" not in language and "uel" not in language:
            self._complain(tag, f"conditions in {language} are not read")
        return Flow(tag.get("id"), tag.get("sourceRef"), tag.get("targetRef"), tag.line, text, tag.get("name"))

    def _complain_about_doubles(self) -> None:
        wanted = {*KINDS, "process", "sequenceFlow"}
        tags = [tag for tag in self._root.everything() if tag.space == BPMN and tag.name in wanted]
        count = Counter(tag.get("id") for tag in tags)
        for tag in tags:
            if not tag.get("id"):
                self._complain(tag, f"this {tag.name} has no id")
            elif count[tag.get("id")] > 1:
                self._complain(tag, "this id is used more than once")

    def _complain(self, tag: Tag, message: str) -> None:
        self.problems.append(Problem(self._name, tag.line, tag.get("id"), message))

    def _complain_all(self, tag: Tag, objections: Iterator[tuple[int, str]] | list[tuple[int, str]]) -> None:
        self.problems.extend(Problem(self._name, line, tag.get("id"), message) for line, message in objections)
