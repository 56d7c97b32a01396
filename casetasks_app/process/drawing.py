"""The drawing that comes with a BPMN file: shapes, arrows and what is written on them."""

import math

from casetasks_app.process.model import Diagram, Edge, Shape
from casetasks_app.process.source import BPMN, DRAWING, Tag

_WIDEST = 100_000.0


def read_diagram(root: Tag) -> Diagram:
    """The diagram of the file; what has no place or no sensible numbers is left out."""
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for tag in root.everything():
        if tag.space == DRAWING and tag.name == "BPMNShape" and (shape := _shape(tag)):
            shapes.append(shape)
        elif tag.space == DRAWING and tag.name == "BPMNEdge" and (edge := _edge(tag)):
            edges.append(edge)
    tags = {tag.get("id"): tag.name for tag in root.everything() if tag.space == BPMN}
    return Diagram(tuple(shapes), tuple(edges), _labels(root), tags)


def _labels(root: Tag) -> dict[str, str]:
    labels = {tag.get("id"): tag.get("name") for tag in root.everything() if tag.space == BPMN and tag.get("id")}
    for tag in root.everything():
        written = tag.first("text") if tag.name == "textAnnotation" else None
        if written is not None:
            labels[tag.get("id")] = written.text
    return {name: " ".join(text.split()) for name, text in labels.items()}


def _shape(tag: Tag) -> Shape | None:
    bounds = _bounds(tag)
    return Shape(tag.get("bpmnElement"), *bounds, tag.says("isExpanded", "true"), _label(tag)) if bounds else None


def _edge(tag: Tag) -> Edge | None:
    points: list[tuple[float, float]] = []
    for child in tag.children:
        x, y = _number(child.get("x")), _number(child.get("y"))
        if child.name == "waypoint" and x is not None and y is not None:
            points.append((x, y))
    return Edge(tag.get("bpmnElement"), tuple(points), _label(tag)) if len(points) > 1 else None


def _label(tag: Tag) -> tuple[float, float] | None:
    label = next((child for child in tag.children if child.name == "BPMNLabel"), None)
    bounds = _bounds(label) if label else None
    return (bounds[0] + bounds[2] / 2, bounds[1] + bounds[3] / 2) if bounds else None


def _bounds(tag: Tag) -> tuple[float, float, float, float] | None:
    bounds = next((child for child in tag.children if child.name == "Bounds"), None)
    numbers = [_number(bounds.get(name)) for name in ("x", "y", "width", "height")] if bounds else []
    known = [number for number in numbers if number is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == 4 else None  # noqa: PLR2004  (x, y, width, height)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= _WIDEST else None
