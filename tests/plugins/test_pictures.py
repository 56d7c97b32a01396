"""The drawn processes, looked at as pictures: words stand free of lines, shapes and each other, lines pass no shape."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from casetasks_app.process import engine
from casetasks_app.process.picture import picture
from casetasks_app.task_types import registry
from tests.plugins.test_conformance import BUNDLED

LETTER, ABOVE, BELOW = 6.4, 10, 3
SVG = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """A rectangle in the picture and what it holds."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: "Box", room: float = 0) -> bool:
        """Whether two rectangles come closer to each other than this."""
        return (
            self.left < other.right + room
            and other.left < self.right + room
            and self.top < other.bottom + room
            and other.top < self.bottom + room
        )


def words(group: ET.Element) -> Iterator[Box]:
    for text in group.findall(f"{SVG}text"):
        x, y, half = float(text.get("x")), float(text.get("y")), LETTER * len(text.text) / 2
        yield Box(x - half, y - ABOVE, x + half, y + BELOW, text.text)


def box_of(shape: ET.Element) -> Box:
    if shape.tag == f"{SVG}circle":
        x, y, radius = (float(shape.get(name)) for name in ("cx", "cy", "r"))
        return Box(x - radius, y - radius, x + radius, y + radius, "circle")
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.get(name)) for name in ("x", "y", "width", "height"))
        return Box(x, y, x + width, y + height, "rect")
    x, top, right, middle = (float(part) for part in shape.get("d")[1:].replace("L", " ").split()[:4])
    return Box(2 * x - right, top, right, 2 * middle - top, "diamond")


class Picture:
    """What is drawn: words, shapes, and thin boxes around every line."""

    def __init__(self, svg: str) -> None:
        root = ET.fromstring(svg)  # noqa: S314  our own picture
        groups = root.findall(f"{SVG}g")
        frames = [box_of(group[0]) for group in groups if group.get("class") == "process-frame"]
        nodes = [(box_of(group[0]), list(words(group))) for group in groups if group.get("class") != "process-frame"]
        self.shapes = [shape for shape, _ in nodes]
        self.inside = [(shape, word) for shape, own in nodes for word in own if shape.what == "rect"]
        self.beside = [word for shape, own in nodes for word in own if shape.what != "rect"]
        self.beside += [word for group in groups if group.get("class") == "process-frame" for word in words(group)]
        self.beside += list(words(root))
        self.lines = [line for arrow in root.findall(f"{SVG}polyline") for line in segments(arrow.get("points"))]
        self.borders = [border for frame in frames for border in sides(frame)]
        self.view = [float(part) for part in root.get("viewBox").split()]


def segments(points: str) -> Iterator[Box]:
    corners = [tuple(map(float, point.split(","))) for point in points.split()]
    for (x1, y1), (x2, y2) in pairwise(corners):
        yield Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), "line")


def sides(frame: Box) -> Iterator[Box]:
    left, top, right, bottom, _ = frame
    yield from (Box(left, top, right, top, "border"), Box(left, bottom, right, bottom, "border"))
    yield from (Box(left, top, left, bottom, "border"), Box(right, top, right, bottom, "border"))


@pytest.fixture(params=BUNDLED)
def drawn(request, plugins) -> Picture:
    return Picture(picture(engine.load(registry.model_xml(plugins[request.param]))))


def test_no_words_stand_on_other_words_shapes_or_lines(drawn):
    """The room that is asked for keeps a letter of another font from touching."""
    everywhere = [word for _, word in drawn.inside] + drawn.beside
    on_words = [(one.what, other.what) for one, other in combinations(everywhere, 2) if one.meets(other)]
    on_shapes = [(word.what, shape) for word in drawn.beside for shape in drawn.shapes if word.meets(shape)]
    on_lines = [(word.what, line) for word in drawn.beside for line in drawn.lines + drawn.borders if word.meets(line, 3)]

    assert (on_words, on_shapes, on_lines) == ([], [], [])


def test_the_words_in_a_box_have_room_in_it(drawn):
    for shape, word in drawn.inside:
        assert shape.left + 4 <= word.left < word.right <= shape.right - 4, word
        assert shape.top + 4 <= word.top < word.bottom <= shape.bottom - 4, word


def test_lines_are_straight_and_pass_through_no_shape(drawn):
    for line in drawn.lines:
        assert line.left == line.right or line.top == line.bottom, line
        assert [shape for shape in drawn.shapes if shape.meets(line, -1)] == []


def test_nothing_is_cut_off(drawn):
    left, top, width, height = drawn.view

    for box in [*drawn.shapes, *drawn.beside, *drawn.lines]:
        assert left <= box.left <= box.right <= left + width, box
        assert top <= box.top <= box.bottom <= top + height, box
