"""The process drawn from the file's own diagram, as SVG made on the server, and the same told in words.

Colours are `currentColor` and custom properties with fallbacks, so that the page's light and dark schemes apply;
what is done carries a tick and what is open a dot: colour is never the only sign.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from html import escape

from casetasks_app.process.marks import arrowhead, fitted, kind_mark, lines_of, mark_of
from casetasks_app.process.model import STEPS, Diagram, Edge, Model, Node, Shape

_MARGIN = 12
_LINE = 14
_LETTER = 6.4
_LABEL = 110
_POOLS = frozenset({"participant", "lane"})
_CONTAINERS = frozenset({"subProcess"})


def picture(model: Model, done: Collection[str] = (), open: Collection[str] = ()) -> str:  # noqa: A002  (what it says)
    """An `<svg>` with the steps named in `done` and `open` marked; empty when the file has no diagram.

    The picture is named for assistive technology; `steps_in_words` says the same as a list.
    """
    diagram = model.diagram
    drawn = [shape for shape in diagram.shapes if shape.element in model.nodes or _is_frame(shape, diagram)]
    if not any(shape.element in model.nodes for shape in drawn):
        return ""
    parts = [_frame(shape, diagram) for shape in drawn if _is_frame(shape, diagram)]
    parts += [_annotation(shape, diagram) for shape in diagram.shapes if _tag(shape, diagram) == "textAnnotation"]
    parts += [_arrow(edge, diagram) for edge in diagram.edges]
    for shape in drawn:
        if not _is_frame(shape, diagram):
            parts.append(_node(shape, model, set(done), set(open)))
    title = escape(model.processes[model.main].title or "The process")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process" role="img" aria-label="{title}"'
        f' viewBox="{" ".join(f"{part:g}" for part in _view(diagram, model))}" width="{width(model)}" fill="none" stroke="currentColor"'
        f' stroke-width="1.5" font-size="12" font-family="inherit">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


def steps_in_words(model: Model, done: Sequence[str] = (), open: Collection[str] = ()) -> list[str]:  # noqa: A002
    """One sentence part for each step, in the order of the file: `Decide: done twice, open now`."""
    count = Counter(done)
    return [f"{node.title or node.id}: {_in_words(count[node.id], node.id in open)}" for node in model.steps]


def _in_words(times: int, is_open: bool) -> str:
    often = ("", "done", "done twice")[times] if times <= 2 else f"done {times} times"  # noqa: PLR2004
    return ", ".join(part for part in (often, "open now" if is_open else "") if part) or "not done yet"


def width(model: Model) -> int:
    """The width at which the picture's words have the size of small print; 0 when the file has no diagram."""
    return round(_view(model.diagram, model)[2]) if model.diagram.shapes else 0


def _view(diagram: Diagram, model: Model) -> tuple[float, float, float, float]:
    corners = [(shape.x, shape.y) for shape in diagram.shapes]
    corners += [(shape.x + shape.width, shape.y + shape.height + 2 * _LINE) for shape in diagram.shapes]
    corners += [point for edge in diagram.edges for point in edge.points]
    corners += [corner for shape in diagram.shapes if shape.label for corner in _written(shape, shape.label, model)]
    left, top = min(x for x, _ in corners) - _MARGIN, min(y for _, y in corners) - _MARGIN
    right, bottom = max(x for x, _ in corners) + _MARGIN, max(y for _, y in corners) + _MARGIN
    return left, top, right - left, bottom - top


def _written(shape: Shape, middle: tuple[float, float], model: Model) -> Iterator[tuple[float, float]]:
    """The corners of what is written beside a shape, which may be wider than anything drawn there."""
    node = model.nodes.get(shape.element)
    if node is not None and not _is_box(node):
        lines = lines_of(node.title, _LABEL)
        wide, high = _LETTER * max(map(len, lines), default=0) / 2, _LINE * len(lines) / 2
        yield middle[0] - wide, middle[1] - high
        yield middle[0] + wide, middle[1] + high


def _tag(shape: Shape, diagram: Diagram) -> str:
    return diagram.tags.get(shape.element, "")


def _is_frame(shape: Shape, diagram: Diagram) -> bool:
    tag = _tag(shape, diagram)
    return tag in _POOLS or (tag in _CONTAINERS and shape.is_expanded)


def _frame(shape: Shape, diagram: Diagram) -> str:
    label = diagram.labels.get(shape.element, "")
    rounded = 8 if _tag(shape, diagram) in _CONTAINERS else 0
    text = "".join(_text(shape.x + shape.width / 2, shape.y + _LINE, [label])) if label else ""
    return f'<g class="process-frame">{_box(shape, rounded)}{text}</g>'


def _annotation(shape: Shape, diagram: Diagram) -> str:
    lines = lines_of(diagram.labels.get(shape.element, ""), shape.width)
    bracket = f"M{shape.x + 10:g} {shape.y:g}H{shape.x:g}V{shape.y + shape.height:g}h10"
    middle = shape.x + shape.width / 2
    return f'<g class="process-note"><path d="{bracket}"/>{_lines(middle, shape.y + shape.height / 2, lines)}</g>'


def _arrow(edge: Edge, diagram: Diagram) -> str:
    is_flow = diagram.tags.get(edge.element) == "sequenceFlow"
    path = " ".join(f"{x:g},{y:g}" for x, y in edge.points)
    look = "" if is_flow else ' stroke-dasharray="3 3"'
    head = arrowhead(edge.points[-2], edge.points[-1]) if is_flow else ""
    label = diagram.labels.get(edge.element, "")
    x, y = edge.label or _beside(edge)
    text = _lines(x, y, lines_of(label, 120)) if label else ""
    return f'<polyline class="process-arrow" points="{path}"{look}/>{head}{text}'


def _beside(edge: Edge) -> tuple[float, float]:
    (x1, y1), (x2, y2) = edge.points[0], edge.points[1]
    return (x1 + x2) / 2, (y1 + y2) / 2 - _LINE / 2


def _node(shape: Shape, model: Model, done: set[str], is_open: set[str]) -> str:
    node = model.nodes[shape.element]
    state = "open" if node.id in is_open else "done" if node.id in done else "ahead"
    lines = lines_of(node.title, shape.width - 12) if _is_box(node) else lines_of(node.title, _LABEL)
    if _is_box(node):
        body = _box(shape, 8) + _lines(*_middle(shape), fitted(lines, shape.height)) + kind_mark(node, shape)
    else:
        x, y = shape.label or (_middle(shape)[0], shape.y + shape.height + _LINE * max(len(lines), 1) / 2 + 2)
        body = mark_of(node, shape) + _lines(x, y, lines)
    sign = _sign(shape, state) if node.kind in STEPS else ""
    return f'<g class="process-{node.kind} is-{state}"{_look(state, node)}>{body}{sign}</g>'


def _is_box(node: Node) -> bool:
    return node.kind in {"user", "manual", "service", "send", "subprocess", "call"}


def _look(state: str, node: Node) -> str:
    if node.kind not in STEPS or state == "ahead":
        return ' stroke-width="3"' if node.kind == "call" else ""
    if state == "open":
        return ' fill="var(--process-open, none)" stroke-width="3"'
    return ' fill="var(--process-done, none)"'


def _sign(shape: Shape, state: str) -> str:
    x, y = shape.x + shape.width - 14, shape.y + 12
    if state == "done":
        return f'<path class="process-tick" d="M{x - 5:g} {y:g}l4 4 7-8" fill="none" stroke-width="2"/>'
    if state == "open":
        return f'<circle class="process-dot" cx="{x:g}" cy="{y:g}" r="4" fill="currentColor" stroke="none"/>'
    return ""


def _box(shape: Shape, rounded: int) -> str:
    return f'<rect x="{shape.x:g}" y="{shape.y:g}" width="{shape.width:g}" height="{shape.height:g}" rx="{rounded}"/>'


def _middle(shape: Shape) -> tuple[float, float]:
    return shape.x + shape.width / 2, shape.y + shape.height / 2


def _lines(x: float, y: float, lines: Sequence[str]) -> str:
    return "".join(_text(x, y - (len(lines) - 1) * _LINE / 2 + 4, lines))


def _text(x: float, y: float, lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (f'<text x="{x:g}" y="{y + number * _LINE:g}" text-anchor="middle" fill="currentColor" stroke="none">{escape(line)}</text>')
