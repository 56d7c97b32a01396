"""Random configurations that the rules accept, for round trips."""

from datetime import date
from operator import itemgetter

from hypothesis import strategies as st

from casetasks_app.configuration.problems import UNPRINTABLE
from casetasks_app.configuration.setups import (
    ROUND_THE_CLOCK,
    Amount,
    CalendarSetup,
    CaseTypeSettings,
    Configuration,
    Details,
    Generation,
    Groups,
    Repeat,
    Sla,
    TaskLimits,
    TaskTypeSettings,
    TeamSetup,
)
from casetasks_app.models.configuration import Unit
from casetasks_app.task_types.fields import FieldRow, Limits

AWKWARD = st.sampled_from(
    [
        "no",
        "yes",
        "null",
        "~",
        "- a",
        "# not a comment",
        "a: b",
        "'",
        '"',
        "{{ case.title }}",
        "{ x }",
        "5 days",
        "1e3",
        "=",
        "<<",
        "*a",
        "!x",
        "@",
        "%",
    ]
)
CALENDARS, TEAMS, FIELDS = ("office", "nights"), ("blue", "green", "red"), ("site", "harm", "urgent")


def line(longest: int, *, shortest: int = 0) -> st.SearchStrategy[str]:
    written = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=longest)
    return (written | AWKWARD).map(lambda text: UNPRINTABLE.sub("", text).strip()).filter(lambda text: shortest <= len(text) <= longest)


NAMES = line(60, shortest=1)
OPTIONS = st.tuples(line(9, shortest=1), NAMES)
LINES = st.lists(line(40), max_size=4).map("\n".join).map(str.strip)
FLAGS = st.booleans()
JSON = st.recursive(
    st.none() | FLAGS | st.integers(-(10**9), 10**9) | st.integers(-999, 999).map(lambda n: n / 8) | line(20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(line(10, shortest=1), inner, max_size=3),
    max_leaves=6,
)
SLA = st.builds(
    Sla,
    target=st.builds(Amount, st.integers(100, 300), st.sampled_from(Unit)),
    reminders=st.lists(st.integers(1, 4).map(lambda n: Amount(n, Unit.HOURS)), unique=True, max_size=3).map(tuple),
    repeat=st.none() | st.builds(Repeat, st.integers(1, 10_000), st.integers(1, 10_000)),
    override=FLAGS,
    calendar=st.sampled_from(["", ROUND_THE_CLOCK, *CALENDARS]),
).filter(lambda sla: sla.target is not None or sla.override or not sla.reminders)
ROWS = st.permutations(FIELDS).flatmap(
    lambda names: st.tuples(
        st.builds(
            FieldRow,
            st.just(names[0]),
            NAMES,
            st.just("text"),
            FLAGS,
            help=line(30),
            limits=st.builds(Limits, max_length=st.none() | st.integers(1, 99)),
        ),
        st.builds(
            FieldRow,
            st.just(names[1]),
            NAMES,
            st.just("choice"),
            FLAGS,
            options=st.lists(OPTIONS, min_size=1, max_size=4, unique_by=(itemgetter(0), itemgetter(1))).map(tuple),
        ),
        st.builds(FieldRow, st.just(names[2]), NAMES, st.just("yes/no"), FLAGS, default=st.none() | FLAGS),
    )
)


def tasks(key: str) -> st.SearchStrategy[TaskTypeSettings]:
    return st.builds(
        TaskTypeSettings,
        key=st.just(key),
        name=NAMES,
        plugin=st.just("free"),
        plugin_settings=st.dictionaries(line(10, shortest=1), JSON, max_size=3),
        hint=line(60),
        order_index=st.integers(-1_000_000, 1_000_000),
        default_description=line(120),
        default_summary=LINES,
        details=st.builds(Details, FLAGS, FLAGS, FLAGS, FLAGS),
        groups=st.builds(Groups, FLAGS, st.lists(st.sampled_from(TEAMS), unique=True, min_size=1).map(tuple), FLAGS),
        sla=SLA | st.just(Sla()),
        is_cancellable=FLAGS,
        cancel_reasons=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        generation=st.builds(Generation, FLAGS, st.sampled_from(TEAMS), FLAGS, st.sampled_from(["", *FIELDS])),
        limits=st.builds(TaskLimits, st.integers(0, 5), st.sampled_from([0, 5, 10_000])),
        is_retired=FLAGS,
    )


def case_types(key: str, prefix: str) -> st.SearchStrategy[CaseTypeSettings]:
    return st.builds(
        CaseTypeSettings,
        key=st.just(key),
        name=NAMES,
        prefix=st.just(prefix),
        manager_teams=st.lists(st.sampled_from(TEAMS), unique=True, min_size=1).map(tuple),
        calendar=st.sampled_from(["", *CALENDARS]),
        outcomes=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        form=ROWS,
        tasks=st.tuples(tasks("visit"), tasks("letter")) | st.just(()),
        is_retired=FLAGS,
    )


WEEK = st.dictionaries(
    st.sampled_from(["mon", "wed", "sun"]), st.sampled_from([(("09:00", "17:00"),), (("00:00", "06:30"), ("22:00", "24:00"))]), min_size=1
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def calendars(key: str) -> st.SearchStrategy[CalendarSetup]:
    return st.builds(
        CalendarSetup,
        key=st.just(key),
        name=NAMES,
        zone=st.sampled_from(["Europe/London", "Asia/Kathmandu"]),
        week=WEEK,
        holidays=st.dictionaries(DAYS, line(80), max_size=4),
        exceptions=st.dictionaries(DAYS, st.sampled_from([(), (("10:00", "12:00"),)]), max_size=3),
    )


CONFIGURATIONS = st.builds(
    Configuration,
    teams=st.tuples(*(st.builds(TeamSetup, st.just(key), NAMES) for key in TEAMS)),
    calendars=st.tuples(*(calendars(key) for key in CALENDARS)),
    case_types=st.tuples(case_types("planning", "PLN"), case_types("housing", "HSG")),
)
