"""For each bundled plugin the ways to each of its ends: settings, then step and answers, one after the other."""

from dataclasses import dataclass, field

Turn = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Script:
    """One way through a plugin, and how the task ends on it."""

    plugin: str
    outcome: str
    turns: tuple[Turn, ...]
    settings: dict[str, object] = field(default_factory=dict)


QUESTIONS = {"questions": "How old is the tree?\nWho planted it?"}
ASK_AGAIN: Turn = ("revise", {"action": "resubmit", "reply": "here it is"})
REJECT: Turn = ("decide", {"decision": "reject", "reason": "no plan"})
FIRST_ANSWER: Turn = ("answer", {"answer_1": "50 years", "unknown_2": True})

UPDATE: Turn = ("investigate", {"action": "update", "update": "Looked at the fence.", "readers": "public"})
ASIDE: Turn = ("investigate", {"action": "update", "update": "The owner shouted.", "readers": "private", "files": ["12"]})
FINDINGS: Turn = ("investigate", {"action": "findings", "findings": "The fence is 40 cm too high.", "files": ["11"]})
WORK = {"work": "Called the agent.", "done_on": "18/11/2026", "minutes": "20"}
NUMBERS = {
    "questions": [{"name": "rooms", "label": "How many rooms?", "kind": "number"}, {"name": "plan", "label": "Plan", "kind": "files"}]
}
REPLY: Turn = ("write", {"subject": "HSG-1042", "message": "Dear Alex, it is mended.", "files": ["11"]})
SIGNED_BY = {"sign_off_team": "seniors", "points": "Scaffold is safe\nHeight as drawn\nTrees are kept"}
SCHEDULE: Turn = ("schedule", {"visit_at": "26/11/2026 14:30", "place": "27 Mill Lane", "remarks": "Bring the plans."})
NO_ACCESS: Turn = ("visit", {"access": "no", "obstacle": "Nobody opened."})
SCHEDULE_AGAIN: Turn = ("schedule", {"visit_at": "30/11/2026 09:00"})
VISIT: Turn = ("visit", {"access": "yes", "met": "Mr Lowe"})
CHECKED = {"point_1": {"answer": "yes"}, "point_2": {"answer": "no", "comment": "40 cm too high"}, "point_3": {"answer": "not applicable"}}
REPORT: Turn = ("report", {"found": "It is too high.", "checklist": CHECKED, "photos": ["12"]})
RETURN: Turn = ("sign_off", {"decision": "returned", "missing": "How was it measured?"})
SIGN_OFF: Turn = ("sign_off", {"decision": "signed_off"})

SCRIPTS = (
    Script("generic_response", "sent", (REPLY,)),
    Script("site_visit", "signed off", (SCHEDULE, VISIT, REPORT, SIGN_OFF), SIGNED_BY),
    Script(
        "site_visit",
        "signed off",
        (SCHEDULE, NO_ACCESS, SCHEDULE_AGAIN, VISIT, REPORT, RETURN, REPORT, RETURN, REPORT, SIGN_OFF),
        SIGNED_BY,
    ),
    Script("investigate", "findings recorded", (FINDINGS,)),
    Script("investigate", "findings recorded", (UPDATE, ASIDE, UPDATE, FINDINGS)),
    Script("own_work", "recorded", (("record", WORK),)),
    Script("own_work", "recorded", (("record", WORK | {"kind": "Letter", "hours": "2"}),), {"kinds": "Call\nLetter"}),
    Script("multipurpose", "submitted", (("fill_in", {"answer": "All is well."}),)),
    Script("multipurpose", "submitted", (("fill_in", {"rooms": "4", "plan": ["11"]}),), NUMBERS),
    Script("standard", "done", (("result", {"outcome": "Done", "note": "all well", "files": ["11"]}),)),
    Script("standard", "done", (("result", {"outcome": "Refused"}),), {"outcomes": "Agreed\nRefused"}),
    Script("approval", "approved", (("decide", {"decision": "approve"}),)),
    Script(
        "approval",
        "approved",
        (REJECT, ASK_AGAIN, ("decide", {"decision": "approve_with_conditions", "conditions": "by May\nin green", "reason": "late"})),
    ),
    Script("approval", "withdrawn", (REJECT, ASK_AGAIN, REJECT, ("revise", {"action": "withdraw"}))),
    Script("collect_information", "answered", (FIRST_ANSWER, ("check", {"enough": "yes"})), QUESTIONS),
    Script(
        "collect_information",
        "answered",
        (
            FIRST_ANSWER,
            ("check", {"enough": "no", "missing": "Look at the plaque."}),
            ("answer", {"answer_1": "50 years", "answer_2": "The mayor", "files": ["12"]}),
            ("check", {"enough": "yes"}),
        ),
        QUESTIONS,
    ),
)
