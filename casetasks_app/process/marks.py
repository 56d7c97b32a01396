"""The marks of BPMN: circles of events, diamonds of gateways and what stands in them; and text cut to fit a box."""

from collections.abc import Callable, Mapping, Sequence
from math import atan2, cos, pi, sin
from textwrap import wrap

from casetasks_app.process.model import Node, Shape

_LETTER = 6.4
_LINE = 14
_LONGEST = 300
_EIGHTHS = [number * pi / 4 for number in range(8)]


def lines_of(text: str, width: float) -> list[str]:
    """The text in lines of about this width."""
    return wrap(text[:_LONGEST], max(int(width / _LETTER), 4)) if text else []


def fitted(lines: Sequence[str], height: float) -> list[str]:
    """As many lines as fit, the last one with dots when some do not."""
    room = max(int((height - 8) / _LINE), 1)
    return list(lines) if len(lines) <= room else [*lines[: room - 1], f"{lines[room - 1].rstrip()} …"]


def mark_of(node: Node, shape: Shape) -> str:
    """An event or a gateway, without its text."""
    x, y = shape.x + shape.width / 2, shape.y + shape.height / 2
    radius = min(shape.width, shape.height) / 2
    if node.kind in _SIGNS:
        diamond = f"M{x:g} {y - radius:g}L{x + radius:g} {y:g} {x:g} {y + radius:g} {x - radius:g} {y:g}z"
        return f'<path d="{diamond}"/>{_SIGNS[node.kind](x, y, radius)}'
    return _event(node, x, y, radius)


def kind_mark(node: Node, shape: Shape) -> str:
    """The small marks in a box: a letter or a wheel for what is done by itself, bars for what is done several times."""
    x, y = shape.x + 16, shape.y + 14
    by_itself = {"send": _letter(x, y, 7), "service": _wheel(x, y)}.get(node.kind, "")
    return by_itself + (_bars(shape, node.repetition.is_sequential) if node.repetition else "")


def arrowhead(before: tuple[float, float], tip: tuple[float, float]) -> str:
    """The head of an arrow that comes from `before`; drawn, not referred to, so that pictures never share ids."""
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - 9 * cos(angle + turn), tip[1] - 9 * sin(angle + turn)) for turn in (-0.4, 0.4)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *wings))
    return f'<polygon points="{points}" fill="currentColor" stroke="none"/>'


def _event(node: Node, x: float, y: float, radius: float) -> str:
    width = ' stroke-width="3"' if node.kind == "end" else ""
    dashes = "" if node.interrupts else ' stroke-dasharray="4 3"'
    paper = ' fill="var(--process-paper, Canvas)"' if node.kind == "boundary" else ""
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"{width}{dashes}{paper}/>'
    if node.terminates:
        return circle + f'<circle cx="{x:g}" cy="{y:g}" r="{radius * 0.55:g}" fill="currentColor" stroke="none"/>'
    if node.kind in {"timer", "boundary"}:
        circle += f'<circle cx="{x:g}" cy="{y:g}" r="{radius - 3:g}"{dashes}/>'
        circle += _clock(x, y, radius - 7) if node.timer else _letter(x, y, radius - 7)
    return circle


def _clock(x: float, y: float, radius: float) -> str:
    hands = f"M{x:g} {y - radius * 0.7:g}V{y:g}H{x + radius * 0.5:g}"
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"/><path d="{hands}"/>'


def _letter(x: float, y: float, radius: float) -> str:
    left, top, wide, high = x - radius, y - radius * 0.7, radius * 2, radius * 1.4
    flap = f"M{left:g} {top:g}l{radius:g} {radius * 0.8:g} {radius:g} {-radius * 0.8:g}"
    return f'<rect x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}"/><path d="{flap}"/>'


def _wheel(x: float, y: float) -> str:
    spokes = "".join(f"M{x + 4 * cos(turn):.1f} {y + 4 * sin(turn):.1f}l{4 * cos(turn):.1f} {4 * sin(turn):.1f}" for turn in _EIGHTHS)
    return f'<circle cx="{x:g}" cy="{y:g}" r="5"/><path d="{spokes}"/>'


def _bars(shape: Shape, is_sequential: bool) -> str:
    """Lying for one after the other, standing for all at once."""
    x, y = shape.x + shape.width / 2, shape.y + shape.height - 11
    bars = (f"M{x - 6:g} {y + at:g}h12" if is_sequential else f"M{x + at:g} {y - 6:g}v12" for at in (-4, 0, 4))
    return f'<path class="process-several" stroke-width="2" d="{"".join(bars)}"/>'


def _cross(x: float, y: float, radius: float) -> str:
    arm = radius * 0.32
    return f'<path stroke-width="3" d="M{x - arm:g} {y - arm:g}l{arm * 2:g} {arm * 2:g}m0 {-arm * 2:g}l{-arm * 2:g} {arm * 2:g}"/>'


def _plus(x: float, y: float, radius: float) -> str:
    arm = radius * 0.45
    return f'<path stroke-width="3" d="M{x - arm:g} {y:g}h{arm * 2:g}M{x:g} {y - arm:g}v{arm * 2:g}"/>'


def _ring(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius * 0.42:g}" stroke-width="2.5"/>'


_SIGNS: Mapping[str, Callable[[float, float, float], str]] = {"exclusive": _cross, "parallel": _plus, "inclusive": _ring}
