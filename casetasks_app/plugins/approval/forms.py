"""What an approval asks: the decision, and what the case manager does after a refusal."""

from typing import Self

from pydantic import model_validator

from casetasks_app.task_types.forms import Form, Refused, field, lines


class Decide(Form):
    """The decision of the person or team that was asked."""

    decision: str = field(
        "Decision",
        "choice",
        what="a decision",
        options=[
            ("approve", "Agree"),
            ("approve_with_conditions", "Agree with conditions"),
            ("reject", "Do not agree"),
        ],
    )
    conditions: str = field(
        "Conditions",
        "long text",
        what="the conditions",
        help="One on each line.",
        show_if="decision == 'approve_with_conditions'",
        max_length=4_000,
    )
    reason: str = field("Reason", "long text", what="a reason", show_if="decision != 'approve'", max_length=4_000)

    @model_validator(mode="after")
    def says_each_condition_once(self) -> Self:
        """Two lines that say the same would count as two conditions to meet."""
        conditions = [line.casefold() for line in lines(self.conditions)]
        if len(set(conditions)) < len(conditions):
            raise Refused("Each condition must be different from the others.", field="conditions")
        return self


class Revise(Form):
    """What the case manager does when the answer was no."""

    action: str = field(
        "What happens now",
        "choice",
        what="what happens now",
        options=[("resubmit", "Ask again"), ("withdraw", "Withdraw")],
    )
    reply: str = field(
        "What has changed",
        "long text",
        what="what has changed",
        help="The person who decides reads this.",
        show_if="action != 'withdraw'",
        max_length=4_000,
    )
    files: list[str] = field("Attachments", "files", required=False, show_if="action != 'withdraw'")
