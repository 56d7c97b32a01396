"""Ways on that a gateway just before has ruled out."""

import pytest

from casetasks_app.process.check import check
from tests.unit.process.drawn import FORMS, bpmn, chain, end, flow, gateway, start, step


def told(xml: str) -> list[str]:
    return [str(problem).removeprefix("process.bpmn:") for problem in check(xml, forms=FORMS)]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("decision == 'return'", ["4: again: can never end: no end event can be reached from here"]),
        ("decision != 'reject' and decision != 'approve'", ["4: again: can never end: no end event can be reached from here"]),
        ("decision == 'approve'", []),
        ("case.urgent", []),
    ],
)
def test_a_gateway_whose_ways_the_one_before_has_ruled_out_does_not_count_as_a_way_to_the_end(second: str, message: list[str]) -> None:
    """After *return* is sent back, the second gateway is asked about approvals and refusals alone."""
    xml = bpmn(
        start(), gateway("exclusive", "again"), step("decide", "Decide"), step("a"), gateway("exclusive", "first", "second"),
        gateway("exclusive", "second", "again"), end(), chain("begin", "again", "decide", "first", "second", "again"),
        flow("first", "a", "decision == 'return'") + chain("a", "again"), flow("second", "done", second),
    )  # fmt: skip

    assert told(xml) == message
